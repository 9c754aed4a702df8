"""What a single value must be: each check answers with what is wrong with it, or None.

Nothing is fetched or resolved; that a host exists is not the configuration's business.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from feedsvc.config.findings import written

__all__ = [
    "Check",
    "authority",
    "base_url",
    "contact",
    "cron",
    "database",
    "encoding",
    "field_name",
    "field_value",
    "network",
    "output",
    "positive",
    "server",
    "unless",
    "web",
    "zone",
]

Check = Callable[[Any], str | None]

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_AUTHORITY = re.compile(
    rf"(?:(?:[A-Za-z0-9._-]+@)?{_HOST}),(\d{{4}})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII
)
_CRON_ITEM = re.compile(
    r"(?:\*|(\d+(?:-\d+)?|[a-z]+(?:-[a-z]+)?))(?:/(\d+))?", re.ASCII
)
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]*(?:/[\w.=+-]+)*/?(?:\?(.+))?", re.ASCII)
_DATABASE = re.compile(r"sqlite(?:://)?$|postgresql(?:\+psycopg)?://.")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = re.compile(
    r"host|connection|content-length|transfer-encoding|te|upgrade|x-forwarded-.*|"
    r"accept-encoding|if-none-match|if-modified-since",
    re.IGNORECASE,
)
"""Header fields that the egress decides; a source may not overrule them."""

_CRON = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (
        1,
        12,
        (
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        ),
    ),
    (0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
"""Range and names of each field of crontab(5)."""

_LEAP_YEAR = 2024


def unless(is_right: Callable[[Any], bool]) -> Check:
    """A check that shows the value itself when it is not right."""
    return lambda value: None if is_right(value) else written(value)


def _is_web(text: str) -> bool:
    """An http or https URL with a host; what must be escaped in it still may stand."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port != 0
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and port_is_right
        and not re.search(r"[\s\x00-\x1f\\]", text)
    )


def _is_base_url(text: str) -> bool:
    if not _is_web(text):
        return False
    parts = urlsplit(text)
    return not (parts.query or parts.fragment or parts.username)


def _is_contact(text: str) -> bool:
    return _is_web(text) or bool(re.fullmatch(r"mailto:[^\s@<>]+@[^\s@<>]+", text))


def _is_authority(text: str) -> bool:
    """``authorityName,date`` of RFC 4151 §2.1."""
    found = _AUTHORITY.fullmatch(text)
    try:
        return bool(found and date(*(int(g or 1) for g in found.groups())))
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    """What ``text.dates.zone`` takes; it need not be loaded for a name with a slash."""
    from zoneinfo import ZoneInfo

    try:
        if "/" in name:
            ZoneInfo(name)
        else:
            from feedsvc.text.dates import zone as find

            find(name)
    except (KeyError, OSError, ValueError):
        return False
    return True


def _is_encoding(name: str) -> bool:
    """A character encoding that Python can decode (``rot13`` is none)."""
    try:
        b"a".decode(name, "ignore")
    except (LookupError, ValueError):
        return False
    return True


def _is_cron(text: str) -> bool:
    """Five fields of crontab(5); APScheduler is asked only when the schedule starts."""
    fields = text.lower().split()
    if len(fields) != len(_CRON):
        return False
    spans = [
        [_cron_span(item, *rule) for item in field.split(",")]
        for field, rule in zip(fields, _CRON, strict=True)
    ]
    return all(all(field) for field in spans) and _comes(spans[2], spans[3])


def _comes(days: list[range], months: list[range]) -> bool:
    """Whether a day is in a month: the 31st of April would never come."""
    longest = max(monthrange(_LEAP_YEAR, m)[1] for span in months for m in span)
    return min(span[0] for span in days) <= longest


def _cron_span(item: str, low: int, high: int, names: tuple[str, ...]) -> range:
    """What ``*``, ``a``, ``a-b``, each with ``/step``, stands for; nothing if wrong."""
    found = _CRON_ITEM.fullmatch(item)
    if not found:
        return range(0)
    ends = [_cron_number(end, low, names) for end in (found[1] or "").split("-") if end]
    first, *last = ends or [low, high]
    # crontab(5) knows no "5/15"; everywhere it is read as "5-59/15".
    end = last[0] if last else high if found[2] else first
    step = int(found[2] or 1)
    is_right = low <= first <= end <= high and (
        not found[2] or 1 <= step <= end - first
    )
    return range(first, end + 1, step) if is_right else range(0)


def _cron_number(text: str, low: int, names: tuple[str, ...]) -> int:
    """A number, or a month's or day's name as one; -1 when it is neither."""
    if text in names:
        return names.index(text) + low
    return int(text) if text.isdecimal() else -1


def _is_output(text: str) -> bool:
    return _is_bucket(text) if "://" in text else bool(text.strip())


def _is_server(name: str) -> bool:
    """Whether what reads requests is there: granian is an extra."""
    return name == "uvicorn" or find_spec(name) is not None


def _is_bucket(text: str) -> bool:
    """``s3://bucket/prefix``, with ``?endpoint=https://…&region=…`` where needed.

    Credentials have no place in it.
    """
    found = _BUCKET.fullmatch(text)
    if not found:
        return False
    asked = dict(parse_qsl(found[1] or "", keep_blank_values=True))
    endpoint = asked.pop("endpoint", "https://s3")
    return _is_base_url(endpoint) and all(
        name == "region" and value for name, value in asked.items()
    )


def _is_field_value(text: str) -> bool:
    """What a header or a cookie may hold (RFC 9110 §5.5); no line break above all."""
    return bool(re.fullmatch(r"[^\x00-\x08\x0a-\x1f\x7f]*", text))


def network(text: str) -> str | None:
    """A CIDR without host bits: ``10.1.0.0/16``."""
    from ipaddress import ip_network

    try:
        ip_network(text)
    except ValueError as error:
        return str(error)
    return None


web = unless(_is_web)
base_url = unless(_is_base_url)
contact = unless(_is_contact)
authority = unless(_is_authority)
zone = unless(_is_zone)
encoding = unless(_is_encoding)
cron = unless(_is_cron)
output = unless(_is_output)
server = unless(_is_server)
database = unless(lambda text: bool(_DATABASE.match(text)))
field_name = unless(
    lambda name: bool(_TOKEN.fullmatch(name)) and not _OURS.fullmatch(name)
)
field_value = unless(_is_field_value)
positive = unless(lambda number: number > type(number)(0))
