"""What edited rules would read of the pages that are kept, beside what readers have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedsvc.errors import Code, Fault
from feedsvc.inspect.record import Difference
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Source
from feedsvc.normalize import identity

__all__ = ["Entry", "Reread", "differences"]

Entry = tuple[RawItem, str]
"""An entry of a list, and its article's id: "" where it would be a new one."""

_FIELDS = (
    "title", "published", "language", "authors", "contributors", "outlet", "section",
    "summary", "content_text", "image",
)  # fmt: skip
"""What a reader would see of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A source's list as it would be read; it was fetched at ``at`` (None: never kept).

    ``items`` are its entries, ``missing`` those of whose page nothing is kept.
    """

    source: str
    at: datetime | None = None
    items: int = 0
    missing: int = 0
    differences: Sequence[Difference] = ()
    faults: Sequence[Fault] = ()

    @property
    def renamed(self) -> list[Difference]:
        """Articles that would get another id."""
        return [one for one in self.differences if one.field == "id"]

    @property
    def told(self) -> list[Fault]:
        """The faults, without those that only say what is missing."""
        return [one for one in self.faults if one.args.get("detail") != _UNKEPT]


_UNKEPT = str(Code.E_NO_RECORD)


def differences(
    source: Source,
    entries: Sequence[Entry],
    listed: Sequence[Article],
    read: Sequence[Article],
) -> Iterator[Difference]:
    """What would differ, as in a recording's replay.

    ``listed`` is what readers have of the list as it stands, ``read`` what would be stored
    of it. An entry that would be new and has the title of an article that would be
    listed no more is that article under another id.
    """
    shown = {identifier for _, identifier in entries}
    gone = {one.id: one for one in listed if one.id not in shown}
    will = {one.id: one for one in read}
    for one in listed:
        if one.id in will:
            yield from _changes(one, will[one.id])
    for item, identifier in entries:
        if not identifier:
            yield _new(source, item, gone, will)
    for one in gone.values():
        yield Difference(one.url, "", one.title, None)


def _changes(was: Article, will: Article) -> Iterator[Difference]:
    for name in _FIELDS:
        before, after = getattr(was, name), getattr(will, name)
        if before != after:
            yield Difference(was.url, name, before, after)


def _new(
    source: Source,
    item: RawItem,
    gone: dict[str, Article],
    will: Mapping[str, Article],
) -> Difference:
    """An entry that is new, or known by its title; then it is not ``gone`` any more."""
    own = identity.make(item.url, source.tracking, item.alone)
    title = will[own].title if own in will else item.title
    same = [one for one in gone.values() if _said(one.title) == _said(title)]
    if not same:
        return Difference(item.url, "", None, title or item.url)
    del gone[same[0].id]
    return Difference(same[0].url, "id", same[0].id, own)


def _said(title: str | None) -> str:
    return "".join((title or "").split()).casefold()
