"""How a fault is told: on one line, with its next try, unable to act on a terminal."""

import logging
from datetime import UTC, datetime

import pytest

from feedsvc.cli import logs
from feedsvc.cli.speech import Speech, fault_form, printable
from feedsvc.errors import Code, Fault, Stage

EN, ZH = Speech.of({"FEEDSVC_LANG": "en"}), Speech.of({"FEEDSVC_LANG": "zh_CN"})
WHEN = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def fault(**fields: object) -> Fault:
    usual: dict[str, object] = {"code": Code.E_CONNECT, "stage": Stage.FETCH}
    return Fault(**(usual | fields))  # type: ignore[arg-type]  # the table's own types


def test_a_fault_is_place_words_next_try_and_code() -> None:
    told = EN.fault(
        fault(place="https://x.example/", args={"detail": "refused"}, retry_at=WHEN)
    )
    assert told.startswith("https://x.example/: ")
    assert "refused" in told
    assert "Next try: 2026-11-24 " in told
    assert told.endswith(" [E_CONNECT]")
    assert EN.fault(fault()).startswith(EN.words.fault(fault()))


def test_a_fault_of_the_configuration_names_the_path() -> None:
    args = {"path": "list.item", "detail": "x", "expected": "y"}
    wrong = fault(
        code=Code.E_CONFIG_VALUE, stage=Stage.CONFIG, place="a.toml:1:2", args=args
    )
    assert EN.fault(wrong).startswith("a.toml:1:2: list.item: ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 汉字 –", "plain 汉字 –"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("two\nlines\r", "two\\nlines\\r"),
        ("\u202eright to left", "\\u202eright to left"),
    ],
    ids=["plain", "escape", "lines", "bidi"],
)
def test_words_of_strangers_stay_on_their_line(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert EN.fault(fault(args={"detail": text})).count("\n") == 0
    assert shown in EN.fault(fault(args={"detail": text}))


def test_of_many_like_warnings_a_few_are_told_and_the_rest_counted() -> None:
    warnings = [fault(code=Code.W_ARTICLE, place=f"/{n}") for n in range(9)]
    errors = [fault(place=f"/e{n}") for n in range(5)]
    lines = list(EN.faults([*warnings, *errors]))
    assert [line.partition(":")[0] for line in lines[:8]] == [
        "/0", "/1", "/2", "/e0", "/e1", "/e2", "/e3", "/e4",
    ]  # fmt: skip
    [more] = lines[8:]
    assert "6" in more
    assert "[W_ARTICLE]" in more


def test_a_form_holds_both_languages() -> None:
    form = fault_form(fault(args={"detail": "refused"}, retry_at=WHEN))
    assert form["message"] == {
        "zh": ZH.words.fault(fault(args={"detail": "refused"})),
        "en": EN.words.fault(fault(args={"detail": "refused"})),
    }
    assert form["retry_at"] == "2026-11-24T08:00:00+00:00"
    assert fault_form(fault())["retry_at"] is None


def test_a_log_line_is_one_line_and_a_traceback_is_not() -> None:
    formatter = logs._OneLine("%(levelname)s %(message)s")

    def line(error: Exception | None = None) -> str:
        told = (type(error), error, None) if error else None
        args = ("a\n\x1b[31mb",)
        record = logging.LogRecord("x", logging.WARNING, "", 0, "title %s", args, told)
        return formatter.format(record)

    assert line() == "WARNING title a\\n\\x1b[31mb"
    assert line(ValueError("odd")).splitlines()[-1] == "ValueError: odd"
