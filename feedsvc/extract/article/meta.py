"""What a page says of itself in ``<meta>`` and ``<link>``.

Chinese government pages name their fields after the national template (``ArticleTitle``,
``PubDate``, ``ContentSource``, ``ColumnName``); others use OpenGraph, Dublin Core and
the names that their tools brought along. Names are compared in lower case.
"""

import re
from collections.abc import Mapping
from typing import Final

from feedsvc.extract.rules import Document
from feedsvc.model.article import Alternate, Image, Origin, RawDate, RawItem
from feedsvc.text.markup import one_line

__all__ = ["Meta", "metas", "read_meta", "site_names", "titles"]

Meta = Mapping[str, tuple[str, ...]]
"""Every value of each name, as found."""

_TITLE: Final = (
    "articletitle",
    "og:title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
)
_DATE: Final = (
    "article:published_time", "og:article:published_time", "article:published",
    "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publish-date", "published", "publicationdate", "publication_date", "parsely-pub-date",
    "sailthru.date", "bt:pubdate", "rnews:datepublished", "article.published",
    "cxenseparse:recs:publishtime", "firstpublished", "originalpublicationdate",
    "weibo:article:create_at", "apub:time", "dc.date.issued", "dcterms.created",
    "dcterms.date", "dc.date.created", "dc.date", "article.created", "article_date_original",
    "releasedate", "date",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "weibo:article:update_at",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
_AUTHOR: Final = (
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "dc.author",
    "authors",
    "citation_author",
)
_OUTLET: Final = ("contentsource", "weibo:webpage:source", "article:source")
_SECTION: Final = (
    "columnname",
    "article:section",
    "parsely-section",
    "section",
    "og:article:section",
    "category",
)
_SUMMARY: Final = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
)
_KEYWORDS: Final = ("news_keywords", "keywords", "article:tag", "parsely-tags")
_IMAGE: Final = (
    "og:image",
    "og:image:secure_url",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "weibo:article:image",
    "thumbnail",
)
_SITE: Final = (
    "og:site_name",
    "sitename",
    "application-name",
    "twitter:site",
    "apple-mobile-web-app-title",
    "copyright",
    "publisher",
    "dc.publisher",
)
_LANGUAGE: Final = ("content-language", "language", "og:locale", "dc.language")


def metas(document: Document) -> Meta:
    """Collect the page's meta elements by lower-case name, in the order of the page."""
    found: dict[str, list[str]] = {}
    for node in document.tree.css("meta"):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        names = (
            attributes.get(key)
            for key in ("name", "property", "itemprop", "http-equiv")
        )
        for name in {n.strip().lower() for n in names if n and content}:
            found.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in found.items()}


def read_meta(document: Document, meta: Meta) -> RawItem:
    """Say what the meta elements, links and ``<html lang>`` state."""
    return RawItem(
        url=document.url,
        title=next(iter(titles(meta)), None),
        language=_language(document, meta),
        canonical_url=_canonical(document, meta),
        dates=_dates(meta, _DATE),
        updated=_dates(meta, _UPDATED),
        authors=_authors(meta),
        outlet=_one(meta, _OUTLET),
        section=_one(meta, _SECTION),
        image=_image(document, meta),
        summary=_one(meta, _SUMMARY),
        keywords=_keywords(meta),
        alternates=_alternates(document),
    )


def titles(meta: Meta) -> tuple[str, ...]:
    """Give every title that the meta elements state, best first."""
    return tuple(dict.fromkeys(one_line(v) for v in _all(meta, _TITLE)))


def site_names(meta: Meta) -> tuple[str, ...]:
    """Give the names by which the site calls itself."""
    return tuple(dict.fromkeys(one_line(v).lstrip("@") for v in _all(meta, _SITE)))


def _all(meta: Meta, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for name in names for value in meta.get(name, ()))


def _one(meta: Meta, names: tuple[str, ...]) -> str | None:
    return next((line for line in map(one_line, _all(meta, names)) if line), None)


def _dates(meta: Meta, names: tuple[str, ...]) -> tuple[RawDate, ...]:
    texts = dict.fromkeys(v for v in _all(meta, names) if re.search(r"\d", v))
    return tuple(RawDate(text=text, origin=Origin.META) for text in texts)


def _authors(meta: Meta) -> tuple[str, ...]:
    """Take the first name of the list that names people (profile URLs do not)."""
    for name in _AUTHOR:
        values = [one_line(v) for v in meta.get(name, ()) if "://" not in v]
        if any(values):
            return tuple(dict.fromkeys(v for v in values if v))
    return ()


def _keywords(meta: Meta) -> tuple[str, ...]:
    words = (
        one_line(word)
        for value in _all(meta, _KEYWORDS)
        for word in re.split(
            r"[,;，；、|]",
            value if re.search(r"[,;，；、|]", value) else value.replace(" ", ","),
        )
    )
    return tuple(dict.fromkeys(word for word in words if word))


def _image(document: Document, meta: Meta) -> Image | None:
    url = next(filter(None, map(document.absolute, _all(meta, _IMAGE))), None)
    if not url:
        return None
    width, height = (_pixels(meta, f"og:image:{side}") for side in ("width", "height"))
    return Image(url=url, width=width, height=height)


def _pixels(meta: Meta, name: str) -> int | None:
    value = next(iter(meta.get(name, ())), "")
    return int(value) or None if re.fullmatch(r"[0-9]{1,5}", value) else None


def _language(document: Document, meta: Meta) -> str | None:
    root = document.tree.root
    attributes = root.attributes if root else {}
    stated = (attributes.get("lang") or attributes.get("xml:lang") or "").strip()
    return stated or _one(meta, _LANGUAGE)


def _canonical(document: Document, meta: Meta) -> str | None:
    links = document.tree.css('link[rel="canonical"][href]')
    hrefs = [link.attributes.get("href") for link in links]
    stated = map(document.absolute, (*hrefs, *meta.get("og:url", ())))
    return next(filter(None, stated), None)


def _alternates(document: Document) -> tuple[Alternate, ...]:
    found: dict[str, Alternate] = {}
    for link in document.tree.css("link[hreflang][href]"):
        attributes = link.attributes
        url = document.absolute(attributes.get("href"))
        tag = (attributes.get("hreflang") or "").strip()
        if url and tag and "alternate" in (attributes.get("rel") or "").lower():
            found.setdefault(tag, Alternate(hreflang=tag, url=url))
    return tuple(found.values())
