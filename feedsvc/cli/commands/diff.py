"""``feedsvc diff``: what would the configuration on disk change of what is published?"""

from typing import Any

from feedsvc.app import differences
from feedsvc.app.differences import Diff
from feedsvc.cli.call import Call
from feedsvc.cli.commands.test import replay_form, tell_replay
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
    if not found.feeds:
        print(call.speech("diff.same"))
    else:
        columns = ["feed", "state", "added", "dropped", "redated", "renamed"]
        call.table(columns, [_row(call, one) for one in _forms(found)])
    for one in _forms(found):
        for kind in ("dropped", "redated", "renamed"):
            for entry in one[kind]:
                print(
                    f"{one['path']} {call.speech(f'column.{kind}')}: {entry['title']}"
                )
    for replay in found.replays:
        tell_replay(call, replay)
    if found.refused:
        call.fault(found.refused)
    if call.options.accept:
        print(call.speech("diff.accepted"))


def _row(call: Call, form: dict[str, Any]) -> list[Any]:
    kinds = ("added", "dropped", "redated", "renamed")
    state = call.speech(f"diff.{form['state']}")
    return [form["path"], state, *(len(form[kind]) for kind in kinds)]


def _form(found: Diff) -> dict[str, Any]:
    return {
        "feeds": _forms(found),
        "refused": found.refused and fault_form(found.refused),
        "recorded": [replay_form(replay) for replay in found.replays],
    }


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
