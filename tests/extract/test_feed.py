"""Feeds of every format, sound and broken (reliability 1–10, 21, 57)."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code, ExtractError
from feedsvc.extract import read_list
from feedsvc.extract.feed import read_feed
from feedsvc.model.article import Alternate, Extraction, Image, Origin, RawItem
from feedsvc.model.config import Kind, Source
from feedsvc.model.web import Page

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
URL = "https://site.example/feeds/all.xml"
SOURCE = Source(id="s", url=URL, kind="feed")


def read(body: str | bytes, source: Source = SOURCE) -> Extraction:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(source, Page(url=URL, body=raw))


def refusal(body: str | bytes) -> tuple[Code, str]:
    with pytest.raises(ExtractError) as caught:
        read(body)
    return caught.value.fault.code, str(caught.value.fault.args.get("found", ""))


def rss(item: str, channel: str = "", attributes: str = "") -> str:
    return f"""<?xml version="1.0"?><rss version="2.0"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:media="http://search.yahoo.com/mrss/" xmlns:xhtml="http://www.w3.org/1999/xhtml"
      xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
      xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
      xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" {attributes}>
      <channel><title>T</title><link>https://site.example/</link>{channel}
      <item>{item}</item></channel></rss>"""


def atom(entry: str, feed: str = "", attributes: str = "") -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" {attributes}
      xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <title>T</title>{feed}<entry>{entry}</entry></feed>"""


def only(extraction: Extraction) -> RawItem:
    (item,) = extraction.items
    return item


LINK = "<link>/a.html</link>"
ATOM_LINK = '<link href="/a.html"/>'
LONG = "<p>" + "字" * 600 + "</p>"
A = "https://site.example/a.html"

