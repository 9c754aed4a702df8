"""Plain text of markup: paragraphs, titles, and a length that splits no character."""

import html
import re
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.text.controls import printable, without_controls
from feedsvc.text.nesting import is_too_deep

__all__ = ["one_line", "plain", "shorten"]

_INLINE: Final = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)  # fmt: skip
"""Elements that do not end a line of text."""

_SILENT: Final = frozenset(
    ["-comment", "-doctype", "button", "canvas", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title"]
)  # fmt: skip
"""Nodes whose text is no text of the document."""

_TAGS: Final = re.compile(
    r"<(script|style)\b[^<>]*>[^<]*</\1\s*>|<!--[^<>]*-->|</?(?:a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|p|q|s|script|small|span|strike|strong|style|sub|sup|tt|u|ul|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""What is a tag in a title; "x <y and z" is not."""

_BREAKS: Final = frozenset({"br", "hr"})
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_SOFT: Final = re.compile(r"\s\S{1,20}$")


def plain(markup: str) -> str:
    """Give the text of HTML, white space folded, its paragraphs set apart by newlines."""
    if "<" not in markup:
        return _folded(html.unescape(markup).split("\n\n"))
    if is_too_deep(markup):
        return _folded([html.unescape(_ANY_TAG.sub(" ", markup))])
    body = LexborHTMLParser(markup.encode("utf-8", "replace")).body
    return _folded(_lines(body)) if body else ""


def _lines(body: LexborNode) -> list[str]:
    """Collect the texts below ``body``, a new line wherever a block begins or ends."""
    lines = [""]
    blocks: dict[int, int] = {body.mem_id: body.mem_id}
    current = body.mem_id
    for node in body.traverse(include_text=True):
        tag = node.tag or ""
        inside = blocks.get(node.parent.mem_id) if node.parent else body.mem_id
        if inside is None or tag in _SILENT:
            continue
        if tag != "-text":
            blocks[node.mem_id] = inside if tag in _INLINE else node.mem_id
            current = 0 if tag in _BREAKS else current
            continue
        if inside != current:
            lines.append("")
            current = inside
        lines[-1] += node.text_content or ""
    return lines


def _folded(lines: list[str]) -> str:
    folded = (" ".join(without_controls(line).split()) for line in lines)
    return "\n".join(line for line in folded if line)


def one_line(text: str) -> str:
    """Give a title as one line of plain text.

    Tags go, entities are resolved once (never twice), control and bidirectional
    characters go, white space is folded. Empty when nothing is left.
    """
    bare = _TAGS.sub(_gap, text) if "<" in text else text
    return " ".join(printable(html.unescape(bare) if "&" in bare else bare).split())


def _gap(tag: re.Match[str]) -> str:
    """Keep words apart that a line break or a block kept apart."""
    return (
        " " if re.match(r"</?(?:br|div|h\d|li|p|ul)\b", tag[0], re.IGNORECASE) else ""
    )


def shorten(text: str, limit: int) -> str:
    """Cut a text to ``limit`` characters as readers count them, "…" included.

    Never splits a grapheme (UAX #29); goes back to the last space if one is near.
    """
    if len(text) <= limit:
        return text
    import regex

    found = list(islice(regex.finditer(r"\X", text), limit + 1))
    if len(found) <= limit:
        return text
    kept = text[: found[max(limit - 1, 0)].start()]
    if not text[len(kept)].isspace() and kept.isascii():
        kept = _SOFT.sub("", kept)
    return f"{kept.rstrip()}…"
