"""``feedsvc run`` as its subscribers meet it, kill -9 included (reliability.md, 79)."""

import asyncio
import hmac
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256

import httpx
import pytest

from tests.fetch.origin import reply
from tests.service.installation import Installation, eventually
from tests.service.origin import Press
from tests.service.test_run import started
from tests.websub.subscriber import Subscriber, subscribing

pytestmark = pytest.mark.integration

FORMS = ("rss", "atom", "json")
SECRET = "a secret of the river"


@contextmanager
def listening() -> Iterator[Subscriber]:
    """A subscriber in a thread of its own."""
    standing, over = threading.Event(), threading.Event()
    found: list[Subscriber] = []

    async def serve() -> None:
        async with subscribing() as subscriber:
            found.append(subscriber)
            standing.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert standing.wait(20)
        yield found[0]
    finally:
        over.set()
        thread.join()


def subscribe(installed: Installation, callback: str, topic: str) -> None:
    form = {
        "hub.mode": "subscribe",
        "hub.callback": callback,
        "hub.topic": f"{installed.base}/{topic}",
        "hub.secret": SECRET,
    }
    assert httpx.post(f"{installed.base}/hub", data=form).status_code == 202


def subscriptions(installed: Installation, path: str) -> int:
    form = json.loads(installed.call("status", "--json").stdout)
    counts: dict[str, int] = {f["path"]: f["subscriptions"] for f in form["feeds"]}
    return counts[path]


def posted(installed: Installation) -> int:
    """The status of an empty post to the hub; 0 while the server opens anew."""
    try:
        return httpx.post(f"{installed.base}/hub").status_code
    except httpx.TransportError:
        return 0


def is_newest(
    installed: Installation, topic: str, reader: Subscriber, path: str
) -> bool:
    """Whether what a callback got last is what stands published."""
    return reader.got(path)[-1].body == published(installed, topic)


def holds(installed: Installation, topic: str, text: bytes) -> bool:
    return text in published(installed, topic)


def published(installed: Installation, topic: str) -> bytes:
    return (installed.public / topic).read_bytes()


async def hang(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Take the connection, and nothing else."""
    await asyncio.sleep(60)


@pytest.mark.parametrize("server", ["uvicorn", "granian"])
def test_every_format_is_pushed_signed_as_soon_as_it_is_published(
    installed: Installation,
    papers: Press,
    record_property: Callable[[str, object], None],
    server: str,
) -> None:
    path = installed.config / "feedsvc.toml"  # which ends with [serve]
    settings = path.read_text(encoding="utf-8")
    path.write_text(f'{settings}server = "{server}"\n', encoding="utf-8")
    with listening() as reader, installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: b"3.html" in published(installed, "zh/all/feed.json"))
        for form in FORMS:
            subscribe(installed, f"{reader.base}/{form}", f"zh/all/feed.{form}")
        eventually(lambda: subscriptions(installed, "zh/all") == 3)
        before = len(reader.pushes)
        papers["harbour"].publish()
        installed.time_passes()
        eventually(lambda: b"4.html" in published(installed, "zh/all/feed.json"))
        seen = time.monotonic()
        eventually(
            lambda: (
                {p.path for p in reader.pushes[before:]}
                == {f"/{form}" for form in FORMS}
            )
        )
        record_property(
            "seconds from the tree to the last push", time.monotonic() - seen
        )
        for form in FORMS:
            topic = f"zh/all/feed.{form}"
            eventually(partial(is_newest, installed, topic, reader, f"/{form}"))
            push = reader.got(f"/{form}")[-1]
            assert push.body == httpx.get(f"{installed.base}/{topic}").content
            signed = hmac.new(SECRET.encode(), push.body, sha256).hexdigest()
            assert push.headers["x-hub-signature"] == f"sha256={signed}"
            assert f'<{installed.base}/hub>; rel="hub"' in push.headers["link"]
        assert process.stop() == 0
        assert "Traceback" not in process.said
        assert SECRET not in process.said


@pytest.mark.parametrize(
    "kills",
    [pytest.param(3, id="3"), pytest.param(30, id="30", marks=pytest.mark.long)],
)
def test_what_was_published_before_a_kill_is_pushed_after_it(
    installed: Installation, papers: Press, kills: int
) -> None:
    topic = "zh/all/feed.json"
    chance = random.Random(kills)
    with listening() as reader:
        with installed.starting("run") as process:
            started(installed, process)
            reader.pushed["/in"] = [hang]
            subscribe(installed, f"{reader.base}/in", topic)
            eventually(lambda: subscriptions(installed, "zh/all") == 1)
            eventually(lambda: b"3.html" in published(installed, topic))
            process.kill()
        for number in range(4, 4 + kills):
            papers["harbour"].publish()
            with installed.starting("run") as process:
                started(installed, process)
                installed.time_passes()
                news = f"{number}.html".encode()
                eventually(partial(holds, installed, topic, news))
                time.sleep(chance.uniform(0, 0.5))
                process.kill(group=chance.random() < 0.5)
                eventually(process.gone, 5)
        assert reader.pushes == []
        reader.pushed["/in"] = [reply(204)]
        with installed.starting("run") as process:
            started(installed, process)
            eventually(lambda: reader.pushes)
            eventually(lambda: reader.pushes[-1].body == published(installed, topic))
            assert process.stop() == 0
            assert "Traceback" not in process.said
    assert f"{3 + kills}.html".encode() in reader.pushes[-1].body


def test_a_hub_that_is_off_is_neither_named_nor_answered(
    installed: Installation,
) -> None:
    path = installed.config / "feedsvc.toml"
    on = path.read_text(encoding="utf-8")
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: b'"hubs"' in published(installed, "zh/all/feed.json"))
        assert posted(installed) == httpx.codes.UNSUPPORTED_MEDIA_TYPE
        installed.write("feedsvc.toml", f"{on}[websub]\nhub = false\n")
        eventually(lambda: posted(installed) == httpx.codes.NOT_FOUND)
        found = httpx.get(f"{installed.base}/zh/all/feed.json")
        assert "hubs" not in found.json()
        assert "hub" not in found.headers["link"]
        installed.write("feedsvc.toml", on)
        eventually(lambda: posted(installed) == httpx.codes.UNSUPPORTED_MEDIA_TYPE)
        assert process.stop() == 0
        assert "Traceback" not in process.said


def test_served_alone_the_hub_says_that_nobody_is_at_work(
    installed: Installation,
) -> None:
    assert installed.call("publish").returncode == 0
    with installed.starting("serve") as process:
        started(installed, process)
        told = httpx.post(f"{installed.base}/hub", data={"hub.mode": "subscribe"})
        assert (told.status_code, told.headers["retry-after"]) == (503, "60")
