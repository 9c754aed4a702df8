"""``feedsvc release``: publish what was held back."""

from feedsvc.app import articles
from feedsvc.cli.call import Call
from feedsvc.cli.commands.hide import tell

__all__ = ["command"]


def command(call: Call) -> int:
    """Release the article or the source's next list, and say what follows."""
    said = articles.release(call.where, call.options.held)
    if said is None:
        print(call.speech("release.list", source=call.options.held))
        return 0
    return tell(call, said)
