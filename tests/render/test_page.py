"""The pages: everything is there, nothing hostile gets through, bytes are stable."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from feedsvc.edition.words import Words
from feedsvc.model.article import Image
from feedsvc.render import page
from tests.render import samples

ADDRESSES = "//ul[@class='addresses']"
REPO = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;{{ 7*7 }}{%"


def parsed(body: bytes) -> html.HtmlElement:
    return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))


def category(language: str = "zh", **changes: object) -> html.HtmlElement:
    feed = replace(samples.feed(language), **changes)  # type: ignore[arg-type]  # by name
    text = samples.date_text(samples.NOON, language)
    return parsed(page.category(feed, Words.load(language), text))


def index(language: str = "zh", **changes: object) -> html.HtmlElement:
    listing = replace(samples.listing(language), **changes)  # type: ignore[arg-type]  # by name
    return parsed(page.index(listing, Words.load(language)))


def one(document: html.HtmlElement, path: str) -> str:
    (found,) = document.xpath(path)
    return found.text_content().strip() if hasattr(found, "xpath") else str(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_category_page_shows_the_feed_in_its_reader_s_words(language: str) -> None:
    document = category(language)
    feed = samples.feed(language)
    assert one(document, "/html/@lang") == language
    assert one(document, "//title") == feed.title
    assert one(document, "//h1") == feed.heading
    assert one(document, "//div//time/@datetime") == "2026-11-24T04:00:00Z"
    assert one(document, "//div//time") == samples.date_text(samples.NOON, language)
    articles = document.xpath("//article")
    assert len(articles) == len(feed.entries)
    for article, entry in zip(articles, feed.entries, strict=True):
        assert one(article, ".//h3/a/@href") == entry.url
        assert one(article, ".//h3/a") == entry.title
        assert one(article, ".//time") == entry.date_text
        assert article.xpath("string(.//*[@class='summary'])") == (entry.summary or "")
        assert entry.source_name in article.text_content()


def test_a_category_page_leads_to_every_format() -> None:
    document = category()
    offered = document.xpath("//head/link[@type][@rel='alternate']")
    assert [(link.get("type"), link.get("href")) for link in offered] == [
        ("application/rss+xml", f"{samples.BASE}/zh/local/feed.rss"),
        ("application/atom+xml", f"{samples.BASE}/zh/local/feed.atom"),
        ("application/feed+json", f"{samples.BASE}/zh/local/feed.json"),
    ]
    assert all(link.get("title") and link.get("hreflang") == "zh" for link in offered)
    assert document.xpath(f"{ADDRESSES}//a/@href") == [
        "feed.rss",
        "feed.atom",
        "feed.json",
    ]
    fields = document.xpath(f"{ADDRESSES}//input[@readonly]")
    assert [field.get("value") for field in fields] == [
        link.get("href") for link in offered
    ]
    assert [field.get("aria-label") for field in fields] == [
        "RSS 地址",
        "Atom 地址",
        "JSON Feed 地址",
    ]


def test_a_category_page_leads_to_the_common_readers() -> None:
    links = category("en").xpath("//ul[@class='readers']//a")
    address = f"{samples.BASE}/en/local/feed.rss"
    coded = quote(address, safe="")
    found = {link.text: link.get("href") for link in links}
    assert found.pop("App on this device") == f"feed:{address}"
    assert set(found) >= {"Feedly", "Inoreader", "Feedbin", "NewsBlur", "Miniflux"}
    for href in found.values():
        assert href.startswith("https://")
        assert href.endswith(coded)
    atom = category(formats=("atom", "rss")).xpath("//ul[@class='readers']//a/@href")
    assert all(href.endswith("feed.atom") for href in atom)


def test_the_language_switch_keeps_the_place() -> None:
    assert category("zh").xpath("//nav//a/@href") == ["../../en/local/"]
    assert index("en").xpath("//nav//a/@href") == ["../zh/"]
    assert category("zh").xpath("//nav//a/@lang") == ["en"]


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        (
            category,
            {"zh": "/zh/local/", "en": "/en/local/", "x-default": "/zh/local/"},
        ),
        (index, {"zh": "/zh/", "en": "/en/", "x-default": "/"}),
    ],
    ids=["category", "index"],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_editions_name_each_other(
    document: Callable[[str], html.HtmlElement], wanted: dict[str, str], language: str
) -> None:
    made = document(language)
    links = made.xpath("//head/link[@hreflang][not(@type)]")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        name: samples.BASE + path for name, path in wanted.items()
    }
    own = samples.BASE + wanted[language]
    assert one(made, "//head/link[@rel='canonical']/@href") == own


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_index_lists_every_feed_with_its_count_and_formats(language: str) -> None:
    document = index(language)
    listing = samples.listing(language)
    items = document.xpath("//li[@class='feed']")
    assert len(items) == len(listing.rows)
    for item, row in zip(items, listing.rows, strict=True):
        assert one(item, ".//h3/a/@href") == f"../{row.path}/"
        assert one(item, ".//h3") == row.label
        counted = item.xpath(".//p")[0].text_content()
        assert (str(row.entries) in counted) == (row.entries > 0)
        assert len(item.xpath(".//time")) == (row.entries > 0)
        assert item.xpath(".//ul//a/@href") == [
            f"../{row.path}/feed.{name}" for name in samples.FORMATS
        ]
    found = document.xpath("//head/link[@type][@rel='alternate']/@href")
    assert found[0] == f"{samples.BASE}/{listing.rows[0].path}/feed.rss"
    assert len(found) == 3 * len(listing.rows) + 1
    assert found[-1] == f"{samples.BASE}/{language}/feeds.opml"


def test_only_the_formats_that_are_published_are_offered() -> None:
    assert category(formats=("json",)).xpath(f"{ADDRESSES}//a/@href") == ["feed.json"]
    assert len(index(formats=("atom",)).xpath("//head/link[@type][@title]")) == 12


def test_an_empty_feed_says_so() -> None:
    document = category("en", entries=())
    assert not document.xpath("//article")
    assert not document.xpath("//time")
    assert "No articles yet" in document.text_content()


def test_one_language_needs_no_switch() -> None:
    assert not category(siblings=()).xpath("//nav")
    assert not index(languages=("zh",)).xpath("//nav")


def test_an_article_in_another_language_is_marked() -> None:
    foreign = replace(samples.entry(0, "en"), language="en")
    document = category("zh", entries=(foreign, samples.entry(1)))
    assert document.xpath("//article/@lang") == ["en"]
    assert document.xpath("//article[@lang]//p[@class='meta']/@lang") == ["zh"]


def test_source_and_other_categories_of_an_article_are_linked() -> None:
    document = category(entries=tuple(samples.entry(n) for n in range(2)))
    first, second = document.xpath("//article")
    source = "../../zh/sources/daily/"
    assert first.xpath(".//p[@class='meta']/a/@href") == [source]
    assert second.xpath(".//p[@class='meta']/a/@href") == [source, "../../zh/economy/"]


def test_the_printed_outlet_goes_before_the_source() -> None:
    known = replace(samples.entry(0), outlet="山西日报")
    meta = one(category(entries=(known,)), "//article//p[@class='meta']")
    assert "山西日报" in meta
    assert "示例日报" not in meta


def test_a_day_is_no_moment_for_machines_either() -> None:
    morning = samples.NOON.astimezone(timezone(timedelta(hours=8))).replace(hour=0)
    day = replace(samples.entry(0), published=morning, precision="day")
    timed = replace(samples.entry(1), published=samples.NOON, precision="minute")
    found = category(entries=(day, timed)).xpath("//article//time/@datetime")
    assert found == ["2026-11-24", "2026-11-24T04:00:00Z"]


def test_a_summary_that_repeats_the_title_is_not_shown() -> None:
    entry = samples.entry(0)
    same = replace(entry, summary=entry.title)
    assert not category(entries=(same,)).xpath("//*[@class='summary']")


def test_a_conversion_says_so() -> None:
    metas = category("zh-Hant").xpath("//article//p[@class='meta']")
    assert all("由簡體中文自動轉換" in meta.text_content() for meta in metas)
    assert "轉換" not in category("zh").text_content()


def test_the_first_twenty_articles_have_summaries_and_the_others_are_headlines() -> (
    None
):
    entries = tuple(
        replace(samples.entry(0), url=f"https://news.example.org/{n}", summary="短")
        for n in range(50)
    )
    articles = category(entries=entries).xpath("//article")
    assert len(articles) == 50
    for number, article in enumerate(articles):
        assert article.xpath(".//h3/a/@href") == [entries[number].url]
        shown = len(article.xpath(".//p[@class='summary'] | .//img"))
        assert shown == (2 if number < 20 else 0)


def test_a_page_with_all_that_it_needs_weighs_less_than_50_kb() -> None:
    long = replace(samples.entry(0), title="汾" * 40, summary="水" * 2000)
    feed = replace(samples.feed(), entries=(long,) * 50)
    body = page.category(feed, Words.load("zh"), "2026年11月24日 12:00")
    assert len(body) + sum(len(asset.body) for asset in page.assets()) < 50_000


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("mailto:editor@example.org", ["mailto:editor@example.org"]),
        ("https://example.org/us", ["https://example.org/us"]),
        ("javascript:alert(1)", []),
        (None, []),
    ],
)
def test_the_editors_can_be_reached(contact: str | None, href: list[str]) -> None:
    found = index(contact=contact).xpath("//footer//a/@href")
    assert found == href


def test_rights_stand_at_the_foot() -> None:
    assert "© 山西" in category(rights="© 山西").xpath("//footer")[0].text_content()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//x/y",
        "",
        "\x01",
    ],
)
def test_only_web_addresses_are_linked_or_shown(url: str) -> None:
    entry = replace(samples.entry(0), url=url, image=Image(url=url))
    document = category(entries=(entry,))
    assert not document.xpath("//article//h3/a | //article//img")
    assert one(document, "//article//h3") == entry.title


def test_thumbnails_are_lazy_and_tell_nobody_where_they_stand() -> None:
    (image, *_) = category().xpath("//article//img")
    assert image.get("loading") == "lazy"
    assert image.get("referrerpolicy") == "no-referrer"
    assert image.get("alt") == ""


def test_hostile_text_stays_text() -> None:
    entry = replace(
        samples.entry(0),
        title=HOSTILE,
        summary=HOSTILE,
        outlet=HOSTILE,
        date_text=HOSTILE,
        url=f"https://x.example/{HOSTILE}",
        image=Image(url=f"https://x.example/{HOSTILE}", caption=HOSTILE),
    )
    document = category(
        entries=(entry,), title=HOSTILE, description=HOSTILE, site_title=HOSTILE
    )
    assert one(document, "//title") == HOSTILE
    assert one(document, "//article//h3") == HOSTILE
    assert not document.xpath("//script[not(@src)] | //@onerror | //img[@src='x']")
    assert one(document, "//article//h3/a/@href") == entry.url
    listed = index(rows=(replace(samples.listing().rows[0], label=HOSTILE),))
    assert not listed.xpath("//script | //@onerror | //img")


@given(title=st.text() | st.just("\ud800"), summary=st.text())
@settings(max_examples=60)
def test_no_text_breaks_a_page(title: str, summary: str) -> None:
    entry = replace(samples.entry(0), title=title, summary=summary, image=None)
    feed = replace(samples.feed(), entries=(entry,))
    body = page.category(feed, Words.load("zh"), "今天")
    assert body.count(b"<script") == 1
    assert body.count(b"<article") == body.count(b"</article>") == 1


def root() -> html.HtmlElement:
    listings = [samples.listing(x) for x in ("zh", "en")]
    return parsed(page.root(listings, Words.load("zh")))


def test_the_doors_lead_to_every_language() -> None:
    document = root()
    assert document.xpath("//main//a/@href") == ["zh/", "en/"]
    assert document.xpath("//main//li/@lang") == ["zh", "en"]
    assert "Shanxi News" in document.text_content()
    assert one(document, "//head/link[@rel='canonical']/@href") == f"{samples.BASE}/"
    tags = document.xpath("//head/link[@rel='alternate'][not(@type)]/@hreflang")
    assert sorted(tags) == ["en", "x-default", "zh"]
    assert document.xpath("//head/link[@type][@title]/@href") == [
        f"{samples.BASE}/{language}/all/feed.{form}"
        for language in ("zh", "en")
        for form in ("rss", "atom", "json")
    ]


def term() -> html.HtmlElement:
    meanings = [
        replace(
            next(row for row in samples.listing(language).rows if row.term == "local"),
            description=HOSTILE,
        )
        for language in ("zh", "en")
    ]
    return parsed(page.term(meanings, samples.listing("zh"), Words.load("zh")))


def test_what_a_category_means_is_its_label_and_feeds_in_every_language() -> None:
    document = term()
    assert one(document, "//title").startswith("本地 · Local – ")
    assert one(document, "//h1") == "本地 · Local"
    assert document.xpath("//h1/span/@lang") == ["zh", "en"]
    assert one(document, "//code") == "local"
    assert document.xpath("//main//li/@lang") == ["zh", "en"]
    links = document.xpath("//main//h3/a")
    assert [(a.get("href"), a.text) for a in links] == [
        ("../zh/local/", "本地"),
        ("../en/local/", "Local"),
    ]
    assert document.xpath("//main//li[@lang='en']//ul//a/@href") == [
        f"../en/local/feed.{name}" for name in ("rss", "atom", "json")
    ]
    found = document.xpath("//head/link[@rel='alternate']/@href")
    assert f"{samples.BASE}/en/local/feed.atom" in found
    canonical = one(document, "//head/link[@rel='canonical']/@href")
    assert canonical == f"{samples.BASE}/categories/local"
    assert document.xpath("//head/link[@rel='stylesheet']/@href") == ["../style.css"]
    assert not document.xpath("//script | //@onerror | //img")


def test_pages_are_landmarked_and_labelled() -> None:
    for document in (category(), index(), term()):
        assert len(document.xpath("//main")) == len(document.xpath("//h1")) == 1
        assert document.xpath("//a[@class='skip']/@href") == ["#main"]
        assert document.xpath("//header")
        assert document.xpath("//footer")
        assert all(document.xpath("//nav/@aria-label"))
        levels = [int(h.tag[1]) for h in document.xpath("//h1 | //h2 | //h3")]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_pages_refer_only_to_files_that_ship() -> None:
    names = {asset.name for asset in page.assets()}
    for document, up in ((category(), "../../"), (index(), "../")):
        wanted = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")
        scripts = document.xpath("//script/@src")
        assert {href.removeprefix(up) for href in wanted + scripts} <= names
        assert len(document.xpath("//link[@rel='stylesheet']")) == 1
        assert not document.xpath("//script[text()] | //style | //@style")
    assert all(asset.body and asset.media_type for asset in page.assets())


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours written ``#rgb`` or ``#rrggbb``."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_are_easy_to_read_by_day_and_by_night() -> None:
    """WCAG 2 AA: 4.5 to 1 for text, on the page and on its boxes."""
    style = page.assets()[0].body.decode()
    day, night = (
        dict(re.findall(r"(--\w+): (#\w+);", block.split("}")[0]))
        for block in style.split(":root {")[1:]
    )
    for colours in (day, night):
        for text in ("--ink", "--soft", "--red"):
            for ground in ("--paper", "--sheet"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


PRINT = """
import sys
from feedsvc.edition.words import Words
from feedsvc.render import page
from tests.render import samples
for language in ("zh", "en"):
    words = Words.load(language)
    sys.stdout.buffer.write(page.category(samples.feed(language), words, "x"))
    sys.stdout.buffer.write(page.index(samples.listing(language), words))
"""


def test_two_processes_make_the_same_bytes() -> None:
    made = [
        subprocess.run(
            [sys.executable, "-c", PRINT],
            cwd=REPO,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 10_000


TEMPLATES = Path(page.__file__).with_name("templates")


@pytest.mark.parametrize("language", ["zh", "en", "zh-Hant"])
def test_every_word_of_the_templates_is_in_every_catalog(language: str) -> None:
    words = Words.load(language)
    used = {f"language.{tag}" for tag in ("zh", "en", "zh-Hant")}
    for template in TEMPLATES.glob("*.html"):
        calls = re.findall(r'words\.\w+\("pages", "([^"]+)"( ~)?', template.read_text())
        used |= {key for key, joined in calls if not joined}
    assert len(used) > 10
    assert [key for key in sorted(used) if not words.has("pages", key)] == []
    assert "2" in words.count("pages", "articles", 2)
