"""The JSON documents of the command line (docs/reference.md)."""

from typing import Any

from feedsvc.app.commands import CollectReport, PublishReport
from feedsvc.cli.speech import fault_form

__all__ = ["collect_form", "publish_form"]


def collect_form(report: CollectReport) -> dict[str, Any]:
    """``collect --json``."""
    visits = [
        {
            "source": visit.source,
            "state": visit.state,
            "listed": visit.listed,
            "new": visit.new,
            "changed": visit.changed,
            "requests": visit.requests,
            "seconds": round(visit.seconds, 3),
            "due": visit.due and visit.due.isoformat(timespec="seconds"),
            "faults": [fault_form(fault) for fault in visit.faults],
        }
        for visit in report.visits
    ]
    return {"sources": visits, **publish_form(report.published)}


def publish_form(report: PublishReport) -> dict[str, Any]:
    """``publish --json``."""
    return {
        "published": list(report.switched),
        "bytes": report.size,
        "faults": [fault_form(fault) for fault in report.faults],
    }
