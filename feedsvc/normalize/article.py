"""A statement → an article."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Image, Origin, Precision, RawItem
from feedsvc.model.config import Source
from feedsvc.normalize import identity, names
from feedsvc.normalize.combine import combine
from feedsvc.normalize.dates import Dated, choose, default_zone
from feedsvc.text import language, markup, urls

__all__ = ["Frame", "combine", "normalize"]

_SUMMARY = 300
"""Characters of a summary."""

_TITLE = 80
"""Characters of a title that has to be taken from the text."""

_LAST_CRUMBS = frozenset({"正文", "内容", "详情", "详细内容", "文章正文"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known besides the statement.

    ``zone`` is that of dates that name none; None means the page's own, else +08:00 for
    zh and UTC for others.
    """

    source: Source
    zone: str | None
    now: datetime


def normalize(item: RawItem, frame: Frame, position: int) -> Article | Fault:
    """The article that ``item`` states; ``E_NO_TITLE`` when it has nothing to show.

    Its ``first_seen`` is now and its categories are empty: the ledger and the
    configuration know better.
    """
    base = item.canonical_url or item.url
    body = markup.sanitize(item.content_html or "", base)
    text = markup.plain(body)
    title = markup.one_line(item.title or "") or markup.shorten(
        text.partition("\n")[0], _TITLE
    )
    if not title:
        return Fault(code=Code.E_NO_TITLE, stage=Stage.NORMALIZE, place=item.url)
    tongue = _language(item, frame.source, f"{title}\n{text[:2000]}")
    dated, warnings = _dated(item, frame, tongue)
    article = Article(
        id=identity.make(item.url, frame.source.tracking),
        source=frame.source.id,
        url=urls.clean(item.url, frame.source.tracking),
        canonical_url=item.canonical_url,
        aliases=identity.aliases(item, frame.source),
        title=title,
        language=tongue,
        published=dated.moment,
        precision=dated.precision,
        published_from=dated.origin,
        zone=dated.zone,
        updated=dated.moment,
        first_seen=frame.now,
        position=position,
        content_html=body,
        content_text=text,
        summary=_summary(item, text),
        image=_image(item.image, base),
        modified=_modified(item, dated.zone, frame.now, tongue),
        keywords=_lines(item.keywords),
        alternates=item.alternates,
        categories=(),
        digest="",
        encoding=item.encoding,
        warnings=tuple(dict.fromkeys((*item.warnings, *warnings))),
        **_names(item, title),
    )
    return replace(article, digest=_digest(article))


def _language(item: RawItem, source: Source, text: str) -> str:
    """What the text is written in; what is only said of it counts where that is unclear.

    A page that calls itself en and is written in Chinese is Chinese.
    """
    found = language.detect(text)
    stated = language.tag(item.language)
    return found or source.language or stated or "und"


def _dated(item: RawItem, frame: Frame, tongue: str) -> tuple[Dated, tuple[Code, ...]]:
    """The article's date; when none was stated, the moment it was first seen."""
    zone = frame.zone or default_zone(tongue)
    dated, warnings = choose(item.dates, zone, frame.now, tongue)
    seen = Dated(frame.now, Precision.SECOND, Origin.FIRST_SEEN, zone)
    return dated or seen, warnings


def _modified(item: RawItem, zone: str, now: datetime, tongue: str) -> datetime | None:
    dated, _ = choose(item.updated, zone, now, tongue)
    return dated.moment if dated else None


def _names(item: RawItem, title: str) -> dict[str, Any]:
    printed = names.outlet(item.outlet)
    crumbs = _lines(item.breadcrumb)
    section = markup.one_line(item.section or "") or _section(crumbs, title)
    return {
        "outlet": printed,
        "authors": names.people(item.authors, (printed,)),
        "contributors": names.people(item.contributors, (printed,)),
        "section": section,
        "breadcrumb": crumbs,
    }


def _section(crumbs: tuple[str, ...], title: str) -> str | None:
    """The last crumb that is neither the article itself nor the door."""
    inner = [c for c in crumbs[1:] if c != title and c not in _LAST_CRUMBS]
    return inner[-1] if inner else None


def _summary(item: RawItem, text: str) -> str | None:
    stated = markup.one_line(markup.plain(item.summary or ""))
    caption = markup.one_line(item.image.caption or "") if item.image else ""
    lines = [line for line in text.split("\n")[:4] if line != caption]
    told = stated or " ".join(lines[:3])
    return markup.shorten(told, _SUMMARY) or None


def _image(image: Image | None, base: str) -> Image | None:
    url = urls.absolute(base, image.url) if image else None
    if image is None or url is None:
        return None
    caption = markup.one_line(image.caption or "") or None
    credit = markup.one_line(image.credit or "") or None
    return replace(image, url=url, caption=caption, credit=credit)


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for t in texts if (line := markup.one_line(t))))


def _digest(article: Article) -> str:
    """The digest of what a reader sees.

    Empty fields are left out, so that a field added later changes no digest.
    """
    seen = {
        "title": article.title,
        "authors": article.authors,
        "contributors": article.contributors,
        "outlet": article.outlet,
        "section": article.section,
        "image": article.image and article.image.url,
        "summary": article.summary,
        "content": article.content_html,
    }
    told = repr([(name, value) for name, value in seen.items() if value])
    return blake2b(told.encode(errors="replace"), digest_size=16).hexdigest()
