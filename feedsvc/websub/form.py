"""What a form posted to the hub asks for, read strictly (WebSub §5.1).

Whatever the hub does not know is ignored; what it knows must be there once, and right.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from feedsvc.model.websub import Mode, Topic
from feedsvc.text import urls
from feedsvc.websub.faults import Refused

__all__ = ["Form", "Publication", "Terms", "lease", "read"]

_MOST_FIELDS = 50
_LONGEST_CALLBACK = 2_000
"""Characters: what PostgreSQL can still index."""

_MOST_SECRET = 200
"""Bytes that a secret must be shorter than (§5.1)."""

_URI = re.compile(r"https?://[!$&'()*+,;=:@/?%\[\]\w.~-]+", re.ASCII | re.IGNORECASE)
"""Only what a URI may hold, so that it is sent as it was given; no fragment."""

_USUAL = timedelta(days=10)
_LONGEST = timedelta(days=30)
_MANY_DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A wish to subscribe, or not to any more."""

    mode: Mode
    callback: str = field(repr=False)
    topic: Topic
    lease: timedelta
    secret: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """News of our own topics, told by somebody: the hub knows by itself."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What this hub takes: its topics by address, and where it stands itself."""

    topics: Mapping[str, Topic]
    home: str


def read(body: bytes, hub: Terms) -> Form | Publication:
    """Read a form; Refused names the field that is wrong, and what would be right."""
    fields = _fields(body)
    mode = _one(fields, "hub.mode", "subscribe | unsubscribe")
    if mode == "publish":
        return _publication(fields, hub)
    if mode not in {"subscribe", "unsubscribe"}:
        raise Refused("hub.mode", "subscribe | unsubscribe")
    return Form(
        mode="subscribe" if mode == "subscribe" else "unsubscribe",
        callback=_callback(_one(fields, "hub.callback", "https://…"), hub.home),
        topic=_topic(_one(fields, "hub.topic", _example(hub)), hub),
        lease=lease(_one(fields, "hub.lease_seconds", "864000", "")),
        secret=_secret(_one(fields, "hub.secret", "< 200 bytes", "")),
    )


def lease(asked: str) -> timedelta:
    """How long a subscription shall hold: never for ever (§5.3.1).

    What is no length gives ten days, and thirty are the most.
    """
    digits = asked.strip()
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        return _USUAL
    if len(digits.lstrip("0")) > _MANY_DIGITS:
        return _LONGEST
    return min(timedelta(seconds=int(digits)), _LONGEST)


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise Refused("hub.mode", "application/x-www-form-urlencoded, UTF-8") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _one(
    fields: Mapping[str, list[str]], name: str, right: str, default: str | None = None
) -> str:
    """The one value of a field; two of them would mean different things to two readers."""
    values = fields.get(name, [] if default is None else [default])
    if len(values) != 1:
        raise Refused(name, right)
    return values[0]


def _publication(fields: Mapping[str, list[str]], hub: Terms) -> Publication:
    """Some say ``hub.url``, some ``hub.topic``; foreign topics are none of ours."""
    named = [*fields.get("hub.url", ()), *fields.get("hub.topic", ())]
    if not named or any(url not in hub.topics for url in named):
        raise Refused("hub.url", _example(hub))
    return Publication()


def _topic(url: str, hub: Terms) -> Topic:
    topic = hub.topics.get(url)
    if topic is None:
        raise Refused("hub.topic", _example(hub))
    return topic


def _example(hub: Terms) -> str:
    return next(iter(hub.topics), "")


def _callback(url: str, home: str) -> str:
    """An address as it will be asked; never one of our own, which would go in a ring."""
    right = "https://…"
    if len(url) > _LONGEST_CALLBACK or not _URI.fullmatch(url):
        raise Refused("hub.callback", right)
    try:
        is_named = bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:
        is_named = False
    if not is_named or urls.host(url) == urls.host(home):
        raise Refused("hub.callback", right)
    return url


def _secret(text: str) -> bytes | None:
    secret = text.encode("utf-8")
    if len(secret) >= _MOST_SECRET:
        raise Refused("hub.secret", f"< {_MOST_SECRET} bytes")
    return secret or None
