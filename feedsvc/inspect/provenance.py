"""Where each field of an article came from, what else was said, and why that lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from feedsvc.errors import Code
from feedsvc.inspect.values import is_same, shown
from feedsvc.model.article import Article, Origin, Precision, RawDate, RawItem
from feedsvc.normalize.dates import Dated, default_zone, read_all
from feedsvc.normalize.frame import Frame
from feedsvc.text import dates, language

__all__ = ["Sources", "provenance"]

_FIELDS: Final = {
    "title": "title",
    "authors": "authors",
    "contributors": "contributors",
    "source": "outlet",
    "section": "section",
    "breadcrumb": "breadcrumb",
    "image": "image",
    "summary": "summary",
    "content": "content_html",
    "keywords": "keywords",
}
"""Fields of Article JSON, and what statements call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Who says something of one article: statements by name, the surest first.

    ``statement`` is what became of them; ``encodings`` are those that the page is said
    to be in.
    """

    statement: RawItem
    listed: RawItem
    page: Sequence[tuple[str, RawItem]] = ()
    encodings: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Iterator[tuple[str, Any]]:
        """What is said of a field, by whom; rules of the list follow those of the page."""
        ruled = name in self.listed.rules
        mine = getattr(self.listed, name)
        told = [(who, getattr(item, name)) for who, item in self.page]
        place = 1 if ruled and told else 0
        theirs = (str(Origin.RULE), mine) if ruled else ("list", mine)
        at = place if ruled else len(told)
        yield from ((w, v) for w, v in (*told[:at], theirs, *told[at:]) if v)


Told = dict[str, Any]
"""``{"from": name, "alternatives": [{"value", "from", "why", …}]}``."""


def provenance(article: Article, sources: Sources, frame: Frame) -> dict[str, Told]:
    """Every field of Article JSON that was found, by whom, and what it was not."""
    told = {name: _field(raw, article, sources) for name, raw in _FIELDS.items()}
    told["published"] = _published(article, sources, frame)
    told["language"] = _language(article, sources, frame)
    told["encoding"] = _encoding(article, sources, frame)
    return {name: one for name, one in told.items() if one}


def _field(name: str, article: Article, sources: Sources) -> Told | None:
    chosen = shown(getattr(sources.statement, name)) or shown(getattr(article, name))
    if not chosen:
        return None
    said = [(who, shown(value)) for who, value in sources.of(name)]
    winner = next((who for who, value in said if is_same(chosen, value)), None)
    origin = winner or _unnamed(name, sources)
    others = [
        _lost(
            value, who, "same" if is_same(chosen, value) else _why(who, origin), origin
        )
        for who, value in _without(said, winner)
    ]
    return _told(origin, others)


def _unnamed(name: str, sources: Sources) -> str:
    """Who supplied what no one states as such: the text, or other fields of it."""
    return str(Origin.TEXT) if getattr(sources.statement, name) else "content"


def _why(who: str, winner: str) -> str:
    if winner == Origin.RULE:
        return "rule"
    return "page" if who == "list" else "order"


def _without(
    said: Sequence[tuple[str, str]], winner: str | None
) -> Iterator[tuple[str, str]]:
    """What is said, but for the first word of the winner; each saying once."""
    left = list(dict.fromkeys(said))
    first = next((n for n, (who, _) in enumerate(left) if who == winner), None)
    yield from (pair for n, pair in enumerate(left) if n != first)


def _published(article: Article, sources: Sources, frame: Frame) -> Told:
    zone = frame.zone or default_zone(article.language)
    stated = tuple(_dates(sources))
    readings = read_all(stated, zone, frame.now, article.language)
    read = list(zip(stated, readings, strict=True))
    chosen = next((raw for raw, is_ in read if _is_chosen(is_, article)), None)
    others = [
        _date(raw, is_, article)
        for raw, is_ in read
        if chosen is None or raw.text != chosen.text
    ]
    return _told(str(article.published_from), others)


def _dates(sources: Sources) -> Iterable[RawDate]:
    """Those that were weighed, in that order, then those that were not even asked for."""
    asked_for = (date for _, item in sources.page for date in item.dates)
    every = (*sources.statement.dates, *asked_for)
    told: dict[tuple[str, Origin], RawDate] = {}
    for date in every:
        told.setdefault((date.text, date.origin), date)
    return told.values()


def _is_chosen(reading: Dated | Code, article: Article) -> bool:
    return isinstance(reading, Dated) and (
        reading.moment == article.published and reading.origin is article.published_from
    )


def _date(raw: RawDate, reading: Dated | Code, article: Article) -> Told:
    if isinstance(reading, Code):
        return _lost(raw.text, str(raw.origin), "refused", code=str(reading))
    is_same_date = reading.moment == article.published
    why = "same" if is_same_date else _why_not(reading, article)
    winner = str(article.published_from)
    return _lost(raw.text, str(raw.origin), why, winner, reads=_local(reading))


def _why_not(reading: Dated, article: Article) -> str:
    if article.published_from is Origin.RULE:
        return "rule"
    if reading.origin is Origin.URL:
        return "url"
    if reading.precision is Precision.DAY and article.precision is not Precision.DAY:
        return "finer"
    return "page" if reading.origin in {Origin.LIST, Origin.FEED} else "order"


def _local(reading: Dated) -> str:
    at = reading.moment.astimezone(dates.zone(reading.zone))
    return (
        _day(at)
        if reading.precision is Precision.DAY
        else at.isoformat(timespec="seconds")
    )


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _language(article: Article, sources: Sources, frame: Frame) -> Told:
    page = ((who, item.language) for who, item in sources.page)
    stated = (
        ("source", frame.source.language),
        *page,
        ("list", sources.listed.language),
    )
    said = [(who, language.tag(tag) or tag) for who, tag in stated if tag]
    written = language.detect(f"{article.title}\n{article.content_text[:2000]}")
    winner = next((who for who, tag in said if tag == article.language), None)
    if written == article.language or winner is None:
        winner = str(Origin.TEXT)
    others = [
        _lost(
            tag, who, "same" if tag == article.language else "written", article.language
        )
        for who, tag in _without(said, winner)
    ]
    return _told(winner, others)


def _encoding(article: Article, sources: Sources, frame: Frame) -> Told | None:
    chosen = article.encoding
    if chosen is None:
        return None
    if not sources.page:
        return _told("list", ())
    own = {"source": frame.source.encoding} if frame.source.encoding else {}
    said = [*own.items(), *sources.encodings.items()]
    winner = next((who for who, label in said if is_same(chosen, label)), "bytes")
    why = "configured" if winner == "source" else "bytes"
    others = [
        _lost(label, who, "same" if is_same(chosen, label) else why, chosen)
        for who, label in _without(said, winner)
    ]
    return _told(winner, others)


def _told(origin: str, others: Sequence[Told]) -> Told:
    return {"from": str(origin), "alternatives": list(others)}


def _lost(value: str, who: str, why: str, winner: str = "", **more: str) -> Told:
    return {"value": value, "from": str(who), "why": why, "winner": winner, **more}
