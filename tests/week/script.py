"""What happens in the newsroom in a week: stories, edits, and spells of bad weather.

Everything a site shows is a function of the moment and of these tables, so that what
must come of it is known beforehand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from typing import Final

__all__ = [
    "BEFORE",
    "BEIJING",
    "END",
    "SITES",
    "SPELLS",
    "START",
    "STARTS",
    "STEP",
    "Spell",
    "Story",
    "Version",
    "on",
    "spell",
    "stories",
    "wrong",
]

BEIJING = timezone(timedelta(hours=8))
START = datetime(2026, 11, 2, tzinfo=UTC)
"""A Monday, as the clock of the newsroom has it."""

END = START + timedelta(days=7)
STEP = timedelta(minutes=30)
SITES: Final = ("lanhe", "eastgate", "bulletin", "registry")

BEFORE = 12
"""Stories that a site lists when the week begins."""

_EVERY = timedelta(hours=6)
"""Between two stories of a site."""


def on(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of the week; its first day is 1."""
    return START + timedelta(days=day - 1, hours=hour, minutes=minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How a story stands from a moment on."""

    since: datetime
    path: str
    title: str
    paragraphs: tuple[str, ...]
    timed: bool = True
    """Whether its page prints the time besides the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story of a site, told apart by its ``mark``, which stands in its text.

    ``gone`` are the spells in which its page is not there, with the status it answers.
    An address that was edited leads on to the new one if the site ``redirects``.
    """

    site: str
    number: int
    born: datetime
    versions: tuple[Version, ...]
    gone: tuple[tuple[datetime, datetime, int], ...] = ()
    redirects: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether it ends at another address than it was first listed at."""
        return self.versions[-1].path != self.versions[0].path

    @property
    def mark(self) -> str:
        return mark(self.site, self.number)

    @property
    def edits(self) -> int:
        """How often a reader would see another text, or be led to another address."""
        shown = [(one.title, one.paragraphs, one.path) for one in self.versions]
        return sum(one != other for one, other in pairwise(shown))

    def at(self, now: datetime) -> Version | None:
        """How it stands now; None before it is there."""
        return next((v for v in reversed(self.versions) if v.since <= now), None)

    def missing(self, now: datetime) -> int | None:
        """The status by which its page is not there."""
        return next((how for a, b, how in self.gone if a <= now < b), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Something that is wrong with a site for a while."""

    name: str
    site: str
    begin: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        return self.begin <= now < self.end


SPELLS: Final = (
    Spell(name="captcha", site="lanhe", begin=on(2, 1), end=on(2, 19)),
    Spell(name="hasty", site="bulletin", begin=on(1, 12), end=on(1, 18)),
    Spell(name="churn", site="bulletin", begin=on(2, 6), end=on(3, 6)),
    Spell(name="relaid", site="eastgate", begin=on(3, 3), end=on(3, 11)),
    Spell(name="navigation", site="eastgate", begin=on(3, 13), end=on(3, 21)),
    Spell(name="zone", site="bulletin", begin=on(3, 8), end=on(4, 8)),
    Spell(name="gbk", site="lanhe", begin=on(4, 1), end=on(5, 1)),
    Spell(name="refused", site="registry", begin=on(4, 6), end=on(4, 10)),
    Spell(name="busy", site="registry", begin=on(4, 13), end=on(4, 19)),
    Spell(name="garbled", site="bulletin", begin=on(5, 3), end=on(5, 17)),
    Spell(name="empty", site="bulletin", begin=on(6, 3), end=on(6, 6)),
    Spell(name="emptied", site="registry", begin=on(6, 7), end=on(6, 9)),
    Spell(name="redated", site="bulletin", begin=on(6, 12), end=on(6, 16)),
    Spell(name="today", site="registry", begin=on(6, 12), end=on(6, 22)),
)


_CLOCK: Final = (
    (on(7, 6, 30), on(7, 7, 30), timedelta(days=365)),
    (on(7, 9), on(7, 12), timedelta(hours=-1)),
)


def wrong(now: datetime) -> timedelta:
    """By how much our own clock is wrong."""
    return next((by for a, b, by in _CLOCK if a <= now < b), timedelta())


STARTS: Final = (
    START,
    on(2, 12),  # while a captcha keeps us out
    on(4, 8),  # while a server refuses
    on(4, 15, 30),  # while its Retry-After runs
    on(5, 5),  # while articles are held
    on(7, 7),  # while our clock is a year ahead
    on(7, 15),
)
"""Moments at which the service is started anew."""


def spell(site: str, now: datetime) -> str:
    """The name of what is wrong with a site now; "" if nothing is."""
    return next((s.name for s in SPELLS if s.site == site and s.holds(now)), "")


def mark(site: str, number: int) -> str:
    return f"{site[:2].upper()}-{number:04}"


@cache
def stories() -> tuple[Story, ...]:
    """Every story of the week, oldest first."""
    written = {s.mark: s for site in SITES for s in _written(site)}
    for one, change in _CHANGES.items():
        written[one] = change.of(written[one])
    return tuple(sorted(written.values(), key=lambda s: (s.born, s.mark)))


def _written(site: str) -> Iterator[Story]:
    late = timedelta(minutes=35 + 5 * SITES.index(site))
    born, number = START - BEFORE * _EVERY + late, 1
    while born < END:
        first = Version(
            since=born,
            path=_path(site, number, born),
            title=_title(site, number),
            paragraphs=_paragraphs(site, number, ""),
        )
        yield Story(site=site, number=number, born=born, versions=(first,))
        born, number = born + _EVERY, number + 1


def _path(site: str, number: int, born: datetime) -> str:
    day = born.astimezone(BEIJING)
    return {
        "lanhe": f"/news/{day:%Y%m/%d}/t{day:%Y%m%d}_{number}.html",
        "eastgate": f"/portal/news/{day:%Y/%m%d}/{1200 + number}.html",
        "bulletin": f"/item.php?id={number}",
        "registry": f"/stories/{number}-{_WORDS[number % 12]}-notice-{number}/",
    }[site]


_WORDS: Final = (
    "bridge", "harbour", "market", "school", "library", "station",
    "orchard", "ferry", "theatre", "clinic", "bakery", "museum",
)  # fmt: skip
_PLACES: Final = (
    "桥梁", "码头", "菜市场", "小学", "图书馆", "车站",
    "果园", "渡口", "剧院", "诊所", "面包房", "博物馆",
)  # fmt: skip


def _title(site: str, number: int) -> str:
    word, place = _WORDS[number % 12], _PLACES[number % 12]
    return {
        "lanhe": f"岚河第{number}期通报：{place}改造工程今日动工",
        "eastgate": f"Work number {number} on the {word} of Eastgate begins today",
        "bulletin": f"快讯第{number}号：{place}明日起调整开放时间",
        "registry": f"Registry notice {number}: the {word} changes its hours",
    }[site]


def _paragraphs(site: str, number: int, more: str) -> tuple[str, ...]:
    told, word = mark(site, number), _WORDS[number % 12]
    if site in ("lanhe", "bulletin"):
        place = _PLACES[number % 12]
        return (
            f"岚河市第{number}次办公会议决定，{place}的改造工程从今天开始，预计用时{number + 20}天。{more}",
            f"负责施工的单位表示，{place}周边的道路在施工期间仍可通行，请市民留意现场的指示牌。",
            f"本稿编号{told}，由本报记者在现场采写，后续进展将继续报道。",
        )
    return (
        f"Meeting {number} of the town decided that work on the {word} begins today and takes {number + 20} days. {more}".strip(),
        f"The builders say that the streets around the {word} stay open and ask everybody to mind the signs.",
        f"This report has the number {told} and was written by our reporter on the spot.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What happens to one story: later versions, and when its page is away."""

    later: tuple[tuple[datetime, dict[str, object]], ...] = ()
    first: dict[str, object] = field(default_factory=dict)
    redirects: bool = False
    gone: tuple[tuple[datetime, datetime, int], ...] = ()

    def of(self, story: Story) -> Story:
        """The story as it is with the change."""
        versions = [_replaced(story.versions[0], story, self.first)]
        for since, fields in self.later:
            told = {"since": since, **fields}
            versions.append(_replaced(versions[-1], story, told))
        return replace(
            story, versions=tuple(versions), gone=self.gone, redirects=self.redirects
        )


def _replaced(version: Version, story: Story, fields: dict[str, object]) -> Version:
    told = dict(fields)
    if more := told.pop("more", None):
        told["paragraphs"] = _paragraphs(story.site, story.number, str(more))
    return replace(version, **told)  # type: ignore[arg-type]  # a table of its fields


_CHANGES: Final = {
    # The text is corrected, after its list entry was long read.
    "LA-0014": _Change(later=((on(1, 9, 10), {"more": "会后公布的工期表有更正。"}),)),
    "EA-0014": _Change(later=((on(1, 10), {"more": "The schedule was corrected."}),)),
    "BU-0013": _Change(
        later=(
            (on(1, 11), {"more": "开放时间另有补充说明。"}),
            (on(1, 20), {"more": "补充说明今晚再次更新。"}),
        )
    ),
    "RE-0014": _Change(later=((on(1, 12), {"more": "A date has been put right."}),)),
    # The headline is changed.
    "LA-0016": _Change(later=((on(1, 20), {"title": "岚河更正：车站工程推迟一周"}),)),
    "EA-0016": _Change(
        later=((on(1, 21), {"title": "Correction: the library opens a week later"}),)
    ),
    "BU-0014": _Change(later=((on(1, 15), {"title": "快讯更正：市场照常开放"}),)),
    "RE-0015": _Change(later=((on(1, 16), {"title": "Notice withdrawn and redone"}),)),
    # A day becomes a time.
    "LA-0015": _Change(
        first={"timed": False}, later=((on(1, 15, 20), {"timed": True}),)
    ),
    # The address is edited; the old one is gone, or leads to the new one.
    "EA-0031": _Change(
        later=((on(5, 15), {"path": "/portal/news/2026/1106/1231-museum.html"}),)
    ),
    "RE-0031": _Change(later=((on(5, 16), {"path": "/stories/31-harbour-opens/"}),)),
    "LA-0031": _Change(
        later=((on(5, 17), {"path": "/news/202611/06/t20261106_31_2.html"}),),
        redirects=True,
    ),
    # Taken off the net and back again; and for good.
    "LA-0022": _Change(gone=((on(3, 12), on(5, 2), 404),)),
    "EA-0026": _Change(gone=((on(4, 12), END, 410),)),
}