RSS_FIELDS = {
    "link": (LINK, "url", A),
    "original link": (f"{LINK}<feedburner:origLink>/o</feedburner:origLink>", "url", "https://site.example/o"),
    "permalink": ("<guid>http://x.example/1</guid>", "url", "http://x.example/1"),
    "guid that is no link": (f"{LINK}<guid isPermaLink='false'>77</guid>", "url", A),
    "guid as a last resort": ("<guid isPermaLink='false'>http://x.example/1</guid>", "url", "http://x.example/1"),
    "atom link": ("<atom:link href='/a.html'/>", "url", A),
    "guid": (f"{LINK}<guid isPermaLink='false'>77</guid>", "guid", "77"),
    "title": (f"{LINK}<title> A &amp;amp; B </title>", "title", "A &amp; B"),
    "no title": (LINK, "title", None),
    "author of an address": (f"{LINK}<author>a@b.example (张三)</author>", "authors", ("张三",)),
    "author before an address": (f"{LINK}<author>Ann B &lt;a@b.example&gt;</author>", "authors", ("Ann B",)),
    "address alone": (f"{LINK}<author>a@b.example</author>", "authors", ()),
    "creators": (f"{LINK}<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "authors", ("A", "B")),
    "atom author": (f"{LINK}<atom:author><atom:name>A</atom:name></atom:author>", "authors", ("A",)),
    "itunes author": (f"{LINK}<itunes:author>A</itunes:author>", "authors", ("A",)),
    "contributor": (f"{LINK}<dc:contributor>C</dc:contributor>", "contributors", ("C",)),
    "source": (f"{LINK}<source url='http://x.example/f'>山西日报</source>", "outlet", "山西日报"),
    "source that is an address": (f"{LINK}<dc:source>http://x.example</dc:source>", "outlet", None),
    "section": (f"{LINK}<category>经济</category><category>B</category>", "section", "经济"),
    "keywords": (
        f"{LINK}<category>A</category><dc:subject>B</dc:subject><media:keywords>C, A，D</media:keywords>",
        "keywords",
        ("A", "B", "C", "D"),
    ),
    "enclosure": (f"{LINK}<enclosure url='/p' type='image/png'/>", "image", Image(url="https://site.example/p")),
    "enclosure without type": (f"{LINK}<enclosure url='/p.jpg?x'/>", "image", Image(url="https://site.example/p.jpg?x")),
    "sound is no picture": (f"{LINK}<enclosure url='/p.mp3' type='audio/mpeg'/>", "image", None),
    "media": (
        f"""{LINK}<media:content url='/s.jpg' width='10'/><media:group>
        <media:content url='/p' medium='image' width='20px' height='x'><media:credit>新华社</media:credit></media:content>
        <media:description>A &lt;b&gt;c&lt;/b&gt;</media:description></media:group>""",
        "image",
        Image(url="https://site.example/p", caption="A c", credit="新华社", width=20),
    ),
    "thumbnail": (f"{LINK}<media:thumbnail url='/t.jpg' height='9'/>", "image", Image(url="https://site.example/t.jpg", height=9)),
    "video is no picture": (f"{LINK}<media:content url='/v' type='video/mp4'/>", "image", None),
    "summary": (f"{LINK}<description>&lt;b&gt;x&lt;/b&gt;</description>", "summary", "<b>x</b>"),
    "summary of bare markup": (f"{LINK}<description>x <b>y</b> z</description>", "summary", "x <b>y</b> z"),
    "cdata": (f"{LINK}<description><![CDATA[a <b>]]>]]&gt;<![CDATA[</b>]]></description>", "summary", "a <b>]]></b>"),
    "double escaped": (f"{LINK}<title>&amp;amp;lt;b&amp;amp;gt;</title>", "title", "&amp;lt;b&amp;gt;"),
    "content": (f"{LINK}<description>s</description><content:encoded>&lt;p&gt;c</content:encoded>", "content_html", "<p>c"),
    "content beside a summary": (f"{LINK}<description>s</description><content:encoded>c</content:encoded>", "summary", "s"),
    "xhtml body": (f"{LINK}<xhtml:body><xhtml:p class='x'>c<xhtml:br/></xhtml:p></xhtml:body>", "content_html", '<p class="x">c<br></p>'),
    "bare body": (f"{LINK}<body><p>c</p></body>", "content_html", "<p>c</p>"),
    "complete by content": (f"{LINK}<content:encoded>c</content:encoded>", "complete", True),
    "complete by length": (f"{LINK}<description><![CDATA[{LONG}]]></description>", "content_html", LONG),
    "long markup of a short text": (f"{LINK}<description><![CDATA[<a href='{'x' * 600}'>y</a>]]></description>", "complete", False),
    "language": (f"{LINK}<dc:language>en-US</dc:language>", "language", "en"),
    "xml:lang": (f"{LINK}", "language", "zh"),
    "alternate": (
        f"{LINK}<atom:link rel='alternate' hreflang='en' href='/en/a.html'/>",
        "alternates",
        (Alternate(hreflang="en", url="https://site.example/en/a.html"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("item", "field", "expected"), RSS_FIELDS.values(), ids=RSS_FIELDS
)
def test_an_rss_item_says(item: str, field: str, expected: object) -> None:
    feed = rss(item, attributes="xml:lang='zh-CN'")
    assert getattr(only(read(feed)), field) == expected


ATOM_FIELDS = {
    "link": (ATOM_LINK, "url", A),
    "page before data": ('<link href="/a.json" type="application/json"/><link href="/a.html" type="text/html"/>', "url", A),
    "own language first": ('<link href="/b.html" hreflang="en"/><link href="/a.html" hreflang="zh"/>', "url", A),
    "content elsewhere": ('<content src="/a.html" type="text/html"/>', "url", A),
    "id as a last resort": ("<id>https://site.example/a.html</id>", "url", A),
    "canonical": (f'{ATOM_LINK}<link rel="canonical" href="/c"/>', "canonical_url", "https://site.example/c"),
    "text title": (f"{ATOM_LINK}<title>1 &lt; 2 &amp;amp; &lt;b&gt;</title>", "title", "1 &lt; 2 &amp;amp; &lt;b&gt;"),
    "html title": (f"{ATOM_LINK}<title type='html'>A &amp;amp; B</title>", "title", "A &amp; B"),
    "author": (f"{ATOM_LINK}<author><name>A</name></author>", "authors", ("A",)),
    "author of the feed": (ATOM_LINK, "authors", ("Feed",)),
    "author of the source": (f"{ATOM_LINK}<source><title>S</title><author><name>A</name></author></source>", "authors", ("A",)),
    "creator": (f"{ATOM_LINK}<dc:creator>A</dc:creator>", "authors", ("A",)),
    "words of a video": (f"{ATOM_LINK}<media:group><media:description>What is seen.</media:description></media:group>", "summary", "What is seen."),
    "author without a name": (f"{ATOM_LINK}<author>A</author>", "authors", ("A",)),
    "contributor": (f"{ATOM_LINK}<contributor><name>C</name></contributor>", "contributors", ("C",)),
    "outlet": (f"{ATOM_LINK}<source><title>山西日报</title></source>", "outlet", "山西日报"),
    "category": (f'{ATOM_LINK}<category term="t" label="L"/><category term="u"/><category term="k" scheme="http://x/#kind"/>', "keywords", ("L", "u")),
    "picture": (f'{ATOM_LINK}<link rel="enclosure" type="image/png" href="/p"/>', "image", Image(url="https://site.example/p")),
    "html content": (f'{ATOM_LINK}<content type="html">&lt;p&gt;c</content>', "content_html", "<p>c"),
    "text content": (f"{ATOM_LINK}<content>a &lt; b</content>", "content_html", "a &lt; b"),
    "escaped content": (f'{ATOM_LINK}<content type="text/plain" mode="escaped">&lt;p&gt;</content>', "content_html", "<p>"),
    "other content": (f'{ATOM_LINK}<content type="application/pdf">QUJD</content>', "content_html", None),
    "xhtml content": (
        f'{ATOM_LINK}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>c<br/></p></div></content>',
        "content_html",
        "<div><p>c<br></p></div>",
    ),
    "summary": (f"{ATOM_LINK}<summary>s</summary><content>c</content>", "summary", "s"),
    "language": (ATOM_LINK, "language", "zh"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "field", "expected"), ATOM_FIELDS.values(), ids=ATOM_FIELDS
)
def test_an_atom_entry_says(entry: str, field: str, expected: object) -> None:
    feed = atom(entry, "<author><name>Feed</name></author>", "xml:lang='zh'")
    assert getattr(only(read(feed)), field) == expected


@pytest.mark.parametrize(
    ("feed", "published", "updated"),
    [
        (rss(f"{LINK}<pubDate>p</pubDate><dc:date>d</dc:date><atom:updated>u</atom:updated>"), ["p", "d"], ["u"]),
        (atom(f"{ATOM_LINK}<updated>u</updated><published>p</published>"), ["p"], ["u"]),
        (atom(f"{ATOM_LINK}<issued>i</issued><modified>m</modified>").replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"), ["i"], ["m"]),
    ],
    ids=["rss", "atom", "atom 0.3"],
)  # fmt: skip
def test_dates_are_handed_on_unread(
    feed: str, published: list[str], updated: list[str]
) -> None:
    item = only(read(feed))
    assert [d.text for d in item.dates] == published
    assert [d.text for d in item.updated] == updated
    assert {d.origin for d in (*item.dates, *item.updated)} == {Origin.FEED}


def test_addresses_are_relative_to_their_xml_base() -> None:
    feed = atom('<link href="a"/>', attributes='xml:base="https://other.example/x/"')
    assert only(read(feed)).url == "https://other.example/x/a"
    assert only(read(feed)).base == "https://other.example/x/"
    assert only(read(atom(ATOM_LINK))).base == URL
    nested = feed.replace("<entry>", '<entry xml:base="y/">')
    assert only(read(nested)).url == "https://other.example/x/y/a"


@pytest.mark.parametrize(
    ("channel", "ttl"),
    [
        ("<ttl>30</ttl>", 1_800),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999</ttl>", 31_536_000),
        ("", None),
    ],
    ids=["ttl", "twice an hour", "daily", "no number", "for ever", "none"],
)  # fmt: skip
def test_a_feed_says_how_long_it_stays_good(channel: str, ttl: int | None) -> None:
    assert read(rss(LINK, channel)).ttl == ttl


@pytest.mark.parametrize(
    ("channel", "hours", "days"),
    [
        ("<skipHours><hour>0</hour><hour>7</hour></skipHours>", (0, 7), ()),
        ("<skipHours><hour>24</hour><hour>25</hour></skipHours>", (0,), ()),
        ("<skipHours><hour>noon</hour><hour>-1</hour></skipHours>", (), ()),
        ("<skipDays><day>Sunday</day><day> saturday</day></skipDays>", (), (5, 6)),
        ("<skipDays><day>Sonntag</day></skipDays><skipHours/>", (), ()),
        ("<hour>3</hour><day>Monday</day>", (), ()),
    ],
    ids=["hours", "24 is 0", "no hours", "days", "no days", "not in their list"],
)
def test_a_feed_says_when_it_sleeps(
    channel: str, hours: tuple[int, ...], days: tuple[int, ...]
) -> None:
    """standards.md, "Politeness", 6."""
    read_so = read(rss(LINK, channel))
    assert (read_so.skip_hours, read_so.skip_days) == (hours, days)


def test_an_atom_feed_may_say_how_long_it_stays_good() -> None:
    sy = "http://purl.org/rss/1.0/modules/syndication/"
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:sy="{sy}">'
        "<sy:updatePeriod>hourly</sy:updatePeriod></feed>"
    )
    assert read(text).ttl == 3_600


def test_a_feed_says_its_language_and_its_next_page() -> None:
    feed = read(
        rss(LINK, "<language>zh_TW</language><atom:link rel='next' href='?p=2'/>")
    )
    assert (feed.language, feed.next) == ("zh-Hant", f"{URL}?p=2")
    assert read(atom(ATOM_LINK, "<link rel='next' href='?p=2'/>")).next == f"{URL}?p=2"


INCLUDE = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
)

SHAPES = {
    "rss 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel><title>T</title></channel><item rdf:about="https://site.example/a.html"><title>A</title></item></rdf:RDF>""",
    "rss 0.90": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
      <channel/><item><title>A</title><link>/a.html</link></item></rdf:RDF>""",
    "bare channel": f"<channel><item><title>A</title>{LINK}</item></channel>",
    "atom without its namespace": f"<feed><entry><title>A</title>{ATOM_LINK}</entry></feed>",
    "inside a page": f"<html><body>{atom(f'<title>A</title>{ATOM_LINK}')}</body></html>",
    "blank before the declaration": f"\n\n {rss(f'<title>A</title>{LINK}')}",
    "mark before the declaration": f"\ufeff{rss(f'<title>A</title>{LINK}')}",
    "a doctype": f'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss.dtd">{rss(f"<title>A</title>{LINK}")[21:]}',
    "a DTD named and never used": f'<!DOCTYPE rss [<!ENTITY % L PUBLIC "-//W3C//E" "http://x.example/l.ent">]>{rss(f"<title>A</title>{LINK}")[21:]}',
    "instructions and inclusions": '<?xml-stylesheet href="x.xsl"?><?xslt x?>' + rss(f"<title>A</title>{LINK}{INCLUDE}")[21:],
    "json feed": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a.html", "title": "A"}]}),
}  # fmt: skip

HOME = "https://site.example/"
PAGELESS = {
    "by its id": ("<title>A</title><guid>n-1</guid>", (HOME, "n-1")),
    "by its enclosure": ("<title>A</title><enclosure url='/a.mp3'/>", (f"{HOME}a.mp3", "")),
    "its id is an address": ("<title>A</title><guid>https://site.example/a</guid>", (f"{HOME}a", None)),
}  # fmt: skip


@pytest.mark.parametrize(("item", "place"), PAGELESS.values(), ids=PAGELESS)
def test_an_item_without_a_link_has_a_place(
    item: str, place: tuple[str, str | None]
) -> None:
    got = only(read(rss(f"{item}<description>Some words.</description>")))
    assert (got.url, got.alone) == place
    assert got.complete is (place[1] is not None)


def test_an_item_without_link_and_id_is_told_by_its_headline_and_date() -> None:
    def marks(*items: str) -> list[str | None]:
        read_items = read(rss("</item><item>".join(items))).items
        assert all(item.url == HOME for item in read_items)
        return [item.alone for item in read_items]

    date = "<pubDate>Fri, 05 Nov 2021 08:00:00 GMT</pubDate>"
    first = f"<title>A</title>{date}<description>Old words.</description>"
    edited = f"<title>A</title>{date}<description>New words.</description>"
    later = f"<title>A</title>{date.replace('05', '12')}"
    assert marks(first) == marks(edited)
    assert len(set(marks(first, later, "<description>B</description>"))) == 3


def test_an_item_that_says_nothing_is_none() -> None:
    assert read(rss("<pubDate>Fri, 05 Nov 2021 08:00:00 GMT</pubDate>")).items == ()


def test_an_atom_entry_without_a_link_stands_at_the_page_of_its_feed() -> None:
    entry = "<id>urn:x:1</id><title>A</title><content>Some words.</content>"
    got = only(read(atom(entry, feed='<link href="/home"/>')))
    assert (got.url, got.alone, got.complete) == (f"{HOME}home", "urn:x:1", True)


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_a_feed_is_read(body: str) -> None:
    extraction = read(body)
    item = only(extraction)
    assert (item.url, item.title, extraction.faults) == (A, "A", ())


BROKEN = {
    "undeclared prefix": rss(f"<title>A</title>{LINK}<x:y>z</x:y>"),
    "bare ampersand": rss(f"<title>A</title>{LINK}<description>a & b</description>"),
    "unescaped": rss(f"<title>A</title>{LINK}<description>a < b</description>"),
    "a named entity": rss(f"<title>A</title>{LINK}<description>a&nbsp;b</description>"),
    "a declared entity": f'<!DOCTYPE rss [<!ENTITY nb "&#160;">]>{rss(f"<title>A</title>{LINK}<description>a&nb;b</description>")[21:]}',
    "a control character": rss(f"<title>A</title>{LINK}<description>a\x0bb</description>"),
    "a bad reference": rss(f"<title>A</title>{LINK}<description>a&#0;b</description>"),
    "two declarations": "<?xml version='1.0'?>" + rss(f"<title>A</title>{LINK}"),
}  # fmt: skip


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_not_well_formed_is_read_with_a_warning(body: str) -> None:
    extraction = read(body)
    item = only(extraction)
    assert (item.url, item.title) == (A, "A")
    assert [f.code for f in extraction.faults] == [Code.W_BOZO]


def test_a_broken_feed_says_as_much_as_a_sound_one() -> None:
    sound = rss(
        f"""<title>A</title>{LINK}<guid isPermaLink='false'>7</guid><dc:creator>甲</dc:creator>
        <pubDate>Fri, 05 Nov 2021 08:30:00 +0800</pubDate><category>经济</category>
        <media:content url='/p.jpg' medium='image' width='9'/><media:thumbnail url='/t.jpg'/>
        <enclosure url='/e.png' type='image/png'/><enclosure url='/e.mp3' type='audio/mpeg'/><description>s</description>
        <content:encoded>&lt;p&gt;c&lt;/p&gt;</content:encoded>""",
        "<language>zh</language>",
    )
    expected = only(read(sound))
    found = only(read(sound.replace("<description>s", "<x:y/><description>s")))
    assert found == expected


def test_an_item_that_was_cut_off_gives_no_half_text() -> None:
    whole = rss(f"<title>A</title>{LINK}<description>one</description>")
    item = "<item><title>B</title><link>/b.html</link><description>two words"
    cut = whole[: whole.index("</channel>")]
    extraction = read(cut + item)
    assert [(i.url, i.summary) for i in extraction.items] == [
        (A, "one"),
        ("https://site.example/b.html", None),
    ]
    assert extraction.faults[0].args == {"detail": "truncated"}
    assert len(read(cut + item[:35]).items) == 1
    assert len(read(cut).items) == 1


def test_a_sound_feed_without_items_is_empty() -> None:
    extraction = read("<rss version='2.0'><channel><title>T</title></channel></rss>")
    assert [f.code for f in extraction.faults] == [Code.W_EMPTY]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;</title></item></channel></rss>'
PAGE = """<html><head><base href="/x/"><link rel="alternate" type="application/rss+xml" href="f.rss">
  <link rel="alternate" type="application/json" href="api"></head><body>x</body></html>"""

REFUSED = {
    "unclosed": ("<rss><chan", Code.E_PARSE_TRUNCATED, ""),
    "cut before an item": (rss("")[:200], Code.E_PARSE_TRUNCATED, ""),
    "a page": (PAGE, Code.E_NOT_A_FEED, "https://site.example/x/f.rss"),
    "a page without feeds": ("<p>x</p>", Code.E_NOT_A_FEED, "–"),
    "a deep page": ("<div>" * 100_000, Code.E_NOT_A_FEED, "–"),
    "nothing": ("", Code.E_NOT_A_FEED, "–"),
    "what feedparser trips over": ("<rss><item><title>&</title><gml:pos>1</gml:pos></rss>", Code.E_NOT_A_FEED, "–"),
    "broken and empty": ("<rss><channel><x></channel></rss>", Code.E_NOT_A_FEED, "–"),
    "billion laughs": (BOMB, Code.E_XML_DTD, ""),
    "billion laughs in utf-16": (BOMB.replace("?><!D", ' encoding="utf-16"?><!D').encode("utf-16"), Code.E_XML_DTD, ""),
    "quadratic blow-up": (f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]><rss>{"&a;" * 50_000}</rss>', Code.E_XML_DTD, ""),
    "external entity": ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>', Code.E_XML_DTD, ""),
    "parameter entity": ('<!DOCTYPE rss [<!ENTITY % x PUBLIC "a" "http://169.254.169.254/">%x;]><rss/>', Code.E_XML_DTD, ""),
    "mojibake": (b'<?xml version="1.0" encoding="utf-8"?><rss>' + bytes(range(0x80, 0x100)) * 9 + "字".encode() * 900 + b"</rss>", Code.E_ENCODING, ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code", "found"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_time(
    body: str | bytes, code: Code, found: str
) -> None:
    began = time.process_time()
    assert refusal(body) == (code, found)
    assert time.process_time() - began < 2


DEEP = {
    "sound": rss(
        f"{LINK}<description>{'<b>' * 100_000}{'</b>' * 100_000}</description>"
    ),
    "broken": rss(f"{LINK}<description>{'<b>' * 100_000}</description>"),
    "nothing but depth": "<rss>" * 100_000,
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_bounded(body: str) -> None:
    began = time.process_time()
    with suppress(ExtractError):
        read(body)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "gbk"])
def test_chinese_is_exact_whatever_is_declared(declared: str) -> None:
    words = (
        "朱镕基和陶喆在阳泉市参加了经济工作会议，会议由市长主持，强调要加快发展。" * 2
    )
    body = rss(f"<title>{words}</title>{LINK}").replace(
        "?>", f' encoding="{declared}"?>', 1
    )
    item = only(read(body.encode("gbk"), Source(id="s", url=URL, language="zh")))
    assert (item.title, item.encoding) == (words, "gb18030")


KINDS: tuple[Kind, ...] = ("feed", "auto", "sitemap", "json")
SEEDS = [rss(f"<title>A</title>{LINK}"), atom(ATOM_LINK), SHAPES["rss 1.0"], BROKEN["bare ampersand"], SHAPES["json feed"], PAGE]  # fmt: skip


@given(st.data())
def test_no_bytes_raise_but_a_refusal(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(SEEDS)).encode()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    junk = data.draw(st.binary(max_size=20))
    for odd in (body[:end], body[start:], body[:start] + junk + body[end:], junk):
        for kind in KINDS:
            with suppress(ExtractError):
                read_list(Source(id="s", url=URL, kind=kind), Page(url=URL, body=odd))


@pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus is not beside the repository"
)
def test_the_corpus_gives_what_feedparser_finds() -> None:
    fewer = []
    for line in (CORPUS / "feeds.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        try:
            found = len(read((CORPUS / entry["file"]).read_bytes()).items)
        except ExtractError:
            found = 0
        if found < entry["entries_by_feedparser"]:
            fewer.append(entry["file"])
    assert len(fewer) <= 2, fewer  # their missing entries say nothing at all
