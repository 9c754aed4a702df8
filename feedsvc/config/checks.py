"""What types cannot say of one file's values: ranges, addresses, selectors, words."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from feedsvc.config import values
from feedsvc.config.findings import Finding, nearest, written
from feedsvc.config.pairing import check_pair
from feedsvc.config.positions import Path
from feedsvc.config.rules import pattern, rules
from feedsvc.config.shape import is_secret
from feedsvc.errors import Code
from feedsvc.model.config import Language, Settings, Source

__all__ = ["check_settings", "check_source", "check_words"]

_LANGUAGES: tuple[str, ...] = get_args(Language)

_SETTINGS: tuple[tuple[str, values.Check, str], ...] = (
    ("site.base_url", values.base_url, '"https://news.example.org"'),
    ("site.authority", values.authority, '"example.org,2026"'),
    ("site.timezone", values.zone, '"Asia/Shanghai" | "+08:00"'),
    ("site.contact", values.contact, '"mailto:editor@example.org" | "https://…"'),
    ("collect.concurrency", values.positive, "≥ 1"),
    ("collect.timeout", values.positive, '"20s"'),
    ("collect.max_bytes", values.positive, '"8MB"'),
    ("collect.allow_networks", values.network, '"10.1.0.0/16"'),
    ("collect.requests_per_day", values.positive, "≥ 1"),
    ("collect.recheck", values.positive, '"1h"'),
    ("publish.output", values.output, '"public" | "s3://bucket/prefix"'),
    ("publish.items", values.positive, "≥ 1"),
    ("websub.hubs", values.web, '"https://hub.example.org/"'),
    ("serve.port", values.unless(lambda n: 0 <= n < 1 << 16), "0 … 65535"),
    ("serve.server", values.server, '"uvicorn" (or: pip install "feedsvc[fast]")'),
    ("serve.requests_per_minute", values.positive, "≥ 1"),
    ("serve.trusted_proxies", values.network, '"10.1.0.0/16"'),
    ("store.url", values.database, '"sqlite" | "postgresql://…"'),
)

_SOURCE: tuple[tuple[str, values.Check, str], ...] = (
    ("url", values.web, '"https://…"'),
    ("every", values.positive, '"15m"'),
    ("max_delay", values.positive, '"2h"'),
    ("cron", values.cron, '"*/10 6-23 * * *"'),
    ("encoding", values.encoding, '"gb18030" | "utf-8" | "big5" …'),
    ("timezone", values.zone, '"Asia/Shanghai" | "+08:00"'),
    ("proxy", values.web, '"http://proxy.example.org:3128"'),
    ("list.pages", values.positive, "≥ 1"),
)
"""Path, check and example of every key whose type lets too much in."""


def check_settings(settings: Settings) -> Iterator[Finding]:
    """What is wrong in ``feedsvc.toml``, types apart."""
    yield from _judge(settings, _SETTINGS)
    yield from check_words(settings.site.title, ("site", "title"))
    if settings.websub.hub and "://" in settings.publish.output:
        # Nothing of ours would answer where an object store serves the feeds.
        wrong, right = (
            "hub = true + output = s3://…",
            'hubs = ["https://…"] | hub = false',
        )
        yield Finding(Code.E_CONFIG, ("websub", "hub"), wrong, right)
    if not settings.site.languages:
        expected = f"[{written(_LANGUAGES[0])}, …]"
        yield Finding(Code.E_CONFIG_VALUE, ("site", "languages"), "[]", expected)


def check_source(source: Source) -> Iterator[Finding]:
    """What is wrong in a source's file, types apart."""
    yield from _judge(source, _SOURCE)
    yield from check_words(source.name, ("name",))
    for key in ("include", "exclude"):
        for index, text in enumerate(getattr(source, key)):
            if trouble := pattern(text):
                path = (key, index)
                yield Finding(Code.E_CONFIG_PATTERN, path, trouble, r"'/news/\d+'")
    for key in ("headers", "cookies"):
        yield from _fields(getattr(source, key), key)
    yield from check_pair(source)
    if source.every and source.cron:
        yield Finding(Code.E_CONFIG, ("cron",), "every + cron", "every | cron")
    if source.list:
        yield from rules(source.list, source.kind, ("list",))
    if source.article:
        yield from rules(source.article, source.kind, ("article",))


def check_words(words: Mapping[str, str], path: Path) -> Iterator[Finding]:
    """The languages of a localized text must be ones that feedsvc speaks."""
    for language in words:
        if language not in _LANGUAGES:
            known = nearest(language[:2], _LANGUAGES) or " | ".join(_LANGUAGES)
            yield Finding(Code.E_CONFIG_UNKNOWN_KEY, (*path, language), language, known)


def _judge(
    holder: Any, table: tuple[tuple[str, values.Check, str], ...]
) -> Iterator[Finding]:
    """Ask each check of the table; an array is asked element by element."""
    for dotted, check, expected in table:
        path: Path = tuple(dotted.split("."))
        for at, value in _values(holder, path):
            if trouble := check(value):
                shown = "…" if is_secret(type(holder), path) else trouble
                yield Finding(Code.E_CONFIG_VALUE, at, shown, expected)


def _values(holder: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    for part in path:
        holder = getattr(holder, str(part)) if holder is not None else None
    if isinstance(holder, tuple):
        yield from (((*path, n), value) for n, value in enumerate(holder))
    elif holder is not None:
        yield path, holder


def _fields(fields: Mapping[str, str], key: str) -> Iterator[Finding]:
    """Headers and cookies must not be able to break out of their line."""
    for name, value in fields.items():
        if trouble := values.field_name(name):
            yield Finding(
                Code.E_CONFIG_VALUE, (key, name), trouble, '"X-Name" | "Referer" …'
            )
        elif values.field_value(value):
            yield Finding(Code.E_CONFIG_VALUE, (key, name), "…", '"…"')
