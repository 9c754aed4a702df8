"""Addresses of what is made on demand: hostile ones are refused before anything is made."""

from http import HTTPStatus
from urllib.parse import quote

import pytest

from feedsvc.serve.asked import Asked, read

NOT_FOUND, BAD = HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST
YANGQUAN = quote("阳泉")


def source(name: str | None, one: str = "river") -> Asked:
    return Asked("zh", one, None, None, name)


def search(name: str | None, query: str = "阳泉", category: str | None = None) -> Asked:
    return Asked("zh", None, query, category, name)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/zh/sources/river/", source("index.html")),
        ("/zh/sources/river/feed.rss", source("feed.rss")),
        ("/zh/sources/river", source(None)),
        ("/zh/sources/../", source("index.html", "..")),
        ("/zh/sources/river/index.html", NOT_FOUND),
        ("/zh/sources/river/a/feed.rss", NOT_FOUND),
        ("/zh/sources//feed.rss", NOT_FOUND),
        ("/zh/sources/", NOT_FOUND),
        ("/zh/sources", NOT_FOUND),
        ("//zh/sources/river/", NOT_FOUND),
        ("/", NOT_FOUND),
    ],
)
def test_what_a_path_asks_for(path: str, asked: Asked | HTTPStatus) -> None:
    assert read(path, b"q=ignored") == asked


@pytest.mark.parametrize(
    ("path", "parameters", "asked"),
    [
        ("/zh/search/", f"q={YANGQUAN}", search("index.html")),
        ("/zh/search", f"q={YANGQUAN}", search(None)),
        ("/zh/search/feed.atom", f"q={YANGQUAN}", search("feed.atom")),
        ("/zh/search/", "q=阳泉", search("index.html")),
        ("/zh/search/", "q=a+b%20c", search("index.html", "a b c")),
        (
            "/zh/search/",
            "q=a&q=b&category=x&category=y",
            search("index.html", "a", "x"),
        ),
        ("/zh/search/", "utm_source=x&q=a&;;=", search("index.html", "a")),
        ("/zh/search/", "q=a&category=", search("index.html", "a")),
        ("/zh/search/", f"q={'x' * 200}", search("index.html", "x" * 200)),
        ("/zh/search/", f"q={'x' * 201}", BAD),
        ("/zh/search/", "q=", BAD),
        ("/zh/search/", "q=%20%09", BAD),
        ("/zh/search/", "q=%22%27%3F", BAD),
        ("/zh/search/", "", BAD),
        ("/zh/search/", "Q=a", BAD),
        ("/zh/search/", "q=%D1%F4%C8%AA", BAD),
        ("/zh/search/", "&".join(f"x{n}=1" for n in range(30)) + "&q=a", BAD),
        ("/zh/search/index.html", "q=a", NOT_FOUND),
        ("/zh/search/a/b", "q=a", NOT_FOUND),
        ("/zh/search//", "q=a", NOT_FOUND),
    ],
)
def test_what_a_search_asks_for(
    path: str, parameters: str, asked: Asked | HTTPStatus
) -> None:
    assert read(path, parameters.encode()) == asked


def test_bytes_that_are_no_text_are_refused() -> None:
    assert read("/zh/search/", b"q=\xff\xfe") == BAD
