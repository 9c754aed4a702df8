"""From a form to a push: subscribing, renewing, ending, and what is sent (WebSub §5–7)."""

import hmac
import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import httpx
import pytest

from feedsvc.fetch import Egress
from feedsvc.model.config import WebSubSettings
from feedsvc.websub.hub import Hub
from tests.fetch.origin import reply
from tests.publish.world import article
from tests.websub.subscriber import Subscriber, subscribing
from tests.websub.world import BASE, Standing, config, eventually, more, standing

MEDIA_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
DAY = 24 * 3600


@pytest.mark.parametrize("form", MEDIA_TYPES)
async def test_a_subscriber_gets_every_format_whole_typed_linked_and_signed(
    form: str, site: Standing, reader: Subscriber
) -> None:
    name = f"zh/local/feed.{form}"
    topic = f"{BASE}/{name}"
    await site.subscribe(f"{reader.base}/in?of=me&n=1", topic=topic, secret="河边")
    [asked] = reader.asked
    assert asked["hub.mode"] == "subscribe"
    assert asked["hub.topic"] == topic
    assert asked["hub.lease_seconds"] == str(10 * DAY)
    assert (asked["of"], asked["n"]) == ("me", "1")
    assert reader.pushes == []
    site.news()
    await eventually(lambda: reader.pushes)
    [push] = reader.pushes
    served = await site.client.get(f"/{name}")
    assert push.body == site.body(name) == served.content
    assert push.headers["content-type"] == served.headers["content-type"]
    assert push.headers["content-type"] == MEDIA_TYPES[form]
    assert push.headers["link"] == f'<{BASE}/hub>; rel="hub", <{topic}>; rel="self"'
    assert "content-encoding" not in push.headers
    signed = hmac.new("河边".encode(), push.body, sha256).hexdigest()
    assert push.headers["x-hub-signature"] == f"sha256={signed}"
    assert reader.paths[-1] == "/in?of=me&n=1"


async def test_feeds_name_the_hub_in_their_headers(site: Standing) -> None:
    await eventually(site.house.output.bodies)
    head = (await site.client.get("/zh/local/feed.atom")).headers["link"]
    topic = f"{BASE}/zh/local/feed.atom"
    assert head.startswith(f'<{BASE}/hub>; rel="hub", <{topic}>; rel="self"')
    page = (await site.client.get("/zh/local/")).headers
    assert "link" not in page


async def test_only_feeds_that_changed_are_sent(
    site: Standing, reader: Subscriber
) -> None:
    for path in ("zh/local", "en/local", "zh/sport"):
        topic = f"{BASE}/{path}/feed.json"
        await site.subscribe(f"{reader.base}/{path}", topic=topic)
    site.news()
    await eventually(lambda: reader.pushes)
    site.news()
    await eventually(lambda: len(reader.got("/zh/local")) == 2)
    assert {push.path for push in reader.pushes} == {"/zh/local"}
    assert reader.pushes[-1].body == site.body("zh/local/feed.json")


async def test_without_a_secret_nothing_is_signed(
    site: Standing, reader: Subscriber
) -> None:
    await site.subscribe(f"{reader.base}/", secret="")
    site.news()
    await eventually(lambda: reader.pushes)
    assert "x-hub-signature" not in reader.pushes[0].headers


async def test_what_is_published_before_the_confirmation_is_not_lost(
    site: Standing, reader: Subscriber
) -> None:
    reader.wait = 0.3
    assert (await site.ask(f"{reader.base}/")).status_code == 202
    site.news()
    await eventually(lambda: reader.pushes)
    assert reader.pushes[0].body == site.body("zh/local/feed.rss")


async def test_an_unsubscriber_confirms_and_hears_no_more(
    site: Standing, reader: Subscriber
) -> None:
    await site.subscribe(f"{reader.base}/gone")
    await site.subscribe(f"{reader.base}/stays")
    await site.ask(f"{reader.base}/gone", mode="unsubscribe")
    await eventually(lambda: site.count() == 1)
    assert reader.asked[-1]["hub.mode"] == "unsubscribe"
    assert "hub.lease_seconds" not in reader.asked[-1]
    site.news()
    await eventually(lambda: reader.pushes)
    assert [push.path for push in reader.pushes] == ["/stays"]


async def test_wishes_about_the_same_are_done_in_the_order_of_asking(
    site: Standing, reader: Subscriber
) -> None:
    reader.wait = 0.05
    for mode in ("subscribe", "unsubscribe", "subscribe", "unsubscribe"):
        await site.ask(f"{reader.base}/", mode=mode)
    await eventually(lambda: len(reader.asked) == 4)
    modes = [asked["hub.mode"] for asked in reader.asked]
    assert modes == ["subscribe", "unsubscribe"] * 2
    await eventually(lambda: site.count() == 0)


async def test_a_lease_ends_unless_it_is_renewed(
    site: Standing, reader: Subscriber
) -> None:
    await site.subscribe(f"{reader.base}/ends", lease_seconds="3600")
    await site.subscribe(f"{reader.base}/renewed", lease_seconds="3600")
    site.later(minutes=50)
    await site.ask(f"{reader.base}/renewed", lease_seconds="3600")
    await eventually(lambda: len(reader.asked) == 3)
    await eventually(lambda: site.count() == 2)
    site.later(minutes=20)
    assert site.count() == 1
    site.news()
    await eventually(lambda: reader.pushes)
    assert [push.path for push in reader.pushes] == ["/renewed"]


