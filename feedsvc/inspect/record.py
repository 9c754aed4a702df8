"""Recording what a source's pages give, and replaying them without network."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedsvc.errors import Code, Fault, Stage
from feedsvc.inspect.preview import Preview
from feedsvc.inspect.recordings import Recording
from feedsvc.model.config import Category
from feedsvc.model.web import Failed, Fetched, Request
from feedsvc.normalize.frame import Frame

__all__ = ["Difference", "Replay", "record", "replay"]

Fetch = Callable[[Request], Awaitable[Fetched]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an article that would now be another; ``field`` "" is the article."""

    url: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a recording gives by the configuration of now, beside what it gave then."""

    recording: Recording
    differences: Sequence[Difference]
    faults: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class _Tape:
    """A fetch that keeps every answer."""

    fetch: Fetch
    answers: dict[str, Fetched] = field(default_factory=dict)

    async def __call__(self, request: Request) -> Fetched:
        answer = self.answers[request.url] = await self.fetch(request)
        return answer


async def record(
    frame: Frame, categories: Mapping[str, Category], fetch: Fetch, limit: int
) -> tuple[Recording, Sequence[Mapping[str, Any]]]:
    """A recording of at most ``limit`` articles, and the faults met on the way."""
    tape = _Tape(fetch)
    form = await Preview(frame, categories, tape, limit).run()
    recording = Recording(
        source=frame.source.id,
        at=frame.now,
        limit=limit,
        answers=tape.answers,
        items=form["items"],
    )
    return recording, form["faults"]


async def replay(
    recording: Recording, frame: Frame, categories: Mapping[str, Category]
) -> Replay:
    """Read the recorded pages again; ``frame.now`` is that of the recording."""

    async def fetch(request: Request) -> Fetched:
        return recording.answers.get(request.url) or _unrecorded(request, frame)

    form = await Preview(frame, categories, fetch, recording.limit).run()
    return Replay(
        recording=recording,
        differences=tuple(_differences(recording.items, form["items"])),
        faults=form["faults"],
    )


def _unrecorded(request: Request, frame: Frame) -> Failed:
    """A page that is asked for only now, as a new rule does."""
    fault = Fault(
        code=Code.E_NO_RECORD,
        stage=Stage.FETCH,
        place=request.url,
        args={"source": frame.source.id},
    )
    return Failed(fault=fault)


def _differences(
    then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    """Article by article, in the order of then; what is new comes last."""
    before = {item["url"]: _fields(item) for item in then}
    after = {item["url"]: _fields(item) for item in now}
    for url, fields in before.items():
        if url not in after:
            yield Difference(url, "", fields.get("title"), None)
            continue
        refused = fields["error"] != after[url]["error"]
        for name in ("error",) if refused else fields:
            was, is_now = fields[name], after[url][name]
            if was != is_now:
                yield Difference(url, name, was, is_now)
    for url, fields in after.items():
        if url not in before:
            yield Difference(url, "", None, fields.get("title"))


def _fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """All that a reader would see of an item, or why there is nothing to see."""
    article = item.get("article") or {"title": item.get("title")}
    why = {name: item.get(name) for name in ("unread", "error")}
    codes = {name: told and told["code"] for name, told in why.items()}
    return {**article, "categories": item.get("categories"), **codes}
