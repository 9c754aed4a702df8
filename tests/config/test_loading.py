"""A right configuration becomes the nouns of the model; a wrong one tells all."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from feedsvc import bundled
from feedsvc.config import load
from feedsvc.errors import ConfigError
from feedsvc.model.config import Duration, Rule, Size

Write = Callable[[Mapping[str, str | bytes]], Path]

SETTINGS = """
[site]
title = { zh = "山西新闻", en = "Shanxi News" }
base_url = "http://127.0.0.1:8000"
authority = "feeds.example.org,2026"
timezone = "Asia/Shanghai"
languages = ["zh", "en", "zh-Hant"]
contact = "mailto:editor@example.org"
[collect]
host_gap = "2s"
concurrency = 32
timeout = "20s"
max_bytes = "8MB"
robots = true
allow_networks = ["127.0.0.0/8", "::1/128"]
requests_per_day = 20000
recheck = ["1h", "6h", "24h", "72h"]
[publish]
output = "s3://bucket/prefix"
items = 50
formats = ["rss", "atom", "json"]
content = "full"
include = "own"
byline = false
[websub]
hub = false
hubs = ["https://hub.example.org/"]
[serve]
host = "127.0.0.1"
port = 8000
[store]
url = "postgresql://user@host/name"
"""

SOURCE = r"""
url = "http://en.eshanxi.gov.cn/yangquan/news/"
name = { en = "Yangquan – Eshanxi", zh = "阳泉英文网" }
language = "en"
kind = "html"
category = "local"
every = "15m"
max_delay = "1d"
encoding = "gb18030"
timezone = "+08:00"
content = "summary"
include = ['/news/\d+']
exclude = ["广告"]
tracking = ["from"]
headers = { Referer = "http://en.eshanxi.gov.cn/" }
cookies = { lang = "en" }
proxy = "http://proxy.example.org:3128"
robots = false
pair = "yangquan-zh"
dedupe = "story"
rights = "© Eshanxi"
enabled = false
[list]
item = ".list li"
link = "a"
date = "span"
date_format = "MM dd,yyyy"
next = ".page a:last-child"
pages = 2
[article]
title = "xpath://div[@class='detail_title']"
date = ".detail_info"
date_format = ["'Time:' MM dd,yyyy", "yyyy-MM-dd"]
source = { select = ".detail_info", regex = 'Source:\s*(.+)' }
image = { select = "img", attribute = "data-src" }
keywords = { select = ".tags a", all = true }
content = ".detail_content"
remove = [".share", "xpath://script"]
"""


def test_what_is_right_becomes_the_nouns_of_the_model(write: Write) -> None:
    other = 'url = "http://www.eshanxi.gov.cn/yangquan/news/"'
    files = {
        "feedsvc.toml": SETTINGS,
        "sources/yangquan.toml": SOURCE,
        "sources/yangquan-zh.toml": other,
    }
    config = load(write(files), {})
    assert config.settings.site.contact == "mailto:editor@example.org"
    assert config.settings.collect.recheck[1] == Duration(hours=6)
    assert config.settings.collect.max_bytes == Size(8_000_000)
    assert config.categories["local"].title == {"zh": "本地", "en": "Local"}
    assert config.categories["economy"].key == "economy"
    assert config.outlets["shanxi-daily"].printed == ("Shanxi daily", "山西日报")
    source = config.sources["yangquan"]
    assert (source.id, source.every) == ("yangquan", Duration(minutes=15))
    assert source.list
    assert (source.list.item, source.list.link) == (
        Rule(select=".list li"),
        Rule(select="a"),
    )
    assert source.article
    assert source.article.source == Rule(select=".detail_info", regex=r"Source:\s*(.+)")


def test_base_url_loses_its_last_slash(write: Write) -> None:
    text = SETTINGS.replace("127.0.0.1:8000", "example.org/news//")
    site = load(write({"feedsvc.toml": text}), {}).settings.site
    assert site.base_url == "http://example.org/news"


def test_all_faults_are_told_at_once_from_top_to_bottom(write: Write) -> None:
    directory = write(
        {
            "feedsvc.toml": SETTINGS.replace("Asia/Shanghai", "Asia/Shangai"),
            "categories.toml": "[all]\n[economy]\nsection = []\n",
            "outlets.toml": "[a]\nnames = 1\n",
            "sources/a.toml": 'url = 3\ncategory = "x"\n[list]\nitem = "li["\nx = 1\n',
            "sources/b.toml": "",
        }
    )
    with pytest.raises(ConfigError) as raised:
        load(directory, {})
    assert [fault.place for fault in raised.value.faults] == [
        "feedsvc.toml:6:1",
        "categories.toml:1:2",
        "categories.toml:1:2",
        "categories.toml:3:1",
        "outlets.toml:2:1",
        "sources/a.toml:1:1",
        "sources/a.toml:2:1",
        "sources/a.toml:4:1",
        "sources/a.toml:5:1",
        "sources/b.toml:1:1",
        "sources/yangquan.toml:2:1",
    ]


def test_the_configuration_that_ships_has_no_fault() -> None:
    sources = load(bundled.directory("config"), {}).sources.values()
    kinds = {source.kind for source in sources}
    assert kinds == {"auto", "html", "feed", "sitemap", "json"}
    assert {source.language for source in sources} == {"zh", "en"}
