"""``feedsvc run``: the service."""

from feedsvc.app import service
from feedsvc.cli.call import Call
from feedsvc.cli.logs import configure

__all__ = ["command"]


def command(call: Call) -> int:
    """Schedule, collect, publish and serve until told to stop."""
    configure(call)
    service.run(
        call.where, lambda url: call.say("run.serving", url=url), tell=call.fault
    )
    return 0
