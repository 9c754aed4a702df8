"""Markup that others wrote, made safe and plain (nh3's allow-list is the last word).

What a browser might run, fetch unasked or be confused by goes; what carries meaning
(headings, lists, tables, figures, quotations, emphasis, links, pictures, sound) stays.
"""

import html
import re
from contextvars import ContextVar
from typing import Final

import nh3

from feedsvc.text.controls import without_controls
from feedsvc.text.images import resolve_images
from feedsvc.text.nesting import is_too_deep
from feedsvc.text.prose import one_line, plain, shorten
from feedsvc.text.prune import prune
from feedsvc.text.urls import absolute

__all__ = ["one_line", "plain", "sanitize", "shorten"]

_TAGS: Final = frozenset(
    ["a", "abbr", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video"]
)  # fmt: skip

_GONE: Final = frozenset(
    ["applet", "button", "canvas", "embed", "frameset", "head", "iframe", "math", "noembed", "noframes", "object", "script", "select", "style", "svg", "template", "textarea", "title", "xmp"]
)  # fmt: skip
"""Elements that go with all that is in them."""

_ATTRIBUTES: Final = {
    "*": {"dir", "lang"},
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "audio": {"src"},
    "bdo": {"dir"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"height", "poster", "src", "width"},
}
_ADDRESSES: Final = frozenset({"href", "poster", "src"})
_NUMBERS: Final = frozenset({"colspan", "height", "rowspan", "start", "width"})
_PLAYER: Final = {"audio": {"controls": ""}, "video": {"controls": ""}}

_BLOCKS: Final = re.compile(
    r"(</?)(?:address|article|aside|center|details|dialog|fieldset|footer|form|header|hgroup|legend|main|nav|section|summary)(?=[\s>/])",
    re.IGNORECASE,
)
"""Blocks that are read as ``div``, so that their lines stay apart."""

_STEADY: Final = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "ul", "var"]
)  # fmt: skip
"""Tags whose markup, once cleaned, is parsed again as it was."""

_NAME: Final = re.compile(r"<([a-zA-Z][^\s/>]*)")
_FIRST_LINES: Final = re.compile(r"(<pre[^<>]*>)\n+")


def sanitize(markup: str, base: str) -> str:
    """Clean HTML; addresses become absolute, ``base`` being where it was found.

    Idempotent: what is taken out may let the rest be parsed another way, so that odd
    markup is cleaned twice. Markup nested beyond reason is reduced to its text.
    """
    markup = without_controls(markup)
    if is_too_deep(markup):
        return _as_text(markup)
    _BASE.set(base)
    cleaned = _once(markup)
    if _STEADY.issuperset(_NAME.findall(markup)):
        return cleaned
    return _once(cleaned)


def _once(markup: str) -> str:
    resolved = resolve_images(markup, _absolute)
    cleaned = _CLEANER.clean(_BLOCKS.sub(r"\1div", resolved))
    return prune(without_controls(_FIRST_LINES.sub(r"\1", cleaned))).strip()


def _as_text(markup: str) -> str:
    return "\n".join(
        f"<p>{html.escape(line, quote=False)}</p>"
        for line in plain(markup).split("\n")
        if line
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in _ADDRESSES:
        return _address(tag, value)
    if name in _NUMBERS:
        return value if value.isascii() and value.isdigit() else None
    return value


def _address(tag: str, value: str) -> str | None:
    if tag == "a" and value.strip().lower().startswith("mailto:"):
        return value.strip()
    return _absolute(value)


def _absolute(href: str) -> str | None:
    return absolute(_BASE.get(), href)


_BASE: Final = ContextVar[str]("base")
"""Where the markup that is being cleaned was found."""

_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_GONE,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    link_rel="noopener noreferrer",
    set_tag_attribute_values=_PLAYER,
    url_schemes=frozenset({"http", "https", "mailto"}),
)
"""One for all: it takes longer to make than to clean a page by."""
