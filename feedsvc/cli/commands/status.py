"""``feedsvc status``: how is every source, and every feed?"""

from feedsvc.app import commands
from feedsvc.cli.call import Call
from feedsvc.cli.forms import status_form

__all__ = ["command"]
