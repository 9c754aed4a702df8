"""Whatever bytes come: an extractor gives something or raises ExtractError, and soon.

The bounds are not measured but kept: an alarm of two seconds of CPU and a limit of 200
MiB on the memory of the process stand over every reading.
"""

import contextlib
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.errors import ExtractError
from feedsvc.extract import next_page, read_article, read_list
from feedsvc.extract.discover import feed_links
from feedsvc.extract.feed import read_feed
from feedsvc.extract.listing import read_listing
from feedsvc.extract.records import read_records
from feedsvc.extract.sitemap import read_sitemap
from feedsvc.model.config import ArticleRules, ListRules, Rule, Source
from feedsvc.model.web import Page

CORPUS = Path(__file__).parents[3] / "shared/corpus"
URL = "https://news.example/2021/1105/1.html"
PLAIN = Source(id="s", url=URL)
RULED = Source(
    id="s",
    url=URL,
    list=ListRules(item=Rule(select="xpath://li"), date=Rule(select="span")),
    article=ArticleRules(
        title=Rule(select="h1"),
        date=Rule(select=".info", regex=r"(\d+.*)"),
        author=Rule(select="script", json="author.name"),
        content=Rule(select=".text"),
        remove=(".share",),
        next=Rule(select="a"),
    ),
)
API = Source(id="s", url=URL, list=ListRules(item=Rule(select="items[*]")))

EXTRACTORS: dict[str, Callable[[Page], object]] = {
    "article": lambda page: read_article(PLAIN, page),
    "article by rules": lambda page: read_article(RULED, page),
    "next page": lambda page: next_page(RULED, page),
    "list": lambda page: read_listing(PLAIN, page),
    "list by rules": lambda page: read_listing(RULED, page),
    "feed": lambda page: read_feed(PLAIN, page),
    "sitemap": lambda page: read_sitemap(PLAIN, page),
    "json": lambda page: read_records(PLAIN, page),
    "json by rules": lambda page: read_records(API, page),
    "anything": lambda page: read_list(PLAIN, page),
    "discover": lambda page: feed_links(page.body.decode("utf-8", "replace"), URL),
}

ARTICLE = """<!doctype html><html lang=zh><head><meta charset=utf-8><title>山西晋城启用新桥_某某网</title>
<meta property=og:title content="山西晋城启用新桥"><link rel=alternate hreflang=en href=/en/1.html>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"山西晋城启用新桥","author":{"name":"李明"},
"datePublished":"2021-11-05T08:30:00+08:00","image":[{"url":"/i.jpg"}]}</script></head><body>
<div class=path><a href=/>首页</a> &gt; <a href=/news/>要闻</a></div><h1>山西晋城启用新桥</h1>
<p class=info>2021-11-05 08:30　来源：某某日报　作者：李明</p><div class=text><img src=/i.jpg><p>图为新桥。（李明 摄）</p>
<p>记者从市交通局获悉，横跨丹河的新桥今天上午正式通车，两岸居民出行时间缩短一半。</p>
<table><tr><td>桥长</td><td>820 米</td></tr></table><p>（责任编辑：王芳）</p></div>
<p>By Ann Lee and Bob Roe | Nov 5, 2021</p><p>The bridge at the mill opened on Friday, and the river is quiet.</p>
<ul class=share><li><a href=/1.html>分享</a><span>11-05</span></li><li><a href=/2.html>Two</a><span>11-04</span></li></ul></body></html>"""
LIST = "<ul>" + "".join(
    f'<li><a href="/2021/1105/{n}.html">晋城新桥通车第{n}天</a><span>2021-11-{n:02}</span></li>'
    for n in range(1, 25)
)
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>River</title><link>https://news.example/</link><ttl>60</ttl><item><title>Bridge &amp;amp; mill</title>
<link>/1.html</link><guid>a1</guid><pubDate>Fri, 05 Nov 2021 08:30:00 GMT</pubDate><content:encoded><![CDATA[<p>Text</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>River</title><entry><id>tag:1</id><title type="html">&lt;b&gt;Bridge&lt;/b&gt;</title>
<link rel="alternate" href="1.html"/><updated>2021-11-05T08:30:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/1.html</loc>
<lastmod>2021-11-05</lastmod><news:news><news:title>Bridge</news:title><news:publication_date>2021-11-05T08:30:00+08:00</news:publication_date></news:news></url></urlset>"""
API_JSON = """{"items":[{"title":"Bridge","url":"/1.html","pubDate":1636070400000,"author":{"name":"Ann"},"image":["/i.jpg"]},{"title":null,"url":[]}]}"""
JSON_FEED = """{"version":"https://jsonfeed.org/version/1.1","title":"River","items":[{"id":"1","url":"/1.html","title":"Bridge","content_html":"<p>Text</p>",
"date_published":"2021-11-05T08:30:00Z","authors":[{"name":"Ann"}],"tags":["mill"],"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg"}]}]}"""
SAMPLES = [
    text.encode() for text in (ARTICLE, LIST, RSS, ATOM, SITEMAP, API_JSON, JSON_FEED)
] + [ARTICLE.replace("utf-8", "gb2312").encode("gb18030"), RSS.encode("utf-16")]

MONSTERS = [
    "<div>", "<b>", "<b x=1>", "<a href=/x>", "<table><tr><td>", "<script>{", "<!--", "<p>By A B, C D, E F ",
    "<li><a href=/1.html>x</a>2021-1-1", "来源：", "（记者 张三", "<p>请登录", "<item><title>x", "<url><loc>http://a/",
    "<entry>", "&amp;", "&#1;", "[", '{"a":', '{"items":[', "1", "\x00", "2021年11月5日 ",
]  # fmt: skip
SIZE = 200_000

SECONDS = 2.0
"""Of CPU (reliability.md, 5)."""
MEMORY = 200 << 20


@contextlib.contextmanager
def bounds() -> Iterator[None]:
    """Stop what thinks for two seconds of CPU, or asks for 200 MiB more than there is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    held = Path("/proc/self/status").read_text(encoding="ascii")
    data = next(x for x in held.splitlines() if x.startswith("VmData"))
    resource.setrlimit(
        resource.RLIMIT_DATA, (int(data.split()[1]) * 1024 + MEMORY, hard)
    )
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"more than {SECONDS} s of CPU")


