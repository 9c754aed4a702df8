"""Readers of other makes find in our feeds what we put in."""

import json
import subprocess
from pathlib import Path
from typing import Any

import atoma
import feedparser
import pytest

from feedsvc.render import atom, rss
from tests.readers import npm
from tests.render import golden

LANGUAGES = pytest.mark.parametrize("language", golden.LANGUAGES)
FORMS = pytest.mark.parametrize("form", ["rss", "atom"])


@pytest.fixture(scope="session")
def rss_parser() -> Path:
    """A script over the npm package rss-parser."""
    npm.installed("rss-parser")
    return npm.HERE / "read.js"


@FORMS
@LANGUAGES
def test_feedparser_reads_everything(form: str, language: str) -> None:
    feed = golden.feed(language)
    read = feedparser.parse(golden.RENDER[form](feed))
    assert not read.bozo
    assert read.feed.title == feed.title
    assert read.feed.link == f"https://feeds.example.org/{language}/local/"
    for entry, told in zip(feed.entries, read.entries, strict=True):
        assert (told.id, told.link, told.title) == (entry.id, entry.url, entry.title)
        assert told.published_parsed[:6] == entry.published.utctimetuple()[:6]
        assert told.content[0].value == entry.content_html
        assert [tag.label or tag.term for tag in told.get("tags", [])] == [
            category.label for category in entry.categories
        ]
        assert told.source.title == entry.source_name


def test_atoma_reads_rss() -> None:
    feed = golden.feed("zh")
    read = atoma.parse_rss_bytes(rss.render(feed))
    assert (read.title, read.language) == (feed.title, "zh-CN")
    assert [
        (item.guid, item.title, item.link, item.pub_date, item.content_encoded)
        for item in read.items
    ] == [(e.id, e.title, e.url, e.published, e.content_html) for e in feed.entries]


# atoma tests elements for truth, which Python 3.12 deprecates
@pytest.mark.filterwarnings("ignore::DeprecationWarning:atoma")
def test_atoma_reads_atom() -> None:
    feed = golden.feed("en")
    read = atoma.parse_atom_bytes(atom.render(feed))
    assert (read.id_, read.title.value, read.updated) == (
        feed.id,
        feed.title,
        feed.updated,
    )
    assert [
        (e.id_, e.title.value, e.links[0].href, e.published, e.content.value)
        for e in read.entries
    ] == [(e.id, e.title, e.url, e.published, e.content_html) for e in feed.entries]
    assert [a.name for a in read.entries[0].authors] == list(feed.entries[0].authors)


@pytest.mark.integration
@FORMS
@LANGUAGES
def test_rss_parser_reads_everything(
    form: str, language: str, rss_parser: Path
) -> None:
    feed = golden.feed(language)
    done = subprocess.run(
        ["node", rss_parser],
        input=golden.RENDER[form](feed),
        capture_output=True,
        check=True,
    )
    read: dict[str, Any] = json.loads(done.stdout)
    assert read["title"] == feed.title
    for entry, told in zip(feed.entries, read["items"], strict=True):
        assert (told["title"], told["link"]) == (entry.title, entry.url)
        assert (told["guid"] if form == "rss" else told["id"]) == entry.id
        text = told["content:encoded" if form == "rss" else "content"]
        assert text == entry.content_html
