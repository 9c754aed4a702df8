"""An installation over the corpus, as an operator would write it, collected once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.main_job.corpus import Row, Web, proxy, rows

LANGUAGES = ("zh", "en", "zh-Hant")
SETTINGS = """
[site]
title = {{ zh = "山西新闻", en = "Shanxi News" }}
base_url = "http://127.0.0.1:{port}"
authority = "feeds.example.org,2026"
timezone = "Asia/Shanghai"
languages = ["zh", "en", "zh-Hant"]
[collect]
host_gap = "0s"
allow_networks = ["127.0.0.0/8"]
[publish]
items = 100
[serve]
port = {port}
"""
CATEGORIES = """
[politics]
[economy]
[culture]
[sport]
[local]
title = { zh = "本地", en = "Local" }
include = "all"
[notices]
title = { zh = "通知", en = "Notices" }
[wild]
title = { zh = "野生", en = "From the wild" }
include = "all"
"""
YANGQUAN = r"""
url = "http://en.eshanxi.gov.cn/yangquan/news/"
name = { en = "Yangquan – Eshanxi", zh = "阳泉英文网" }
language = "en"
kind = "html"
category = "local"
[list]
item = ".list li"
link = "a"
date = "span"
date_format = "MM dd,yyyy"
[article]
title = ".detail_title"
date = ".detail_info"
date_format = "'Time:' MM dd,yyyy"
source = { select = ".detail_info", regex = 'Source:\s*(.+)' }
section = ".position a:last-child"
content = ".detail_content"
"""
SEED = "http://en.eshanxi.gov.cn/yangquan/news/2021/1105/1234.html"
NOTICES = "listings/zh-gzdzhrss_tzgg_2020.html"
FEEDS = ("GB2312", "Big5", "SHIFT_JIS", "EUC-KR", "windows-1251-russian", "utf-8")

TOWN = "http://town.example.org"
PAIR = {
    "en": (
        "The footbridge over the Tao is open again",
        "After a year of work the footbridge over the Tao is open again. The planks are new, the piers are those of 1958.",
    ),
    "zh": (
        "桃河人行桥重新开放",
        "经过一年的施工，桃河人行桥重新开放。桥面的木板全部换新，桥墩仍是一九五八年的。",
    ),
}
"""A story that a town tells in both languages, naming each version in the other."""


@dataclass
class Run:
    """One installation over the corpus, and what its first cycle told."""

    web: Web
    config: Path
    data: Path
    port: int
    first: Row
    feeds: list[Row]

    def collect(self) -> Row:
        command = [sys.executable, "-m", "feedsvc", "--config", str(self.config),
                   "--data", str(self.data), "collect", "--json"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1}, done.stderr
        report: Row = json.loads(done.stdout)
        return report

    def feed(self, path: str) -> Row:
        text = (self.data / "public" / path / "feed.json").read_text(encoding="utf-8")
        feed: Row = json.loads(text)
        return feed

    def item(self, path: str, url: str) -> Row:
        [item] = [i for i in self.feed(path)["items"] if i["url"] == url]
        return dict(item)

    def report(self, source: str) -> Row:
        [report] = [s for s in self.first["sources"] if s["source"] == source]
        return dict(report)


@contextmanager
def collected(place: Path, port: int) -> Iterator[Run]:
    """Collect the corpus into ``place``; its feeds say that ``port`` serves them."""
    web = Web()
    with proxy(web) as through:
        feeds = _configure(place / "config", web, through, port)
        made = Run(web, place / "config", place / "data", port, {}, feeds)
        made.first = made.collect()
        yield made


def _configure(config: Path, web: Web, through: str, port: int) -> list[Row]:
    """Write the files of an operator, and put what they name on the web."""
    (config / "sources").mkdir(parents=True)
    settings = SETTINGS.format(port=port)
    (config / "feedsvc.toml").write_text(settings, encoding="utf-8")
    (config / "categories.toml").write_text(CATEGORIES, encoding="utf-8")

    def source(name: str, text: str) -> None:
        path = config / "sources" / f"{name}.toml"
        path.write_text(f'proxy = "{through}"\n{text}', encoding="utf-8")

    web.put_file("http://en.eshanxi.gov.cn/yangquan/news/", "seed/listing.html")
    web.put_file(SEED, "seed/article.html")
    source("yangquan", YANGQUAN)
    for language in ("zh", "en"):
        chosen = [row for row in web.articles if row["lang"] == language][:25]
        url = web.put_list_of(f"http://{language}.example.org/", chosen)
        source(language, f'url = "{url}"\nlanguage = "{language}"\n')
        url = _town(web, language)
        text = f'url = "{url}"\nlanguage = "{language}"\ncategory = "local"\n'
        source(f"town-{language}", text)
    notices = next(row for row in rows("listings.jsonl") if row["file"] == NOTICES)
    url = web.put_file(notices["url"], NOTICES)
    source("notices", f'url = "{url}"\nlanguage = "zh"\ncategory = "notices"\n')
    feeds = [_feed_of(encoding) for encoding in FEEDS]
    for n, feed in enumerate(feeds):
        url = web.put_file(f"http://feeds{n}.example.org/", feed["file"], "text/xml")
        text = f'url = "{url}"\nkind = "feed"\ncategory = "wild"\ncontent = "summary"\n'
        source(f"feed{n}", text)
    return feeds


def _town(web: Web, language: str) -> str:
    """The list and the one story of the town's pages in a language."""
    title, text = PAIR[language]
    others = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{TOWN}/{tag}/bridge.html">'
        for tag in PAIR
    )
    story = f"{TOWN}/{language}/bridge.html"
    web.put(
        story,
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-11-20T09:30:00+08:00">'
        f"{others}<article><h1>{title}</h1><p>{text}</p></article>".encode(),
    )
    page = (
        f'<meta charset="utf-8"><ul><li><a href="{story}">{title}</a> 2026-11-20</ul>'
    )
    return web.put(f"{TOWN}/{language}/", page.encode())


def _feed_of(encoding: str) -> Row:
    """A feed of the corpus in ``encoding``, with entries that link somewhere."""
    return next(
        row
        for row in rows("feeds.jsonl")
        if row["true_encoding"] == encoding and row["entries_by_feedparser"] > 1
    )
