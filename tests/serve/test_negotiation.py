"""What Accept headers mean, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.serve.negotiation import codings, prefers_page

ALL = ("br", "zstd", "gzip", "identity")


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        (None, ("identity",)),
        ("", ("identity",)),
        (" , ;q=1", ("identity",)),
        ("gzip", ("gzip", "identity")),
        ("x-gzip", ("gzip", "identity")),
        ("GZIP;Q=0.5", ("gzip", "identity")),
        ("gzip, deflate, br, zstd", ALL),
        ("gzip, deflate, br", ("br", "gzip", "identity")),
        ("br;q=0.1, gzip;q=0.9", ("gzip", "br", "identity")),
        ("gzip;q=0.5, identity", ("identity", "gzip")),
        ("gzip;q=0", ("identity",)),
        ("identity;q=0", ()),
        ("*;q=0", ()),
        ("gzip, *;q=0", ("gzip",)),
        ("gzip, identity;q=0", ("gzip",)),
        ("identity;q=0.5, *;q=0", ("identity",)),
        ("*", ALL),
        ("*;q=0.5, gzip", ("gzip", "br", "zstd", "identity")),
        ("br;q=2, gzip;q=x, zstd;q=0.1234", ("identity",)),
        ("klingon", ("identity",)),
        ("gzip," * 500, ("identity",)),
    ],
)
def test_codings_are_those_that_both_sides_have(
    header: str | None, allowed: tuple[str, ...]
) -> None:
    assert codings(header) == allowed


CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "page"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        (CHROMIUM, True),
        ("text/html", True),
        ("application/xhtml+xml;q=0.2", True),
        ("text/html;q=0", False),
        ("application/rss+xml, text/html;q=0.9, */*;q=0.1", False),
        ("application/atom+xml, text/html", False),
        ("text/html, application/xml, text/xml, */*", False),
        ("text/html, application/feed+json;q=0.5", True),
        ("application/*, text/html;q=0.5", False),
        ("text/html" + " " * 1000, False),
    ],
)
def test_only_who_wants_html_more_than_feeds_gets_the_page(
    header: str | None, *, page: bool
) -> None:
    assert prefers_page(header) is page


@given(st.text(alphabet="gzip*br,;q=01.x \t", max_size=60))
def test_no_header_is_too_odd(header: str) -> None:
    assert set(codings(header)) <= set(ALL)
    assert prefers_page(header) in {True, False}
