"""The caller's language, and how a fault is told in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from feedsvc.edition.words import Words
from feedsvc.errors import Code, Fault, Stage

__all__ = ["LANGUAGES", "Speech", "fault_form", "printable", "reason"]

LANGUAGES = ("zh", "en")

_WARNINGS = 3
"""Warnings of one code that a person is told one by one."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things from the catalog ``cli``: ``speech("help.run")``."""

    words: Words

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Speech":
        """The language that the environment asks for (POSIX locale variables)."""
        names = ("FEEDSVC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
        asked = next((environ[n] for n in names if environ.get(n)), "")
        return cls(Words.load("zh" if asked.startswith("zh") else "en"))

    def __call__(self, key: str, **args: str | float) -> str:
        """The words for ``key``."""
        return self.words.text("cli", key, **args)

    def fault(self, fault: Fault) -> str:
        """One line: place, path, what is wrong and what would be right, next try."""
        line = self.words.fault(fault)
        path = fault.args.get("path")
        if fault.stage is Stage.CONFIG and path and fault.code is not Code.E_FILE:
            line = f"{path}: {line}"
        if fault.place:
            line = f"{fault.place}: {line}"
        if fault.retry_at:
            when = fault.retry_at.astimezone().strftime("%Y-%m-%d %H:%M")
            line = self("retry", line=line, when=when)
        return printable(f"{line} [{fault.code}]")

    def faults(self, faults: Iterable[Fault]) -> Iterator[str]:
        """Every error, and of each kind of warning the first few and how many more.

        A list whose pages all refuse would bury what else there is to say; ``--json``
        and ``feedsvc status`` have them one by one.
        """
        told: Counter[Code] = Counter()
        for fault in faults:
            told[fault.code] += 1
            if fault.is_error or told[fault.code] <= _WARNINGS:
                yield self.fault(fault)
        for code, count in told.items():
            if code.startswith("W_") and count > _WARNINGS:
                yield self("collect.more", count=count - _WARNINGS, code=code)


def reason(other: Mapping[str, str], words: Words) -> str:
    """Why something else that was said of a field was not taken."""
    key = other.get("code", other["why"])
    return words.text("cli", f"why.{key}", winner=other["winner"])


def printable(text: str) -> str:
    """Texts of strangers on one line, unable to speak to the terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def fault_form(fault: Fault) -> dict[str, Any]:
    """The JSON form of a fault, its message in zh and en."""
    return {
        "code": str(fault.code),
        "stage": str(fault.stage),
        "source": fault.source,
        "place": fault.place,
        "args": dict(fault.args),
        "message": {tag: Words.load(tag).fault(fault) for tag in LANGUAGES},
        "retry_at": fault.retry_at and fault.retry_at.isoformat(timespec="seconds"),
    }
