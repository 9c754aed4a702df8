"""Logs of the running service: one line an event, on stderr."""

import logging
import sys

from feedsvc.cli.call import Call
from feedsvc.cli.speech import printable

__all__ = ["configure"]


class _OneLine(logging.Formatter):
    """Texts of strangers stay on their line and cannot speak to the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a traceback alone may have several."""
        line = super().format(record)
        if record.exc_info:
            return line
        return printable(line)


def configure(_call: Call) -> None:
    """Send what the service reports to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("httpx", "alembic", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # That a tick outlasts the next is no trouble: that one is left out.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
