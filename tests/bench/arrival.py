"""Seconds from an article to every feed that holds it, and to who subscribed to them.

    python -m tests.bench.arrival [--categories 1000] [--rounds 7]

A service runs over a small press with so many categories in zh and en; a site publishes,
and its next visit is due at once. Counted from the moment its page is asked for: until
all formats of both of its feeds hold it over HTTP, and until the last of three
subscribers has its push. Set-up with a thousand categories writes 8,000 files four times;
let TMPDIR be in memory where syncing them is slow.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

from tests.service.installation import Installation, eventually
from tests.service.origin import Site, press
from tests.service.test_websub import FORMS, listening, subscribe, subscriptions
from tests.websub.subscriber import Subscriber

FEEDS = [f"zh/{term}/feed.{form}" for term in ("all", "local") for form in FORMS]
CLIENT = httpx.Client(trust_env=False)
TOPIC = '[topic-{}]\ntitle = {{ zh = "类", en = "Topic" }}\n'


def main() -> None:
    """Print the medians and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--categories", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    site = Site("harbour", "zh", "list")
    site.publish(3)
    with tempfile.TemporaryDirectory() as home, press([site]) as papers:
        installed = Installation(Path(home), papers)
        path = installed.config / "categories.toml"
        topics = "".join(map(TOPIC.format, range(options.categories)))
        path.write_text(path.read_text(encoding="utf-8") + topics, encoding="utf-8")
        with listening() as reader, installed.starting("run"):
            eventually(partial(shown, installed, "3.html"), 900)
            for form in FORMS:
                subscribe(installed, f"{reader.base}/{form}", f"zh/all/feed.{form}")
            eventually(lambda: subscriptions(installed, "zh/all") == len(FORMS), 60)
            times = [arrival(installed, site, reader) for _ in range(options.rounds)]
    feeds, pushes = zip(*times, strict=True)
    for name, took in (("every feed", feeds), ("last push", pushes)):
        print(
            f"{name}: median {statistics.median(took):.2f} s, worst {max(took):.2f} s"
        )


def arrival(
    installed: Installation, site: Site, reader: Subscriber
) -> tuple[float, float]:
    """Publish one story; how long after its page it was shown, and pushed."""
    site.publish()
    page = site.stories[-1].path
    installed.time_passes()
    asked = when(lambda: site.requests[page])
    visible = when(partial(shown, installed, page))
    last = when(partial(pushed, reader, page))
    return visible - asked, last - asked


def when(look: Callable[[], object]) -> float:
    """The moment at which ``look`` gives something."""
    end = time.monotonic() + 60
    while not look():
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.005)
    return time.monotonic()


def shown(installed: Installation, page: str) -> bool:
    """Whether every format of both feeds names a page."""
    try:
        texts = [CLIENT.get(f"{installed.base}/{feed}").text for feed in FEEDS]
    except httpx.TransportError:
        return False
    return all(page in text for text in texts)


def pushed(reader: Subscriber, page: str) -> bool:
    """Whether every subscriber was sent a page."""
    named = page.encode()
    got = {push.path for push in reader.pushes if named in push.body}
    return len(got) == len(FORMS)


if __name__ == "__main__":
    main()
