"""What the hub says, to the letter."""

from datetime import timedelta

import pytest

from feedsvc.model.web import Answered
from feedsvc.model.websub import Delivery, Intent, Topic
from feedsvc.websub import messages

TOPIC = Topic("zh/all", "feed.rss")


def intent(callback: str) -> Intent:
    return Intent(
        id="1", mode="subscribe", callback=callback, host="s", topic=TOPIC,
        lease=timedelta(seconds=60),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("callback", "before"),
    [
        ("https://s.example", "https://s.example?"),
        ("https://s.example/in", "https://s.example/in?"),
        ("https://s.example/in?", "https://s.example/in?"),
        ("https://s.example/in?a=%2F&b", "https://s.example/in?a=%2F&b&"),
        ("https://s.example/in?a=1&", "https://s.example/in?a=1&"),
    ],
)
def test_a_callback_keeps_its_own_query_in_front(callback: str, before: str) -> None:
    asked = messages.verification(intent(callback), "https://f.example/x", "c-1")
    assert asked.url == (
        f"{before}hub.mode=subscribe&hub.topic=https%3A%2F%2Ff.example%2Fx"
        "&hub.challenge=c-1&hub.lease_seconds=60"
    )
    assert (asked.method, asked.body) == ("GET", b"")


def test_only_the_challenge_itself_confirms() -> None:
    said = [
        (200, b"c"),
        (299, b"c"),
        (302, b"c"),
        (200, b"cc"),
        (200, b""),
        (500, b"c"),
    ]
    told = [messages.confirms(Answered(status=s, body=b), "c") for s, b in said]
    assert told == [True, True, False, False, False, False]


def test_a_signature_is_that_of_rfc_2104() -> None:
    delivery = Delivery(
        callback="https://s.example/", host="s.example", topic=TOPIC, digest="",
        is_ping=False, secret=b"key",
    )  # fmt: skip
    body = b"The quick brown fox jumps over the lazy dog"
    pushed = messages.content(delivery, body, {"Link": "x"})
    assert pushed.headers == {
        "Link": "x",
        "X-Hub-Signature": "sha256="
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
    }
    assert (pushed.method, pushed.body) == ("POST", body)
