"""Subscriptions, wishes and pings: kept alike on every database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from feedsvc.model.feed import Published
from feedsvc.model.websub import Delivery, Intent, Topic
from feedsvc.store import Store
from feedsvc.store.schema import intents, subscriptions
from feedsvc.websub.ports import HubStore
from tests.store.samples import NOW

HOUR = timedelta(hours=1)
TOPIC = Topic("zh/all", "feed.rss")


def intent(number: int = 1, **fields: Any) -> Intent:
    host = fields.get("host", "sub.example")
    usual: dict[str, Any] = {
        "id": f"{number:032x}", "mode": "subscribe", "host": host,
        "callback": f"https://{host}/in?n={number}", "topic": TOPIC,
        "lease": 24 * HOUR, "secret": b"k\0\xff",
    }  # fmt: skip
    return Intent(**(usual | fields))


def stands(store: Store, digest: str, path: str = "zh/all") -> None:
    row = Published(path=path, digest=digest, updated=NOW, entries=0, size=0)
    store.record([row], {})


def wishes(store: Store) -> list[Intent]:
    found = store.errands(NOW, 99, 999, own=True)
    return [e for e in found if isinstance(e, Intent)]


def untold(store: Store, *, own: bool = True, hours: int = 0) -> list[Delivery]:
    found = store.errands(NOW + hours * HOUR, 99, 999, own=own)
    return [e for e in found if isinstance(e, Delivery)]


def subscribed(store: Store, number: int = 1, **fields: Any) -> Intent:
    one = intent(number, **fields)
    assert store.ask(one, NOW)
    store.confirm(one, NOW)
    return one


def test_a_store_serves_the_hub(store: Store) -> None:
    seam: HubStore = store
    assert seam.errands(NOW, 1, 1, own=True) == []


def test_a_wish_comes_back_as_it_was_kept_in_the_order_of_asking(store: Store) -> None:
    asked = [intent(3), intent(1, secret=None), intent(2, mode="unsubscribe")]
    for one in (*asked, asked[0]):  # the answer of the last COMMIT was lost
        assert store.ask(one, NOW)
    assert wishes(store) == asked


def test_who_subscribes_has_heard_what_stood_and_hears_what_comes(
    store: Store,
) -> None:
    stands(store, "a")
    one = intent()
    store.ask(one, NOW)
    assert untold(store) == []
    store.confirm(one, NOW)
    store.confirm(one, NOW)  # the answer of the first COMMIT was lost
    assert (untold(store), wishes(store)) == ([], [])
    stands(store, "b")
    [delivery] = untold(store)
    assert (delivery.digest, delivery.secret) == ("b", b"k\0\xff")
    assert (delivery.key, delivery.is_ping) == (one.key, False)
    store.tell(delivery, NOW)
    assert untold(store) == []


def test_what_was_published_while_it_was_sent_is_sent_next(store: Store) -> None:
    subscribed(store)
    stands(store, "b")
    [delivery] = untold(store)
    stands(store, "c")
    store.tell(delivery, NOW)
    [delivery] = untold(store)
    assert delivery.digest == "c"


def test_a_renewal_loses_no_news_and_takes_the_new_secret(store: Store) -> None:
    subscribed(store)
    stands(store, "b")
    subscribed(store, id="f" * 32, secret=b"new")
    [delivery] = untold(store)
    assert (delivery.digest, delivery.secret) == ("b", b"new")


def test_a_failure_waits_counts_and_is_over_with_the_next_success(store: Store) -> None:
    subscribed(store)
    stands(store, "b")
    [delivery] = untold(store)
    store.postpone(delivery, "HTTP 500", NOW + HOUR)
    assert untold(store) == []
    [late] = untold(store, hours=1)
    assert late.failures == 1
    [one] = store.followers(NOW).unreached
    assert (one.host, one.topic, one.trouble) == ("sub.example", TOPIC, "HTTP 500")
    assert (one.failures, one.due, one.is_ping) == (1, NOW + HOUR, False)
    store.tell(late, NOW + HOUR)
    assert store.followers(NOW).unreached == ()


def test_a_lease_ends(store: Store) -> None:
    subscribed(store)
    stands(store, "b")
    assert len(untold(store, hours=23)) == 1
    assert untold(store, hours=24) == []
    assert store.followers(NOW + 24 * HOUR).counts == {}


def test_ending_is_for_one_callback_and_topic(store: Store) -> None:
    one, two = subscribed(store, 1), subscribed(store, 2)
    subscribed(store, 3, callback=one.callback, topic=Topic("en/all", "feed.rss"))
    off = intent(9, mode="unsubscribe", callback=one.callback)
    store.ask(off, NOW)
    store.confirm(off, NOW)
    assert store.followers(NOW).counts == {"zh/all": 1, "en/all": 1}
    stands(store, "b")
    [delivery] = untold(store)
    assert delivery.callback == two.callback
    store.end(delivery)
    assert store.followers(NOW).counts == {"en/all": 1}


def test_what_is_confirmed_ends_what_was_asked_before_and_not_after(
    store: Store,
) -> None:
    same = "https://sub.example/in"
    first, second, third = (intent(n, callback=same) for n in (1, 2, 3))
    for one in (first, second, third):
        store.ask(one, NOW)
    store.confirm(second, NOW)
    assert wishes(store) == [third]


def test_a_wish_put_off_comes_again_and_a_refused_one_never(store: Store) -> None:
    store.ask(intent(1), NOW)
    store.postpone(intent(1), "E_CONNECT", NOW + HOUR)
    assert wishes(store) == []
    [again] = store.errands(NOW + HOUR, 9, 9, own=True)
    assert again.failures == 1
    store.refuse(intent(1))
    assert store.errands(NOW + 99 * HOUR, 9, 9, own=True) == []
    assert store.followers(NOW).counts == {}


def test_a_host_has_so_many_wishes_an_hour_and_others_their_own(store: Store) -> None:
    asked = [intent(n) for n in range(100)]
    assert all(store.ask(one, NOW) for one in asked)
    assert not store.ask(intent(100), NOW)
    assert store.ask(intent(101, host="other.example"), NOW)
    for one in asked:
        store.refuse(one)
    assert not store.ask(intent(102), NOW + HOUR / 2)
    assert store.ask(intent(103), NOW + 2 * HOUR)


def crowd(store: Store, table: Table, key: str, count: int) -> None:
    """Make many of the one row that a table holds."""

    def work(connection: Connection) -> None:
        [row] = connection.execute(select(table)).mappings()
        others = [{**row, key: f"{row[key]}{n}"} for n in range(1, count)]
        connection.execute(insert(table), others)

    store._database.write(work)


def test_a_host_has_so_many_subscriptions_and_may_renew_them(store: Store) -> None:
    ours = subscribed(store, 1)
    crowd(store, subscriptions, "callback", 999)
    subscribed(store, 2)
    assert not store.ask(intent(9), NOW)
    assert store.ask(intent(8, callback=ours.callback), NOW)
    assert store.ask(intent(7, mode="unsubscribe"), NOW)
    assert store.ask(intent(6, host="other.example"), NOW)


def test_failed_wishes_make_room_when_there_are_too_many(store: Store) -> None:
    hosts = [f"{n}.example" for n in range(5)]
    assert store.ask(intent(0, host=hosts[0]), NOW)
    crowd(store, intents, "id", 9_998)
    asked = [store.ask(intent(n, host=hosts[n]), NOW) for n in (1, 2, 3)]
    assert asked == [True, True, False]
    store.refuse(intent(0, host=hosts[0]))
    assert store.ask(intent(4, host=hosts[4]), NOW)


def test_of_a_host_with_many_only_some_stand_in_the_way(store: Store) -> None:
    for number in range(20):
        subscribed(store, number)
    subscribed(store, 20, host="other.example")
    for number in range(30, 40):
        store.ask(intent(number), NOW)
    stands(store, "b")
    found = store.errands(NOW, 4, 9, own=True)
    kinds = [(type(e).__name__, e.host) for e in found]
    assert kinds.count(("Intent", "sub.example")) == 4
    assert kinds.count(("Delivery", "sub.example")) == 4
    assert kinds.count(("Delivery", "other.example")) == 1


def test_outside_hubs_are_followed_as_configured(store: Store) -> None:
    topics = [TOPIC, Topic("en/all", "feed.atom")]
    stands(store, "a")
    stands(store, "a", "en/all")
    hubs = {"https://hub.example/": "hub.example"}
    for _ in range(2):
        store.follow(hubs, topics)
        pings = untold(store, own=False)
        assert {p.topic for p in pings} == set(topics)
        assert all(p.is_ping for p in pings)
    store.tell(pings[0], NOW)
    store.follow(hubs, topics)
    assert [p.topic for p in untold(store)] == [pings[1].topic]
    subscribed(store, callback="https://hub.example/mine")
    store.follow({}, topics)
    assert untold(store) == []
    assert store.followers(NOW).counts == {"zh/all": 1}


def test_without_a_hub_of_our_own_subscribers_are_left_alone(store: Store) -> None:
    subscribed(store)
    stands(store, "b")
    store.ask(intent(2), NOW)
    assert store.errands(NOW, 9, 9, own=False) == []
    assert len(store.errands(NOW, 9, 9, own=True)) == 2
