"""Sitemaps of every kind, sound and broken (reliability 5–7, 57)."""

import gzip
import time
from pathlib import Path

import pytest

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.sitemap import read_sitemap, robots_sitemaps
from feedsvc.model.article import Alternate, Extraction, Image
from feedsvc.model.config import Source
from feedsvc.model.web import Page

CORPUS = Path(__file__).parents[2] / "../shared/corpus/sitemaps"
URL = "https://site.example/sitemap.xml"
SOURCE = Source(id="s", url=URL, kind="sitemap")


def read(body: str | bytes) -> Extraction:
    raw = body.encode() if isinstance(body, str) else body
    return read_sitemap(SOURCE, Page(url=URL, body=raw))


def urlset(inside: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
      {inside}</urlset>"""


def urls(count: int, tag: str = "url") -> str:
    return "".join(
        f"<{tag}><loc>/{n}</loc><lastmod>2026-01-{n % 28 + 1:02}</lastmod></{tag}>"
        for n in range(count)
    )


NEWS = """<url><loc>/a</loc><lastmod>2026-11-24</lastmod>
  <news:news><news:publication><news:name>N</news:name><news:language>zh-tw</news:language></news:publication>
  <news:publication_date>2026-11-23T08:00:00+08:00</news:publication_date><news:title>标题</news:title>
  <news:keywords>甲, 乙，丙</news:keywords></news:news>
  <image:image><image:loc>/p.jpg</image:loc><image:title>P</image:title><image:caption>图</image:caption></image:image>
  <xhtml:link rel="alternate" hreflang="en" href="/en/a"/><xhtml:link rel="alternate" hreflang="zh" href="/a"/>
  <xhtml:link rel="alternate" href="/x"/></url>"""


def test_a_news_sitemap_says_what_it_knows() -> None:
    (item,) = read(urlset(NEWS)).items
    assert (item.url, item.title, item.language) == (
        "https://site.example/a",
        "标题",
        "zh-Hant",
    )
    assert [d.text for d in item.dates] == ["2026-11-23T08:00:00+08:00"]
    assert [d.text for d in item.updated] == ["2026-11-24"]
    assert item.keywords == ("甲", "乙", "丙")
    assert item.image == Image(url="https://site.example/p.jpg", caption="图")
    assert item.alternates == (
        Alternate(hreflang="en", url="https://site.example/en/a"),
    )


def test_items_come_newest_first_and_undated_last() -> None:
    body = urlset(
        "<url><loc>/u</loc></url>" + urls(3) + "<url/><url><loc>ftp://x</loc></url>"
    )
    assert [i.url[-2:] for i in read(body).items] == ["/2", "/1", "/0", "/u"]


def test_an_index_gives_its_newest_children_but_not_itself() -> None:
    index = f"<sitemapindex>{urls(60, 'sitemap')}<sitemap><loc>{URL}</loc></sitemap></sitemapindex>"
    extraction = read(index)
    assert len(extraction.children) == 50
    assert extraction.children[0] == "https://site.example/27"
    assert [(f.code, f.args["limit"]) for f in extraction.faults] == [
        (Code.W_CAPPED, 50)
    ]


def test_a_huge_sitemap_is_capped_in_time() -> None:
    began = time.process_time()
    extraction = read(urlset(urls(60_001)))
    assert len(extraction.items) == 1_000
    assert extraction.items[0].updated[0].text == "2026-01-28"
    assert [f.code for f in extraction.faults] == [Code.W_CAPPED]
    assert time.process_time() - began < 10


def test_what_breaks_off_gives_what_is_there() -> None:
    extraction = read(urlset(urls(3))[:-20])
    assert len(extraction.items) == 2
    assert [f.code for f in extraction.faults] == [Code.W_BOZO]


PLAIN = {
    "text": ("https://site.example/a\nhttps://site.example/b\n", 2, 0),
    "robots.txt": ("User-agent: *\nSitemap: /s.xml\r SITEMAP : /t.xml\n", 0, 2),
    "packed": (gzip.compress(urlset(urls(2)).encode()), 2, 0),
    "packed text": (gzip.compress(b"https://site.example/a\n"), 1, 0),
    "rss as a sitemap": ("<rss><channel><item><link>/a</link></item></channel></rss>", 1, 0),
    "no namespace": (f"<urlset>{urls(1)}</urlset>", 1, 0),
    "utf-16": (urlset(urls(1)).replace("UTF-8", "UTF-16").encode("utf-16"), 1, 0),
}  # fmt: skip


@pytest.mark.parametrize(("body", "items", "children"), PLAIN.values(), ids=PLAIN)
def test_every_kind_of_sitemap_is_read(
    body: str | bytes, items: int, children: int
) -> None:
    extraction = read(body)
    assert (len(extraction.items), len(extraction.children)) == (items, children)
    assert extraction.faults == ()


def test_a_sitemap_may_be_empty() -> None:
    assert [f.code for f in read("<urlset/>").faults] == [Code.W_EMPTY]


def test_a_long_list_is_capped() -> None:
    body = "".join(f"https://site.example/{n}\n" for n in range(1_001))
    assert [f.code for f in read(body).faults] == [Code.W_CAPPED]


def test_robots_txt_names_sitemaps_once_and_absolute() -> None:
    text = "sitemap: /a.xml\nSitemap:/a.xml\nSitemap: ftp://x/y\n# Sitemap: /c.xml"
    assert robots_sitemaps(text, "https://site.example/robots.txt") == (
        "https://site.example/a.xml",
    )


REFUSED = {
    "a page": ("<html><body>x</body></html>", Code.E_EXTRACT),
    "words": ("x", Code.E_EXTRACT),
    "nothing": ("", Code.E_EXTRACT),
    "cut at once": ("<urlset><ur", Code.E_PARSE_TRUNCATED),
    "deep": ("<urlset>" + "<url>" * 100_000, Code.E_PARSE_TRUNCATED),
    "entities": ('<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset/>', Code.E_XML_DTD),
    "a bomb": (gzip.compress(b" " * 60_000_001), Code.E_TOO_BIG),
    "no gzip": (b"\x1f\x8bxxxx", Code.E_EXTRACT),
    "mojibake": (b'<?xml version="1.0" encoding="utf-8"?><urlset>' + bytes(range(0x80, 0x100)) * 9 + "字".encode() * 900, Code.E_ENCODING),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_sitemap_is_refused_in_time(body: str | bytes, code: Code) -> None:
    began = time.process_time()
    with pytest.raises(ExtractError) as caught:
        read(body)
    assert caught.value.fault.code == code
    assert time.process_time() - began < 2


@pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus is not beside the repository"
)
@pytest.mark.parametrize(
    ("name", "items", "children"),
    [
        ("crawler-commons/extension/hebdenbridgetimes-articles-sitemap.xml", 74, 0),
        ("crawler-commons/extension/shinpaideshou-news-sitemap.xml", 3, 0),
        ("crawler-commons/sitemap.badns.xml", 2, 0),
        ("crawler-commons/sitemap.txt.gz", 5, 0),
        ("crawler-commons-robots/robots-with-utf16be-bom.txt", 0, 1),
        ("trafilatura/sitemap.xml.gz", 84, 0),
        ("ultimate-sitemap-parser/simple-index.xml", 0, 2),
    ],
)
def test_the_corpus_is_read(name: str, items: int, children: int) -> None:
    extraction = read((CORPUS / name).read_bytes())
    assert (len(extraction.items), len(extraction.children)) == (items, children)
