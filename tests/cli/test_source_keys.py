"""What an operator writes in a source's file works from the request to the feed."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest

from tests.cli.conftest import House

pytestmark = pytest.mark.integration

TEXT = (
    "横跨丹河的新桥今天上午正式通车，两岸居民往来的时间缩短了一半，老桥改作步道。" * 2
)
LIST = """<html><body><ul class=list><li><a href="/1.html">丹河新桥通车</a></li></ul>
<script>window.__DATA__ = {"at": "2026-11-20"};</script></body></html>"""
FIRST = f"""<html><head><title>丹河新桥通车</title></head><body><h1>丹河新桥通车</h1>
<script>window.__STATE__ = {{"story": {{"date": "2026-11-20 08:30", "author": {{"name": "李明"}}}}}};</script>
<div class=text><p>{TEXT}</p></div><a class=next href="1_2.html">下一页</a></body></html>"""
SECOND = """<html><head><title>丹河新桥通车（2）</title></head><body>
<div class=text><p>第二页：桥上的路灯夜里也亮着。</p></div></body></html>"""

SOURCE = """\
url = "{base}/list.html"
language = "zh"
category = "local"
encoding = "gb18030"
timezone = "America/New_York"
headers = {{ X-Reader = "feedsvc-7" }}
cookies = {{ agreed = "yes" }}
[list]
item = ".list li"
[article]
title = "h1"
date = {{ select = "script", json = "story.date" }}
date_format = "yyyy-MM-dd HH:mm"
author = {{ select = "script", json = "story.author.name" }}
content = ".text"
next = "a.next"
"""


class _Picky(BaseHTTPRequestHandler):
    """Serves GB 18030 under another label, to who brings its header and its cookie."""

    def do_GET(self) -> None:
        site = cast("Site", self.server)
        site.asked.append({k.lower(): v for k, v in self.headers.items()})
        pages = {"/list.html": LIST, "/1.html": FIRST, "/1_2.html": SECOND}
        known = self.headers["X-Reader"] == "feedsvc-7"
        agreed = "agreed=yes" in (self.headers["Cookie"] or "")
        body = pages.get(self.path, "").encode("gb18030")
        status = 200 if body and known and agreed else 403
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=iso-8859-1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The server; ``asked`` keeps the header fields of every request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Picky)
        self.asked: list[dict[str, str]] = []


@dataclass
class Published:
    """What the feed holds, and what the site was asked."""

    item: dict[str, Any]
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def published(house: House) -> Published:
    """The one article of the site, collected and published by its source's file."""
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    house.write("sources/river.toml", SOURCE.format(base=base))
    ran = house("collect", "--json")
    server.shutdown()
    server.server_close()
    thread.join()
    assert ran.code == 0, ran.out
    feed = house.root / "var/public/zh/local/feed.json"
    [item] = json.loads(feed.read_text(encoding="utf-8"))["items"]
    return Published(item, server.asked)


def test_headers_cookies_and_language_go_with_every_request(
    published: Published,
) -> None:
    assert len(published.asked) == 3
    for asked in published.asked:
        assert asked["x-reader"] == "feedsvc-7"
        assert asked["cookie"] == "agreed=yes"
        assert asked["accept-language"].startswith("zh-CN")


def test_an_encoding_overrules_what_the_server_says(published: Published) -> None:
    assert published.item["title"] == "丹河新桥通车"
    assert TEXT in published.item["content_html"]


def test_a_date_without_a_zone_is_one_of_the_sources_zone(published: Published) -> None:
    assert published.item["date_published"] == "2026-11-20T08:30:00-05:00"


def test_a_language_puts_the_article_into_its_edition(published: Published) -> None:
    assert published.item["language"] == "zh"


def test_values_come_out_of_json_within_a_script(published: Published) -> None:
    assert published.item["authors"] == [{"name": "李明"}]


def test_the_pages_of_an_article_stand_in_one_entry(published: Published) -> None:
    assert "第二页：桥上的路灯夜里也亮着。" in published.item["content_html"]
