"""What localizing and rendering a feed cost, beside plain feedgen in the same run.

``python -m tests.bench.render``
"""

import time
from collections.abc import Callable
from dataclasses import replace

from feedgen.feed import FeedGenerator

from feedsvc.model.feed import Edition, Feed
from feedsvc.render import atom, jsonfeed, rss
from tests.edition.makers import ENGLISH, article, localizer, stories

TEXT = "三天里来了一万人，博览会上人头攒动。" * 60


def main() -> None:
    """Print the least CPU milliseconds of twenty rounds each."""
    edition = Edition(language="zh", category="all", include_all=True, items=100)
    articles = [
        article(
            id=f"{number:032x}",
            summary=None,
            content_html=f"<p>{TEXT}</p>",
            content_text=TEXT,
        )
        for number in range(99)
    ]
    articles.append(replace(ENGLISH, id="f" * 32))
    made = localizer()
    feed = made.feed(edition, stories(*articles))
    peer = least(lambda: plain(feed))
    ours = least(lambda: rss.render(feed)), least(lambda: atom.render(feed))
    print(
        f"localize, 50 entries    {least(lambda: made.feed(edition, stories(*articles[:50]))):6.2f}"
    )
    print(f"RSS, 100 entries        {ours[0]:6.2f}")
    print(f"Atom, 100 entries       {ours[1]:6.2f}")
    print(f"JSON Feed, 100 entries  {least(lambda: jsonfeed.render(feed)):6.2f}")
    print(f"plain feedgen, both     {peer:6.2f}   ratio {sum(ours) / peer:.2f}")


def least(work: Callable[[], object]) -> float:
    """CPU milliseconds of the cheapest round."""
    rounds = []
    for _ in range(20):
        began = time.process_time()
        work()
        rounds.append(time.process_time() - began)
    return 1000 * min(rounds)


def plain(feed: Feed) -> None:
    """RSS and Atom of the same entries by feedgen alone, without what it lacks."""
    made = FeedGenerator()
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.description)
    made.link(href=feed.base_url)
    for entry in feed.entries:
        item = made.add_entry(order="append")
        item.id(entry.id)
        item.title(entry.title)
        item.link(href=entry.url)
        item.published(entry.published)
        item.updated(entry.updated)
        item.summary(entry.summary)
        item.content(entry.content_html, type="html")
        item.author([{"name": name} for name in entry.authors])
        for category in entry.categories:
            item.category(
                term=category.term, scheme=category.scheme, label=category.label
            )
    made.rss_str(pretty=True)
    made.atom_str(pretty=True)


if __name__ == "__main__":
    main()
