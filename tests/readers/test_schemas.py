"""Every JSON and Atom feed is valid by a schema of its format."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from tests.main_job.corpus import CORPUS
from tests.readers.crawler import Crawled
from tests.render import golden

SCHEMA = json.loads(Path(__file__).with_name("jsonfeed.schema.json").read_bytes())
RNG = CORPUS.parent / "schema" / "atom.rng"


def wrong(document: Any) -> list[str]:
    """What the schema has against a JSON Feed, with its places."""
    found = Draft202012Validator(SCHEMA).iter_errors(document)
    return [f"{error.json_path}: {error.message}"[:200] for error in found]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", golden.LANGUAGES)
def test_json_feeds_of_every_feature_are_valid(language: str) -> None:
    assert wrong(json.loads((golden.FOLDER / f"{language}.json").read_bytes())) == []


@pytest.mark.integration
def test_every_json_feed_is_valid(crawled: Crawled) -> None:
    found = [f for f in crawled.values() if f.kind == "application/feed+json"]
    assert found
    for each in found:
        assert wrong(each.json) == [], each.url


@pytest.mark.integration
def test_every_atom_feed_is_valid(crawled: Crawled) -> None:
    if not RNG.is_file():
        pytest.skip("needs ../shared/schema/atom.rng")
    schema = etree.RelaxNG(etree.parse(RNG))
    found = [f for f in crawled.values() if f.kind == "application/atom+xml"]
    assert found
    for each in found:
        assert schema.validate(each.xml), (each.url, schema.error_log)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("version", "https://jsonfeed.org/version/1"),
        ("title", None),
        ("title", " "),
        ("feed_url", "/zh/all/feed.json"),
        ("language", "zh_CN"),
        ("authors", [{"url": "https://feeds.example.org/"}]),
        ("author", {"name": "deprecated in 1.1"}),
        ("hubs", [{"url": "https://feeds.example.org/hub"}]),
        ("items.0.id", 1),
        ("items.0.id", "tag:feeds.example.org:without-a-date"),
        ("items.0.url", "javascript:alert(1)"),
        ("items.0.date_published", "2021-11-05 08:30:00"),
        ("items.0.date_published", "2021-11-05T08:30:00"),
        ("items.0.date_modified", "2021-13-05T08:30:00Z"),
        ("items.0.tags", ["本地", "本地"]),
        ("items.0.content", "not a name of the format"),
        ("items.0.attachments", [{"url": "https://example.org/a.mp3"}]),
        ("items.0._feedsvc.precision", "hour"),
        ("items.0._feedsvc.alternates", []),
    ],
)
def test_a_wrong_json_feed_is_told(place: str, value: object) -> None:
    document = json.loads((golden.FOLDER / "zh.json").read_bytes())
    *parents, name = (int(key) if key.isdigit() else key for key in place.split("."))
    holder = document
    for key in parents:
        holder = holder[key]
    if value is None:
        del holder[name]
    else:
        holder[name] = value
    assert len(wrong(document)) == 1
