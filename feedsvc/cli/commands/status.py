"""``feedsvc status``: how is every source, and every feed?"""

from datetime import datetime

from feedsvc.app import commands
from feedsvc.cli.call import Call
from feedsvc.cli.forms import status_form
from feedsvc.cli.speech import printable
from feedsvc.model.status import Doubted, SourceRow, StatusReport

__all__ = ["command"]


def command(call: Call) -> int:
    """Show both tables, and every fault that is not over; or a list not believed."""
    if call.options.page:
        call.page(commands.unbelieved(call.where, call.options.page))
        return 0
    report = commands.status(call.where)
    if call.json:
        call.document(status_form(report))
    else:
        _tell(call, report)
    return 0


def _tell(call: Call, report: StatusReport) -> None:
    call.table(
        ["source", "state", "last", "next", "items", "requests", "coverage"],
        [
            [
                row.source,
                call.speech(f"state.{row.state}"),
                _local(row.visit.last_success),
                _local(row.visit.due),
                row.coverage.items,
                f"{row.spending.requests:.0f} / {row.spending.unmodified:.0%}",
                " / ".join(
                    f"{share:.0%}"
                    for share in (
                        row.coverage.date,
                        row.coverage.author,
                        row.coverage.image,
                        row.coverage.body,
                    )
                ),
            ]
            for row in report.sources
        ],
    )
    for row in report.sources:
        for incident in row.troubles:
            if incident.cleared_at is None:
                print(f"{row.source}: {call.speech.fault(incident.fault)}")
        if row.doubted:
            print(_kept(call, row, row.doubted))
    for held in report.held:
        print(f"{held.title}: {call.speech.fault(held.fault)}")
    call.table(
        ["feed", "items", "updated", "bytes", "subscriptions"],
        [
            [
                feed.path,
                feed.entries,
                _local(feed.updated),
                feed.size,
                report.subscriptions.get(feed.path, 0),
            ]
            for feed in report.feeds
        ],
    )
    for fault in call.speech.faults(report.unreached):
        print(fault)
    if report.unmapped:
        names = printable(", ".join(report.unmapped))
        print(call.speech("status.unmapped", names=names))


def _kept(call: Call, row: SourceRow, doubted: Doubted) -> str:
    """That a list is kept to be looked at, and how to see it."""
    return call.speech(
        "status.doubted",
        source=row.source,
        when=_local(doubted.at) or "",
        entries=row.entries,
        usual=row.visit.items,
    )


def _local(at: datetime | None) -> str | None:
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else None
