"""A bar where a person watches; nothing where none does."""

import argparse
import io
from contextlib import redirect_stderr

import pytest

from feedsvc.app.place import place
from feedsvc.cli.call import Call
from feedsvc.cli.progress import progress
from feedsvc.cli.speech import Speech
from feedsvc.collect.report import VisitReport


class Terminal(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "json", "shown"),
    [(Terminal, False, True), (Terminal, True, False), (io.StringIO, False, False)],
    ids=["terminal", "for a machine", "pipe"],
)
def test_a_bar_is_for_people(
    monkeypatch: pytest.MonkeyPatch,
    stream: type[io.StringIO],
    json: bool,  # noqa: FBT001 -- a parameter of the table
    shown: bool,  # noqa: FBT001 -- a parameter of the table
) -> None:
    seen = stream()
    monkeypatch.setenv("TERM", "xterm")
    where = place(None, None, {})
    call = Call(argparse.Namespace(json=json), where, Speech.of({}))
    with redirect_stderr(seen), progress(call, total=2) as told:
        told(VisitReport(source="river", state="changed"))
    assert bool(seen.getvalue()) == shown
    assert ("visiting" in seen.getvalue() or "river" in seen.getvalue()) == shown
