"""A statement → an article."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Image, Origin, Precision, RawItem
from feedsvc.model.config import Source
from feedsvc.normalize import identity, names
from feedsvc.normalize.combine import combine
from feedsvc.normalize.dates import Dated, choose, default_zone
from feedsvc.normalize.digest import digest
from feedsvc.normalize.frame import Frame
from feedsvc.text import language, markup, urls
from feedsvc.text.controls import printable
from feedsvc.text.script import is_simplified

__all__ = ["combine", "doubts", "normalize"]

_SUMMARY = 300
"""Characters of a summary."""

_LONGEST_TITLE = 300
_TITLE = 80
"""Characters of a title that has to be taken from the text."""

_OTHER_SCRIPTS = frozenset(
    ["zh", "zh-Hant", "ja", "ko", "el", "he", "th", "hi", "ar", "fa", "ru", "uk", "bg"]
)
"""Languages that nobody takes for English, whatever they call themselves."""

_LETTERS = re.compile(r"[^\W\d_]+")

_NO_SECTIONS = frozenset(
    ["正文", "内容", "內容", "详情", "详细内容", "文章正文", "文章详情", "其他", "其它", "首页", "首頁", "主页", "主頁", "网站首页", "home", "homepage", "article", "uncategorized", "uncategorised", "未分类", "未分類", "undefined", "null", "none"]
)  # fmt: skip
"""What stands at either end of a path, or in a template, and names no part of a site."""


def normalize(item: RawItem, frame: Frame, position: int) -> Article | Fault:
    """The article that ``item`` states; ``E_NO_TITLE`` when it has nothing to show.

    Its ``first_seen`` is now and its categories are empty: the ledger and the
    configuration know better.
    """
    base = item.base or item.url
    body = markup.sanitize(item.content_html or "", base)
    text = markup.plain(body)
    sample = text or markup.plain(item.summary or "")
    title = _title(item.title, sample)
    if not title:
        return Fault(code=Code.E_NO_TITLE, stage=Stage.NORMALIZE, place=item.url)
    tongue = _language(item, frame.source, f"{title}\n{sample[:2000]}")
    dated, warnings = _dated(item, frame, tongue)
    article = Article(
        id=identity.make(item.url, frame.source.tracking, item.alone),
        source=frame.source.id,
        url=urls.clean(item.url, frame.source.tracking),
        canonical_url=identity.canonical(item, frame.source),
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
        modified=_modified(item, dated, frame.now, tongue),
        keywords=_lines(item.keywords),
        alternates=item.alternates,
        categories=(),
        digest="",
        encoding=item.encoding,
        warnings=tuple(dict.fromkeys((*item.warnings, *warnings))),
        **_names(item, title),
    )
    return replace(article, digest=digest(article))


def doubts(
    article: Article, statement: RawItem, told: Sequence[Fault]
) -> Iterator[Fault]:
    """What its warnings say beside what was ``told``: of dates, as they were printed."""
    printed = " / ".join(date.text for date in statement.dates)
    for code in article.warnings:
        if all(fault.code != code for fault in told):
            yield Fault(
                code=code,
                stage=Stage.NORMALIZE,
                place=article.url,
                args={"text": printed},
            )


def _language(item: RawItem, source: Source, text: str) -> str:
    """What the text is written in; what is only said of it counts where that is unclear.

    A page that calls itself en and is written in Chinese is Chinese. An operator who
    calls a source en is believed of any text in Latin letters. A headline of which
    nothing is told and nothing can be told is English if it has no
    letters but those of English.
    """
    if source.language == "en" and language.is_latin(text):
        return "en"
    found = language.detect(text)
    told = source.language or language.tag(item.language)
    if found is None:
        letters = "".join(_LETTERS.findall(text))
        return told or ("en" if letters and letters.isascii() else "und")
    if found == "zh" and told == "zh-Hant" and not is_simplified(Counter(text)):
        return told
    if source.language == "en" and found not in _OTHER_SCRIPTS:
        return source.language
    return found


def _dated(item: RawItem, frame: Frame, tongue: str) -> tuple[Dated, tuple[Code, ...]]:
    """The article's date; when none was stated, the moment it was first seen.

    A time is told by the source's clock, whatever zone it was stated in; a day is
    midnight where it was printed (contract, section 5).
    """
    zone = frame.zone or default_zone(tongue)
    dated, warnings = choose(item.dates, zone, frame.now, tongue)
    if dated is None:
        return Dated(frame.now, Precision.SECOND, Origin.FIRST_SEEN, zone), warnings
    if frame.source.timezone and dated.precision is not Precision.DAY:
        dated = replace(dated, zone=frame.source.timezone)
    return dated, warnings


def _modified(
    item: RawItem, published: Dated, now: datetime, tongue: str
) -> datetime | None:
    """When the page says it was edited; an edit before the publication is none."""
    dated, _ = choose(item.updated, published.zone, now, tongue)
    if dated is None or dated.moment < published.moment:
        return None
    return dated.moment


def _names(item: RawItem, title: str) -> dict[str, Any]:
    printed = names.outlet(item.outlet)
    crumbs = _lines(item.breadcrumb)
    stated = markup.one_line(item.section or "")
    ruled = "section" in item.rules
    named = stated if ruled or _is_inner(stated, title) else ""
    writers = names.people(item.authors, (printed,))
    return {
        "outlet": printed,
        "authors": writers,
        "contributors": _contributors(item, (printed, *writers)),
        "section": named or _section(crumbs, title),
        "breadcrumb": crumbs,
    }


def _contributors(item: RawItem, not_these: tuple[str | None, ...]) -> tuple[str, ...]:
    """Who helped, and who is named among the writers but only edited."""
    helped = names.people(item.contributors, not_these)
    edited = names.editors((*item.contributors, *item.authors), not_these)
    return tuple(dict.fromkeys((*helped, *edited)))


def _section(crumbs: tuple[str, ...], title: str) -> str | None:
    """The last crumb that is neither the article itself nor the door."""
    inner = [crumb for crumb in crumbs[1:] if _is_inner(crumb, title)]
    return inner[-1] if inner else None


def _is_inner(crumb: str, title: str) -> bool:
    return crumb not in {"", title} and crumb.casefold() not in _NO_SECTIONS


def _title(stated: str | None, text: str) -> str:
    """The title, or the first words of the text or summary (reliability.md, 20)."""
    told = markup.one_line(stated or "")
    if told:
        return markup.shorten(told, _LONGEST_TITLE)
    return markup.shorten(_line(text.partition("\n")[0]), _TITLE)


def _line(text: str) -> str:
    """Plain text as a single line; unlike a title's, its entities are resolved already."""
    return " ".join(printable(text).split())


def _summary(item: RawItem, text: str) -> str | None:
    stated = _line(markup.plain(item.summary or ""))
    caption = markup.one_line(item.image.caption or "") if item.image else ""
    lines = [line for line in text.split("\n")[:4] if line != caption]
    told = stated or _line(" ".join(lines[:3]))
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
