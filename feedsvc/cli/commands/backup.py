"""``feedsvc backup``: all state in one file."""

from feedsvc.app import backups
from feedsvc.cli.call import Call

__all__ = ["command"]


def command(call: Call) -> int:
    """Write the file, and say how large it is."""
    size = backups.back_up(call.where, call.options.file)
    megabytes = f"{size / 1e6:.1f}"
    print(call.speech("backup.done", path=str(call.options.file), size=megabytes))
    return 0
