"""A world whose visits are published, and whose feeds a subscriber reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from feedsvc.collect.report import VisitReport
from feedsvc.output.memory import Memory
from feedsvc.publish.publisher import Publisher
from tests.collect.world import World
from tests.week.subscriber import Copy, Subscriber, agreed

__all__ = ["Read"]

_FORMS = ("feed.json", "feed.atom", "feed.rss")


@dataclass
class Read(World):
    """After every visit its reader finds no id changed, and nothing lost or doubled.

    ``withdrawn`` are the tags of articles that their sites took back.
    """

    output: Memory = field(default_factory=Memory)
    reader: Subscriber = field(default_factory=Subscriber)
    withdrawn: Collection[str] = ()

    async def visit(self, **others: object) -> VisitReport:
        """Visit the only source, publish, and read what stands."""
        report = await super().visit(**others)
        self.publish()
        return report

    def publish(self) -> None:
        """Publish, and read what stands."""
        done = Publisher(self.config, self.store, self.output, lambda: self.now)
        assert not done.publish().faults
        self.reader.read(self.feeds, self.now, self.withdrawn)

    @property
    def feeds(self) -> Mapping[str, Copy]:
        """What stands published, by path."""
        bodies = {
            file.path: file.bodies["identity"]
            for unit, stamp in self.output.stamps().items()
            for file in self.output.read(unit, stamp)
        }
        paths = {path.rpartition("/")[0] for path in bodies if path.endswith(".atom")}
        return {p: agreed(*(bodies[f"{p}/{form}"] for form in _FORMS)) for p in paths}

    @property
    def tags(self) -> set[str]:
        """The ids that stand in any feed."""
        return {one for copy in self.feeds.values() for one in copy.ids}
