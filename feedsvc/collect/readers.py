"""What worker processes do for a visit: documents in, statements and articles out.

Plain functions of plain values, so that they can be sent to another process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from feedsvc import extract
from feedsvc.decide import redating
from feedsvc.decide.entries import PASSING, may_be_filed, stands_alone
from feedsvc.decide.gates import article_gate
from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.model.article import Article, Extraction, RawDate, RawItem
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.normalize.frame import Frame

if TYPE_CHECKING:
    from feedsvc.normalize.dates import Dated

__all__ = [
    "Asked",
    "Reading",
    "digest",
    "list_digest",
    "read_dates",
    "read_entries",
    "read_list",
    "rules_digest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An entry of a list, and what came of asking for its page.

    ``answer`` is the page, why it could not be had, or None where none was asked for.
    ``is_new_here`` says of a known entry that this source never listed it.
    """

    item: RawItem
    position: int
    is_known: bool
    is_new_here: bool = False
    answer: Page | Fault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One entry read: the article, or why there is none.

    ``again`` says that a passing fault hid the page, so that it is asked for again.
    """

    article: Article | None = None
    again: bool = False
    faults: tuple[Fault, ...] = ()


def read_list(source: Source, page: Page) -> Extraction:
    """Read a list, feed, sitemap or JSON document; ExtractError when it is none."""
    return extract.read_list(source, page)


def read_entries(chunk: Sequence[Asked], frame: Frame) -> list[Reading]:
    """Read entries together: handing one over costs about as much as reading it."""
    return [_read(asked, frame) for asked in chunk]


def read_dates(
    stated: Sequence[Sequence[RawDate]], frame: Frame
) -> "list[Dated | None]":
    """The date of each of a list's entries by what the list alone says of it."""
    from feedsvc.normalize.dates import choose, default_zone  # workers alone need it

    language = frame.source.language
    zone = frame.zone or default_zone(language)
    told = map(redating.statements, stated)
    return [choose(dates, zone, frame.now, language)[0] for dates in told]


def _read(asked: Asked, frame: Frame) -> Reading:
    if isinstance(asked.answer, Fault):
        return _without_page(asked, asked.answer, frame)
    try:
        return _understood(asked, asked.answer, frame)
    except ExtractError as error:
        return _without_page(asked, error.fault, frame)


def _without_page(asked: Asked, fault: Fault, frame: Frame) -> Reading:
    """Publish what the list itself said, if that is enough to stand alone.

    A page that is gone is no news; one that a passing fault hides is asked for again,
    and until then only a list that gave text speaks for it.
    """
    told = Fault(
        code=Code.W_ARTICLE,
        stage=Stage.FETCH,
        place=asked.item.url,
        args={"detail": str(fault.code)},
    )
    again = fault.code in PASSING
    if not _is_enough(asked, fault.code):
        return Reading(again=again, faults=(told,))
    try:
        reading = _understood(asked, None, frame)
    except ExtractError as error:
        return Reading(again=again, faults=(told, error.fault))
    return replace(reading, again=again, faults=(told, *reading.faults))


def _is_enough(asked: Asked, code: Code) -> bool:
    """Whether what the list said is, to publish an entry or to file a known one."""
    if asked.is_new_here:
        return may_be_filed(asked.item, code)
    return not asked.is_known and stands_alone(asked.item, code)


def _understood(asked: Asked, page: Page | None, frame: Frame) -> Reading:
    """What the list said and the page says, as one article."""
    from feedsvc.normalize import article as normal  # workers alone need it

    faults: tuple[Fault, ...] = ()
    statement = asked.item
    if page is not None:
        extraction = extract.read_article(frame.source, page)
        faults = extraction.faults
        statement = normal.combine(statement, extraction.items[0])
        if asked.is_known and not statement.content_html:
            return Reading(faults=faults)  # a page that lost its text is no correction
    article = normal.normalize(statement, frame, asked.position)
    if isinstance(article, Fault):
        return Reading(faults=(*faults, article))
    hold = article_gate(article)
    doubts = (*normal.doubts(article, statement, faults), *([hold] if hold else []))
    held = replace(article, hold=hold) if hold else article
    return Reading(article=held, faults=(*faults, *doubts))


def digest(body: bytes) -> str:
    """The digest by which an unchanged document is known."""
    return blake2b(body, digest_size=16).hexdigest()


def rules_digest(source: Source) -> str:
    """The digest of what the operator wrote about how the source is had and read.

    What was read by other rules has to be read again, though its server never changed
    it; what came by another way may be another document (reliability.md, 50).
    """
    rules = (
        source.kind,
        source.language,
        source.encoding,
        source.timezone,
        source.content,
        source.include,
        source.exclude,
        source.tracking,
        sorted(source.headers.items()),
        sorted(source.cookies.items()),
        source.proxy,
        source.list,
        source.article,
    )
    return digest(repr(rules).encode())


def list_digest(item: RawItem, rules: str) -> str:
    """The digest by which a changed list or feed entry is known, or changed ``rules``.

    Printed dates stay out: "3 hours ago" changes though nothing happened.
    """
    fields: Mapping[str, object] = {
        "rules": rules,
        "title": item.title,
        "updated": [d.text for d in item.updated],
        "summary": item.summary,
        "content": item.content_html,
    }
    told = repr([(k, v) for k, v in fields.items() if v])
    return digest(told.encode(errors="replace"))
