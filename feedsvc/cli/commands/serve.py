"""``feedsvc serve``: the published tree over HTTP, and nothing else."""

from feedsvc.app import front
from feedsvc.cli.call import Call
from feedsvc.cli.logs import configure

__all__ = ["command"]


def command(call: Call) -> int:
    """Serve until told to stop."""
    configure(call)
    front.serve(call.where, lambda url: call.say("run.serving", url=url))
    return 0
