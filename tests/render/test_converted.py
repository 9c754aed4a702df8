"""A conversion says in every format what it was converted from."""

import json

from lxml import etree

from feedsvc.render import atom, jsonfeed, rss
from tests.render import golden

ORIGINAL = "tag:feeds.example.org,2026:0123456789abcdef0123456789abcdef"
VERSION = "{http://purl.org/dc/terms/}isVersionOf"
NS = {"a": "http://www.w3.org/2005/Atom"}


def test_rss_and_atom_say_of_which_entry_it_is_a_version() -> None:
    for render, entries in ((rss.render, "channel/item"), (atom.render, "a:entry")):
        made = etree.fromstring(render(golden.feed("zh-Hant")))
        first, english, bare = made.findall(entries, NS)
        assert first.findtext(VERSION) == ORIGINAL
        assert english.find(VERSION) is None
        assert bare.find(VERSION) is not None
        for language in ("zh", "en"):
            plain = etree.fromstring(render(golden.feed(language)))
            assert not list(plain.iter(VERSION))


def test_json_names_the_original_and_its_language() -> None:
    items = json.loads(jsonfeed.render(golden.feed("zh-Hant")))["items"]
    assert items[0]["_feedsvc"]["converted_from"] == {"id": ORIGINAL, "language": "zh"}
    assert items[0]["language"] == "zh-Hant"
    assert "converted_from" not in items[1]["_feedsvc"]


def test_atom_links_the_original_page_as_what_it_is() -> None:
    made = etree.fromstring(atom.render(golden.feed("zh-Hant")))
    link = made.find("a:entry/a:link[@hreflang='zh']", NS)
    assert link is not None
    assert link.get("href") == "https://news.example.org/2021/11/05/1.html"
