"""Articles, outcomes and faults for the store's tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Origin, Precision
from feedsvc.model.visit import Outcome, Visit

NOW = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)

PLAIN: dict[str, Any] = {
    "canonical_url": None,
    "language": "zh",
    "precision": Precision.MINUTE,
    "published_from": Origin.META,
    "zone": "Asia/Shanghai",
    "updated": NOW,
    "first_seen": NOW,
    "position": 0,
    "authors": ("王小明",),
    "contributors": (),
    "outlet": None,
    "section": None,
    "breadcrumb": (),
    "image": None,
    "summary": None,
    "content_html": "<p>正文</p>",
    "content_text": "正文",
    "keywords": (),
    "alternates": (),
    "categories": ("local",),
}


def make_article(number: int, source: str = "times", **fields: Any) -> Article:
    """An article told from others by its number; later numbers are older."""
    own = {
        "id": f"{number:032x}",
        "source": source,
        "url": f"https://news.example/{number}",
        "aliases": (f"news.example/{number}", f"guid:{source}:{number}"),
        "title": f"标题 {number}",
        "published": NOW - timedelta(minutes=number),
        "digest": f"digest {number}",
    }
    return Article(**(PLAIN | own | fields))


def make_outcome(*articles: Article, source: str = "times", **fields: Any) -> Outcome:
    """What a visit of ``source`` hands over when it reads ``articles``."""
    own: dict[str, Any] = {
        "articles": articles,
        "list_digests": [(a.id, f"listed {a.digest}") for a in articles],
        "seen": [a.id for a in articles],
    }
    return Outcome(source=source, **(own | fields))


def make_visit(source: str = "times", **fields: Any) -> Visit:
    """A visit that went well, just now."""
    own: dict[str, Any] = {"due": NOW, "last_attempt": NOW, "last_success": NOW}
    return Visit(source=source, **(own | fields))


def make_fault(code: Code = Code.E_DNS, place: str = "https://news.example/") -> Fault:
    """A fault with arguments."""
    args: dict[str, str | int | float] = {"host": "news.example", "seconds": 1.5}
    return Fault(
        code=code,
        stage=Stage.FETCH,
        place=place,
        source="times",
        args=args,
        retry_at=NOW + timedelta(hours=1),
    )
