"""Versions of one story in other languages: what is said of them, and what is believed.

Nothing is guessed. A claim is the source's own ``hreflang`` or the operator's pattern.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from feedsvc.model.article import Article
from feedsvc.model.config import Pair, Source
from feedsvc.model.feed import Edition
from feedsvc.text import language, urls

__all__ = ["Claim", "pairs", "shown", "stated"]

_SECONDS = 0.2
"""A pattern that needs longer on one address says nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one article says: in ``language`` its story is ``other``.

    ``language`` is "" where the operator's pattern says so, ``other`` None when no
    article is known at the address.
    """

    article: str
    language: str
    other: str | None


def stated(article: Article, source: Source) -> dict[str, str]:
    """Language → identity key of the address at which its version is said to stand.

    The operator's pattern tells no language, which is "".
    """
    said: dict[str, str] = {}
    for each in article.alternates:
        tag = language.tag(each.hreflang)
        if tag and tag != article.language:
            said.setdefault(tag, urls.identity(each.url, source.tracking))
    other = _mapped(source.pair, article.url) if source.pair else None
    if other:
        said[""] = urls.identity(other, source.tracking)
    return said


def _mapped(pair: Pair, url: str) -> str | None:
    """The address that the operator's pattern makes of another; None if of none."""
    if pair.match is None or pair.other is None:
        return None
    try:
        made, times = regex.subn(pair.match, pair.other, url, 1, timeout=_SECONDS)
    except TimeoutError:
        return None
    return str(made) if times and made != url else None


def pairs(
    claims: Collection[Claim], languages: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Article → its versions in other languages, by language.

    ``claims`` are all that the articles concerned make, and all that are made on them;
    ``languages`` is that of each. Two are linked when one claims the other and the other
    does not name a third in its place; where several claim the same one, only those
    that it claims itself are.
    """
    told = _Told(claims, languages)
    linked: dict[str, list[str]] = {}
    for one, other in told.linked:
        if told.prefers(one, other) and told.prefers(other, one):
            linked.setdefault(one, []).append(other)
    return {
        one: tuple(sorted(others, key=lambda o: (languages[o], o)))
        for one, others in linked.items()
    }


def shown(article: Article, versions: Iterable[Article], edition: Edition) -> bool:
    """Whether an edition shows this one of a story's versions, and not a nearer one.

    Its own language is nearest, then the other script of it (contract, section 4).
    """
    held = [v for v in versions if edition.holds(v.language, v.categories)]
    own = _distance(article.language, edition.language)
    return all(own <= _distance(v.language, edition.language) for v in held)


def _distance(tag: str, wanted: str) -> int:
    return 0 if tag == wanted else 1 if _base(tag) == _base(wanted) else 2


class _Told:
    """All claims together."""

    def __init__(self, claims: Collection[Claim], languages: Mapping[str, str]) -> None:
        self._languages = languages
        self._made: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.article != claim.other:
                self._made.setdefault(claim.article, []).append(claim)
        agreed = set(self._agreed())
        self.linked = agreed | {(other, one) for one, other in agreed}
        """Both ways, every two of which neither contradicts the other."""
        self._rivals = Counter(map(self._place, self.linked))

    def prefers(self, one: str, other: str) -> bool:
        """Whether ``other`` is the one version in its language that ``one`` may mean."""
        alone = self._rivals[self._place((one, other))] == 1
        return alone or self._claims(one, other)

    def _place(self, linked: tuple[str, str]) -> tuple[str, str]:
        """For what language of an article another stands."""
        one, other = linked
        return one, _base(self._languages[other])

    def _agreed(self) -> Iterator[tuple[str, str]]:
        for one, made in self._made.items():
            for other in {claim.other for claim in made if claim.other}:
                if self._languages.get(one) == self._languages.get(other):
                    continue
                denied = self._denies(one, other) or self._denies(other, one)
                if self._claims(one, other) and not denied:
                    yield one, other

    def _claims(self, one: str, other: str) -> bool:
        """Whether it names the other in its language; ``zh`` may be said of any Chinese."""
        wanted = _base(self._languages.get(other, ""))
        return any(
            claim.other == other and _base(claim.language) in {"", wanted}
            for claim in self._made.get(one, ())
        )

    def _denies(self, one: str, other: str) -> bool:
        """Whether it names another article, or an unknown one, where the other stands."""
        wanted = self._languages.get(other, "")
        return any(
            claim.other != other and claim.language in {"", wanted}
            for claim in self._made.get(one, ())
        )


def _base(tag: str) -> str:
    """Both scripts of Chinese may be announced as ``zh``."""
    return tag.partition("-")[0]
