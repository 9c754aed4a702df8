"""The pages that lead to the feeds, and what all pages share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from feedsvc.edition.dates import opening
from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import editions
from feedsvc.model.config import Config
from feedsvc.model.feed import Document, Published
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
        listing = page.Listing(
            language=language,
            languages=tuple(localizers),
            base_url=localizer.base_url,
            site_title=localizer.site_title,
            rows=tuple(rows),
            formats=config.settings.publish.formats,
            contact=config.settings.site.contact,
        )
        opened = opening(config.settings.site.authority)
        yield Document(
            name=f"{language}/index.html",
            body=page.index(listing, localizer.words),
            media_type=_HTML,
            updated=max((row.updated for row in rows), default=opened),
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
