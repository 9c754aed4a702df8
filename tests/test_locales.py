"""The catalogs: whole, alike in every language, and what the code asks for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from feedsvc.errors import Code
from feedsvc.model.config import VOCABULARY
from locales import derive

REPO = Path(__file__).resolve().parent.parent
LOCALES = REPO / "locales"
PLURALS = {"zh": 1, "en": 2, "zh_Hant": 1}
DOMAINS = sorted(path.stem for path in LOCALES.glob("zh/LC_MESSAGES/*.po"))
FOLDERS = pytest.mark.parametrize("folder", PLURALS)
EACH = pytest.mark.parametrize("domain", DOMAINS)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
PERCENT = re.compile(r"%(?:\(\w+\))?[sr]")


def source(folder: str, domain: str) -> Path:
    return LOCALES / folder / "LC_MESSAGES" / f"{domain}.po"


def catalog(folder: str, domain: str) -> Catalog:
    with source(folder, domain).open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(folder: str, domain: str) -> dict[str, Message]:
    return {key_of(m): m for m in catalog(folder, domain) if m.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


def placeholders(message: Message) -> set[str]:
    return {name for form in forms(message) for name in PLACEHOLDER.findall(form)}


def code_keys() -> Iterator[tuple[str, str]]:
    """Every (domain, key) that product code and templates write out."""
    for path in sorted((REPO / "feedsvc").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from asked(node)
    for template in sorted((REPO / "feedsvc/render/templates").iterdir()):
        text = template.read_text(encoding="utf-8")
        yield from re.findall(r'words\.\w+\("(\w+)", "([\w.-]+)"\s*[,)]', text)


def asked(call: ast.Call) -> Iterator[tuple[str, str]]:
    """``words.text("labels", "key")``, ``words.count(…)``; in cli/ ``speech("key")``."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    said = [a.value for a in call.args if isinstance(a, ast.Constant)]
    stated = [value for value in said if isinstance(value, str)]
    if name in {"text", "count", "has"} and len(stated) == 2 and stated[0] in DOMAINS:
        yield stated[0], stated[1]
    if name in {"say", "speech", "self"} and len(stated) == 1:
        yield "cli", stated[0]


def test_every_language_has_the_same_domains() -> None:
    for folder in PLURALS:
        found = {path.stem for path in (LOCALES / folder).rglob("*.po")}
        assert found == set(DOMAINS), folder


@FOLDERS
@EACH
def test_a_catalog_says_its_language_and_plurals(domain: str, folder: str) -> None:
    made = catalog(folder, domain)
    assert str(made.locale_identifier) == folder
    assert made.num_plurals == PLURALS[folder]
    assert made.charset == "utf-8"


@EACH
def test_zh_and_en_have_the_same_keys(domain: str) -> None:
    assert messages("zh", domain).keys() == messages("en", domain).keys()


@FOLDERS
@EACH
def test_nothing_is_empty_or_fuzzy(domain: str, folder: str) -> None:
    for key, message in messages(folder, domain).items():
        assert not message.fuzzy, key
        assert all(form.strip() for form in forms(message)), key
        plural = isinstance(message.id, tuple)
        assert len(forms(message)) == (PLURALS[folder] if plural else 1), key


@EACH
def test_zh_and_en_have_the_same_placeholders(domain: str) -> None:
    en = messages("en", domain)
    for key, message in messages("zh", domain).items():
        assert placeholders(message) == placeholders(en[key]), key


@FOLDERS
def test_argparse_finds_its_placeholders(folder: str) -> None:
    for key, message in messages(folder, "argparse").items():
        there = set(PERCENT.findall(key))
        for form in forms(message):
            found = set(PERCENT.findall(form))
            assert found <= there, key
            assert found >= there & {"%s", "%r"}, key  # these have to be taken


@FOLDERS
@EACH
def test_braces_are_placeholders(domain: str, folder: str) -> None:
    for key, message in messages(folder, domain).items():
        for form in forms(message):
            assert not set("{}") & set(PLACEHOLDER.sub("", form)), key


@FOLDERS
@EACH
def test_each_key_stands_once(domain: str, folder: str) -> None:
    text = source(folder, domain).read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "(.*)"', text, re.MULTILINE)
    assert len(keys) == len(set(keys))


@EACH
def test_zh_hant_is_derived_from_zh(domain: str) -> None:
    """If not: ``make catalogs``."""
    text = source("zh", domain).read_text(encoding="utf-8")
    assert source("zh_Hant", domain).read_text(encoding="utf-8") == derive.derived(text)


def test_every_key_that_the_code_asks_for_exists() -> None:
    keys = set(code_keys())
    assert {"labels", "pages", "cli"} <= {domain for domain, _ in keys}
    for domain, key in sorted(keys):
        assert key in messages("zh", domain), f"{domain}: {key}"


def test_every_word_of_the_pages_is_said() -> None:
    languages = {f"language.{tag}" for tag in ("zh", "en", "zh-Hant")}
    asked_for = {key for domain, key in code_keys() if domain == "pages"}
    assert set(messages("zh", "pages")) == asked_for | languages


def test_every_code_has_its_message_and_the_reverse() -> None:
    assert set(messages("zh", "faults")) == set(Code)


def test_every_topic_of_the_vocabulary_has_a_label() -> None:
    expected = {f"category.{term}" for term in (*VOCABULARY, "all", "local")}
    labels = set(messages("zh", "labels"))
    assert {key for key in labels if key.startswith("category.")} == expected


def test_english_words_are_in_latin_letters() -> None:
    for domain in DOMAINS:
        for key, message in messages("en", domain).items():
            if not key.startswith("language."):
                said = "".join(forms(message))
                assert not re.search(r"[\u3400-\u9fff\uff00-\uffef]", said), key
