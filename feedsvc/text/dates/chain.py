"""The reading of a text about a date, and the finding of one in a longer text."""

from datetime import timedelta
from functools import lru_cache

from feedsvc.text.dates import foreign, machine, patterns
from feedsvc.text.dates.clock import Found, lone
from feedsvc.text.dates.folding import clean, fold
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.pieces import Piece, is_bare, pieces
from feedsvc.text.dates.settle import UNREAD, base, settle
from feedsvc.text.dates.zones import printed

__all__ = ["read", "spot"]

_LIMIT = 1000
"""Characters within which a text that is about a date says so."""


def read(text: str, context: DateContext) -> Reading | Refusal:
    """The date that a text is about.

    The source's patterns are asked first, then the forms of machines, then each dialect
    for the best piece of the text, then a lone time of day, then dateparser. A date that
    cannot be, or could be two, is refused: nothing is guessed from the rest.
    """
    text = clean(text[:_LIMIT])
    stated = patterns.read(text, context)
    if stated:
        return stated
    written = machine.read(text, context)
    if written:
        return written
    for piece in pieces(text, whole=True):
        answer = _answer(piece, context)
        if answer:
            return answer
    return _time(text, context) or foreign.read(text, context) or UNREAD


@lru_cache(maxsize=1024)  # a line is asked for its date by whoever reads it
def spot(text: str) -> str | None:
    """The first date-like piece of a longer text, with its time, as printed.

    Dates behind labels go first, relative ones last. None if there is none.
    """
    found = pieces(fold(text), whole=False)
    best = found[0] if found else None
    return text[best.found.start : best.found.end].strip() if best else None


def _answer(piece: Piece, context: DateContext) -> Reading | Refusal | None:
    on = piece.dialect.read(piece.match, context)
    if on is None or isinstance(on, Reading | Refusal):
        return on
    found = piece.found
    if found.timed and found.clock is None:
        return UNREAD
    return settle(on, found.clock, printed(found.zone, context), context)


def _time(text: str, context: DateContext) -> Reading | Refusal | None:
    """A time and nothing else: today's, or yesterday's if today's is still to come."""
    found = lone(text)
    if not found or not found.clock or not _spans(found, text):
        return None
    zone = printed(found.zone, context)
    now = base(context)
    today = settle(now.astimezone(zone[0]).date(), found.clock, zone, context)
    if isinstance(today, Reading) and today.moment <= now:
        return today
    yesterday = now.astimezone(zone[0]).date() - timedelta(days=1)
    return settle(yesterday, found.clock, zone, context)


def _spans(found: Found, text: str) -> bool:
    return is_bare(f"{text[: found.start]} {text[found.end :]}")
