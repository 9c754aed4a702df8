"""What an edited configuration would change of what is published."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from feedsvc.errors import Code, Fault, Stage
from feedsvc.extract.feed import read_feed
from feedsvc.model.article import Article
from feedsvc.model.config import Config, Source
from feedsvc.model.web import Page
from feedsvc.text import urls

__all__ = ["Entry", "FeedDiff", "compare", "gate", "reidentified"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a published feed."""

    id: str
    url: str
    title: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDiff:
    """What would become of one feed; ``state`` is ``new``, ``gone`` or ``changed``.

    ``redated`` are entries as they would be; ``renamed`` pairs of an entry as it is and as
    it would be, under another id.
    """

    path: str
    state: str
    added: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()
    redated: tuple[Entry, ...] = ()
    renamed: tuple[tuple[Entry, Entry], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether readers would see the same entries as before."""
        changes = (self.added, self.dropped, self.redated, self.renamed)
        return self.state == "changed" and not any(changes)


def compare(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[FeedDiff]:
    """What differs between two trees of feeds (path → a feed in any format)."""
    for path in sorted({*before, *after}):
        was, will = (_entries(tree.get(path)) for tree in (before, after))
        state = "changed" if path in before and path in after else ""
        state = state or ("new" if path in after else "gone")
        found = _feed(path, state, was, will)
        if not found.is_empty:
            yield found


def _feed(
    path: str, state: str, was: Mapping[str, Entry], will: Mapping[str, Entry]
) -> FeedDiff:
    added = {e.url: e for key, e in will.items() if key not in was}
    dropped = {e.url: e for key, e in was.items() if key not in will}
    both = [url for url in dropped if url in added]
    return FeedDiff(
        path=path,
        state=state,
        added=tuple(e for url, e in added.items() if url not in dropped),
        dropped=tuple(e for url, e in dropped.items() if url not in added),
        redated=tuple(e for k, e in will.items() if k in was and was[k].date != e.date),
        renamed=tuple((dropped[url], added[url]) for url in both),
    )


def _entries(body: bytes | None) -> dict[str, Entry]:
    if body is None:
        return {}
    page = Page(url="http://published.invalid/", body=body)
    items = read_feed(Source(id="published", url=page.url), page).items
    return {
        item.guid or item.url: Entry(
            id=item.guid or item.url,
            url=item.url,
            title=item.title or "",
            date=item.dates[0].text if item.dates else "",
        )
        for item in items
    }


def reidentified(articles: Iterable[Article], config: Config) -> list[Article]:
    """Articles that would be taken for new ones when their sources list them again.

    By what a source newly calls tracking, their addresses tell another article.
    """
    sources = config.sources
    return [
        one
        for one in articles
        if one.source in sources
        and urls.identity(one.url, sources[one.source].tracking) not in one.aliases
    ]


def gate(
    articles: Iterable[Article],
    config: Config,
    authority: str | None,
    renamed: Collection[object] = (),
) -> Fault | None:
    """``E_IDS`` when ids that are published would change; ``authority`` is theirs.

    ``renamed`` are ids that edited rules would change. Readers would show every such
    article as a new one (contract, section 1, ``diff``).
    """
    published = list(articles)
    own = config.settings.site.authority
    if authority not in {None, own}:
        moved = published
    else:
        known = reidentified(published, config)
        moved = known + [a for a in published if a.id in renamed and a not in known]
    if not moved:
        return None
    return Fault(
        code=Code.E_IDS,
        stage=Stage.CONFIG,
        place="feedsvc.toml" if authority not in {None, own} else moved[0].url,
        args={"count": len(moved), "title": moved[0].title},
    )
