"""Codes, their words in every language and their documentation stay in step."""

import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from feedsvc.errors import Code

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "zh")
CODES = sorted(Code)

ARGUMENTS = {
    "E_TIMEOUT": {"seconds"},
    "E_TOO_BIG": {"limit"},
    "E_ADDRESS": {"host"},
    "E_CONNECT": {"detail"},
    "E_DNS": {"host"},
    "E_TLS": {"detail"},
    "E_PROTOCOL": {"detail"},
    "E_ENCODING_HTTP": {"coding"},
    "E_REDIRECT": {"detail"},
    "E_ROBOTS": {"agent"},
    "E_NOT_FOUND": {"status"},
    "E_FORBIDDEN": {"status"},
    "E_THROTTLED": {"status"},
    "E_SERVER": {"status"},
    "E_STATUS": {"status"},
    "E_BLOCKED": {"evidence"},
    "E_ENCODING": {"declared"},
    "E_EXTRACT": {"detail"},
    "E_NOT_A_FEED": {"found"},
    "E_NO_LIST": {"tried"},
    "E_SELECTOR_TIMEOUT": {"rule"},
    "W_ARTICLE": {"detail"},
    "W_CRAWL_DELAY": {"seconds"},
    "W_LANGUAGE": {"expected", "found"},
    "W_DOUBTED": {"since"},
    "W_LOST": {"days"},
    "W_MOVED": {"to"},
    "W_NEVER_304": {"times"},
    "W_BOZO": {"detail"},
    "W_CAPPED": {"limit"},
    "W_ENCODING": {"declared", "encoding"},
    "W_LAYOUT": {"rule"},
    "W_DATE_JUMP": {"count", "listed", "example", "before", "now"},
    "W_SAME_ID": {"id"},
    "W_SAME_TEXT": {"former"},
    "W_STRANGERS": {"new", "example"},
    "W_GARBLED": {"evidence", "encoding"},
    "W_DRIFT": {"field", "before", "now", "since"},
    "E_CALL": {"detail", "help"},
    "E_SOURCE_UNKNOWN": {"id", "nearest"},
    "E_NO_RECORD": {"source"},
    "E_IDS": {"count", "title"},
    "E_FILE": {"path", "detail"},
    "E_LOCKED": {"path", "pid"},
    "E_PORT": {"host", "port"},
    "E_HUB_BUSY": {"host"},
    "E_HUB_REQUEST": {"field", "expected"},
    "W_HUB_SECRET": {"host"},
    "W_HUB_UNCONFIRMED": {"host", "detail"},
    "W_PING": {"host", "detail"},
    "W_PUSH": {"host", "detail"},
    "E_BACKUP": {"detail"},
    "E_OUTPUT": {"path", "detail"},
    "E_RENDER": {"detail"},
    "E_UNEXPECTED": {"detail"},
    "W_CLOCK": {"seconds"},
    "W_DISK": {"free", "needed"},
}
"""What whoever makes a fault puts into it, where a family does not say it below."""

FAMILIES = {
    "W_DATE": {"text"},
    "E_CONFIG": {"path", "detail", "expected"},
    "E_DB": {"detail"},
}


@cache
def catalog(language: str) -> Catalog:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "faults.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def arguments(code: str) -> set[str]:
    family = next((words for f, words in FAMILIES.items() if code.startswith(f)), set())
    return ARGUMENTS.get(code, family)


@pytest.fixture(scope="module", params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    return {
        str(message.id): str(message.string)
        for message in catalog(request.param)
        if message.id
    }


def test_every_code_has_words_and_no_words_lack_a_code(words: dict[str, str]) -> None:
    assert sorted(words) == CODES


@pytest.mark.parametrize("code", CODES)
def test_words_are_there_and_ask_only_for_what_the_fault_holds(
    words: dict[str, str], code: str
) -> None:
    assert words[code].strip()
    assert placeholders(words[code]) <= arguments(code)


def test_no_words_are_doubtful() -> None:
    for language in LANGUAGES:
        assert not [message.id for message in catalog(language) if message.fuzzy]


@pytest.mark.parametrize("code", CODES)
def test_languages_ask_for_the_same(code: str) -> None:
    texts = [str(catalog(language)[code].string) for language in LANGUAGES]
    assert len({frozenset(placeholders(text)) for text in texts}) == 1


def test_chinese_words_are_chinese() -> None:
    for message in catalog("zh"):
        assert re.search(r"[一-鿿]", str(message.string)) or not message.id


def test_every_code_is_documented_once_in_full() -> None:
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([EW]_\w+)` \|(.*)\|$", text, re.MULTILINE)
    assert sorted(code for code, _ in rows) == CODES
    for code, row in rows:
        cells = [cell.strip() for cell in row.split(" | ")]
        assert len(cells) == 4, code
        assert all(cells), code
