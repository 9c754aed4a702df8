"""The most used of readers finds in our feeds what we put in; others: tests/readers."""

import feedparser
import pytest

from tests.render import golden

LANGUAGES = pytest.mark.parametrize("language", golden.LANGUAGES)
FORMS = pytest.mark.parametrize("form", ["rss", "atom"])


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
