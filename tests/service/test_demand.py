"""Feeds of sources and searches as readers meet them, from ``run`` and from ``serve``."""

import json
import signal
from urllib.parse import quote

import feedparser
import httpx
import pytest
from lxml import etree

from tests.service.installation import Installation, Process, eventually
from tests.service.origin import Press

pytestmark = pytest.mark.integration

PATH = quote("步道")
"""Two characters that every zh article of the press has."""


def started(installed: Installation, process: Process) -> None:
    eventually(lambda: installed.base in process.said or not process.alive())
    assert process.alive(), process.said


def urls(installed: Installation, path: str) -> set[str]:
    found = httpx.get(f"{installed.base}{path}").raise_for_status()
    return {item["url"] for item in found.json()["items"]}


def test_a_word_of_two_characters_is_found_and_news_arrives(
    installed: Installation, papers: Press
) -> None:
    search = f"/zh/search/feed.json?q={PATH}"
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: urls(installed, search) == papers.urls("zh"))
        source = "/en/sources/harbour/feed.json"
        assert urls(installed, source) == papers["harbour"].urls
        papers["harbour"].publish()
        installed.time_passes()
        eventually(lambda: urls(installed, source) == papers["harbour"].urls)
        eventually(lambda: urls(installed, search) == papers.urls("zh"))
        newest = papers["harbour"].stories[-1]
        both = quote(f"步道 第{newest.number}段 harbour")
        assert len(urls(installed, f"/en/search/feed.json?q={both}")) == 1
        for name in ("feed.rss", "feed.atom"):
            found = httpx.get(f"{installed.base}/zh/search/{name}?q={PATH}")
            read = feedparser.parse(found.content)
            assert not read.bozo
            assert len(read.entries) == len(papers.urls("zh"))
        page = httpx.get(f"{installed.base}/zh/search/?q={PATH}").text
        assert etree.HTML(page).xpath("//h1/text()") == ["“步道”"]
        assert process.stop(signal.SIGTERM) == 0
        assert "Traceback" not in process.said


def test_serve_alone_makes_them_too_and_answers_the_rest_without_a_store(
    installed: Installation, papers: Press
) -> None:
    assert installed.call("collect").returncode == 0
    search, source = f"/zh/search/feed.json?q={PATH}", "/zh/sources/valley/feed.json"
    with installed.starting("serve") as process:
        started(installed, process)
        assert urls(installed, search) == papers.urls("zh")
        assert urls(installed, source) == papers["valley"].urls
        papers["valley"].publish()
        assert installed.call("collect").returncode == 0
        eventually(lambda: urls(installed, source) == papers["valley"].urls)
        assert process.stop(signal.SIGTERM) == 0
    (installed.data / "feedsvc.db").rename(installed.home / "away.db")
    with installed.starting("serve") as process:
        started(installed, process)
        for path in (search, source):
            answer = httpx.get(f"{installed.base}{path}")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        told = httpx.get(f"{installed.base}/zh/all/feed.json").raise_for_status()
        assert len(json.loads(told.text)["items"]) == len(papers.urls("zh"))
        (installed.home / "away.db").rename(installed.data / "feedsvc.db")
        eventually(
            lambda: (
                httpx.get(f"{installed.base}{search}").status_code == 200
                and urls(installed, search) == papers.urls("zh")
            )
        )


def test_an_edit_decides_at_once_which_sources_there_are(
    installed: Installation, papers: Press
) -> None:
    path = f"{installed.base}/zh/sources/harbour/"
    with installed.starting("run") as process:
        started(installed, process)
        assert httpx.get(path).status_code == 200
        assert "harbour" in httpx.get(f"{installed.base}/zh/sources/").text
        text = papers["harbour"].toml()
        installed.write("sources/harbour.toml", f"enabled = false\n{text}")
        eventually(lambda: httpx.get(path).status_code == 404)
