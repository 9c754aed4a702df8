"""What a rule takes of a text that its selector found: JSON values, a regex's group."""

import re
from collections.abc import Iterator
from typing import Final

import regex

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.extract.embedded import embedded
from feedsvc.model.config import Rule

__all__ = ["failed", "taken"]

_SECONDS: Final = 0.5
"""The longest that one regular expression of an operator may think about one text."""


def taken(rule: Rule, text: str) -> Iterator[str]:
    """Yield what ``rule`` takes of ``text``, nothing empty.

    ExtractError: E_SELECTOR_TIMEOUT when its regex thinks too long, E_EXTRACT when its
    regex or path is none.
    """
    for found in _within(rule, text):
        value = _matched(rule, found)
        if value:
            yield value


def failed(code: Code, **args: str) -> ExtractError:
    """Make the error of a rule that cannot be followed."""
    return ExtractError(Fault(code=code, stage=Stage.EXTRACT, args=args))


def _within(rule: Rule, text: str) -> tuple[str, ...]:
    """What the regex is asked of: the text, or what a JSON path leads to in it."""
    if rule.json is None:
        return (text,)
    try:
        return embedded(text, rule.json)
    except ValueError as error:
        raise failed(Code.E_EXTRACT, detail=f"{rule.json}: {error}") from error


def _matched(rule: Rule, text: str) -> str | None:
    """Take what the rule's regex takes, in a limited time."""
    if rule.regex is None:
        return _tidy(text)
    try:
        found = regex.search(rule.regex, text, timeout=_SECONDS)
    except TimeoutError as error:
        raise failed(Code.E_SELECTOR_TIMEOUT, rule=rule.regex) from error
    except regex.error as error:
        raise failed(Code.E_EXTRACT, detail=f"{rule.regex}: {error}") from error
    if not found:
        return None
    return _tidy((found[1] if found.re.groups else found[0]) or "")


def _tidy(text: str) -> str | None:
    """Fold spaces, keeping lines apart; None when nothing is left."""
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", text))
    return "\n".join(line for line in lines if line) or None
