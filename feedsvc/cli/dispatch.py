"""From the words typed to the command, and from its end to the exit code."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from json import dumps
from typing import Any

from feedsvc.app.place import place
from feedsvc.cli.call import Call
from feedsvc.cli.parser import parser
from feedsvc.cli.speech import Speech, fault_form
from feedsvc.errors import (
    Code,
    ConfigError,
    Fault,
    FeedsvcError,
    Stage,
    UsageError,
)

__all__ = ["dispatch"]

WRONG_CALL = 2
FAILED = 1


def dispatch(argv: Sequence[str]) -> int:
    """Run the command that ``argv`` names."""
    speech = Speech.of(os.environ)
    try:
        options = parser(speech).parse_args(argv)
    except UsageError as error:
        _tell(error, speech, json="--json" in argv)
        return WRONG_CALL
    where = place(options.config, options.data, os.environ)
    call = Call(options, where, speech)
    if where.shipped and _configured(call):
        call.say("shipped", path=str(where.config))
    try:
        with _ending_at_once():
            command = _command(options.command)
        code = command(call)
        sys.stdout.flush()
    except (ConfigError, UsageError) as error:
        _tell(error, speech, json=call.json)
        return WRONG_CALL
    except FeedsvcError as error:
        _tell(error, speech, json=call.json)
        return FAILED
    except BrokenPipeError:
        # The reader of our pipe had enough (signal(7)); nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        _tell(FeedsvcError(_refused(error)), speech, json=call.json)
        return FAILED
    except KeyboardInterrupt:
        return 130  # 128 + SIGINT, as shells count
    return code


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process as it is: while it imports there is nothing to tidy.

    The import system swallows a KeyboardInterrupt in some places.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _configured(call: Call) -> bool:
    """Whether the command looks at the configuration at all."""
    if call.options.command == "extract":
        return call.options.source is not None
    return call.options.command not in ("demo", "items")


def _command(name: str) -> Callable[[Call], int]:
    from importlib import import_module

    module = import_module(f"feedsvc.cli.commands.{name}")
    command: Callable[[Call], int] = module.command
    return command


def _refused(error: OSError) -> Fault:
    """What the system would not do, such as write to the data directory."""
    path = str(error.filename or "")
    detail = error.strerror or str(error)
    args = {"path": path, "detail": detail}
    return Fault(code=Code.E_FILE, stage=Stage.STORE, place=path, args=args)


def _tell(error: FeedsvcError, speech: Speech, *, json: bool) -> None:
    if json:
        forms: list[dict[str, Any]] = [fault_form(fault) for fault in error.faults]
        print(dumps({"faults": forms}, ensure_ascii=False))
    for fault in error.faults:
        print(speech.fault(fault), file=sys.stderr)
