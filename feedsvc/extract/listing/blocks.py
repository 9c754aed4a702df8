"""Which of a page's links are its stories: the block of headlines, repeated alike.

Links reached by the same path of elements form a group. The group that prints most
headline (and dates beside them) is the list; on a front page, where no group is the
list, all groups of headlines are.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from feedsvc.extract.listing.links import Link

__all__ = ["Group", "story_links"]

_FEWEST_WORDS: Final = 3
_MOST_WORDS: Final = 30
_APART: Final = 0.15
"""What a group is worth for each element around it that holds other things."""

_LABEL: Final = 4
_DATED: Final = 0.6
_SHARE: Final = 0.75
_CANDIDATES: Final = 6


@dataclass(frozen=True)
class Group:
    """Links reached by one path."""

    links: tuple[Link, ...]

    @cached_property
    def urls(self) -> frozenset[str]:
        """What they lead to."""
        return frozenset(link.url for link in self.links)

    @cached_property
    def stories(self) -> frozenset[str]:
        """``urls`` without the labels that stand beside many stories."""
        times = Counter(link.url for link in self.links if link.words <= _LABEL)
        return frozenset(url for url in self.urls if times[url] <= 1)

    @cached_property
    def headlines(self) -> int:
        """How much headline the group prints: words, short links none."""
        longest: dict[str, int] = {}
        for link in self.links:
            longest[link.url] = max(longest.get(link.url, 0), link.words)
        return sum(min(n, _MOST_WORDS) for n in longest.values() if n >= _FEWEST_WORDS)

    @cached_property
    def words(self) -> float:
        """The mean length of a link."""
        return sum(link.words for link in self.links) / len(self.links)

    @cached_property
    def weight(self) -> float:
        """``headlines``, more for headings and documents, less for side columns."""
        first = self.links[0]
        deep = sum(link.is_deep for link in self.links) / len(self.links)
        heading = any(step[:2] in {"h1", "h2", "h3", "h4"} for step in first.path)
        apart = _APART ** min(first.apart, 2)
        return self.headlines * (0.5 + deep) * (1.5 if heading else 1.0) * apart


def story_links(
    links: Sequence[Link], dated: Callable[[Sequence[Link]], float]
) -> list[Link]:
    """Choose the stories, in the order of the page.

    ``dated`` says for which share of a group's links a date is printed beside them.
    """
    groups = sorted(_groups(links), key=lambda g: g.weight, reverse=True)
    groups = [group for group in groups if group.weight]
    if not groups:
        return []
    shares = {id(g): dated(g.links) for g in groups[:_CANDIDATES]}
    best = max(groups[:_CANDIDATES], key=lambda g: g.weight * (1 + 2 * shares[id(g)]))
    chosen = [best]
    if shares[id(best)] < _DATED and _share(best, groups) < _SHARE:
        chosen = [g for g in groups if _is_alike(g, best)]
    urls = {url for group in chosen for url in group.stories}
    urls |= {link.url for link in _odd_rows(links, best)}
    return [link for link in links if link.url in urls]


def _odd_rows(links: Sequence[Link], best: Group) -> Iterator[Link]:
    """The headline of each row that stands in the list but is built another way."""
    depth = len(_common([link.chain for link in best.links]))
    if not depth:
        return
    root = best.links[0].chain[depth - 1]
    rows = {link.chain[depth] for link in best.links if len(link.chain) > depth}
    kind = {
        link.path[depth].split()[0] for link in best.links if len(link.path) > depth
    }
    odd: dict[int, list[Link]] = {}
    for link in links:
        inside = len(link.chain) > depth and link.chain[depth - 1] == root
        if (
            inside
            and link.chain[depth] not in rows
            and link.path[depth].split()[0] in kind
        ):
            odd.setdefault(link.chain[depth], []).append(link)
    for row in odd.values():
        longest = max(row, key=lambda link: link.words)
        if longest.words * 2 >= best.words and longest.is_deep and not longest.is_apart:
            yield longest


def _common(chains: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """What all chains begin with."""
    first, last = min(chains), max(chains)
    same = next(
        (
            n
            for n, pair in enumerate(zip(first, last, strict=False))
            if pair[0] != pair[1]
        ),
        None,
    )
    return first[: min(len(first), len(last)) if same is None else same]


def _groups(links: Sequence[Link]) -> list[Group]:
    found: dict[tuple[str, ...], list[Link]] = {}
    for link in links:
        found.setdefault(link.path, []).append(link)
    return [Group(tuple(group)) for group in found.values()]


def _share(best: Group, groups: Sequence[Group]) -> float:
    """How much of all the page's headline the best group prints."""
    return best.headlines / sum(
        g.headlines for g in groups if not g.links[0].is_apart or g is best
    )


def _is_alike(group: Group, best: Group) -> bool:
    return group is best or (
        not group.links[0].is_apart and group.words * 2 >= best.words
    )
