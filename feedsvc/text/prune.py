"""Elements that show nothing, taken out of markup that a sanitizer has written.

Relies on nh3's way of writing: attributes in double quotes, ``<`` and ``>`` escaped in
texts and in attributes. Only whole elements go, so what is left is as safe as before.
"""

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["prune"]

_PLACES: Final = frozenset(
    ["col", "colgroup", "td", "th", "tr", "tbody", "thead", "tfoot"]
)
"""Elements that hold a place in a table though nothing is in them."""

_VOID: Final = frozenset(["br", "col", "hr", "img", "source", "wbr"])
_TOKEN: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
_SUSPECT: Final = re.compile(
    r"<(\w+)(?: [^<>]*)?>(?:\s|&nbsp;|<br>)*</\1>|<(?:img|source)(?![^<>]* src=)|<a(?![^<>]* href=)"
)
"""What cheaply tells that there is something to drop."""


@dataclass(slots=True)
class _Element:
    """An element being read: how it began, what is in it, whether that shows."""

    name: str
    parts: list[str]
    shows: bool = False


def prune(markup: str) -> str:
    """Drop elements without content, and pictures without an address."""
    if not _SUSPECT.search(markup):
        return markup
    open_ = [_Element("", [])]
    end = 0
    for token in _TOKEN.finditer(markup):
        _text(open_[-1], markup[end : token.start()])
        _tag(open_, token)
        end = token.end()
    _text(open_[-1], markup[end:])
    return "".join(part for element in open_ for part in element.parts)


def _text(element: _Element, text: str) -> None:
    if text:
        element.parts.append(text)
        element.shows = element.shows or not _is_blank(text)


def _is_blank(text: str) -> bool:
    return not text.replace("&nbsp;", "").strip()


def _tag(open_: list[_Element], token: re.Match[str]) -> None:
    closing, name, attributes = token.groups()
    if name in _VOID:
        _void(open_[-1], token[0], name, attributes)
    elif closing:
        _close(open_, token[0])
    else:
        leads = name != "a" or " href=" in attributes
        tag = token[0] if leads else ""
        open_.append(_Element(name, [tag], _is_player(name, attributes)))


def _void(element: _Element, tag: str, name: str, attributes: str) -> None:
    named = name not in {"img", "source"} or " src=" in attributes
    if named:
        element.parts.append(tag)
        element.shows = element.shows or name in {"hr", "img", "source"}


def _is_player(name: str, attributes: str) -> bool:
    return name in {"audio", "video"} and " src=" in attributes


def _close(open_: list[_Element], tag: str) -> None:
    element = open_.pop()
    above = open_[-1]
    tag = tag if element.parts[0] else ""
    if element.shows or element.name in _PLACES:
        above.parts += [*element.parts, tag]
        above.shows = above.shows or element.shows
    elif len(element.parts) > 1:
        above.parts.append(" ")
