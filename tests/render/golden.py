"""The feeds that ``tests/data/editions`` holds; run it to write them anew.

``python -m tests.render.golden`` — then read the difference before committing it.
"""

from collections.abc import Iterator
from pathlib import Path

from feedsvc.model.article import Story
from feedsvc.model.feed import Edition, Feed
from feedsvc.render import atom, jsonfeed, rss
from tests.edition.makers import (
    ARTICLE,
    CONFIG,
    ENGLISH,
    TWIN,
    article,
    localizer,
    stories,
    with_site,
)

FOLDER = Path(__file__).resolve().parents[1] / "data" / "editions"
RENDER = {"rss": rss.render, "atom": atom.render, "json": jsonfeed.render}
LANGUAGES = ("zh", "en", "zh-Hant")

BARE = article(
    id="00000000000000000000000000000000",
    url="https://news.example.org/3.html",
    title="没有作者、图片和栏目的文章",
    authors=(),
    contributors=(),
    outlet=None,
    image=None,
    summary=None,
    alternates=(),
    categories=(),
)


def feed(language: str, category: str = "local") -> Feed:
    """A feed of three articles: a full one, a foreign one known to the day, a bare one."""
    edition = Edition(language=language, category=category, include_all=True, items=50)
    config = with_site(CONFIG, languages=LANGUAGES)
    held = [Story(article=ARTICLE, versions=(TWIN,)), *stories(ENGLISH, BARE)]
    return localizer(language, config).feed(edition, held)


def rendered() -> Iterator[tuple[str, bytes]]:
    """File name and bytes of every golden feed."""
    for language in LANGUAGES:
        for form, render in RENDER.items():
            yield f"{language}.{form}", render(feed(language))


def main() -> None:
    for name, body in rendered():
        (FOLDER / name).write_bytes(body)


if __name__ == "__main__":
    main()
