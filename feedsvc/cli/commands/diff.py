"""``feedsvc diff``: what would the configuration on disk change of what is published?"""

import json
from typing import Any

from feedsvc.app import differences
from feedsvc.app.differences import Diff, Reread
from feedsvc.cli.call import Call
from feedsvc.cli.commands.test import replay_form, tell_differences, tell_replay
from feedsvc.cli.speech import fault_form

__all__ = ["command"]


def command(call: Call) -> int:
    """Show what differs; exit 1 where a reload would be refused."""
    found = differences.diff(call.where, accept=call.options.accept)
    if call.json:
        call.document(_form(found))
    else:
        _tell(call, found)
    return int(found.refused is not None and not call.options.accept)


def _tell(call: Call, found: Diff) -> None:
    _tell_feeds(call, _forms(found))
    for source in found.sources:
        _tell_source(call, source)
    for replay in found.replays:
        tell_replay(call, replay)
    if found.refused:
        call.fault(found.refused)
    if call.options.accept:
        print(call.speech("diff.accepted"))


def _tell_feeds(call: Call, feeds: list[dict[str, Any]]) -> None:
    if not feeds:
        print(call.speech("diff.same"))
        return
    columns = ["feed", "state", "added", "dropped", "redated", "renamed"]
    call.table(columns, [_row(call, one) for one in feeds])
    for one in feeds:
        for kind in ("dropped", "redated", "renamed"):
            for entry in one[kind]:
                print(
                    f"{one['path']} {call.speech(f'column.{kind}')}: {entry['title']}"
                )


def _tell_source(call: Call, source: Reread) -> None:
    """What an edited source's kept pages would give."""
    if source.at:
        print(
            call.speech(
                "diff.source",
                source=source.source,
                items=source.items,
                at=source.at.astimezone().strftime("%Y-%m-%d %H:%M"),
                missing=source.missing,
                differences=len(source.differences),
            )
        )
    elif not source.faults:
        print(call.speech("diff.unkept", source=source.source))
    tell_differences(call, source.differences, "standing")
    for fault in source.told:
        call.fault(fault)


def _row(call: Call, form: dict[str, Any]) -> list[Any]:
    kinds = ("added", "dropped", "redated", "renamed")
    state = call.speech(f"diff.{form['state']}")
    return [form["path"], state, *(len(form[kind]) for kind in kinds)]


def _form(found: Diff) -> dict[str, Any]:
    return {
        "feeds": _forms(found),
        "refused": found.refused and fault_form(found.refused),
        "sources": [_source(source) for source in found.sources],
        "recorded": [replay_form(replay) for replay in found.replays],
    }


def _source(source: Reread) -> dict[str, Any]:
    return {
        "source": source.source,
        "read": source.at and source.at.isoformat(timespec="seconds"),
        "items": source.items,
        "missing": source.missing,
        "differences": [
            {
                "url": one.url,
                "field": one.field,
                "published": _plain(one.before),
                "now": _plain(one.after),
            }
            for one in source.differences
        ],
        "faults": [fault_form(fault) for fault in source.told],
    }


def _plain(value: object) -> object:
    """A value as JSON has it."""
    return json.loads(json.dumps(value, default=str))


def _forms(found: Diff) -> list[dict[str, Any]]:
    return [
        {
            "path": feed.path,
            "state": feed.state,
            "added": [_entry(entry) for entry in feed.added],
            "dropped": [_entry(entry) for entry in feed.dropped],
            "redated": [_entry(entry) for entry in feed.redated],
            "renamed": [
                _entry(was) | {"becomes": will.id} for was, will in feed.renamed
            ],
        }
        for feed in found.feeds
    ]


def _entry(entry: Any) -> dict[str, str]:
    return {name: getattr(entry, name) for name in ("id", "url", "title", "date")}
