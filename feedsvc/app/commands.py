"""What each command does, as functions of a place; the words are the command line's."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.app import house
from feedsvc.app.place import Place, choose, load
from feedsvc.app.standing import standing
from feedsvc.collect.cycle import collect as cycle
from feedsvc.collect.recheck import recheck
from feedsvc.collect.report import VisitReport
from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.fetch.codings import decode
from feedsvc.lock import hold
from feedsvc.model.config import Source
from feedsvc.model.kept import Role
from feedsvc.model.status import StatusReport
from feedsvc.normalize.frame import Frame
from feedsvc.publish.publisher import PublishReport

if TYPE_CHECKING:
    from feedsvc.inspect import saved

__all__ = [
    "CollectReport",
    "PublishReport",
    "collect",
    "cycle_and_publish",
    "extract",
    "items",
    "pages",
    "preview",
    "publish",
    "status",
    "unbelieved",
]


@dataclass(frozen=True, slots=True)
class CollectReport:
    """One cycle: the visits, then what was published of them."""

    visits: Sequence[VisitReport]
    published: PublishReport

    @property
    def failed(self) -> bool:
        """Whether some source or feed failed; the rest was done."""
        return any(v.state == "failed" for v in self.visits) or self.published.failed


def collect(
    where: Place, names: Sequence[str], told: Callable[[VisitReport], None] | None
) -> CollectReport:
    """One cycle now over the named sources, or all."""
    config = load(where)
    sources = choose(config, names)
    with hold(where.data), house.shelves(where, config) as kept:
        done = asyncio.run(cycle_and_publish(kept, sources, told))
        asyncio.run(house.ping(where, kept))
        return done


async def cycle_and_publish(
    kept: house.Shelves,
    sources: Sequence[Source],
    told: Callable[[VisitReport], None] | None,
) -> CollectReport:
    """Visit ``sources``, then publish what changed."""
    kept.publisher.settle()
    async with (
        house.egress(kept.config, kept.store) as egress,
        house.tools(kept, egress) as tools,
    ):
        visits = await cycle(sources, tools, told)
        await recheck({source.id: source for source in sources}, tools)
    return CollectReport(visits, kept.publisher.publish())


def publish(where: Place, *, everything: bool) -> PublishReport:
    """Publish what is dirty, or everything anew."""
    config = load(where)
    with hold(where.data), house.shelves(where, config) as kept:
        done = kept.publisher.publish(everything=everything)
        asyncio.run(house.ping(where, kept))
        return done


def preview(where: Place, target: str, limit: int) -> dict[str, Any]:
    """A dry run of a configured source, or of any URL."""
    from feedsvc.inspect.preview import Preview

    config = load(where)
    if target.startswith(("http://", "https://")):
        source = Source(id="preview", url=target)
    else:
        [source] = choose(config, [target])
    zone = source.timezone or config.settings.site.timezone
    frame = Frame(source=source, zone=zone, now=house.now())

    async def dry_run() -> dict[str, Any]:
        async with house.egress(config) as egress:
            run = Preview(frame, config.categories, egress.fetch, limit)
            return await run.run()

    return asyncio.run(dry_run())


def pages(
    files: Sequence[Path], url: str | None, manifest: Path | None
) -> Sequence["saved.Saved"]:
    """The saved pages that are named one by one and by a manifest."""
    from feedsvc.inspect import saved

    named = [saved.Saved(file=file, url=url) for file in files]
    return [*named, *(saved.manifest(manifest) if manifest else [])]


def extract(
    where: Place, pages: Sequence["saved.Saved"], source: str | None
) -> Iterator["saved.Read"]:
    """Saved pages → Article JSON, one a page; without network."""
    from feedsvc.inspect import saved

    if source is None:
        return saved.articles(pages, None, None, house.now())
    config = load(where)
    [chosen] = choose(config, [source])
    zone = chosen.timezone or config.settings.site.timezone
    return saved.articles(pages, chosen, zone, house.now())


def items(file: Path, url: str | None) -> Iterator[dict[str, Any]]:
    """A saved list → one form an item."""
    from feedsvc.inspect import saved

    return saved.items(saved.Saved(file=file, url=url), house.now())


def status(where: Place) -> StatusReport:
    """How every source and every feed is."""
    config = load(where)
    with house.stored(where, config) as store:
        return asyncio.run(standing(config, store))


def unbelieved(where: Place, name: str) -> bytes:
    """The list of a source that was not believed, as it came but for its packing.

    UsageError (E_NO_PAGE) when none is kept.
    """
    config = load(where)
    [source] = choose(config, [name])
    with house.stored(where, config) as store:
        kept = [one.page for one in store.pages(source.id) if one.role is Role.DOUBTED]
    packed = kept[0].packed if kept else None
    if packed is None:
        fault = Fault(code=Code.E_NO_PAGE, stage=Stage.STORE, place=source.id)
        raise UsageError(fault)
    return decode(packed.body, packed.coding, config.settings.collect.max_bytes)
