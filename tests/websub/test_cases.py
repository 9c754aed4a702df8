"""What hostile clients do to hubs: reliability.md, cases 99 and 104 to 110."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from functools import partial
from hashlib import sha256

import pytest

from feedsvc.cli.forms import status_form
from feedsvc.inspect.status import report
from feedsvc.model.config import Duration
from feedsvc.model.websub import Intent
from feedsvc.text import loops
from tests.fetch.origin import listening, moved, reply
from tests.websub.subscriber import Subscriber, subscribing
from tests.websub.world import (
    AUTHORITY,
    BASE,
    Standing,
    config,
    eventually,
    more,
    standing,
)

DAY = 24 * 3600


async def settled(site: Standing) -> None:
    """Wait until nothing is left to be confirmed."""
    store, now = site.house.store, site.house.now
    await eventually(
        lambda: (
            not any(
                isinstance(errand, Intent)
                for errand in store.errands(now, 999, 999, own=True)
            )
        )
    )


async def test_99_secrets_are_in_no_log_no_fault_and_no_status(
    site: Standing, reader: Subscriber, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reader.pushed["/capability"] = [reply(500, b"sesame")]
    told = await site.ask(f"{reader.base}/capability?key=sesame", secret="sesame")
    await eventually(lambda: site.count() == 1)
    site.news()
    await eventually(lambda: site.followers().unreached)
    reader.confirmation = lambda _: reply(404, b"sesame")
    await site.ask(f"{reader.base}/capability?key=other", secret="sesame")
    await settled(site)
    status = report(site.house.config, site.house.store.status(), (), site.followers())
    [form] = status_form(status)["unreached"]
    assert (form["code"], form["stage"]) == ("W_PUSH", "websub")
    assert form["place"] == "zh/local/feed.rss"
    assert form["args"] == {"host": reader.base[7:], "detail": "HTTP 500"}
    assert form["retry_at"] > site.house.now.isoformat()
    said = caplog.text + told.text + json.dumps(status_form(status)) + repr(status)
    assert "W_PUSH" in said
    assert "W_HUB_UNCONFIRMED" in said
    assert "sesame" not in said
    assert "capability" not in said


async def test_104_one_host_is_asked_only_so_often_whoever_wants_it(
    site: Standing, reader: Subscriber
) -> None:
    reader.confirmation = lambda _: reply(404)
    asking = [site.ask(f"{reader.base}/{n}") for n in range(120)]
    answers = await asyncio.gather(*asking)
    codes = [answer.status_code for answer in answers]
    assert (codes.count(202), codes.count(429)) == (100, 20)
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"
    assert int(refused.headers["retry-after"]) > 0
    await eventually(lambda: len(reader.asked) == 100)
    assert reader.busiest <= 4
    await settled(site)
    assert (await site.ask(f"{reader.base}/more")).status_code == 429
    async with subscribing("127.0.0.2") as another:
        await site.subscribe(f"{another.base}/")
    site.later(hours=2)
    assert (await site.ask(f"{reader.base}/more")).status_code == 202


async def test_104_an_internal_callback_is_not_dialled_and_nobody_learns_of_it(
    reader: Subscriber,
) -> None:
    async with standing(config(allow_networks=())) as site:
        for place in (reader.base, "http://169.254.169.254", "http://10.0.0.1"):
            assert (await site.ask(f"{place}/")).status_code == 202
        await settled(site)
        for _ in range(3):
            site.later(minutes=1)
            await settled(site)
        assert site.count() == 0
    assert reader.paths == []


@pytest.mark.parametrize(
    "callback",
    [f"{BASE}/hub", f"{BASE}:443/zh/", "HTTPS://FEEDS.example.org/", f"{BASE}?x"],
)
async def test_104_our_own_hub_is_no_callback(site: Standing, callback: str) -> None:
    answer = await site.ask(callback)
    assert answer.status_code == 400
    assert "hub.callback" in answer.text


async def test_104_by_whatever_name_our_own_hub_confirms_nothing(
    site: Standing,
) -> None:
    callback = str(site.client.base_url.join("/hub"))  # not the host of base_url
    assert (await site.ask(callback)).status_code == 202
    await settled(site)
    assert site.count() == 0
    mark = {"cdn-loop": loops.mark(AUTHORITY)}
    again = await site.client.post("/hub", content=b"", headers=mark)
    assert again.status_code == 508


@pytest.mark.parametrize(
    "confirmation",
    [
        lambda _: moved("/elsewhere", 302),
        lambda asked: reply(301, asked["hub.challenge"].encode(), Location="/else"),
        lambda asked: reply(404, asked["hub.challenge"].encode()),
        lambda _: reply(200, b"yes"),
        lambda _: reply(200),
        lambda asked: reply(200, f"{asked['hub.challenge']}x".encode()),
        lambda asked: reply(200, asked["hub.challenge"][:-1].encode()),
        lambda asked: reply(200, asked["hub.challenge"].encode() + b"x" * 9_999_999),
    ],
    ids=["302", "301", "404", "other", "empty", "longer", "shorter", "endless"],
)
async def test_104_only_2xx_with_the_challenge_confirms(
    site: Standing, reader: Subscriber, confirmation: Callable[[dict[str, str]], bytes]
) -> None:
    reader.confirmation = confirmation
    await site.ask(f"{reader.base}/")
    await eventually(lambda: reader.asked)
    await settled(site)
    assert site.count() == 0
    assert len(reader.paths) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", None),
        ("topic", "https://news.example.org/feed.rss"),
        ("topic", f"{BASE}/zh/local/"),
        ("topic", f"{BASE}/zh/local/feed.rss?utm_source=x"),
        ("topic", f"{BASE}/zh/local/feed.rss#"),
        ("topic", f"{BASE}/zh/nowhere/feed.rss"),
        ("topic", "http://feeds.example.org/zh/local/feed.rss"),
        ("topic", "/zh/local/feed.rss"),
        ("secret", "x" * 200),
        ("secret", "密" * 67),
        ("mode", None),
        ("mode", "list"),
        ("callback", "ftp://sub.example/"),
        ("callback", "https://sub.example/a b"),
        ("callback", "https://sub.example/#part"),
        ("callback", "//sub.example/"),
        ("callback", "https://[::1"),
        ("callback", "https://sub.example:0/"),
        ("callback", "https://sub.example/<script>"),
        ("callback", "https://sub.example/" + "x" * 2_000),
    ],
)
async def test_105_what_is_wrong_is_refused_in_plain_words(
    site: Standing, reader: Subscriber, field: str, value: str | None
) -> None:
    fields = {"callback": f"{reader.base}/", field: value}
    callback = fields.pop("callback") or ""
    answer = await site.ask(callback, **fields)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert f"hub.{field}" in answer.text
    assert not value or value not in answer.text
    assert reader.asked == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, 10 * DAY),
        ("", 10 * DAY),
        ("0", 10 * DAY),
        ("-1", 10 * DAY),
        ("soon", 10 * DAY),
        ("1e9", 10 * DAY),
        ("60", 60),
        (str(30 * DAY), 30 * DAY),
        ("1000000000", 30 * DAY),
        ("9" * 5_000, 30 * DAY),
    ],
)
async def test_105_leases_are_bounded_and_never_perpetual(
    site: Standing, reader: Subscriber, asked: str | None, given: int
) -> None:
    await site.subscribe(f"{reader.base}/", lease_seconds=asked)
    assert reader.asked[0]["hub.lease_seconds"] == str(given)
    site.later(seconds=given - 1)
    assert site.count() == 1
    site.later(seconds=1)
    assert site.count() == 0


async def test_105_a_secret_over_http_is_warned_of(
    site: Standing, reader: Subscriber
) -> None:
    warned = await site.ask(f"{reader.base}/", secret="x" * 199)
    assert warned.status_code == 202
    assert "https" in warned.text
    silent = [await site.ask(f"{reader.base}/")]
    silent += [await site.ask("https://sub.invalid/", secret="x")]
    assert {answer.text for answer in silent} == {"202 Accepted\n"}


async def test_106_a_forged_unsubscription_changes_nothing(
    site: Standing, reader: Subscriber
) -> None:
    await site.subscribe(f"{reader.base}/")
    reader.confirmation = lambda _: reply(404)
    assert (await site.ask(f"{reader.base}/", mode="unsubscribe")).status_code == 202
    await eventually(lambda: len(reader.asked) == 2)
    await settled(site)
    site.news()
    await eventually(lambda: reader.pushes)
    assert site.count() == 1


async def test_106_a_new_secret_holds_once_it_is_confirmed(
    site: Standing, reader: Subscriber
) -> None:
    await site.subscribe(f"{reader.base}/", secret="old")
    confirmation, reader.confirmation = reader.confirmation, lambda _: reply(404)
    for secret, holds in (("forged", "old"), ("new", "new")):
        asked, pushed = len(reader.asked), len(reader.pushes)
        await site.ask(f"{reader.base}/", secret=secret)
        await more(reader.asked, asked)
        await settled(site)
        site.news()
        await more(reader.pushes, pushed)
        push = reader.pushes[-1]
        signed = hmac.new(holds.encode(), push.body, sha256).hexdigest()
        assert push.headers["x-hub-signature"] == f"sha256={signed}"
        reader.confirmation = confirmation


async def hang(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Never read the body, never answer."""
    await asyncio.sleep(30)


