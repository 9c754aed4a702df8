"""Saved documents, read without network: ``extract`` and ``items``."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from feedsvc import extract
from feedsvc.errors import Code, ExtractError, Fault, Stage, UsageError
from feedsvc.inspect.forms import article_form
from feedsvc.model.article import RawItem
from feedsvc.model.config import Language, Source
from feedsvc.model.web import Page
from feedsvc.normalize import article as normal

__all__ = ["Saved", "articles", "items", "manifest"]

_NOWHERE = "http://unknown.invalid/"
"""Stands for the address of a page that nobody knows (RFC 6761 §6.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved page, and where it came from."""

    file: Path
    url: str | None = None
    language: str | None = None


def manifest(path: Path) -> list[Saved]:
    """The pages that a manifest names: JSON lines with file, url and lang."""
    return [
        Saved(
            file=path.parent / entry["file"],
            url=entry.get("url"),
            language=entry.get("lang"),
        )
        for entry in map(json.loads, _text(path).splitlines())
    ]


def articles(
    pages: Iterable[Saved], source: Source | None, zone: str | None, now: datetime
) -> Iterator[dict[str, Any]]:
    """One Article JSON a page, in order; ``error`` tells why there is none.

    ``source`` lends its rules; ``zone`` is that of dates which name none (None: the
    page's own, else +08:00 for zh and UTC for others).
    """
    for saved in pages:
        yield _article(saved, source or _unknown(saved), zone, now)


def _article(
    saved: Saved, source: Source, zone: str | None, now: datetime
) -> dict[str, Any]:
    page = _page(saved)
    frame = normal.Frame(source=source, zone=zone, now=now)
    try:
        extraction = extract.read_article(source, page)
    except ExtractError as error:
        return _refused(saved, error.fault)
    if not extraction.items:
        return _refused(saved, *extraction.faults)
    article = normal.normalize(normal.combine(extraction.items[0], None), frame, 0)
    if isinstance(article, Fault):
        return _refused(saved, article)
    return article_form(article) | {"url": saved.url}


def _refused(saved: Saved, *faults: Fault) -> dict[str, Any]:
    return {
        "url": saved.url,
        "error": str(faults[0].code if faults else Code.E_EXTRACT),
        "warnings": [str(fault.code) for fault in faults],
    }


def items(saved: Saved, now: datetime) -> Iterator[dict[str, Any]]:
    """The items of a saved list, feed, sitemap or JSON document, in its order."""
    source = _unknown(saved)
    zone = None
    for item in extract.read_list(source, _page(saved)).items:
        frame = normal.Frame(source=source, zone=zone, now=now)
        yield _item(item, frame)


def _item(item: RawItem, frame: normal.Frame) -> dict[str, Any]:
    article = normal.normalize(item, frame, 0)
    dated = not isinstance(article, Fault)
    form = article_form(article) if not isinstance(article, Fault) else {}
    return {
        "url": item.url,
        "title": form["title"] if dated else item.title,
        "published": form.get("published"),
        "precision": form.get("precision"),
        "summary": form.get("summary"),
    }


def _unknown(saved: Saved) -> Source:
    known: dict[str | None, Language] = {name: name for name in get_args(Language)}
    language = known.get(saved.language)
    return Source(id="", url=saved.url or _NOWHERE, language=language)


def _page(saved: Saved) -> Page:
    url = saved.url or _NOWHERE
    try:
        return Page(url=url, requested=url, body=saved.file.read_bytes())
    except OSError as error:
        raise _unreadable(saved.file, error) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        Fault(
            code=Code.E_FILE,
            stage=Stage.CONFIG,
            place=str(path),
            args={"path": str(path), "detail": error.strerror or str(error)},
        )
    )
