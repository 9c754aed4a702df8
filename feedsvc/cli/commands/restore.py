"""``feedsvc restore``: the state of a backup in the place of what is there."""

from feedsvc.app import backups
from feedsvc.cli.call import Call

__all__ = ["command"]


def command(call: Call) -> int:
    """Restore and publish, and say what was."""
    report = backups.restore(call.where, call.options.file)
    print(call.speech("restore.done", path=str(call.options.file)))
    for fault in report.faults:
        call.fault(fault)
    print(call.speech("collect.published", count=len(report.switched)))
    return int(report.failed)
