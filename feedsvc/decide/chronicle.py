"""What a feed has to tell of articles, beside what it told of them before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from feedsvc.model.archive import FULL, Change, Chronicle, Line
from feedsvc.model.article import Article

__all__ = ["changed", "changes", "full"]


def changes(
    last: Mapping[str, Line],
    standing: Collection[Article],
    gone: Collection[str],
    after: int,
) -> Change:
    """How the chronicle goes on behind the line numbered ``after``.

    ``last`` is the last line of each article asked about, where there is one;
    ``standing`` are those that stand in the feed, ``gone`` the ids of those hidden or
    withdrawn. An open entry is never told twice: it is shown as it is now. An archived
    one is told again when it was edited, and a tombstone follows whatever was told.
    """
    stands = {article.id for article in standing}
    struck = tuple(
        line
        for one, line in last.items()
        if line.archive is None and one not in (stands if line.version else gone)
    )
    entering = sorted(
        (a for a in standing if _is_news(a, last.get(a.id))),
        key=lambda a: _order(a, told=a.id in last),
    )
    leaving = sorted(
        one for one in gone if one not in stands and one in last and last[one].version
    )
    told: list[tuple[str, datetime | None]] = [(a.id, a.updated) for a in entering]
    told += [(one, None) for one in leaving]
    lines = (
        Line(number=number, article=one, version=version)
        for number, (one, version) in enumerate(told, after + 1)
    )
    return Change(added=tuple(lines), struck=struck)


def _is_news(article: Article, line: Line | None) -> bool:
    if line is None:
        return True
    is_open_entry = line.archive is None and line.version is not None
    return not is_open_entry and line.version != article.updated


def _order(article: Article, *, told: bool) -> tuple[datetime, int, str]:
    """By when it was first seen, or what is told again by when it was edited."""
    at = article.updated if told else article.first_seen
    return at, article.position, article.id


def changed(now: Chronicle, change: Change) -> Chronicle:
    """How far the feed has come with a change."""
    struck = {line.number for line in change.struck}
    opened = [line for line in now.opened if line.number not in struck]
    last = change.added[-1].number if change.added else now.last
    return replace(now, opened=(*opened, *change.added), last=last)


def full(lines: Sequence[Line]) -> Sequence[Line]:
    """The open lines that fill the next archive document; none if there are too few.

    Tombstones between its entries go with them and are not counted.
    """
    entries = 0
    for place, line in enumerate(lines, 1):
        entries += line.version is not None
        if entries == FULL:
            return lines[:place]
    return ()
