"""News sitemaps: what came out within two days, so that time alone changes them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b

from feedsvc.edition.conversion import is_converted
from feedsvc.edition.localize import Localizer
from feedsvc.model.article import Article, Precision
from feedsvc.model.feed import Document, Edition
from feedsvc.publish.catalogue import NEWS
from feedsvc.publish.ports import PublishStore
from feedsvc.render import sitemap
from feedsvc.text import dates

__all__ = ["FOREVER", "news"]

FOREVER = datetime.max.replace(tzinfo=UTC)
"""When sitemaps go stale that hold nothing."""

_SECOND = timedelta(seconds=1)
_WINDOW = timedelta(days=2)
_MOST = 1000
"""Google's limits (support.google.com/news/publisher-center, "News sitemaps")."""


def news(
    localizer: Localizer, store: PublishStore, now: datetime
) -> tuple[Document, datetime]:
    """The news sitemap of a language, and the moment until which it stays true."""
    language, since = localizer.language, now - _WINDOW
    edition = Edition(language=language, category="all", include_all=False, items=_MOST)
    # a conversion has no page of its own that a search engine could read
    found = [
        article
        for article in store.recent(edition, since)
        if not is_converted(article.language, language)
    ]
    last = store.last_by(edition, since)
    name = f"{language}/{NEWS}"
    body = sitemap.news(map(_item, found), localizer.site_title)
    changed = _updated(found, last, localizer.opened)
    document = Document(
        name=name,
        body=body,
        media_type=sitemap.MEDIA_TYPE,
        updated=store.settle(name, _digest(body), partial(_dated, changed, now), now),
    )
    return document, min((a.published + _WINDOW for a in found), default=FOREVER)


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def _item(article: Article) -> sitemap.News:
    """What the article's page is; its title as printed there."""
    local = article.published.astimezone(dates.zone(article.zone))
    is_day = article.precision is Precision.DAY
    return sitemap.News(
        url=article.url,
        title=article.title,
        language=article.language,
        published=f"{local:%Y-%m-%d}"
        if is_day
        else local.isoformat(timespec="seconds"),
    )


def _dated(changed: datetime, now: datetime, stood: datetime | None) -> datetime:
    """The date of new bytes: what was hidden or said anew moves it as well."""
    if stood is None or changed > stood:
        return changed
    return max(now.replace(microsecond=0), stood + _SECOND)


def _updated(
    listed: Sequence[Article], last: datetime | None, opened: datetime
) -> datetime:
    """When it last changed: an article came, was corrected, or grew too old."""
    changes = [max(article.first_seen, article.updated) for article in listed]
    expired = [last + _WINDOW] if last else []
    return max([*changes, *expired], default=opened).replace(microsecond=0)
