"""Whether selectors, patterns and JSON queries compile; each in the library it is for.

Every library is imported only when a source uses it (contract, section 1: 0.3 s).
"""

from collections.abc import Iterator
from dataclasses import fields

from feedsvc.config.findings import Finding, written
from feedsvc.config.positions import Path
from feedsvc.errors import Code
from feedsvc.model.config import ArticleRules, Kind, ListRules, Patterns, Rule

__all__ = ["pattern", "rules", "selector"]

_XPATH = "xpath:"


def rules(
    table: ListRules | ArticleRules, kind: Kind, above: Path
) -> Iterator[Finding]:
    """What is wrong with the rules of ``[list]`` or ``[article]``."""
    for field in fields(table):
        value = getattr(table, field.name)
        path = (*above, field.name)
        if isinstance(value, Rule):
            yield from _rule(value, kind, path)
        elif field.name == "date_format":
            yield from _formats(value, path)
        elif field.name == "remove":
            for index, text in enumerate(value):
                yield from _selector(text, "html", (*path, index))


def pattern(text: str) -> str | None:
    """What is wrong with a regular expression; None when it compiles."""
    import regex

    try:
        regex.compile(text)
    except regex.error as error:
        return f"{written(text)}: {error}"
    return None


def selector(text: str, kind: Kind) -> str | None:
    """What is wrong with a selector of a source of this kind; None when it compiles."""
    if text.startswith(_XPATH):
        return _xpath(text.removeprefix(_XPATH).strip())
    return _jmespath(text) if kind == "json" else _css(text)


def _rule(rule: Rule, kind: Kind, path: Path) -> Iterator[Finding]:
    yield from _selector(rule.select, kind, path)
    trouble = rule.regex is not None and pattern(rule.regex)
    if trouble:
        yield Finding(Code.E_CONFIG_PATTERN, (*path, "regex"), trouble, r"'…\s*(.+)'")


def _selector(text: str, kind: Kind, path: Path) -> Iterator[Finding]:
    trouble = selector(text, kind)
    if trouble:
        right = '"data[*].title"' if kind == "json" else '".title a" | "xpath://h1"'
        yield Finding(Code.E_CONFIG_SELECTOR, path, trouble, right)


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


def _jmespath(text: str) -> str | None:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        jmespath.compile(text)
    except (JMESPathError, RecursionError) as error:
        return f"{written(text)}: {str(error).splitlines()[0]}"
    return None
