"""How a site calls itself, by each kind of document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.inspect.naming import site_name
from feedsvc.model.web import Page

RSS = "<rss><channel>{}<item><title>Story</title></item></channel></rss>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom">{}<entry><title>S</title></entry></feed>'
)


def name(body: str | bytes) -> str | None:
    data = body if isinstance(body, bytes) else body.encode()
    return site_name(Page(url="https://news.example.org/", body=data))


@pytest.mark.parametrize(
    ("body", "called"),
    [
        ("<html><title> River\n &amp; Hill </title>", "River & Hill"),
        (
            '<html><meta property="og:site_name" content="River"><title>News | River',
            "River",
        ),
        ('<html><meta property="og:site_name" content=" "><title>News', "News"),
        ("<html><meta charset=gbk><title>阳泉网</title>".encode("gbk"), "阳泉网"),
        ("<html><p>No title.", None),
        ("<div>" * 100_000, None),
        (RSS.format("<title>River &amp;amp; Hill</title>"), "River & Hill"),
        (RSS.format("<title><![CDATA[ 山西新闻 ]]></title>"), "山西新闻"),
        (RSS.format(""), None),
        (ATOM.format('<title type="text">River</title>'), "River"),
        ('{"title": "River", "items": []}', "River"),
        ('{"title": ["River"]}', None),
        ('[{"title": "Story"}]', None),
        ("{", None),
        ("<urlset></urlset>", None),
        (f"<html><title>{'River ' * 50}", f"{'River ' * 9}River…"),
    ],
    ids=[
        "title", "site name", "empty site name", "gbk", "no title", "deep", "rss",
        "cdata", "no name in rss", "atom", "json feed", "odd json", "json list",
        "cut json", "sitemap", "long",
    ],
)  # fmt: skip
def test_the_name_is_what_the_document_says(
    body: str | bytes, called: str | None
) -> None:
    assert name(body) == called


@given(st.sampled_from(["", "<rss>", "<html><title>", '{"title":']), st.binary())
def test_no_document_makes_it_fail(head: str, rest: bytes) -> None:
    found = name(head.encode() + rest)
    assert found is None or len(found) <= 60
