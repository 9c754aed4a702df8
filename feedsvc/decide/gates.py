"""What a visit must not believe."""

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Extraction

__all__ = ["list_gate", "loop_gate"]


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