async def test_every_challenge_is_another(site: Standing, reader: Subscriber) -> None:
    for number in range(5):
        await site.subscribe(f"{reader.base}/{number}")
    challenges = {asked["hub.challenge"] for asked in reader.asked}
    assert len(challenges) == 5
    assert all(re.fullmatch(r"[\w-]{40,}", text) for text in challenges)


async def test_a_confirmation_that_nobody_answers_is_asked_for_again(
    site: Standing, reader: Subscriber
) -> None:
    answers = [reply(503), reply(503)]
    reader.confirmation = lambda asked: (
        answers.pop() if answers else reply(200, asked["hub.challenge"].encode())
    )
    await site.ask(f"{reader.base}/")
    for tries in range(2):
        await more(reader.asked, tries)
        assert site.count() == 0
        site.later(minutes=1)
    await eventually(lambda: site.count() == 1)
    assert len({asked["hub.challenge"] for asked in reader.asked}) == 3


async def test_failing_subscribers_are_counted_and_named_by_host_alone(
    site: Standing, reader: Subscriber
) -> None:
    reader.pushed["/secret-path"] = [reply(500)]
    await site.subscribe(f"{reader.base}/secret-path", secret="hush")
    await site.subscribe(f"{reader.base}/fine")
    site.news()
    await eventually(lambda: site.followers().unreached)
    [one] = site.followers().unreached
    assert site.followers().counts == {"zh/local": 2}
    assert (one.host, one.topic.name) == (reader.base[7:], "zh/local/feed.rss")
    assert (one.trouble, one.failures) == ("HTTP 500", 1)
    assert timedelta() < one.due - site.house.now < timedelta(seconds=13)
    assert "secret-path" not in repr(one)


async def test_formats_that_are_published_no_more_stand_in_nobodys_way(
    reader: Subscriber,
) -> None:
    async with standing() as site:
        for number in range(10):
            topic = f"{BASE}/zh/local/feed.json"
            await site.subscribe(f"{reader.base}/{number}", topic=topic)
        await site.subscribe(f"{reader.base}/rss")
        publish = replace(site.house.config.settings.publish, formats=("rss",))
        settings = replace(site.house.config.settings, publish=publish)
        site.house.reopen(replace(site.house.config, settings=settings))
        site.news()
        await eventually(lambda: len(site.followers().unreached) == 10)
        assert {u.trouble for u in site.followers().unreached} == {"E_NOT_FOUND"}
        await eventually(lambda: reader.pushes)
        assert [push.path for push in reader.pushes] == ["/rss"]


async def test_news_survives_the_hub_that_did_not_send_it(reader: Subscriber) -> None:
    reader.pushed["/"] = [reply(503), reply(204)]
    async with standing() as first:
        await first.subscribe(f"{reader.base}/", secret="kept")
        first.news()
        await eventually(lambda: first.followers().unreached)
        house = first.house
    assert len(reader.pushes) == 1
    house.now += timedelta(minutes=1)
    async with standing(house=house):
        await eventually(lambda: len(reader.pushes) == 2)
    assert reader.pushes[0].body == reader.pushes[1].body


async def test_a_command_pings_outside_hubs_once_and_leaves_subscribers_alone(
    reader: Subscriber,
) -> None:
    async with standing() as site:
        await site.subscribe(f"{reader.base}/mine")
        house = site.house
    house.keep(article(0, language="zh"))
    house.publish()
    async with subscribing() as outside:
        outside.pushed["/"] = [reply(500), reply(204)]
        settings = config(WebSubSettings(hub=True, hubs=(f"{outside.base}/",)))
        async with Egress(settings.settings.collect) as egress:
            hub = Hub(settings, house.store, egress, house.output, lambda: house.now)
            await hub.ping()
            assert len(outside.pushes) == 18
            house.now += timedelta(minutes=1)
            await hub.ping()
            await hub.ping()
        assert len(outside.pushes) == 19
    assert reader.pushes == []


async def test_outside_hubs_are_pinged_and_again_when_they_fail() -> None:
    async with subscribing() as hub:
        hub.pushed["/"] = [reply(500)]
        settings = config(WebSubSettings(hubs=(f"{hub.base}/",)))
        async with standing(settings) as site:
            await eventually(lambda: len(hub.pushes) == 18)
            hub.pushed["/"] = [reply(204)]
            site.later(minutes=1)
            await eventually(lambda: len(hub.pushes) == 36)
            await eventually(lambda: not site.followers().unreached)
            hub.pushes.clear()
            site.news()
            await eventually(lambda: len(hub.pushes) == 6)
            told = {httpx.QueryParams(push.body.decode()) for push in hub.pushes}
            form = "application/x-www-form-urlencoded"
            assert {push.headers["content-type"] for push in hub.pushes} == {form}
            assert {(t["hub.mode"], t["hub.url"]) for t in told} == {
                ("publish", f"{BASE}/zh/{category}/feed.{form}")
                for category in ("all", "local")
                for form in ("rss", "atom", "json")
            }
            assert (await site.post(b"hub.mode=publish")).status_code == 404
            house = site.house
        async with standing(house=house) as site:  # no such hub any more
            site.news()
            await site.subscribe(f"{hub.base}/mine")
            site.news()
            await eventually(lambda: hub.got("/mine"))
            assert len(hub.got("/")) == 6