async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept, and then talk without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65_536)
        await writer.drain()


def failed(site: Standing, times: int) -> bool:
    """Whether the one subscriber could not be told so many times."""
    return [one.failures for one in site.followers().unreached] == [times]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (reply(500), "HTTP 500"),
        (reply(404), "HTTP 404"),
        (moved("/elsewhere", 307), "HTTP 307"),
        (moved("/elsewhere", 301), "HTTP 301"),
        (hang, "E_TIMEOUT"),
        (reply(429, Retry_After="7200"), "HTTP 429"),
    ],
    ids=["500", "404", "307", "301", "hangs", "429"],
)
async def test_107_failures_are_tried_again_later_and_later(
    reader: Subscriber, answer: bytes, trouble: str
) -> None:
    reader.pushed["/"] = [answer, answer, reply(204)]
    async with standing(config(timeout=Duration(seconds=0.5))) as site:
        await site.subscribe(f"{reader.base}/")
        site.news()
        waits = []
        for failures in (1, 2):
            await eventually(partial(failed, site, failures))
            [one] = site.followers().unreached
            assert one.trouble == trouble
            waits.append((one.due - site.house.now).total_seconds())
            site.house.now = one.due
            site.hub.wake()
        await eventually(lambda: not site.followers().unreached)
        assert site.count() == 1
    first, second = (7200, 7200) if trouble == "HTTP 429" else (10, 30)
    assert first <= waits[0] <= first * 1.25
    assert second <= waits[1] <= second * 1.25
    assert {path for path in reader.paths if "hub." not in path} == {"/"}


