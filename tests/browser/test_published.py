"""The pages of whole publications in a real browser: the demo's, and those of real news.

``SCREENSHOTS=folder pytest tests/browser`` keeps the pictures.
"""

import json
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.looks import VIOLATIONS, WIDEST, axe, keep
from tests.readers.sites import LANGUAGES, Site

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        chromium.executable() is None,
        reason="no Chromium on this machine (Debian: apt-get install chromium)",
    ),
]

CATEGORIES = ("all", "local")
"""A list of all articles, and one in which both languages stand."""

LANDED = "location.href"
ENTRIES = "[...document.querySelectorAll('article h3 a')].map(a => a.href)"
FIELDS = "[...document.querySelectorAll('.addresses input')].map(i => i.value)"


ASKED = (
    "zh/sources/",
    "en/sources/",
    "zh/search/?q=%E6%A1%A5",
    "zh-Hant/search/?q=%E7%A2%BC%E9%A0%AD&category=local",
    "en/search/?q=nothing-of-the-kind",
)
"""Pages that are made when somebody asks, and those that lead to them."""


def looked_at(site: Site) -> list[str]:
    """The folders whose feeds and pages are opened."""
    return [path for path in site.paths if path.endswith(CATEGORIES)]


def complaints(tab: chromium.Tab, site: Site) -> list[str]:
    """What the console says, but for pictures of others that cannot be had here."""
    return [
        told
        for told in tab.complaints
        if json.loads(told).get("entry", {}).get("url", site.base).startswith(site.base)
    ]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
async def test_published_pages_fit_and_axe_finds_nothing(
    published_site: Site, tmp_path: Path, width: int, scheme: str
) -> None:
    script = axe()
    async with chromium.tab(tmp_path / "profile") as tab:
        folders = [f"{path}/" for path in (*LANGUAGES, *looked_at(published_site))]
        for path in (*folders, *ASKED):
            await tab.visit(f"{published_site.base}/{path}", width, scheme)
            name = f"{tmp_path.name}-{path.replace('/', '-')}.png"
            keep(name, await tab.screenshot())
            assert await tab.value(WIDEST) <= width, path
            await tab.value(f"{script};0")
            assert await tab.value(VIOLATIONS) == [], path
        assert complaints(tab, published_site) == []


async def test_published_pages_say_the_same_without_script(
    published_site: Site, tmp_path: Path
) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        await tab.call("Emulation.setScriptExecutionDisabled", value=True)
        for path in looked_at(published_site):
            await tab.visit(f"{published_site.base}/{path}/", 360, "light")
            feed = json.loads(published_site.file(path, "json").read_bytes())
            urls = [item["url"] for item in feed["items"]]
            assert await tab.value(ENTRIES) == urls
            assert await tab.value(FIELDS) == [
                published_site.url(path, form) for form in ("rss", "atom", "json")
            ]
            assert await tab.value(WIDEST) <= 360, path
        assert complaints(tab, published_site) == []


async def test_a_feeds_address_opened_in_a_browser_lands_on_its_page(
    published_site: Site, tmp_path: Path
) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        for path in looked_at(published_site):
            for form in ("rss", "atom", "json"):
                await tab.visit(published_site.url(path, form), 1280, "light")
                assert await tab.value(LANDED) == f"{published_site.base}/{path}/"
        assert complaints(tab, published_site) == []
