"""Pairs of sources that hold the same stories in two languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import takewhile

from feedsvc.config.findings import Finding, nearest, written
from feedsvc.errors import Code
from feedsvc.model.config import Pair, Source

__all__ = ["check_pair", "check_pair_of", "resolved"]

_PATH = ("pair",)
_FORMS = "\"source-id\" | { match = '/en/(.*)', other = '/zh/\\1' }"


def check_pair(source: Source) -> Iterator[Finding]:
    """A pair is the id of a source, or a pattern and what to put in its place."""
    pair = source.pair
    if pair is None:
        return
    given = {f.name for f in fields(pair) if getattr(pair, f.name) is not None}
    if given not in ({"source"}, {"match", "other"}):
        told = " + ".join(sorted(given)) or "{}"
        yield Finding(Code.E_CONFIG_VALUE, _PATH, told, _FORMS)
    elif trouble := _trouble(pair.match or "", pair.other or ""):
        yield Finding(Code.E_CONFIG_PATTERN, _PATH, trouble, _FORMS)


def _trouble(match: str, other: str) -> str | None:
    """Why the pattern, or what is put in its place, cannot be used."""
    import regex

    try:
        # what is put in place is read only where there is a match: of nothing, here
        regex.sub(f"(?:{match})|", other, "")
    except (regex.error, IndexError) as error:
        return f"{written(match)} → {written(other)}: {error}"
    return None


def check_pair_of(source: Source, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """The source that is named must be another one that is configured."""
    named = _named(source)
    if named is None or (named in sources and named != source.id):
        return
    others = tuple(name for name in sources if name != source.id)
    expected = nearest(named, others)
    told = written(expected) if expected else _FORMS
    yield Finding(Code.E_CONFIG_VALUE, _PATH, written(named), told)


def resolved(source: Source, sources: Mapping[str, Source]) -> Source:
    """The source with the pattern that the id of its pair stands for."""
    named = _named(source)
    other = sources.get(named) if named else None
    if other is None:
        return source
    match, put = _difference(source.url, other.url)
    return replace(source, pair=Pair(source=named, match=match, other=put))


def _named(source: Source) -> str | None:
    """The id that stands for a pattern."""
    pair = source.pair
    return pair.source if pair and pair.match is None else None


def _difference(one: str, other: str) -> tuple[str | None, str | None]:
    """What of an address makes it one source's, as a pattern; what makes it the other's.

    ``https://example.org/en/news/`` and ``…/zh/news/`` differ in ``en`` and ``zh``,
    behind what they share. None where one holds nothing that the other lacks.
    """
    first, second = (re.split(r"\b", url.partition("://")[2]) for url in (one, other))
    begin = _shared(first, second)
    end = _shared(first[begin:][::-1], second[begin:][::-1])
    head = "".join(first[:begin])
    own, its = ("".join(p[begin : len(p) - end]) for p in (first, second))
    if not own or not its:
        return None, None
    return rf"^https?://{re.escape(head + own)}\b", f"https://{head}{its}"


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two addresses begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)