async def test_107_gone_ends_a_subscription(site: Standing, reader: Subscriber) -> None:
    reader.pushed["/"] = [reply(410)]
    await site.subscribe(f"{reader.base}/")
    site.news()
    await eventually(lambda: site.count() == 0)
    assert len(reader.pushes) == 1


async def test_107_what_a_subscriber_says_is_not_read(
    site: Standing, reader: Subscriber
) -> None:
    reader.pushed["/"] = [flood]
    await site.subscribe(f"{reader.base}/")
    site.news()
    store = site.house.store
    now = site.house.now
    await eventually(lambda: not store.errands(now, 9, 9, own=True))
    assert not site.followers().unreached


async def test_107_slow_subscribers_delay_nobody_else() -> None:
    async with subscribing() as slow, subscribing() as quick:
        settings = config(timeout=Duration(seconds=30))
        async with standing(settings) as site:
            for number in range(40):
                slow.pushed[f"/{number}"] = [hang]
                await site.subscribe(f"{slow.base}/{number}")
            await site.subscribe(f"{quick.base}/")
            site.news()
            await eventually(lambda: quick.pushes)
            await eventually(lambda: slow.open == 4)
            site.news()
            await eventually(lambda: len(quick.pushes) == 2)
            assert slow.busiest == 4


