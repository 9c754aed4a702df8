"""``feedsvc test``: would recorded pages now give something else?"""

import json
from collections.abc import Sequence
from typing import Any

from feedsvc.app import recordings
from feedsvc.app.recordings import Difference, Replay
from feedsvc.cli.call import Call
from feedsvc.cli.commands.preview import refusals

__all__ = ["command", "replay_form", "tell_differences", "tell_replay"]

_BEFORE, _SHOWN = 20, 80
"""Characters shown of a long text: before the first that differs, and in all."""


def command(call: Call) -> int:
    """Replay what is recorded, and show what differs; exit 1 if anything does."""
    replays = recordings.test(call.where, call.options.source)
    if call.json:
        call.document({"sources": [replay_form(one) for one in replays]})
    else:
        for one in replays:
            tell_replay(call, one)
    return int(any(one.differences for one in replays))


def tell_replay(call: Call, replay: Replay) -> None:
    """What a recording would now give, for people."""
    made = replay.recording
    counts = {"items": len(made.items), "differences": len(replay.differences)}
    at = made.at.astimezone().strftime("%Y-%m-%d %H:%M")
    print(call.speech("test.source", source=made.source, at=at, **counts))
    tell_differences(call, replay.differences, "recorded")
    for fault in refusals((), replay.faults):
        call.fault(fault)


def tell_differences(
    call: Call, differences: Sequence[Difference], before: str
) -> None:
    """A row for each difference; ``before`` names the column of what was."""
    if differences:
        call.table(["address", "field", before, "now"], [
            [one.url, one.field or call.speech("test.article"), *_shown(one)]
            for one in differences
        ])  # fmt: skip


def _shown(one: Difference) -> tuple[str, str]:
    """Both values, long ones from a little before where they part."""
    before, after = (_text(value) for value in (one.before, one.after))
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    parting = next((n for n, (a, b) in pairs if a != b), shorter)
    start = max(0, parting - _BEFORE)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN]
    end = "…" if len(text) > start + _SHOWN else ""
    return f"{'…' if start else ''}{shown}{end}"


def _text(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def replay_form(replay: Replay) -> dict[str, Any]:
    """The same for machines (docs/reference.md, ``test --json``)."""
    made = replay.recording
    return {
        "source": made.source,
        "recorded": made.at.isoformat(timespec="seconds"),
        "items": len(made.items),
        "differences": [
            {"url": d.url, "field": d.field, "recorded": d.before, "now": d.after}
            for d in replay.differences
        ],
        "faults": list(replay.faults),
    }
