"""``feedsvc check``: is the configuration right?"""

from feedsvc.app.place import load
from feedsvc.cli.call import Call
from feedsvc.cli.speech import fault_form
from feedsvc.errors import ConfigError

__all__ = ["command"]


def command(call: Call) -> int:
    """Print every fault, or what the configuration holds."""
    try:
        config = load(call.where)
    except ConfigError as error:
        if not call.json:
            raise
        faults = [fault_form(fault) for fault in error.faults]
        call.document({"ok": False, "faults": faults})
        return 2
    if call.json:
        call.document({"ok": True, "faults": []})
    else:
        print(
            call.speech(
                "check.ok",
                path=str(call.where.config),
                sources=len(config.sources),
                categories=len(config.categories),
            )
        )
    return 0