async def test_107_of_several_changes_only_the_newest_is_sent(
    site: Standing, reader: Subscriber
) -> None:
    gate = asyncio.Event()
    bodies: list[bytes] = []

    async def slowly(
        incoming: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        bodies.append(await incoming.readexactly(len(site.body("zh/local/feed.rss"))))
        await gate.wait()
        writer.write(reply(204))

    reader.pushed["/"] = [slowly, reply(204)]
    await site.subscribe(f"{reader.base}/")
    site.news()
    await eventually(lambda: bodies)
    for _ in range(3):
        site.news()
    gate.set()
    await eventually(lambda: reader.pushes)
    await eventually(
        lambda: not site.house.store.errands(site.house.now, 9, 9, own=True)
    )
    [push] = reader.pushes
    assert push.body == site.body("zh/local/feed.rss")


async def test_108_the_signature_is_over_the_very_bytes_whatever_they_are(
    site: Standing, reader: Subscriber
) -> None:
    key = "k\0ey\u00e9" * 20
    await site.subscribe(f"{reader.base}/", secret=key)
    for number in range(2):
        site.news()
        await more(reader.pushes, number)
        push = reader.pushes[-1]
        assert push.headers["content-length"] == str(len(push.body))
        assert "content-encoding" not in push.headers
        signed = hmac.new(key.encode(), push.body, sha256).hexdigest()
        assert push.headers["x-hub-signature"] == f"sha256={signed}"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (f"hub.mode=publish&hub.url={BASE}/zh/local/feed.rss", 202),
        (f"hub.mode=publish&hub.topic={BASE}/zh/local/feed.rss", 202),
        ("hub.mode=publish&hub.url=https://victim.example/feed", 400),
        ("hub.mode=publish", 400),
    ],
)
async def test_109_nobody_else_makes_the_hub_send(
    site: Standing, reader: Subscriber, body: str, status: int
) -> None:
    await site.subscribe(f"{reader.base}/")
    assert (await site.post(body.encode())).status_code == status
    site.news()
    await eventually(lambda: reader.pushes)
    assert (await site.post(body.encode())).status_code == status
    await site.subscribe(f"{reader.base}/after")  # the hub has looked again by now
    assert len(reader.pushes) == 1


async def test_110_cruft_behind_an_address_is_the_same_feed_but_no_topic(
    site: Standing, reader: Subscriber
) -> None:
    plain = await site.client.get("/zh/local/feed.rss")
    crufty = await site.client.get("/zh/local/feed.rss?utm_source=hub")
    assert crufty.content == plain.content
    assert crufty.headers["link"] == plain.headers["link"]
    assert f'<{BASE}/zh/local/feed.rss>; rel="self"' in crufty.headers["link"]
    topic = f"{BASE}/zh/local/feed.rss?utm_source=hub"
    assert (await site.ask(f"{reader.base}/", topic=topic)).status_code == 400


async def test_a_form_is_read_within_bounds(site: Standing) -> None:
    assert (await site.client.get("/hub")).status_code == 405
    assert (await site.client.get("/hub")).headers["allow"] == "POST"
    assert (await site.post(b"hub.mode=subscribe", "text/plain")).status_code == 415
    assert (await site.post(b"x" * 20_000)).status_code == 413
    assert (await site.post(b"\xff=\xfe")).status_code == 400
    assert (await site.post(b"a=b&" * 1_000)).status_code == 400
    twice = b"hub.mode=subscribe&hub.mode=unsubscribe"
    assert (await site.post(twice)).status_code == 400


async def test_a_subscriber_that_cannot_be_found_is_one_that_failed() -> None:
    async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with standing() as site, subscribing() as reader:
        await site.subscribe(f"{reader.base}/")
        async with listening(close) as port:
            await site.ask(f"http://127.0.0.1:{port}/")
            await settled(site)
        assert site.count() == 1
