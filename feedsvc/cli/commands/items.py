"""``feedsvc items``: a saved list → one JSON line an item."""

import json

from feedsvc.app import commands
from feedsvc.cli.call import Call

__all__ = ["command"]


def command(call: Call) -> int:
    """Print a line for each item, in page order."""
    for form in commands.items(call.options.file, call.options.url):
        print(json.dumps(form, ensure_ascii=False))
    return 0
