"""``feedsvc doctor``: is the machine fit for what is configured?"""

from typing import Any

from feedsvc.app.checkup import Finding, examine
from feedsvc.cli.call import Call
from feedsvc.cli.speech import fault_form

__all__ = ["command"]


def command(call: Call) -> int:
    """Show what was looked at, then what is wrong with it."""
    findings = examine(call.where)
    has_failed = any(finding.state == "failed" for finding in findings)
    if call.json:
        forms = [_form(finding) for finding in findings]
        call.document({"ok": not has_failed, "findings": forms})
    else:
        _tell(call, findings)
    return int(has_failed)


def _tell(call: Call, findings: list[Finding]) -> None:
    call.table(
        ["subject", "place", "state", "found"],
        [
            [
                call.speech(f"doctor.{finding.subject}"),
                finding.place,
                call.speech(f"doctor.{finding.state}"),
                finding.found,
            ]
            for finding in findings
        ],
    )
    for finding in findings:
        for fault in finding.faults:
            told = call.speech.fault(fault)
            is_placed = told.startswith(finding.place)
            print(told if is_placed else f"{finding.place}: {told}")


def _form(finding: Finding) -> dict[str, Any]:
    return {
        "subject": finding.subject,
        "place": finding.place,
        "state": finding.state,
        "found": finding.found,
        "faults": [fault_form(fault) for fault in finding.faults],
    }
