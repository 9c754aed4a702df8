"""Words: the right catalog, placeholders that nothing can break, plurals."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.edition import words
from feedsvc.edition.words import Words
from feedsvc.errors import Code, Fault, Stage

CATALOG = """
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "greeting"
msgstr "{word}, 100%"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "labels.po").write_text(CATALOG.replace("{word}", "new {name}"))
    return tmp_path


def compiled(folder: Path, text: str) -> Path:
    other = folder / "other.po"
    other.write_text(text)
    made = folder / "labels.mo"
    made.write_bytes(words._compile(other))
    return made


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", "时政"), ("en", "Politics"), ("zh-Hant", "時政")],
)
def test_each_language_has_its_words(language: str, expected: str) -> None:
    assert Words.load(language).text("labels", "category.politics") == expected


def test_an_unknown_key_comes_back() -> None:
    assert Words.load("zh").text("labels", "no.such.key") == "no.such.key"
    assert not Words.load("zh").has("labels", "no.such.key")
    assert Words.load("zh").has("labels", "category.politics")


@given(st.text())
def test_what_fills_a_placeholder_is_inert(value: str) -> None:
    said = Words.load("en").text("labels", "byline.source", name=value)
    assert said == f"Source: {value}"


def test_a_placeholder_that_nothing_fills_stays() -> None:
    assert Words.load("en").text("labels", "byline.source") == "Source: {name}"


def test_what_is_filled_in_is_not_filled_again() -> None:
    said = Words.load("en").text("labels", "feed.title", category="{site}", site="S")
    assert said == "{site} – S"


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("en", 2, "2 articles"),
        ("zh", 1, "1 篇文章"),
        ("zh", 2, "2 篇文章"),
    ],
)
def test_numbers_take_their_plural(language: str, number: int, expected: str) -> None:
    assert Words.load(language).count("pages", "articles", number) == expected


def test_a_fault_is_told_with_its_arguments_whatever_they_are_called() -> None:
    fault = Fault(
        code=Code.E_TIMEOUT, stage=Stage.FETCH, args={"seconds": 20, "key": 1}
    )
    assert "20" in Words.load("en").fault(fault)
    assert "20" in Words.load("zh").fault(fault)


def test_a_source_is_compiled_in_memory(folder: Path) -> None:
    assert Words("en", folder).text("labels", "greeting", name="x") == "new x, 100%"


def test_a_fresh_compiled_catalog_is_taken(folder: Path) -> None:
    made = compiled(folder, CATALOG.replace("{word}", "compiled"))
    later = (folder / "labels.po").stat().st_mtime + 10
    os.utime(made, (later, later))
    assert Words("en", folder).text("labels", "greeting") == "compiled, 100%"


def test_a_stale_compiled_catalog_is_not(folder: Path) -> None:
    made = compiled(folder, CATALOG.replace("{word}", "stale"))
    os.utime(made, (1, 1))
    assert Words("en", folder).text("labels", "greeting", name="x") == "new x, 100%"


def test_a_wheel_has_compiled_catalogs_alone(folder: Path) -> None:
    compiled(folder, CATALOG.replace("{word}", "compiled"))
    (folder / "labels.po").unlink()
    assert Words("en", folder).text("labels", "greeting") == "compiled, 100%"


def test_a_compiled_catalog_costs_little_to_load(folder: Path) -> None:
    for number in range(20):
        made = compiled(folder, CATALOG)
        made.rename(folder / f"domain{number}.mo")
    began = time.process_time()
    for number in range(20):
        Words("en", folder).text(f"domain{number}", "greeting")
    assert (time.process_time() - began) / 20 < 0.01


def test_words_alone_load_no_babel() -> None:
    code = "import sys, feedsvc.edition.words; sys.exit('babel' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
