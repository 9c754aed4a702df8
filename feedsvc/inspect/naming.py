"""How a site calls itself: on a page, in a feed, in JSON."""

import html
import json
import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from feedsvc.extract.sniff import sniff
from feedsvc.model.web import Page
from feedsvc.text.encoding import decode, decode_xml
from feedsvc.text.markup import one_line, shorten
from feedsvc.text.nesting import is_too_deep

__all__ = ["site_name"]

_LONGEST: Final = 60
_HEAD: Final = 20_000
_TITLE: Final = re.compile(
    r"<title[^>]*>\s*(<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</title>", re.DOTALL
)
_BODY: Final = re.compile(r"<(?:item|entry)[\s>]")


def site_name(page: Page) -> str | None:
    """The name in a document's own words, on one line; None for what has none."""
    match sniff(page):
        case "html":
            name = _of_html(decode(page.body, content_type=page.content_type).text)
        case "feed":
            name = _of_feed(decode_xml(page.body, content_type=page.content_type).text)
        case "json":
            name = _of_json(page.body)
        case _:
            name = ""
    return shorten(one_line(name), _LONGEST) or None


def _of_html(text: str) -> str:
    if is_too_deep(text):
        return ""
    tree = LexborHTMLParser(text)
    named = tree.css_first('meta[property="og:site_name"][content]')
    title = tree.css_first("title")
    stated = (named.attributes.get("content") or "").strip() if named else ""
    return stated or (title.text() if title else "")


def _of_feed(text: str) -> str:
    """The title that stands before the first item."""
    head = _BODY.split(text[:_HEAD], maxsplit=1)[0]
    found = _TITLE.search(head)
    if not found:
        return ""
    return found[2] if found[1] else html.unescape(found[2])


def _of_json(body: bytes) -> str:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    title = value.get("title") if isinstance(value, dict) else None
    return title if isinstance(title, str) else ""
