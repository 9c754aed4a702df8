"""The JSON documents of the command line (docs/reference.md)."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.app.commands import CollectReport, PublishReport
from feedsvc.cli.speech import LANGUAGES, fault_form, reason
from feedsvc.edition.words import Words
from feedsvc.model.status import StatusReport

if TYPE_CHECKING:
    from feedsvc.app.additions import Addition

__all__ = [
    "addition_form",
    "collect_form",
    "preview_form",
    "publish_form",
    "status_form",
]


def addition_form(found: "Addition", written: Path | None) -> dict[str, Any]:
    """``add --json``; ``written`` is where the file was saved."""
    candidates = [
        {
            "url": offer.public_url,
            "kind": offer.kind,
            "found": offer.found,
            **offer.counts,
            "wider": offer.wider,
            "score": offer.score,
            "chosen": offer is found.chosen,
        }
        for offer in found.offers
    ]
    return {
        "id": found.id,
        "candidates": candidates,
        "preview": preview_form(found.preview),
        "file": found.text,
        "written": written and str(written),
    }


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
            "due": _moment(visit.due),
            "faults": [fault_form(fault) for fault in visit.faults],
        }
        for visit in report.visits
    ]
    return {"sources": visits, **publish_form(report.published)}


def preview_form(form: dict[str, Any]) -> dict[str, Any]:
    """``preview --json``: with the reasons in words."""
    items = [
        item | {"alternatives": _worded(item["alternatives"])}
        if "alternatives" in item
        else item
        for item in form["items"]
    ]
    return form | {"items": items}


def _worded(
    alternatives: dict[str, list[dict[str, str]]],
) -> dict[str, list[dict[str, Any]]]:
    words = {tag: Words.load(tag) for tag in LANGUAGES}
    return {
        name: [
            other | {"message": {tag: reason(other, w) for tag, w in words.items()}}
            for other in others
        ]
        for name, others in alternatives.items()
    }


def publish_form(report: PublishReport) -> dict[str, Any]:
    """``publish --json``."""
    return {
        "published": list(report.switched),
        "bytes": report.size,
        "faults": [fault_form(fault) for fault in report.faults],
    }


def status_form(report: StatusReport) -> dict[str, Any]:
    """``status --json``."""
    sources = [
        {
            "source": row.source,
            "state": row.state,
            "last_attempt": _moment(row.visit.last_attempt),
            "last_success": _moment(row.visit.last_success),
            "due": _moment(row.visit.due),
            "failures": row.visit.failures,
            "rate": None if row.rate is None else round(row.rate, 2),
            "requests_per_day": round(row.spending.requests, 1),
            "unmodified": round(row.spending.unmodified, 3),
            "useful": round(row.spending.useful, 3),
            "items": row.coverage.items,
            "coverage": {
                name: round(getattr(row.coverage, name), 3)
                for name in ("date", "author", "image", "body")
            },
            "doubted": row.doubted
            and {
                "url": row.doubted.url,
                "at": _moment(row.doubted.at),
                "entries": row.entries,
                "usual": row.visit.items,
            },
            "faults": [
                fault_form(incident.fault)
                | {
                    "at": _moment(incident.at),
                    "cleared_at": _moment(incident.cleared_at),
                }
                for incident in row.faults
            ],
        }
        for row in report.sources
    ]
    feeds = [
        {
            "path": feed.path,
            "items": feed.entries,
            "updated": _moment(feed.updated),
            "bytes": feed.size,
            "subscriptions": report.subscriptions.get(feed.path, 0),
        }
        for feed in report.feeds
    ]
    held = [
        fault_form(one.fault)
        | {"id": one.id, "title": one.title, "at": _moment(one.at)}
        for one in report.held
    ]
    hosts = [{"host": h, "requests_per_day": round(n, 1)} for h, n in report.hosts]
    return {
        "sources": sources,
        "requests": report.spent,
        "hosts": hosts,
        "feeds": feeds,
        "held": held,
        "unreached": [fault_form(fault) for fault in report.unreached],
        "unmapped": list(report.unmapped),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
