"""History and stated hints ⇄ the JSON of their columns; NULL where nothing is known."""

import json
from dataclasses import fields
from datetime import timedelta
from typing import Any

from feedsvc.errors import Code
from feedsvc.model.history import History, Move, Tally, Trouble
from feedsvc.model.web import Hints, Resource
from feedsvc.store.codec import dumps, micros, moment

__all__ = ["document", "history", "stated", "stated_document"]

_DIGITS = 3
_SUMS = tuple(field.name for field in fields(Tally) if field.name != "at")


def document(known: History) -> str | None:
    """The column of a history."""
    if known == History():
        return None
    trouble, move, tally = known.trouble, known.move, known.tally
    return dumps(
        {
            "url": known.url,
            "manner": known.manner,
            "trouble": trouble and [trouble.code, micros(trouble.since)],
            "move": move and [move.to, micros(move.since), move.times],
            "tally": tally and [micros(tally.at), *_rounded(tally)],
        }
    )


def history(column: str | None) -> History:
    """The history of a column."""
    if column is None:
        return History()
    form: dict[str, Any] = json.loads(column)
    return History(
        url=form["url"],
        manner=form.get("manner", ""),  # of a visit before it was kept
        trouble=_trouble(*form["trouble"]) if form["trouble"] else None,
        move=_move(*form["move"]) if form["move"] else None,
        tally=_tally(*form["tally"]) if form["tally"] else None,
    )


def stated_document(resource: Resource) -> str | None:
    """The column of what a document states for the next visit; NULL for nothing."""
    hints = resource.stated
    seconds = hints.ttl and int(hints.ttl.total_seconds())
    form = [seconds, hints.skip_hours, hints.skip_days, resource.children]
    return dumps(form) if any(form) else None


def stated(column: str | None) -> tuple[Hints, tuple[str, ...]]:
    """What a document stated, and the sitemaps it names."""
    if column is None:
        return Hints(), ()
    seconds, hours, days, children = json.loads(column)
    ttl = None if seconds is None else timedelta(seconds=seconds)
    hints = Hints(ttl=ttl, skip_hours=tuple(hours), skip_days=tuple(days))
    return hints, tuple(children)


def _rounded(tally: Tally) -> list[float]:
    return [round(getattr(tally, name), _DIGITS) for name in _SUMS]


def _trouble(code: str, since: int) -> Trouble:
    return Trouble(code=Code(code), since=moment(since))


def _move(to: str, since: int, times: int) -> Move:
    return Move(to=to, since=moment(since), times=times)


def _tally(at: int, *sums: float) -> Tally:
    return Tally(at=moment(at), **dict(zip(_SUMS, sums, strict=True)))
