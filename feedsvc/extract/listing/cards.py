"""What stands around each headline link: its date, summary and picture."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import lines_of
from feedsvc.extract.listing.links import Link
from feedsvc.extract.rules import Document
from feedsvc.model.article import Image, Origin, RawDate
from feedsvc.text.dates import from_url, spot

__all__ = ["Card", "cards", "share_dated"]

_YEAR: Final = re.compile(r"^\s*((?:19|20)\d\d)\s*年?\s*$")
_YEARLESS: Final = re.compile(r"^\d{1,2}[-/.月]\d{1,2}日?$")
_TIME_ALONE: Final = re.compile(
    r"[^\d:]{0,12}(?<![\w:])((?:[01]?\d|2[0-3]):[0-5]\d)(?![\w:])[^\d:]{0,12}"
)
"""A time that no other number stands beside: a date in another tongue has some."""

_SHORTEST_SUMMARY: Final = 25
_SAMPLE: Final = 12
_BESIDE: Final = 4
_LONGEST: Final = 80
"""A longer text tells of dates; it does not date the story, unless it begins with one."""

_HEAD: Final = 32
_APART: Final = ("  ", " |", "|", " -", " –", " —", " ·", "·")


@dataclass(frozen=True, slots=True)
class Card:
    """One story of a list."""

    link: Link
    dates: tuple[RawDate, ...] = ()
    summary: str | None = None
    image: Image | None = None


def cards(document: Document, links: Sequence[Link]) -> Iterator[Card]:
    """Yield a card for each link, in order."""
    shared = _shared(links)
    years = _Years(document)
    for link in links:
        boxes = _boxes(link, shared)
        texts = _texts(boxes)
        dates = _dates(boxes, texts, link, years)
        yield Card(
            link, dates, _summary(document, boxes, texts, link), _image(document, boxes)
        )


def share_dated(links: Sequence[Link]) -> float:
    """For which share of the links (a sample) a date is printed beside them."""
    shared = _shared(links)
    some = links[:_SAMPLE]
    dated = sum(
        bool(_printed(boxes, _texts(boxes), link))
        for link in some
        for boxes in [_boxes(link, shared)]
    )
    return dated / len(some)


def _shared(links: Sequence[Link]) -> Counter[int]:
    """For each element, to how many stories it leads."""
    pairs = {(element, link.url) for link in links for element in link.chain}
    return Counter(element for element, _ in pairs)


def _boxes(link: Link, shared: Counter[int]) -> list[LexborNode]:
    """The largest element around a link that holds no other story, and what belongs to it.

    Where it holds nothing but the link (``<dt>``), the elements that follow it up to the
    next story do.
    """
    box = link.node
    step = box.parent
    while step is not None and shared[step.mem_id] == 1:
        box, step = step, step.parent
    boxes = [box]
    if len(box.text(strip=True) or "") > len(link.title) + 3:
        return boxes
    beside = box.next
    while (
        beside is not None
        and len(boxes) < _BESIDE
        and not shared[beside.mem_id]
        and beside.tag != "a"
        and not (beside.is_element_node and _leads(beside, shared))
    ):
        boxes.append(beside)
        beside = beside.next
    return boxes


def _leads(node: LexborNode, shared: Counter[int]) -> bool:
    """Whether a story's link stands below the node."""
    return any(shared[a.parent.mem_id] for a in node.css("a[href]") if a.parent)


def _texts(boxes: Sequence[LexborNode]) -> list[str]:
    found = []
    for box in boxes:
        if box.tag == "-text":
            found.append(" ".join((box.text_content or "").split()))
        elif box.is_element_node:
            found += [line.spaced for line in lines_of(box)]
    return [text for text in found if text]


def _printed(
    boxes: Sequence[LexborNode], texts: Sequence[str], link: Link
) -> str | None:
    """The date printed in the card: ``<time datetime>`` first, never in the headline."""
    for box in boxes:
        if box.is_element_node and (node := box.css_first("time[datetime]")):
            return node.attributes.get("datetime") or None
    rests = [text.replace(link.title, "  ") if link.title else text for text in texts]
    short = sorted((r for r in rests if len(r) <= _LONGEST), key=len)
    heads = (rest[:_HEAD] for rest in rests if len(rest) > _LONGEST)
    opening = (f for head in heads if (f := spot(head)) and _opens(head, f))
    found = next((found for rest in short if (found := spot(rest))), None)
    return (
        found
        or next(opening, None)
        or next((m[1] for rest in short if (m := _TIME_ALONE.fullmatch(rest))), None)
    )


def _opens(text: str, date: str) -> bool:
    """Whether a text begins with a date that is set apart from what follows."""
    rest = text.removeprefix(date)
    return rest != text and rest.startswith(_APART)


def _dates(
    boxes: Sequence[LexborNode], texts: Sequence[str], link: Link, years: "_Years"
) -> tuple[RawDate, ...]:
    found = _printed(boxes, texts, link)
    if found and _YEARLESS.match(found) and (year := years.above(link)):
        found = f"{year}-{re.sub(r'[月/.]', '-', found).rstrip('日')}"
    path = from_url(link.url)
    printed = (RawDate(text=found, origin=Origin.LIST),) if found else ()
    return (*printed, RawDate(text=path, origin=Origin.URL)) if path else printed


class _Years:
    """The headings of an archive that say nothing but a year."""

    def __init__(self, document: Document) -> None:
        self._order: dict[int, int] = {}
        self._years: list[tuple[int, str]] = []
        body = document.tree.body
        for n, node in enumerate(body.traverse(include_text=True) if body else ()):
            if node.tag == "a":
                self._order[node.mem_id] = n
            elif node.tag == "-text" and (
                found := _YEAR.match(node.text_content or "")
            ):
                self._years.append((n, found[1]))

    def above(self, link: Link) -> str | None:
        """The year that stands last before a link."""
        at = self._order.get(link.node.mem_id, 0)
        return next((year for n, year in reversed(self._years) if n < at), None)


def _summary(
    document: Document, boxes: Sequence[LexborNode], texts: Sequence[str], link: Link
) -> str | None:
    """The longest text that is neither the headline nor a link to something else."""
    rest = [t for t in texts if link.title not in t and len(t) >= _SHORTEST_SUMMARY]
    elsewhere = set(_elsewhere(document, boxes, link)) if rest else set()
    told = (" ".join(text.split()) for text in rest)
    return max((text for text in told if text not in elsewhere), key=len, default=None)


def _elsewhere(
    document: Document, boxes: Sequence[LexborNode], link: Link
) -> Iterator[str]:
    """What the links to other pages say."""
    for box in boxes:
        for node in box.css("a[href]") if box.is_element_node else ():
            url = document.absolute(node.attributes.get("href"))
            if url is None or urldefrag(url).url != link.url:
                yield " ".join(node.text().split())


def _image(document: Document, boxes: Sequence[LexborNode]) -> Image | None:
    for box in boxes:
        for node in box.css("img") if box.is_element_node else ():
            attributes = node.attributes
            src = (
                attributes.get("data-src")
                or attributes.get("data-original")
                or attributes.get("src")
            )
            url = (
                document.absolute(src) if src and not src.startswith("data:") else None
            )
            if url:
                return Image(url=url)
    return None
