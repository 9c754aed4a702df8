"""The command line: words and tables for people, no logic."""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is as contract, section 1, says."""
    from feedsvc.cli.dispatch import dispatch

    return dispatch(sys.argv[1:] if argv is None else argv)
