"""The pages that lead to the feeds, and what all pages share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from feedsvc.edition.dates import opening
from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import editions
from feedsvc.model.config import Config
from feedsvc.model.feed import Document, Edition, Published
from feedsvc.render import page

__all__ = ["front"]

_HTML = "text/html; charset=utf-8"


def front(
    config: Config,
    localizers: Mapping[str, Localizer],
    standing: Mapping[str, Published],
) -> Sequence[Document]:
    """Every single file of the tree, in the order in which it must come to stand."""
    opened = opening(config.settings.site.authority)
    newest = max((p.updated for p in standing.values()), default=opened)
    return [
        *_assets(opened),
        *_terms(config, localizers, standing),
        *_indexes(config, localizers, standing),
        _root(localizers, newest),
    ]


def _assets(opened: datetime) -> Iterator[Document]:
    for name, media_type, body in page.assets():
        yield Document(name=name, body=body, media_type=media_type, updated=opened)


def _indexes(
    config: Config,
    localizers: Mapping[str, Localizer],
    standing: Mapping[str, Published],
) -> Iterator[Document]:
    for language, localizer in localizers.items():
        rows = [
            _row(localizer, edition.category, standing[edition.path])
            for edition in editions(config)
            if edition.language == language and edition.path in standing
        ]
        listing = _listing(config, localizers, language, rows)
        opened = opening(config.settings.site.authority)
        yield Document(
            name=f"{language}/index.html",
            body=page.index(listing, localizer.words),
            media_type=_HTML,
            updated=max((row.updated for row in rows), default=opened),
        )


def _listing(
    config: Config,
    localizers: Mapping[str, Localizer],
    language: str,
    rows: Sequence[page.Row] = (),
) -> page.Listing:
    return page.Listing(
        language=language,
        languages=tuple(localizers),
        base_url=localizers[language].base_url,
        site_title=localizers[language].site_title,
        rows=tuple(rows),
        formats=config.settings.publish.formats,
        contact=config.settings.site.contact,
    )


def _terms(
    config: Config,
    localizers: Mapping[str, Localizer],
    standing: Mapping[str, Published],
) -> Iterator[Document]:
    """What each category means, at the address by which feeds name it."""
    feeds: dict[str, list[Edition]] = {}
    for edition in editions(config):
        if edition.path in standing:
            feeds.setdefault(edition.category, []).append(edition)
    language, first = next(iter(localizers.items()))
    listing = _listing(config, localizers, language)
    for term, found in feeds.items():
        meanings = [_meaning(localizers[one.language], one) for one in found]
        yield Document(
            name=f"categories/{term}",
            body=page.term(term, meanings, listing, first.words),
            media_type=_HTML,
            updated=max(standing[one.path].updated for one in found),
        )


def _meaning(localizer: Localizer, edition: Edition) -> page.Meaning:
    label = localizer.term(edition.category).label
    return page.Meaning(
        language=edition.language,
        path=edition.path,
        label=label,
        title=localizer.feed_title(label),
        description=localizer.feed_description(label),
    )


def _row(localizer: Localizer, term: str, published: Published) -> page.Row:
    label = localizer.term(term).label
    return page.Row(
        path=published.path,
        label=label,
        title=localizer.feed_title(label),
        entries=published.entries,
        updated=published.updated,
        updated_text=localizer.moment(published.updated),
    )


def _root(localizers: Mapping[str, Localizer], newest: datetime) -> Document:
    doors = [
        page.Door(language=tag, site_title=x.site_title)
        for tag, x in localizers.items()
    ]
    first = next(iter(localizers.values()))
    body = page.root(first.base_url, doors, first.words)
    return Document(name="index.html", body=body, media_type=_HTML, updated=newest)
