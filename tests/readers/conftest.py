"""What readers and crawlers of other makes are sent to, and what a crawler finds."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.readers.crawler import Crawled, crawl
from tests.readers.sites import LANGUAGES, Site

STARTS = (
    "/",
    "/robots.txt",
    "/zh/search/?q=%E6%A1%A5",
    "/en/search/?q=reading%20room",
    "/zh-Hant/search/?q=%E7%A2%BC%E9%A0%AD&category=local",
)
"""What is well known, and searches: for 桥, for two words, for 碼頭 in one category."""


@pytest.fixture(scope="session")
def site(published_site: Site) -> Site:
    """The demo's newsroom, then real pages."""
    return published_site


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """A program: takes anything, decodes nothing, follows nothing."""
    headers = {"accept": "*/*", "accept-encoding": "identity"}
    with httpx.Client(headers=headers, trust_env=False) as found:
        yield found


@pytest.fixture(scope="session")
def crawled(site: Site, client: httpx.Client) -> Crawled:
    """All that answers at ``/`` and behind it, but the redirect at the door."""
    found = crawl(client, site.base, STARTS)
    door = found.pop(f"{site.base}/")
    assert door.answer.status_code == 302
    assert urlsplit(door.answer.headers["location"]).path in {
        f"/{t}/" for t in LANGUAGES
    }
    assert door.answer.headers["vary"] == "Accept-Language"
    return found
