"""``feedsvc extract``: saved pages → Article JSON, one a line."""

import json

from feedsvc.app import commands
from feedsvc.cli.call import Call

__all__ = ["command"]


def command(call: Call) -> int:
    """Print a line for each page, in the order given; 1 when some page gave none."""
    options = call.options
    pages = commands.pages(options.file, options.url, options.manifest)
    refused = False
    for form in commands.extract(call.where, pages, options.source):
        refused = refused or "error" in form
        print(json.dumps(form, ensure_ascii=False))
    return int(refused)
