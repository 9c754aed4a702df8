"""What a document is, by its first bytes; and which reader gets it."""

import gzip

import pytest

from feedsvc.extract import read_article, read_list
from feedsvc.extract.discover import feed_links
from feedsvc.extract.sniff import Sniffed, sniff
from feedsvc.model.config import Kind, Source
from feedsvc.model.web import Page

URL = "https://site.example/x/"

DOCUMENTS: dict[str, tuple[bytes, Sniffed]] = {
    "rss": (b'<?xml version="1.0"?>\n<!-- c --><rss version="2.0">', "feed"),
    "atom": (b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
    "prefixed atom": (b"<atom:feed>", "feed"),
    "rdf": (b"<rdf:RDF>", "feed"),
    "doctype": (b'<!DOCTYPE rss PUBLIC "x" "y" [ <!ENTITY a "<b>"> ]><rss>', "feed"),
    "utf-16": ('<?xml version="1.0"?><rss>'.encode("utf-16"), "feed"),
    "mark and blank": (b"\xef\xbb\xbf \n<rss>", "feed"),
    "json": (b' {"a": 1}', "json"),
    "json list": (b"\xef\xbb\xbf[", "json"),
    "sitemap": (b'<?xml version="1.0"?><urlset>', "sitemap"),
    "index": (b"<sitemapindex>", "sitemap"),
    "packed": (gzip.compress(b"x"), "sitemap"),
    "addresses": (b"https://a.example/\r\nhttps://b.example/\r\n", "sitemap"),
    "html": (b"<!DOCTYPE html><html><rss>", "html"),
    "words": (b"hello", "html"),
    "nothing": (b"", "html"),
}


@pytest.mark.parametrize(("body", "kind"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_is_what_its_first_bytes_say(body: bytes, kind: Sniffed) -> None:
    assert sniff(Page(url=URL, body=body)) == kind


LISTS: dict[str, tuple[Kind, bytes]] = {
    "feed": ("auto", b"<rss><channel><item><link>/a</link></item></channel></rss>"),
    "json": ("auto", b'[{"url": "/a", "title": "A"}]'),
    "sitemap": ("auto", b"<urlset><url><loc>/a</loc></url></urlset>"),
    "page": ("auto", b"<ul>" + b"".join(b"<li><a href=/%d.html>A headline of some length, number %d</a> 2026-01-01</li>" % (n, n) for n in range(9)) + b"</ul>"),
    "page by name": ("html", b"<ul><li><a href=/a>A headline of some length</a></ul>"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), LISTS.values(), ids=LISTS)
def test_a_list_finds_its_reader(kind: Kind, body: bytes) -> None:
    source = Source(id="s", url=URL, kind=kind)
    assert read_list(source, Page(url=URL, body=body)).items or kind == "html"


def test_an_article_finds_its_reader() -> None:
    body = (
        b"<title>T</title><h1>A headline</h1>"
        + b"<p>Some words of the article.</p>" * 20
    )
    (item,) = read_article(Source(id="s", url=URL), Page(url=URL, body=body)).items
    assert item.title == "A headline"


OFFERS = {
    "declared": ('<link rel="alternate" type="application/atom+xml; charset=utf-8" href="f.atom">', ("https://site.example/x/f.atom",)),
    "comments last": (
        '<link rel=alternate type=application/rss+xml href=/comments/feed><link rel="ALTERNATE" type=application/rss+xml href=/feed>',
        ("https://site.example/feed", "https://site.example/comments/feed"),
    ),
    "no feed types": ("<link rel=alternate type=text/html href=/en><link rel=stylesheet type=text/css href=/c>", ()),
    "linked": ('<a href="/rss/">RSS</a><a href="/news.html">x</a><a href="/index.xml?a">y</a>', ("https://site.example/rss/", "https://site.example/index.xml?a")),
    "declared beats linked": ('<link rel=feed type=application/feed+json href=/f.json><a href="/rss">x</a>', ("https://site.example/f.json",)),
    "base": ('<base href="/y/"><link rel=alternate type=text/xml href=f>', ("https://site.example/y/f",)),
    "odd base": ('<base href="javascript:x"><link rel=alternate type=text/xml href=/f>', ("https://site.example/f",)),
    "too deep": ("<div>" * 5_000, ()),
    "drawn": ('<svg><a xlink:href="/rss">x</a></svg>', ()),
    "valueless": ("<link rel type href><a href>x</a><base href>", ()),
}  # fmt: skip


@pytest.mark.parametrize(("html", "feeds"), OFFERS.values(), ids=OFFERS)
def test_a_page_offers_feeds(html: str, feeds: tuple[str, ...]) -> None:
    assert feed_links(html, URL) == feeds
