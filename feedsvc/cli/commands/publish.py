"""``feedsvc publish``: render and switch what changed."""

import sys

from feedsvc.app import commands
from feedsvc.cli.call import Call
from feedsvc.cli.forms import publish_form

__all__ = ["command"]


def command(call: Call) -> int:
    """Publish, and say what was."""
    report = commands.publish(call.where, everything=call.options.all)
    if call.json:
        call.document(publish_form(report))
    else:
        for fault in report.faults:
            print(call.speech.fault(fault), file=sys.stderr)
        print(call.speech("collect.published", count=len(report.switched)))
    return int(report.failed)
