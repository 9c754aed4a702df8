"""Recordings on disk: a folder a source, its pages as they came and what they gave."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.model.web import Failed, Fetched, Page

__all__ = ["Recording", "names", "read", "write"]

_INDEX = "record.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a source's server answered, by the URL asked for, and what that gave.

    ``items`` are those of a preview (docs/reference.md), of at most ``limit`` articles,
    read at the moment ``at`` (aware UTC).
    """

    source: str
    at: datetime
    limit: int
    answers: Mapping[str, Fetched]
    items: Sequence[dict[str, Any]]


def names(folder: Path) -> list[str]:
    """The sources of which something is recorded in ``folder``."""
    return sorted(index.parent.name for index in folder.glob(f"*/{_INDEX}"))


def write(folder: Path, recording: Recording) -> Path:
    """Put a recording in place of an older one, whole; where it stands."""
    place = folder / recording.source
    new = folder / f".{recording.source}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    pages = [
        {"url": url} | _kept(new, number, answer)
        for number, (url, answer) in enumerate(recording.answers.items(), 1)
    ]
    form = {
        "source": recording.source,
        "at": recording.at.isoformat(),
        "limit": recording.limit,
        "pages": pages,
        "items": recording.items,
    }
    text = json.dumps(form, ensure_ascii=False, indent=1, default=str)
    (new / _INDEX).write_text(text, encoding="utf-8")
    shutil.rmtree(place, ignore_errors=True)
    return new.rename(place)


def read(folder: Path, source: str) -> Recording:
    """The recording of a source; UsageError E_NO_RECORD, or E_FILE for a damaged one."""
    index = folder / source / _INDEX
    try:
        form = json.loads(index.read_text(encoding="utf-8"))
        return Recording(
            source=source,
            at=datetime.fromisoformat(form["at"]),
            limit=form["limit"],
            answers={
                page["url"]: _answer(index.parent, page) for page in form["pages"]
            },
            items=form["items"],
        )
    except FileNotFoundError as error:
        if Path(error.filename) == index:
            raise UsageError(_fault(Code.E_NO_RECORD, source, source=source)) from error
        raise _damaged(index, error) from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise _damaged(index, error) from error


def _kept(folder: Path, number: int, answer: Fetched) -> dict[str, Any]:
    """What the index says of an answer; a page's body goes into a file of its own."""
    if isinstance(answer, Failed):
        fault = answer.fault
        told = {"code": fault.code, "stage": fault.stage, "place": fault.place}
        return {"status": answer.status, "fault": told | {"args": dict(fault.args)}}
    if not isinstance(answer, Page):
        return {}
    name = f"{number:03}.page"
    (folder / name).write_bytes(answer.body)
    return {"file": name, "at": answer.url, "content_type": answer.content_type}


def _answer(folder: Path, page: Mapping[str, Any]) -> Fetched:
    if told := page.get("fault"):
        fault = Fault(
            code=Code(told["code"]),
            stage=Stage(told["stage"]),
            place=told["place"],
            args=told["args"],
        )
        return Failed(fault=fault, status=page["status"])
    return Page(
        url=page["at"],
        requested=page["url"],
        body=(folder / Path(page["file"]).name).read_bytes(),
        content_type=page["content_type"],
    )


def _damaged(index: Path, error: Exception) -> UsageError:
    detail = str(error)
    return UsageError(_fault(Code.E_FILE, str(index), path=str(index), detail=detail))


def _fault(code: Code, place: str, **args: str) -> Fault:
    return Fault(code=code, stage=Stage.EXTRACT, place=place, args=args)
