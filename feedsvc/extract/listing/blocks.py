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

__all__ = ["FEWEST_WORDS", "MOST_WORDS", "Group", "story_links"]

FEWEST_WORDS: Final = 3
"""A shorter link is a label."""

MOST_WORDS: Final = 30
"""A longer link is text; it tells no more."""

_LEAST: Final = 2.5
"""The mean of words in headlines without dates; those of menus have fewer."""

_APART: Final = 0.15
"""What a group is worth for each element around it that holds other things."""

_LABEL: Final = 4
_DATED: Final = 0.6
_SHARE: Final = 0.75
_CANDIDATES: Final = 6
_FEWEST_ROWS: Final = 3


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
        """``urls`` without the labels that stand beside stories."""
        times = Counter(link.url for link in self.links if link.words <= _LABEL)
        telling = [link for link in self.links if link.words >= FEWEST_WORDS]
        headed = {link.chain[-1:] for link in telling}
        beside = {link.url for link in self.links if link.chain[-1:] in headed}
        labels = beside - {link.url for link in telling}
        return frozenset(url for url in self.urls - labels if times[url] <= 1)

    @cached_property
    def headlines(self) -> int:
        """How much headline the group prints: words, short links none."""
        longest: dict[str, int] = {}
        for link in self.links:
            if link.is_prose:
                continue
            longest[link.url] = max(longest.get(link.url, 0), link.words)
        return sum(min(n, MOST_WORDS) for n in longest.values() if n >= FEWEST_WORDS)

    @cached_property
    def words(self) -> float:
        """The mean length of a link."""
        return sum(link.words for link in self.links) / len(self.links)

    @property
    def is_menu(self) -> bool:
        """Whether its links are labels, as those of menus are, rather than headlines."""
        return self.words < _LEAST and not self.links[0].is_heading

    @cached_property
    def is_headed(self) -> bool:
        """Whether its links stand in headings, enough of them, each in its own row."""
        rows = len(self.rows)
        return self.links[0].is_heading and _FEWEST_ROWS <= len(self.urls) <= rows

    @cached_property
    def depth(self) -> int:
        """How many elements hold all of it: those below them are its rows."""
        return len(_common([link.chain for link in self.links]))

    @cached_property
    def rows(self) -> frozenset[int]:
        """The elements that hold one of its stories each, or more."""
        return frozenset(step for link in self.links for step in self._row(link))

    def holds(self, link: Link) -> bool:
        """Whether a link stands in one of the rows."""
        return not self.rows.isdisjoint(self._row(link))

    def _row(self, link: Link) -> tuple[int, ...]:
        return link.chain[self.depth : self.depth + 1]

    @cached_property
    def weight(self) -> float:
        """``headlines``, more for headings and documents, less for side columns."""
        first = self.links[0]
        deep = sum(link.is_deep for link in self.links) / len(self.links)
        apart = _APART ** min(first.apart, 2)
        return (
            self.headlines * (0.5 + deep) * (1.5 if first.is_heading else 1.0) * apart
        )


def story_links(
    links: Sequence[Link], dated: Callable[[Sequence[Link]], float]
) -> list[Link]:
    """Choose the stories, in the order of the page.

    ``dated`` says for which share of a group's links a date is printed beside them.
    """
    groups = sorted(_groups(links), key=lambda g: g.weight, reverse=True)
    groups = [group for group in groups if group.weight]
    heads = [group for group in groups[:_CANDIDATES] if group.is_headed]
    groups = [g for g in groups if not any(_is_within(g, head) for head in heads)]
    if not groups:
        return []
    shares = {id(g): dated(g.links) for g in groups[:_CANDIDATES]}
    best = max(groups[:_CANDIDATES], key=lambda g: g.weight * (1 + 2 * shares[id(g)]))
    if best.is_menu and not shares[id(best)]:
        return []
    chosen = [best]
    if shares[id(best)] < _DATED and _share(best, groups) < _SHARE:
        chosen = [g for g in groups if _is_alike(g, best)]
    urls = {url for group in chosen for url in group.stories}
    urls |= {link.url for link in _odd_rows(links, best)}
    return [link for link in links if link.url in urls]


def _odd_rows(links: Sequence[Link], best: Group) -> Iterator[Link]:
    """The headline of each row that stands in the list but is built another way."""
    depth = best.depth
    if not depth:
        return
    root = best.links[0].chain[depth - 1]
    kind = {
        link.path[depth].split()[0] for link in best.links if len(link.path) > depth
    }
    odd: dict[int, list[Link]] = {}
    for link in links:
        inside = len(link.chain) > depth and link.chain[depth - 1] == root
        if inside and not best.holds(link) and link.path[depth].split()[0] in kind:
            odd.setdefault(link.chain[depth], []).append(link)
    for row in odd.values():
        longest = max(row, key=lambda link: link.words)
        telling = longest.is_deep or longest.is_heading
        if telling and longest.words * 2 >= best.words and not longest.is_apart:
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


def _is_within(group: Group, head: Group) -> bool:
    """Whether links stand in the texts below headlines, and are not headed by them.

    What is shorter than its links heads a section of them.
    """
    return (
        not group.urls <= head.urls
        and head.words >= group.words
        and all(map(head.holds, group.links))
    )


def _is_alike(group: Group, best: Group) -> bool:
    return group is best or (
        not group.links[0].is_apart and group.words * 2 >= best.words
    )
