"""``feedsvc demo``: the whole main job on this machine, offline."""

import sys

from feedsvc.app import demo
from feedsvc.cli.call import Call
from feedsvc.cli.commands.collect import tell
from feedsvc.cli.progress import progress

__all__ = ["command"]


def command(call: Call) -> int:
    """One cycle and the table of feeds; then, without ``--once``, serve and go on."""
    options = call.options
    call.say("demo.begin")
    with demo.Demo(options.data, options.port) as show:
        with progress(call, total=show.sources) as told:
            report = show.cycle(told)
        tell(call, report)
        call.table(
            ["feed", "items", "address"],
            [[feed.title, feed.entries, feed.address] for feed in show.feeds()],
        )
        failing = sorted({v.source for v in report.visits if v.state == "failed"})
        print(call.speech("demo.failing", sources=", ".join(failing)), file=sys.stderr)
        if options.once:
            return 0
        show.serve(lambda url: call.say("demo.serving", url=url))
    return 0
