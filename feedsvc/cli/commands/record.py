"""``feedsvc record``: keep a source's pages with what they gave."""

from feedsvc.app import recordings
from feedsvc.cli.call import Call
from feedsvc.cli.commands.preview import refusals

__all__ = ["command"]


def command(call: Call) -> int:
    """Record the source, and say where."""
    made = recordings.make(call.where, call.options.source, call.options.limit)
    for fault in refusals(made.recording.items, made.faults):
        call.fault(fault)
    if made.path is None:
        return 1
    counts = {
        "items": len(made.recording.items),
        "pages": len(made.recording.answers),
    }
    print(call.speech("record.done", path=str(made.path), **counts))
    return 0
