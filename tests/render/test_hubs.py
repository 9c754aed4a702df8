"""Feeds name the hubs at which they can be subscribed to, and none where there is none."""

import json
from dataclasses import replace

import pytest
from lxml import etree

from feedsvc.render import atom, jsonfeed, rss
from tests.render import golden

ATOM = "{http://www.w3.org/2005/Atom}"
SEVERAL = ("https://a.example/", "https://b.example/?key=1&x=2")


@pytest.mark.parametrize("hubs", [(), SEVERAL[:1], SEVERAL], ids=len)
def test_every_format_names_every_hub(hubs: tuple[str, ...]) -> None:
    feed = replace(golden.feed("zh"), hubs=hubs)
    channel = etree.fromstring(rss.render(feed))[0]
    for parent in (channel, etree.fromstring(atom.render(feed))):
        links = parent.findall(f"{ATOM}link[@rel='hub']")
        assert tuple(link.get("href") for link in links) == hubs
    made = json.loads(jsonfeed.render(feed))
    named = [{"type": "WebSub", "url": hub} for hub in hubs]
    assert made.get("hubs", []) == named
    assert ("hubs" in made) is bool(hubs)
