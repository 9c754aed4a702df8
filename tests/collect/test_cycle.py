"""Many sources side by side, each for itself."""

import asyncio
import logging
from datetime import timedelta

import pytest

from feedsvc.errors import Code, Fault, Stage, StoreError
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Fetched, Request
from tests.collect.world import FEED, World, rss, source, whole

OTHER = "https://other.example.org/feed.xml"
BUSY = Fault(code=Code.E_DB_BUSY, stage=Stage.STORE, args={"detail": "locked"})


class Buggy:
    """A fetcher that raises what no fetcher may, for one address."""

    def __init__(self, w: World) -> None:
        self.shelf = w.shelf

    async def fetch(self, request: Request) -> Fetched:
        if request.url == OTHER:
            raise ZeroDivisionError("by zero")
        return await self.shelf.fetch(request)


class Endless:
    """A fetcher that answers never, and tells when it is cut off."""

    def __init__(self) -> None:
        self.cut = 0

    async def fetch(self, request: Request) -> Fetched:
        if request.url == OTHER:
            raise StoreError(BUSY)
        try:
            return await asyncio.Event().wait()  # type: ignore[return-value]  # it never returns
        finally:
            self.cut += 1


async def test_a_bug_in_one_source_stays_its_own(
    caplog: pytest.LogCaptureFixture,
) -> None:
    w = World([source(), source(OTHER, id="other")])
    w.answers[FEED] = rss(whole(1))
    with caplog.at_level(logging.ERROR):
        river, other = await w.cycle(fetcher=Buggy(w))
    assert river.state == "changed"
    assert (other.state, other.due) == ("failed", w.now + timedelta(hours=1))
    [fault] = other.faults
    assert fault.code == "E_UNEXPECTED"
    assert fault.args == {"detail": "ZeroDivisionError: by zero"}
    assert w.codes("other") == ["E_UNEXPECTED"]
    assert w.known("other").failures == 1
    assert w.known("other").due == other.due
    assert "Traceback" in caplog.text
    await w.cycle(fetcher=Buggy(w))
    assert w.known("other").failures == 2


async def test_a_password_in_an_address_is_never_told() -> None:
    w = World([source(OTHER.replace("//", "//me:secret@"), id="other")])

    class Always(Buggy):
        async def fetch(self, request: Request) -> Fetched:
            raise ZeroDivisionError(request.accept)

    [report] = await w.cycle(fetcher=Always(w))
    assert report.faults[0].place == OTHER
    assert "secret" not in repr((report, w.store.status()))


async def test_reports_come_in_the_order_asked_and_are_told_as_they_end() -> None:
    w = World([source(), source(OTHER, id="other")])
    w.answers[FEED] = rss(whole(1))
    reports = await w.cycle()
    assert [report.source for report in reports] == ["river", "other"]
    assert sorted(w.reports, key=lambda r: r.source != "river") == reports
    assert [r.state for r in reports] == ["changed", "failed"]


async def test_what_the_store_refuses_ends_the_cycle_and_all_visits() -> None:
    w = World([source(), source(OTHER, id="other")])
    endless = Endless()
    with pytest.raises(StoreError):
        await w.cycle(fetcher=endless)
    assert endless.cut == 1


async def test_a_refused_save_is_an_error_of_the_cycle() -> None:
    w = World([source()])
    w.answers[FEED] = rss(whole(1))

    async def refuse(_: Outcome) -> None:
        raise StoreError(BUSY)

    with pytest.raises(StoreError, match="E_DB_BUSY"):
        await w.cycle(save=refuse)


async def test_no_sources_are_no_trouble() -> None:
    assert await World([]).cycle() == []
