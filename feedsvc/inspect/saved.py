"""Saved documents, read without network: ``extract`` and ``items``."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from feedsvc import extract
from feedsvc.errors import Code, ExtractError, Fault, Stage, UsageError
from feedsvc.inspect.forms import article_form
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Language, Source
from feedsvc.model.web import Page
from feedsvc.normalize import article as normal
from feedsvc.normalize.frame import Frame
from feedsvc.text.language import tag

__all__ = ["Read", "Saved", "articles", "items", "manifest"]

_NOWHERE = "http://unknown.invalid/"
"""Stands for the address of a page that nobody knows (RFC 6761 §6.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved page, and where it came from."""

    file: Path
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a saved page gave: its JSON form, and the fault if that is an error."""

    form: dict[str, Any]
    fault: Fault | None = None


def manifest(path: Path) -> list[Saved]:
    """The pages that a manifest names: JSON lines with file, url and lang.

    UsageError names the line that is something else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(_unusable(path, path, error)) from error
    lines = enumerate(text.split("\n"), 1)
    return [_line(path, n, line) for n, line in lines if line.strip()]


def _line(path: Path, number: int, line: str) -> Saved:
    place = f"{path}:{number}"
    try:
        entry = json.loads(line)
        saved = Saved(
            file=path.parent / entry["file"],
            url=entry.get("url"),
            language=tag(entry.get("lang")),
        )
    except (
        ValueError,
        RecursionError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        detail = ValueError(f'{{"file", "url", "lang"}}: {error}')
        raise UsageError(_unusable(place, path, detail)) from error
    return saved


def articles(
    pages: Iterable[Saved], source: Source | None, zone: str | None, now: datetime
) -> Iterator[Read]:
    """One Article JSON a page, in order; ``error`` tells why there is none.

    ``source`` lends its rules; ``zone`` is that of dates which name none (None: the
    page's own, else +08:00 for zh and UTC for others).
    """
    for saved in pages:
        frame = Frame(source=source or _unknown(saved), zone=zone, now=now)
        article = _article(saved, frame)
        if isinstance(article, Fault):
            yield _refused(saved, article)
        else:
            yield Read(form=article_form(article) | {"url": saved.url})


def _article(saved: Saved, frame: Frame) -> Article | Fault:
    try:
        page = _page(saved)
        item = extract.read_article(frame.source, page).items[0]
    except OSError as error:
        return _unusable(saved.file, saved.file, error)
    except ExtractError as error:
        return error.fault
    return normal.normalize(normal.combine(item, None), frame, 0)


def _refused(saved: Saved, fault: Fault) -> Read:
    code = str(fault.code)
    form = {"url": saved.url, "error": code, "warnings": [code]}
    return Read(form=form, fault=replace(fault, place=str(saved.file)))


def items(saved: Saved, now: datetime) -> Iterator[dict[str, Any]]:
    """The items of a saved list, feed, sitemap or JSON document, in its order.

    ExtractError when it is none, UsageError when the file cannot be read.
    """
    frame = Frame(source=_unknown(saved), zone=None, now=now)
    try:
        page = _page(saved)
    except OSError as error:
        raise UsageError(_unusable(saved.file, saved.file, error)) from error
    for item in extract.read_list(frame.source, page).items:
        yield _item(item, frame)


def _item(item: RawItem, frame: Frame) -> dict[str, Any]:
    article = normal.normalize(item, frame, 0)
    form: dict[str, Any] = {}
    if not isinstance(article, Fault):
        form = article_form(article)
    names = ("title", "published", "precision", "summary")
    return {"url": item.url} | {name: form.get(name) for name in names}


def _unknown(saved: Saved) -> Source:
    known: dict[str | None, Language] = {name: name for name in get_args(Language)}
    language = known.get(saved.language)
    return Source(id="", url=saved.url or _NOWHERE, language=language)


def _page(saved: Saved) -> Page:
    url = saved.url or _NOWHERE
    return Page(url=url, requested=url, body=saved.file.read_bytes())


def _unusable(place: object, path: Path, error: Exception) -> Fault:
    return Fault(
        code=Code.E_FILE,
        stage=Stage.EXTRACT,
        place=str(place),
        args={
            "path": str(path),
            "detail": getattr(error, "strerror", None) or str(error),
        },
    )
