"""What a visit must not believe."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Extraction
from feedsvc.model.config import Source
from feedsvc.text import urls
from feedsvc.text.garble import garbled
from feedsvc.text.shape import shape

__all__ = [
    "article_gate",
    "counted",
    "foreign",
    "is_all_new",
    "list_gate",
    "loop_gate",
    "remnant_gate",
    "strangers_gate",
]

_FEW = 3
"""Articles that may be in another language by chance."""

_USUAL: Final = 10
"""Entries from which on a list has something usual about it."""

_NEW: Final = 0.8
"""The share of new entries beyond which a list is another list, or we were away."""

_LEFT: Final = 0.1
"""The share of a list's entries with which it is hardly that list any more."""

_SHARED: Final = 0.8
"""The share of articles whose addresses must be of one shape with others'."""

_ALIKE: Final = 0.5
"""The share of new entries that stand at addresses like those before, if we were."""


def list_gate(before: int, extraction: Extraction, url: str) -> Fault | None:
    """``W_EMPTY`` for a list that had ``before`` entries and now shows none.

    What was published stays (design.md, decision 4).
    """
    if extraction.items or extraction.children or before == 0:
        return None
    stated = next((fault for fault in extraction.faults), None)
    return stated or Fault(code=Code.W_EMPTY, stage=Stage.DECIDE, place=url)


def remnant_gate(before: int, listed: int, url: str) -> Fault | None:
    """``W_LAYOUT`` for a list that had ``before`` entries, and of which few are left.

    Meant for a list in which nothing is new: a rule that lost its rows finds one or two
    for some time (reliability.md, 51), and nothing is lost by waiting for more.
    """
    if before < _USUAL or listed > _LEFT * before:
        return None
    rule = {"rule": "list.item"}
    return Fault(code=Code.W_LAYOUT, stage=Stage.DECIDE, place=url, args=rule)


def counted(fault: Fault, usual: int, found: int) -> Fault:
    """The fault of a list that had ``usual`` entries and now shows ``found``."""
    return replace(fault, args={**fault.args, "usual": usual, "entries": found})


def is_all_new(before: int, listed: int, new: int) -> bool:
    """Whether so much of a list is new at once that it may be another list."""
    return before >= _USUAL and new > _NEW * listed


def strangers_gate(
    new: Sequence[str], known: Collection[str], url: str
) -> Fault | None:
    """``W_STRANGERS`` for a list that is all new and unlike what it listed before.

    ``new`` are the addresses that are, without tracking, as those of the source's
    articles that are ``known``. A busy list, or one that was out
    of reach for days, is all new as well, but its articles stand where they always do;
    a redesign that shows navigation in their place does not (reliability.md, 51). Of a
    source that links here and there nothing can be told.
    """
    shapes = Counter(map(shape, known))
    shared = sum(count for count in shapes.values() if count > 1)
    alike = sum(shape(one) in shapes for one in new)
    if not known or shared < _SHARED * len(known) or alike >= _ALIKE * len(new):
        return None
    return Fault(
        code=Code.W_STRANGERS,
        stage=Stage.DECIDE,
        place=url,
        args={"new": len(new), "example": new[0]},
    )


def article_gate(article: Article) -> Fault | None:
    """``W_GARBLED`` for a text in the wrong encoding, with the one that would work."""
    found = garbled(article.title) or garbled(article.content_text)
    if found is None:
        return None
    args = {"evidence": found.evidence, "encoding": found.encoding or "?"}
    return Fault(code=Code.W_GARBLED, stage=Stage.DECIDE, place=article.url, args=args)


def loop_gate(authority: str, extraction: Extraction, url: str) -> Fault | None:
    """``E_LOOP`` for a list of our own articles, wherever it is served from.

    Their ids begin with our authority (contract, section 4); reliability.md, 47.
    """
    ours = f"tag:{authority}:"
    if any(item.guid and item.guid.startswith(ours) for item in extraction.items):
        return Fault(code=Code.E_LOOP, stage=Stage.DECIDE, place=url)
    return None


def foreign(source: Source, spoken: Sequence[str]) -> Iterator[Fault]:
    """``W_LANGUAGE`` when nothing that was read is in the source's language.

    A site that tells languages apart by cookie or address gave us its other edition
    (reliability.md, 68).
    """
    known = [tag.partition("-")[0] for tag in spoken if tag != "und"]
    own = (source.language or "").partition("-")[0]
    if own and len(known) >= _FEW and own not in known:
        args = {"expected": own, "found": Counter(known).most_common(1)[0][0]}
        place = urls.bare(source.url)
        yield Fault(code=Code.W_LANGUAGE, stage=Stage.DECIDE, place=place, args=args)
