"""``feedsvc extract``: saved pages → Article JSON, one a line."""

import json
import sys

from feedsvc.app import commands
from feedsvc.cli.call import Call

__all__ = ["command"]


def command(call: Call) -> int:
    """Print a line for each page, in the order given; 1 when some page gave none."""
    options = call.options
    pages = commands.pages(options.file, options.url, options.manifest)
    refused = False
    for read in commands.extract(call.where, pages, options.source):
        print(json.dumps(read.form, ensure_ascii=False))
        if read.fault:
            refused = True
            print(call.speech.fault(read.fault), file=sys.stderr)
    return int(refused)
