"""What can be typed."""

import argparse
import gettext
import os
from pathlib import Path
from typing import Never

from feedsvc import __version__, bundled
from feedsvc.cli.speech import Speech
from feedsvc.errors import Code, Fault, Stage, UsageError

__all__ = ["parser"]


def parser(speech: Speech) -> argparse.ArgumentParser:
    """The whole grammar; help and refusals (UsageError) in the caller's language."""
    _translate(speech.words.language)
    top = _Parser(prog="feedsvc", description=speech("about"))
    top.add_argument(
        "--version",
        action="version",
        version=f"feedsvc {__version__}",
        help=speech("help.version"),
    )
    top.add_argument("--config", metavar="DIR", help=speech("help.config"))
    top.add_argument("--data", metavar="DIR", help=speech("help.data"))
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, *, json: bool = False) -> argparse.ArgumentParser:
        about = speech(f"help.{name}")
        made = commands.add_parser(name, help=about, description=about)
        if json:
            made.add_argument("--json", action="store_true", help=speech("help.json"))
        return made

    command("run")
    _demo(command("demo"), speech)
    collect = command("collect", json=True)
    collect.add_argument(
        "source", nargs="*", metavar="SOURCE", help=speech("help.sources")
    )
    publish = command("publish", json=True)
    publish.add_argument("--all", action="store_true", help=speech("help.all"))
    command("serve")
    command("check", json=True)
    preview = command("preview", json=True)
    preview.add_argument("target", metavar="SOURCE|URL", help=speech("help.target"))
    preview.add_argument(
        "--limit", type=number, default=10, metavar="N", help=speech("help.limit")
    )
    add = command("add", json=True)
    add.add_argument("url", metavar="URL", help=speech("help.site"))
    add.add_argument("--write", action="store_true", help=speech("help.write"))
    _extract(command("extract"), speech)
    items = command("items")
    items.add_argument("file", type=Path, metavar="FILE", help=speech("help.file"))
    items.add_argument("--url", required=True, help=speech("help.url"))
    diff = command("diff", json=True)
    diff.add_argument("--accept", action="store_true", help=speech("help.accept"))
    record = command("record")
    record.add_argument("source", metavar="SOURCE", help=speech("help.source"))
    record.add_argument(
        "--limit", type=number, default=10, metavar="N", help=speech("help.limit")
    )
    test = command("test", json=True)
    test.add_argument(
        "source", nargs="*", metavar="SOURCE", help=speech("help.sources")
    )
    hide = command("hide")
    unhide = command("unhide")
    for made in (hide, unhide):
        made.add_argument("article", metavar="ID|URL", help=speech("help.article"))
    hide.add_argument("--reason", metavar="TEXT", help=speech("help.reason"))
    release = command("release")
    release.add_argument("held", metavar="ID|URL|SOURCE", help=speech("help.held"))
    command("doctor", json=True)
    for name in ("backup", "restore"):
        command(name).add_argument(
            "file", type=Path, metavar="FILE", help=speech("help.backup_file")
        )
    status = command("status", json=True)
    status.add_argument("--page", metavar="SOURCE", help=speech("help.page"))
    return top


class _Parser(argparse.ArgumentParser):
    """Refuses a wrong call as everything else is refused: by a fault."""

    def error(self, message: str) -> Never:
        """What argparse does with a call that it does not understand."""
        args = {"detail": message, "help": f"{self.prog} --help"}
        raise UsageError(Fault(code=Code.E_CALL, stage=Stage.CONFIG, args=args))


def _translate(language: str) -> None:
    """Have argparse speak ``language``: it asks gettext for the process's own domain."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("argparse", str(bundled.directory("locales")))
    gettext.textdomain("argparse")


def _demo(made: argparse.ArgumentParser, speech: Speech) -> None:
    made.add_argument("--once", action="store_true", help=speech("help.once"))
    made.add_argument("--port", type=port, metavar="N", help=speech("help.port"))


def _extract(made: argparse.ArgumentParser, speech: Speech) -> None:
    pages = made.add_mutually_exclusive_group(required=True)
    pages.add_argument(
        "file",
        nargs="*",
        type=Path,
        default=[],
        metavar="FILE",
        help=speech("help.file"),
    )
    pages.add_argument(
        "--manifest", type=Path, metavar="F.jsonl", help=speech("help.manifest")
    )
    made.add_argument("--url", help=speech("help.url"))
    made.add_argument("--source", metavar="ID", help=speech("help.source"))


def number(text: str) -> int:
    """A number of things; ValueError when it is none."""
    read = int(text)
    if read < 1:
        raise ValueError(text)
    return read


def port(text: str) -> int:
    """A TCP port; 0 is any that is free."""
    read = int(text)
    if not 0 <= read < 1 << 16:
        raise ValueError(text)
    return read
