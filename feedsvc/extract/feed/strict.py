"""The fast way: well-formed XML by lxml, with nothing fetched and nothing expanded."""

import re
from typing import Final

from lxml import etree

from feedsvc.extract.feed.atom import read_atom
from feedsvc.extract.feed.rss import read_rss
from feedsvc.extract.feed.stated import StatedFeed
from feedsvc.extract.feed.xml import Element, name

__all__ = ["has_entities", "parse", "read_strict"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ROOT: Final = re.compile(r"<[A-Za-z_]")
_PROLOG: Final = 100_000
"""Longer prologs are no prologs, in characters."""

_HARMLESS: Final = re.compile(
    r"""<!ENTITY\s+(?:
        [\w.-]+\s+(?:"(?:[^"&%<]|&\#\w+;){0,40}"|'(?:[^'&%<]|&\#\w+;){0,40}')
        |%\s+[\w.-]+\s+PUBLIC\s+(?:"[^"]*"|'[^']*')\s+(?:"[^"]*"|'[^']*')
    )\s*>""",
    re.VERBOSE,
)
"""A short name for a character, or a DTD that is named but (see below) never used."""

_USED: Final = re.compile(r"%[\w.-]+;")


def has_entities(text: str) -> bool:
    """Whether a document declares entities that could be abused (E_XML_DTD).

    Names for single characters are none, nor is the DTD that many feeds name and never
    use; nothing is fetched or expanded in any case.
    """
    root = _ROOT.search(text, 0, _PROLOG)
    prolog = text[: root.start() if root else _PROLOG]
    declared = prolog.upper().count("<!ENTITY")
    if not declared:
        return False
    return declared > len(_HARMLESS.findall(text)) or bool(_USED.search(prolog))


def parse(text: str, url: str) -> Element | None:
    """Parse a document whose entities were ruled out; None when it is not well-formed."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None
    unknown = root.getroottree().docinfo.doctype and next(root.iter(etree.Entity), None)
    return None if unknown is not None and unknown != "" else root


def read_strict(text: str, url: str) -> StatedFeed | None:
    """Read a well-formed feed; None when it is not well-formed or is no feed."""
    root = parse(text, url)
    if root is None:
        return None
    if name(str(root.tag)) in {"html", "xhtml:html"}:
        root = next(root.iter("{*}feed", "{*}rss"), root)
    match name(str(root.tag)):
        case "rss" | "rdf:rdf" | "channel":
            return read_rss(root, url)
        case "atom:feed":
            return read_atom(root, url)
        case "feed":
            return read_atom(_named(root), url)
        case _:
            return None


def _named(root: Element) -> Element:
    """Give Atom that was sent without its namespace the namespace."""
    for element in root.iter("{}*"):
        element.tag = f"{{{_ATOM}}}{element.tag!s}"
    return root
