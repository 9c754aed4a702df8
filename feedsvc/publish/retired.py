"""What stood published and is configured no more: gone, or moved with its category."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from feedsvc.edition.selection import editions
from feedsvc.model.config import Config
from feedsvc.model.feed import GONE, MOVED, Document

__all__ = ["retired"]


def retired(
    config: Config, published: Iterable[str], now: datetime
) -> Iterator[tuple[str, Document]]:
    """Each published path that no edition has any more, with the notice left there.

    A category that was renamed (``formerly``) has moved; whatever else is gone.
    """
    standing = {edition.path for edition in editions(config)}
    renamed = {old: c.key for c in config.categories.values() for old in c.formerly}
    for path in published:
        if path not in standing:
            language, _, category = path.partition("/")
            successor = f"{language}/{renamed.get(category)}"
            moved = successor in standing
            notice = Document(
                name=MOVED if moved else GONE,
                body=successor.encode() if moved else b"",
                media_type="text/plain; charset=utf-8",
                updated=now,
            )
            yield path, notice
