"""Whether a site has changed under us: fields that its articles had, and have no more.

Each field is followed by two running shares, of the last hundred articles and of the last
few. A field that nearly all articles had and hardly any has now is an alarm, whatever the
site's server says (anchors.md: silent breakage is what users complain of most).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Origin
from feedsvc.model.profile import Alarm, Profile, Share

__all__ = ["faults", "learn"]

_SLOW, _FAST = 0.01, 0.2
"""What one article weighs in the long share and in the recent one."""

_FEW: Final = 20
"""Articles that are needed before anything about a source is usual."""

_USUAL, _LOST, _BACK = 0.8, 0.3, 0.7
"""A field with more than the first share is usual; lost when the recent share falls below
the second part of it, back when it reaches the third."""


def learn(profile: Profile, articles: Iterable[Article], now: datetime) -> Profile:
    """The profile after some more articles, alarms raised and cleared."""
    for article in articles:
        profile = _learned(profile, dict(_fields(article)))
        profile = replace(profile, alarms=dict(_alarms(profile, now)))
    return profile


def faults(profile: Profile, place: str) -> Iterator[Fault]:
    """``W_DRIFT`` for each field that is lost, with its share then and now."""
    for name, alarm in profile.alarms.items():
        share = profile.shares[name]
        yield Fault(
            code=Code.W_DRIFT,
            stage=Stage.DECIDE,
            place=place,
            args={
                "field": name,
                "before": round(100 * alarm.usual),
                "now": round(100 * share.fast),
                "since": f"{alarm.since:%Y-%m-%d}",
            },
        )


def _fields(article: Article) -> Iterator[tuple[str, bool]]:
    """Which fields an article has, by the names that ``status`` and rules use."""
    yield "date", article.published_from is not Origin.FIRST_SEEN
    yield "author", bool(article.authors)
    yield "image", article.image is not None
    yield "body", bool(article.content_text)
    yield "source", article.outlet is not None
    yield "section", article.section is not None


def _learned(profile: Profile, has: Mapping[str, bool]) -> Profile:
    """One article more; the long share rests while its field is lost.

    The first articles weigh more, so that the shares start at what they are of.
    """
    count = profile.articles + 1
    slow, fast = max(_SLOW, 1 / count), max(_FAST, 1 / count)
    shares = {}
    for name, there in has.items():
        was = profile.shares.get(name, Share())
        resting = name in profile.alarms
        shares[name] = Share(
            slow=was.slow if resting else was.slow + slow * (there - was.slow),
            fast=was.fast + fast * (there - was.fast),
        )
    return replace(profile, articles=count, shares=shares)


def _alarms(profile: Profile, now: datetime) -> Iterator[tuple[str, Alarm]]:
    for name, share in profile.shares.items():
        known = profile.alarms.get(name)
        if known and share.fast < _BACK * known.usual:
            yield name, known
        elif known is None and _is_lost(profile, share):
            yield name, Alarm(usual=share.slow, since=now)


def _is_lost(profile: Profile, share: Share) -> bool:
    enough = profile.articles >= _FEW and share.slow >= _USUAL
    return enough and share.fast < _LOST * share.slow
