"""Forms are read strictly, and nothing in them breaks the reader."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model.websub import Topic
from feedsvc.websub.faults import Refused
from feedsvc.websub.form import Form, Publication, Terms, lease, read

TOPIC = "https://feeds.example.org/zh/all/feed.atom"
TERMS = Terms({TOPIC: Topic("zh/all", "feed.atom")}, "https://feeds.example.org/hub")
DAY = timedelta(days=1)
NAMES = ("mode", "callback", "topic", "lease_seconds", "secret", "url", "verify")
TEXTS = st.text(max_size=300) | st.sampled_from(
    [TOPIC, "subscribe", "unsubscribe", "publish", "https://sub.example/?a=1&b=2"]
)
FIELDS = st.lists(
    st.tuples(st.sampled_from([f"hub.{n}" for n in NAMES]) | st.text(), TEXTS),
    max_size=12,
)


def good(**fields: str) -> dict[str, str]:
    named = {"mode": "subscribe", "callback": "https://sub.example/in", "topic": TOPIC}
    return {f"hub.{name}": value for name, value in (named | fields).items()}


def read_or_refused(body: bytes) -> object:
    try:
        return read(body, TERMS)
    except Refused as refused:
        return refused.fault.args


def checked(form: object) -> None:
    """What is accepted can be acted upon safely; else it is told what would be right."""
    if not isinstance(form, Form):
        assert isinstance(form, Publication) or set(form) == {"field", "expected"}  # type: ignore[call-overload]  # a mapping
        return
    assert form.mode in {"subscribe", "unsubscribe"}
    assert form.callback.isascii()
    assert form.callback.isprintable()
    assert " " not in form.callback
    assert form.callback.lower().startswith(("http://", "https://"))
    assert form.topic == TERMS.topics[TOPIC]
    assert timedelta() < form.lease <= 30 * DAY
    assert form.secret is None or 0 < len(form.secret) < 200


@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_form_or_refused(body: bytes) -> None:
    checked(read_or_refused(body))


@given(FIELDS)
def test_any_fields_are_a_form_or_refused(fields: list[tuple[str, str]]) -> None:
    body = urlencode(fields, errors="surrogatepass").encode()
    checked(read_or_refused(body))


@given(
    st.text("abc%/=&?;+:@!-._~0123456789", max_size=50),
    st.text(min_size=1, max_size=66),
    st.dictionaries(st.text().filter(lambda n: not n.startswith("hub.")), st.text()),
)
def test_what_is_right_is_read_back_as_it_was_written(
    path: str, secret: str, others: dict[str, str]
) -> None:
    callback = f"https://sub.example/{path}"
    fields = dict(list(others.items())[:20]) | good(callback=callback, secret=secret)
    try:
        body = urlencode(fields).encode()
    except UnicodeEncodeError:  # half a surrogate pair is no text that can be sent
        return
    form = read(body, TERMS)
    assert isinstance(form, Form)
    assert (form.callback, form.secret) == (callback, secret.encode())


@given(st.sampled_from(sorted(good())), TEXTS)
def test_nothing_known_may_be_said_twice(name: str, value: str) -> None:
    body = urlencode([*good().items(), (name, value)], errors="replace").encode()
    with pytest.raises(Refused):
        read(body, TERMS)


@given(st.text() | st.integers().map(str))
def test_a_lease_is_always_within_bounds(asked: str) -> None:
    assert timedelta() < lease(asked) <= 30 * DAY


@given(st.integers(1, 30 * 86_400))
def test_a_lease_within_bounds_is_given(seconds: int) -> None:
    assert lease(str(seconds)) == timedelta(seconds=seconds)


def test_a_form_shows_neither_secret_nor_callback() -> None:
    form = read(
        urlencode(good(secret="hush", callback="https://s.example/key")).encode(), TERMS
    )
    assert "hush" not in repr(form)
    assert "key" not in repr(form)
