"""Addresses: absolute, cleaned, and known by one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.urls import absolute, clean, host, identity

BASE = "http://a.example/x/list.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("./y.html", "http://a.example/x/y.html"),
        ("../y z.html", "http://a.example/y%20z.html"),
        ("../../../y", "http://a.example/y"),
        ("//b.example/p", "http://b.example/p"),
        ("?q=1", "http://a.example/x/list.html?q=1"),
        ("\n/a\r\n/b.html\t", "http://a.example/a/b.html"),
        ("http:\\\\b.example\\p", "http://b.example/p"),
        ("/新闻/甲.html?q=乙", "http://a.example/%E6%96%B0%E9%97%BB/%E7%94%B2.html?q=%E4%B9%99"),
        ("/a?x=1&amp;y=2", "http://a.example/a?x=1&y=2"),
        ("/a?x=1&copy=2", "http://a.example/a?x=1&copy=2"),
        ("/100%/a%20b", "http://a.example/100%25/a%20b"),
        ("http://中国.example/", "http://xn--fiqs8s.example/"),
        ("HTTP://B.Example:80", "http://b.example/"),
        ("https://b.example:8443/", "https://b.example:8443/"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
        ("http://user@b.example/", "http://user@b.example/"),
        ("#top", "http://a.example/x/list.html#top"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("data:text/html,x", None),
        ("ftp://b.example/", None),
        ("http://[::1", None),
        ("http://b.example:99999/", None),
        ("http://b<script>.example/", None),
        ("http://b\u3002\u3002example/", None),
        ("http://b.example/" + "a" * 5000, None),
    ],
)  # fmt: skip
def test_a_link_becomes_absolute_or_is_none(href: str, expected: str | None) -> None:
    assert absolute(BASE, href) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/x?utm_source=w&id=3&fbclid=x#top", "http://a.example/x?id=3"),
        ("http://a.example/x?from=timeline&isappinstalled=0", "http://a.example/x"),
        ("http://a.example/x?from=beijing", "http://a.example/x?from=beijing"),
        ("http://a.example/x?spm=a.1&mine=2", "http://a.example/x"),
        ("http://[broken", "http://[broken"),
    ],
)  # fmt: skip
def test_what_is_published_holds_no_tracking(url: str, expected: str) -> None:
    assert clean(url, tracking=("mine",)) == expected


SAME = [
    "http://a.example/x/7.html?id=3",
    "https://www.a.example/x/7.html?id=3",
    "http://m.a.example/x/7.html?id=3&gclid=1",
    "http://a.example:80/x/7.html?id=3#comments",
    "http://A.EXAMPLE/x/7.html?utm_medium=x&id=3",
]


@pytest.mark.parametrize("url", SAME)
def test_one_article_has_one_identity(url: str) -> None:
    assert identity(url) == "a.example/x/7.html?id=3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://中国.example/新闻", "http://xn--fiqs8s.example/%e6%96%b0%E9%97%BB"),
        ("http://a.example/x y", "http://a.example/x%20y"),
        ("http://a.example/x?q=乙", "http://a.example/x?q=%E4%B9%99"),
        ("http://wap.a.example/x", "https://a.example:443/x#top"),
    ],
)
def test_spellings_of_one_address_have_one_identity(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "http://a.example/x?id=1"),
        ("http://a.example/x", "http://a.example/X"),
        ("http://a.example/x", "http://b.example/x"),
        ("http://a.example:8080/x", "http://a.example/x"),
        ("http://m.example/x", "http://example/x"),
    ],
)
def test_different_articles_have_different_identities(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/x", "http://a.example/x/", "http://a.example/x/index.html"],
)
def test_a_folder_is_one_place(url: str) -> None:
    assert identity(url) == "a.example/x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://A.example:80/x", "a.example"),
        ("https://a.example:8443/x", "a.example:8443"),
        ("nonsense", ""),
        ("http://a.example:port/", ""),
    ],
)
def test_a_host_is_named_with_its_unusual_port(url: str, expected: str) -> None:
    assert host(url) == expected


@given(
    st.from_regex(r"(https?://[a-z.-]{1,8})?[a-z0-9/.%?&=;:@_-]{0,12}", fullmatch=True)
)
def test_the_short_way_leads_where_the_long_one_does(href: str) -> None:
    # A port of two digits may be the scheme's own, so that the long way is taken.
    short, ported, long = (
        absolute("http://a.example/x/", href),
        absolute("http://a.example:8080/x/", href),
        absolute("http://a.example:81/x/", href),
    )
    assert short == (ported and ported.replace("a.example:8080", "a.example"))
    if href.startswith("http"):
        assert short == absolute(BASE, f" {href}")
    else:
        assert short == (long and long.replace("a.example:81", "a.example"))


def test_a_bad_address_is_its_own_identity() -> None:
    assert identity("http://[broken") == "http://[broken"
    assert absolute("http://[::1]/x", "/a") == "http://[::1]/a"


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    made = absolute(BASE, text)
    assert made is None or absolute(BASE, made) == made
    assert identity(clean(text)) == identity(text)
    host(text)
