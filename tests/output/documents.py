"""Documents to publish."""

from datetime import UTC, datetime

from feedsvc.model.feed import Document

NAMES = {
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "index.html": "text/html; charset=utf-8",
}
NOON = datetime(2026, 11, 24, 4, 0, 5, 250_000, tzinfo=UTC)


def folder(text: str, updated: datetime = NOON) -> list[Document]:
    """A feed's folder in which every file says the same."""
    return [
        Document(name=name, body=text.encode(), media_type=kind, updated=updated)
        for name, kind in NAMES.items()
    ]


def archives(*texts: str) -> list[Document]:
    """Archive documents, numbered from 1."""
    return [
        Document(
            name=f"archive/{number}.atom",
            body=text.encode(),
            media_type=NAMES["feed.atom"],
            updated=NOON,
        )
        for number, text in enumerate(texts, 1)
    ]


def single(name: str, text: str, updated: datetime = NOON) -> list[Document]:
    """One file to place."""
    kind = "text/html; charset=utf-8"
    return [Document(name=name, body=text.encode(), media_type=kind, updated=updated)]
