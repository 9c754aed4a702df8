"""What worker processes do for a visit: documents in, statements and articles out.

Plain functions of plain values, so that they can be sent to another process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from feedsvc import extract
from feedsvc.errors import Fault
from feedsvc.model.article import Article, Extraction, RawItem
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.normalize import article as normal

__all__ = [
    "Reading",
    "digest",
    "list_digest",
    "read_entry",
    "read_list",
    "rules_digest",
]


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


def read_entry(
    listed: RawItem, page: Page | None, frame: normal.Frame, position: int
) -> Reading:
    """What the list said and the page says, as one article; ExtractError as above."""
    faults: tuple[Fault, ...] = ()
    statement = listed
    if page is not None:
        extraction = extract.read_article(frame.source, page)
        faults = extraction.faults
        statement = normal.combine(listed, extraction.items[0])
    article = normal.normalize(statement, frame, position)
    if isinstance(article, Fault):
        return Reading(faults=(*faults, article))
    doubts = normal.doubts(article, statement, faults)
    return Reading(article=article, faults=(*faults, *doubts))


def digest(body: bytes) -> str:
    """The digest by which an unchanged document is known."""
    return blake2b(body, digest_size=16).hexdigest()


def rules_digest(source: Source) -> str:
    """The digest of what the operator wrote about how the source is read.

    What was read by other rules has to be read again, though its server never changed
    it.
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
