"""Which articles stand in a feed: one of a story, in the reader's language."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from feedsvc.decide.pairs import shown
from feedsvc.decide.stories import NEAR, collapse
from feedsvc.model.article import Article, Story
from feedsvc.model.feed import Edition
from feedsvc.publish.ports import PublishStore

__all__ = ["in_order", "select", "standing"]


def select(store: PublishStore, edition: Edition) -> Sequence[Story]:
    """What the edition's feed holds, newest first.

    Articles that stand behind others leave room for older ones.
    """
    asked = edition
    while True:
        newest = store.newest(asked)
        found = _stories(store, edition, newest)
        if len(found) >= edition.items or len(newest) < asked.items:
            return found[: edition.items]
        asked = replace(asked, items=2 * asked.items)


def standing(
    store: PublishStore, edition: Edition, ids: Iterable[str]
) -> Sequence[Story]:
    """Those of some articles, however old, that stand in the edition's feed."""
    asked = sorted(store.among(edition, ids), key=lambda a: (a.published, a.id))
    return [s for near in _near(asked) for s in _stories(store, edition, near)]


def _near(asked: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """Articles in groups between which there is time in which nothing need be compared."""
    start = 0
    for end, article in enumerate(asked[1:], 1):
        if article.published - asked[end - 1].published > 2 * NEAR:
            yield asked[start:end]
            start = end
    yield asked[start:]


def in_order(stories: Collection[Story]) -> Sequence[Story]:
    """Stories as a feed holds them, newest first (contract, section 4, order)."""
    ascending = sorted(stories, key=lambda s: (s.article.position, s.article.id))
    return sorted(
        ascending,
        key=lambda s: (s.article.published, s.article.first_seen),
        reverse=True,
    )


def _stories(
    store: PublishStore, edition: Edition, newest: Sequence[Article]
) -> list[Story]:
    """Those of ``newest`` that stand in the feed, with what they stand for."""
    known, likes = _kin(store, edition, newest)
    versions = store.versions(known)
    rivals = _among(versions, known) if edition.picks else versions
    standing = sorted(
        (a for a in known.values() if shown(a, rivals.get(a.id, ()), edition)),
        key=lambda a: (a.first_seen, a.position, a.id),
    )
    may = {a.id for a in standing if edition.collapses(a.source)}
    stands = collapse([a.id for a in standing], likes, may)
    behind: dict[str, list[Article]] = {}
    for article in standing:
        behind.setdefault(stands[article.id], []).append(article)
    return [
        Story(
            article=article,
            also=tuple(a for a in behind[article.id] if a is not article),
            versions=tuple(versions.get(article.id, ())),
        )
        for article in newest
        if stands.get(article.id) == article.id
    ]


def _among(
    versions: Mapping[str, Sequence[Article]], known: Collection[str]
) -> Mapping[str, Sequence[Article]]:
    """The versions that are known: no other takes an article's place in a search."""
    return {
        one: [version for version in others if version.id in known]
        for one, others in versions.items()
    }


def _kin(
    store: PublishStore, edition: Edition, newest: Iterable[Article]
) -> tuple[dict[str, Article], Mapping[str, AbstractSet[str]]]:
    """The articles with all that is like them, however far back that leads."""
    known = {article.id: article for article in newest}
    likes: Mapping[str, AbstractSet[str]] = {}
    while known and edition.compares:
        dates = [a.published for a in known.values()]
        store.compare(edition, min(dates) - NEAR, max(dates) + NEAR)
        likes = store.likes(known)
        kin = store.among(edition, likes.keys() - known.keys())
        if not kin:
            break
        known |= {article.id: article for article in kin}
    return known, likes