def endure(name: str, body: bytes) -> None:
    """Read ``body``; nothing but an ExtractError may come out of it."""
    with bounds(), contextlib.suppress(ExtractError):
        EXTRACTORS[name](Page(url=URL, body=body))


def spoiled(body: bytes, random: Random) -> Iterator[bytes]:
    """A document cut, put together anew, and hit by stray bytes."""
    cut, size = random.randrange(len(body) + 1), random.randrange(1, 4_000)
    yield body[:cut]
    yield body[cut:]
    pieces = [body[n : n + size] for n in range(0, len(body), size)]
    random.shuffle(pieces)
    yield b"".join(pieces)
    hit = bytearray(body)
    for _ in range(len(body) // 50):
        hit[random.randrange(len(hit))] = random.randrange(256)
    yield bytes(hit)


@pytest.fixture(params=list(EXTRACTORS), scope="module")
def extractor(request: pytest.FixtureRequest) -> str:
    """Each extractor in turn, its libraries loaded."""
    name = str(request.param)
    with contextlib.suppress(ExtractError):
        EXTRACTORS[name](Page(url=URL, body=ARTICLE.encode()))
    return name


@settings(max_examples=30)
@given(body=st.binary(max_size=300))
@example(body=b"")
@example(body=b"\x00\xff\xfe<")
@example(body=b"<base href='http://['><a href='http://['>x</a>" * 3)
@example(body=b"[" * 10_000)
def test_random_bytes_do_no_harm(extractor: str, body: bytes) -> None:
    endure(extractor, body)


@settings(max_examples=25)
@given(sample=st.sampled_from(SAMPLES), random=st.randoms(use_true_random=False))
def test_spoiled_documents_do_no_harm(
    extractor: str, sample: bytes, random: Random
) -> None:
    for body in spoiled(sample, random):
        endure(extractor, body)


@pytest.mark.parametrize("piece", MONSTERS)
def test_monsters_do_no_harm(extractor: str, piece: str) -> None:
    endure(extractor, (piece * (SIZE // len(piece))).encode())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize(
    ("folder", "every"),
    [("articles", 12), ("listings", 8), ("feeds", 20), ("sitemaps", 8)],
)
def test_real_documents_spoiled_do_no_harm(
    extractor: str, folder: str, every: int
) -> None:
    random = Random(f"{extractor} {folder}")
    files = sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file())
    for path in files[::every]:
        for body in spoiled(path.read_bytes()[:SIZE], random):
            endure(extractor, body)
