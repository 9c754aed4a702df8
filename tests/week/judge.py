"""What the script makes of a feed: which entries must be there, and what they say."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.week.script import BEIJING, STEP, Story, spell, stories
from tests.week.subscriber import Copy, Entry, Subscriber

__all__ = ["FEEDS", "Judge", "ids"]

FEEDS = {
    "lanhe": ("zh/all", "zh/local"),
    "eastgate": ("en/all", "en/local"),
    "bulletin": ("zh/all", "zh/economy"),
    "registry": ("en/all", "en/economy"),
}


@cache
def ids() -> Mapping[str, str]:
    """The id of every story by its mark, as the file beside this one has it."""
    text = (Path(__file__).parent / "ids.txt").read_text(encoding="ascii")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {mark: identifier for mark, identifier, _ in rows}


class Judge:
    """A subscriber that also knows what happened in the newsroom."""

    def __init__(self) -> None:
        self.subscriber = Subscriber()
        self.first: dict[str, datetime] = {}
        """When each story was read for the first time, by its mark."""

    def read(
        self, feeds: Mapping[str, Copy], now: datetime, said: datetime | None = None
    ) -> None:
        """Judge what stands at ``now``, while our own clock ``said`` something else."""
        taken_back = {ids()[s.mark] for s in stories() if _was_away(s, now)}
        self.subscriber.read(feeds, now, taken_back, said)
        for path, copy in feeds.items():
            for entry in copy.entries:
                self._known(path, entry, now)

    def missing(self, feeds: Mapping[str, Copy], now: datetime) -> set[str]:
        """Stories that stand in no feed, though their sites have them."""
        held = {entry.id for copy in feeds.values() for entry in copy.entries}
        due = (s for s in stories() if s.at(now) and s.missing(now) is None)
        return {story.mark for story in due if ids()[story.mark] not in held}

    def _known(self, path: str, entry: Entry, now: datetime) -> None:
        story = next((s for s in stories() if s.mark in entry.text), None)
        assert story, f"{path}: nobody wrote {entry}"
        place = f"{path}: {story.mark}"
        assert entry.id == ids()[story.mark], f"{place}: id {entry.id}"
        assert path in FEEDS[story.site], f"{place}: filed wrongly"
        self.first.setdefault(story.mark, now)
        shown = [v for v in story.versions if v.since <= now]
        told = [(v.title, list(v.paragraphs)) for v in shown]
        assert (entry.title, _paragraphs(entry.text)) in told, f"{place}: {entry}"
        assert entry.published in self._dates(story), f"{place}: {entry.published}"

    def _dates(self, story: Story) -> Iterator[datetime]:
        """When the story may say that it was published."""
        born = story.born
        midnight = born.astimezone(BEIJING).replace(hour=0, minute=0, second=0)
        if story.site == "eastgate":
            yield midnight
            return
        first = self.first[story.mark]
        if spell(story.site, born) == "hasty" == spell(story.site, first):
            yield first
            return
        yield born
        if not story.versions[0].timed:
            yield midnight


def _was_away(story: Story, now: datetime) -> bool:
    """Whether a story may be withdrawn: away twice it was, or just came back."""
    return any(a + STEP <= now < b + timedelta(days=3) for a, b, _ in story.gone)


def _paragraphs(text: str) -> list[str]:
    parts = text.replace("</p>", "").split("<p>")
    return [part for part in parts if part]
