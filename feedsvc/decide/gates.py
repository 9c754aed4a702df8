"""What a visit must not believe."""

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Extraction

__all__ = ["list_gate"]


def list_gate(before: int, extraction: Extraction, url: str) -> Fault | None:
    """``W_EMPTY`` for a list that had ``before`` entries and now shows none.

    What was published stays (design.md, decision 4).
    """
    if extraction.items or extraction.children or before == 0:
        return None
    stated = next((fault for fault in extraction.faults), None)
    return stated or Fault(code=Code.W_EMPTY, stage=Stage.DECIDE, place=url)
