"""``feedsvc unhide``: an article that was hidden, published again."""

from feedsvc.app import articles
from feedsvc.cli.call import Call
from feedsvc.cli.commands.hide import tell

__all__ = ["command"]


def command(call: Call) -> int:
    """Let the article be published again, and say what was."""
    return tell(call, articles.unhide(call.where, call.options.article))
