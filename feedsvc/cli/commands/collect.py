"""``feedsvc collect``: one cycle now."""

import sys

from feedsvc.app import commands
from feedsvc.app.commands import CollectReport
from feedsvc.cli.call import Call
from feedsvc.cli.forms import collect_form
from feedsvc.cli.progress import progress

__all__ = ["command", "tell"]


def command(call: Call) -> int:
    """Visit, publish, and say what came of it."""
    with progress(call) as told:
        report = commands.collect(call.where, call.options.source, told)
    if call.json:
        call.document(collect_form(report))
    else:
        tell(call, report)
    return int(report.failed)


def tell(call: Call, report: CollectReport) -> None:
    """A table of visits, then every fault on a line of its own."""
    rows = [
        [
            visit.source,
            call.speech(f"state.{visit.state}"),
            visit.listed,
            visit.new,
            visit.changed,
            f"{visit.seconds:.1f}",
            visit.due and visit.due.astimezone().strftime("%m-%d %H:%M"),
        ]
        for visit in report.visits
    ]
    columns = ["source", "state", "listed", "new", "changed", "seconds", "next"]
    call.table(columns, rows)
    for visit in report.visits:
        for line in call.speech.faults(visit.faults):
            print(f"{visit.source}: {line}", file=sys.stderr)
    for fault in report.published.faults:
        print(call.speech.fault(fault), file=sys.stderr)
    count = len(report.published.switched)
    print(call.speech("collect.published", count=count))
