"""A source's file as drafted: its id, what is known of it, and TOML that is right."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc import config
from feedsvc.edition.words import Words
from feedsvc.inspect.draft import Draft, identifier, spoken, stated_zone
from feedsvc.inspect.offers import Kind
from feedsvc.model.article import Extraction, Origin, RawDate, RawItem
from feedsvc.text.markup import one_line
from feedsvc.text.urls import absolute

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://news.example.org/"
SETTINGS = """\
[site]
base_url = "http://127.0.0.1:8000"
authority = "example.org,2026"
"""
KINDS: tuple[Kind, ...] = ("html", "feed", "sitemap", "json")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/feed.xml", "example-org"),
        ("https://example.org/", "example-org"),
        ("https://example.org/index.html", "example-org"),
        ("http://en.eshanxi.gov.cn/yangquan/news/", "en-eshanxi-gov-cn-yangquan-news"),
        ("https://example.org/sport/rss/index.xml", "example-org-sport"),
        ("https://rss.org/rss", "rss-org"),
        ("http://127.0.0.1:8080/a_b", "127-0-0-1-8080-a-b"),
        ("https://example.org/l.php?cat=5&utm_source=x", "example-org-l-cat-5"),
        ("https://example.org/%E6%9C%AC%E5%9C%B0/", "example-org-本地"),
        ("https://example.org/%B1%BE%B5%D8/", "example-org"),
        (f"https://example.org/{'a' * 99}", f"example-org-{'a' * 48}"),
        (f"https://{'a' * 59}.org/x", "a" * 59),
        ("", "source"),
    ],
    ids=[
        "feed", "front", "index", "section", "feed of a section", "only generic",
        "port", "query", "chinese", "not utf-8", "long", "cut at a word", "none",
    ],
)  # fmt: skip
def test_an_id_is_host_and_path(url: str, name: str) -> None:
    assert identifier(url) == name


def items(*dates: str, title: str = "Bridge closed", **fields: Any) -> Extraction:
    read = (RawDate(text=date, origin=Origin.FEED) for date in dates)
    made = (RawItem(url=SITE, title=title, dates=(one,)) for one in read)
    return Extraction(items=tuple(made), **fields)


@pytest.mark.parametrize(
    ("title", "stated", "language"),
    [
        ("The bridge over the river is closed for the winter", None, "en"),
        ("阳泉市召开全市经济工作会议", "en-US", "zh"),
        ("陽泉市召開全市經濟工作會議，討論發展問題", None, "zh-Hant"),
        ("Der Fluss ist in der Nacht über die Ufer getreten", None, None),
        ("12", "zh_CN", "zh"),
        ("12", None, None),
    ],
    ids=["en", "words before label", "zh-Hant", "other", "label", "unknown"],
)
def test_the_language_is_that_of_the_items(
    title: str, stated: str | None, language: str | None
) -> None:
    assert spoken(items("2026-11-24", title=title, language=stated)) == language


@pytest.mark.parametrize(
    ("dates", "zone"),
    [
        (["Mon, 23 Nov 2026 10:00:00 +0800"], "Asia/Shanghai"),
        (["2026-11-23T10:00:00-05:00", "2026-11-22 10:00"], "-05:00"),
        (["2026-11-23T10:00:00+08:00", "2026-11-22T10:00:00+01:00"], None),
        (["Mon, 23 Nov 2026 10:00:00 GMT"], None),
        (["2026-11-23T10:00:00Z"], None),
        (["2026-11-23 10:00"], None),
        (["soon"], None),
        ([], None),
    ],
    ids=["china", "offset", "two", "gmt", "z", "none", "unread", "no dates"],
)
def test_a_zone_is_known_when_all_dates_that_name_one_agree(
    dates: list[str], zone: str | None
) -> None:
    assert stated_zone(items(*dates).items, NOW) == zone


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_stands_in_the_file_with_its_comment(
    kind: Kind, language: str
) -> None:
    draft = Draft(
        given="https://me:secret@news.example.org/",
        url=f"{SITE}feed",
        kind=kind,
        name="山西日报",
        language="en",
        timezone="+08:00",
        category="local",
        item=".list li",
        paged=True,
    )
    text = draft.toml(Words.load(language))
    assert tomllib.loads(text) == {
        "url": f"{SITE}feed",
        "name": {"zh": "山西日报"},
        "language": "en",
        "kind": kind,
        "timezone": "+08:00",
    }
    assert "draft." not in text
    assert "secret" not in text
    assert all(
        "# " in line for line in text.splitlines() if line and "url =" not in line
    )
    # What is commented out holds too.
    known = tomllib.loads(re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE))
    assert (known["category"], known["every"]) == ("local", "15m")
    assert known["list"] == {"item": ".list li", "pages": 3}


@given(
    name=st.text(),
    path=st.text(),
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(["zh", "en", "zh-Hant", None]),
)
def test_whatever_a_site_is_called_the_file_is_right(
    tmp_path_factory: pytest.TempPathFactory, **known: Any
) -> None:
    url = absolute(SITE, known.pop("path")) or SITE
    known["name"] = one_line(known["name"])
    draft = Draft(given=url, url=url, **known)
    where = Path(tmp_path_factory.mktemp("config"))
    (where / "feedsvc.toml").write_text(SETTINGS, encoding="utf-8")
    (where / "sources").mkdir()
    text = draft.toml(Words.load("zh"))
    (where / "sources" / f"{draft.id}.toml").write_text(text, encoding="utf-8")
    assert config.check(where, {}) == ()
