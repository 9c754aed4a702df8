"""Whether selectors, patterns and JSON queries compile; each in the library it is for.

Every library is imported only when a source uses it (contract, section 1: 0.3 s).
"""

from collections.abc import Iterator
from dataclasses import fields

from feedsvc.config.findings import Finding, written
from feedsvc.config.positions import Path
from feedsvc.errors import Code
from feedsvc.model.config import ArticleRules, Kind, ListRules, Rule
from feedsvc.model.rules import Patterns

__all__ = ["pattern", "rules", "selector"]

_XPATH = "xpath:"

Kinds = tuple[Kind, ...]
"""The kinds of source for which a rule may be meant."""


def rules(
    table: ListRules | ArticleRules, kind: Kind, above: Path
) -> Iterator[Finding]:
    """What is wrong with the rules of ``[list]`` or ``[article]``.

    A JSON source may lead to HTML pages, so that both languages do in its ``[article]``.
    """
    for field in fields(table):
        value = getattr(table, field.name)
        path = (*above, field.name)
        if isinstance(value, Rule):
            yield from _rule(value, _kinds(table, kind, field.name), path)
        elif field.name == "date_format":
            yield from _formats(value, path)
        elif field.name == "remove":
            for index, text in enumerate(value):
                yield from _selector(text, ("html",), (*path, index))


def _kinds(table: ListRules | ArticleRules, kind: Kind, name: str) -> Kinds:
    """What a rule may be written for; parts of items that a script holds are paths."""
    if isinstance(table, ArticleRules):
        return (kind,) if kind == "html" else (kind, "html")
    embedded = table.item is not None and table.item.json is not None
    return ("json",) if embedded and name not in {"item", "next"} else (kind,)


def pattern(text: str) -> str | None:
    """What is wrong with a regular expression; None when it compiles."""
    import regex

    try:
        regex.compile(text)
    except (regex.error, RecursionError) as error:
        return f"{written(text)}: {error}"
    return None


def selector(text: str, kind: Kind) -> str | None:
    """What is wrong with a selector of a source of this kind; None when it compiles."""
    if kind == "json":
        return _query(text)
    if text.startswith(_XPATH):
        return _xpath(text.removeprefix(_XPATH).strip())
    return _css(text)


def _rule(rule: Rule, kinds: Kinds, path: Path) -> Iterator[Finding]:
    yield from _selector(rule.select, kinds, path)
    if rule.json is not None:
        yield from _selector(rule.json, ("json",), (*path, "json"))
    trouble = rule.regex is not None and pattern(rule.regex)
    if trouble:
        yield Finding(Code.E_CONFIG_PATTERN, (*path, "regex"), trouble, r"'…\s*(.+)'")


def _selector(text: str, kinds: Kinds, path: Path) -> Iterator[Finding]:
    troubles = [selector(text, kind) for kind in kinds]
    if all(troubles):
        right = '"data[*].title"' if "json" in kinds else '".title a" | "xpath://h1"'
        yield Finding(Code.E_CONFIG_SELECTOR, path, str(troubles[0]), right)


def _formats(formats: Patterns, path: Path) -> Iterator[Finding]:
    from feedsvc.text.dates import valid_pattern

    single = isinstance(formats, str)
    for index, text in enumerate((formats,) if isinstance(formats, str) else formats):
        if not valid_pattern(text):
            at = path if single else (*path, index)
            right = '"yyyy-MM-dd HH:mm" | "MMMM d, y" | "y年M月d日"'
            yield Finding(Code.E_CONFIG_PATTERN, at, written(text), right)


def _css(text: str) -> str | None:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("").css(text)
    except SelectolaxError:
        return written(text)
    return None


def _xpath(text: str) -> str | None:
    from lxml import etree

    try:
        etree.XPath(text)(etree.Element("html"))
    except (etree.XPathError, ValueError) as error:  # ValueError: a control character
        return f"{written(text)}: {error}"
    return None


def _query(text: str) -> str | None:
    """JMESPath, or JSONPath as the reader of records takes it."""
    from feedsvc.extract.jsonpath import compiled

    try:
        compiled(text)
    except (ValueError, RecursionError) as error:
        return f"{written(text)}: {str(error).splitlines()[0]}"
    return None
