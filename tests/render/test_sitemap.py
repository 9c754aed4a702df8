"""Sitemaps are what sitemaps.org, Google News and RFC 9309 describe."""

from lxml import etree
from protego import Protego

from feedsvc.render import sitemap
from tests.render.samples import BASE, NOON

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
HOSTILE = "<a> & \"b\" 'c'\x00"


def test_a_place_names_itself_in_every_language() -> None:
    alternates = {"zh": f"{BASE}/zh/", "en": f"{BASE}/en/", "x-default": f"{BASE}/"}
    place = sitemap.Place(url=f"{BASE}/zh/", updated=NOON, alternates=alternates)
    root = etree.fromstring(sitemap.places([place]))
    assert root.tag == f"{{{NS['s']}}}urlset"
    [url] = root
    assert [str(child.tag).rpartition("}")[2] for child in url] == [
        "loc",
        "lastmod",
        *["link"] * 3,
    ]
    assert url.findtext("s:loc", namespaces=NS) == f"{BASE}/zh/"
    assert url.findtext("s:lastmod", namespaces=NS) == "2026-11-24T04:00:00Z"
    links = url.findall("x:link", NS)
    assert {link.get("hreflang"): link.get("href") for link in links} == alternates
    assert {link.get("rel") for link in links} == {"alternate"}


def test_news_have_all_that_google_requires() -> None:
    told = [
        sitemap.News(url="https://n.example/1?a=1&b=2", title=HOSTILE, language=language, published=published)
        for language, published in (
            ("zh", "2026-11-24T12:00:00+08:00"),
            ("zh-Hant", "2026-11-24"),
            ("en", "2026-11-24T04:00:00+00:00"),
        )
    ]  # fmt: skip
    root = etree.fromstring(sitemap.news(told, "山西新闻"))
    assert [e.text for e in root.findall("s:url/s:loc", NS)] == [told[0].url] * 3
    news = root.findall("s:url/n:news", NS)
    codes = [each.findtext("n:publication/n:language", namespaces=NS) for each in news]
    assert codes == ["zh-cn", "zh-tw", "en"]
    for each, stated in zip(news, told, strict=True):
        assert each.findtext("n:publication/n:name", namespaces=NS) == "山西新闻"
        assert each.findtext("n:publication_date", namespaces=NS) == stated.published
        assert each.findtext("n:title", namespaces=NS) == HOSTILE[:-1]


def test_no_news_are_a_sitemap_still() -> None:
    root = etree.fromstring(sitemap.news([], "x"))
    assert root.tag == f"{{{NS['s']}}}urlset"
    assert len(root) == 0


def test_robots_are_led_to_the_sitemaps_and_kept_from_the_operators() -> None:
    text = sitemap.robots(
        [f"{BASE}/sitemap.xml", f"{BASE}/zh/news-sitemap.xml"], ["/ops/", "/zh/search/"]
    )
    read = Protego.parse(text.decode())
    assert list(read.sitemaps) == [f"{BASE}/sitemap.xml", f"{BASE}/zh/news-sitemap.xml"]
    assert read.can_fetch(f"{BASE}/zh/local/feed.rss", "anybot")
    assert not read.can_fetch(f"{BASE}/ops/health.atom", "anybot")
    assert not read.can_fetch(f"{BASE}/zh/search/?q=a", "anybot")
