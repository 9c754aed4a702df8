"""One call of the command line: its options, its place, and how it speaks."""

import argparse
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.app.place import Place
from feedsvc.cli.speech import Speech, printable
from feedsvc.errors import Fault

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Call"]


@dataclass(frozen=True)
class Call:
    """What a command gets, and what it says with."""

    options: argparse.Namespace
    where: Place
    speech: Speech

    @property
    def json(self) -> bool:
        """Whether machines read stdout: then one document and nothing else."""
        return bool(getattr(self.options, "json", False))

    @cached_property
    def console(self) -> "Console":
        """Tables and colours on stdout; plain and never cut when it is no terminal."""
        from rich.console import Console

        width = None if sys.stdout.isatty() else 10_000
        return Console(soft_wrap=True, highlight=False, width=width)

    def say(self, key: str, **args: str | float) -> None:
        """One line for people on stderr."""
        print(self.speech(key, **args), file=sys.stderr)

    def fault(self, fault: Fault) -> None:
        """What went wrong, for people on stderr."""
        print(self.speech.fault(fault), file=sys.stderr, flush=True)

    def document(self, form: object) -> None:
        """The one JSON document on stdout."""
        json.dump(form, sys.stdout, ensure_ascii=False, indent=2, default=str)
        print()

    def page(self, body: bytes) -> None:
        """A stranger's page on stdout: its own bytes, but to no terminal."""
        if not sys.stdout.isatty():
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            return
        for line in body.decode(errors="replace").splitlines():
            print(printable(line))

    def table(self, columns: list[str], rows: list[list[Any]]) -> None:
        """A table whose headings come from the catalog (``column.*``)."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(self.speech(f"column.{column}"), overflow="fold")
        for row in rows:
            table.add_row(
                *(Text("" if cell is None else printable(str(cell))) for cell in row)
            )
        self.console.print(table)
