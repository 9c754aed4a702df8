"""A progress bar for a cycle, where a person watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from feedsvc.cli.call import Call

__all__ = ["progress"]


@contextmanager
def progress(call: Call, total: int | None = None) -> Iterator[Callable[..., None]]:
    """Gives what to call with each visit's report; silent where no terminal is."""
    if call.json or not sys.stderr.isatty():
        yield lambda _report: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(call.speech("collect.visiting"), total=total)
        yield lambda report: bar.update(task, advance=1, description=report.source)
