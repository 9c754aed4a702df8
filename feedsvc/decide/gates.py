"""What a visit must not believe."""

from collections import Counter
from collections.abc import Iterator, Sequence

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.text import urls

__all__ = ["foreign", "list_gate", "loop_gate"]

_FEW = 3
"""Articles that may be in another language by chance."""


def list_gate(before: int, extraction: Extraction, url: str) -> Fault | None:
    """``W_EMPTY`` for a list that had ``before`` entries and now shows none.

    What was published stays (design.md, decision 4).
    """
    if extraction.items or extraction.children or before == 0:
        return None
    stated = next((fault for fault in extraction.faults), None)
    return stated or Fault(code=Code.W_EMPTY, stage=Stage.DECIDE, place=url)


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
