"""The pages as people see them: in a real browser, on a phone and on a desk.

``SCREENSHOTS=folder pytest tests/browser`` keeps the pictures.
"""

import asyncio
import os
import struct
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.render import samples

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        chromium.executable() is None,
        reason="no Chromium on this machine (Debian: apt-get install chromium)",
    ),
]

PAGES = {
    "index-zh": "/zh/",
    "index-en": "/en/",
    "category-zh": "/zh/local/",
    "category-en": "/en/local/",
    "empty-en": "/en/weather/",
}

WIDEST = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
PICTURES = "[...document.images].filter(i => i.complete && i.naturalWidth).length"
PAPER = "getComputedStyle(document.body).backgroundColor"
SMALLEST = """Math.min(...[...document.querySelectorAll('nav a, .formats a, dt a')]
    .map(a => a.getBoundingClientRect().height))"""


def keep(name: str, picture: bytes) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / name).write_bytes(picture)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_are_good_to_look_at(
    site: str, tmp_path: Path, width: int, scheme: str
) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        for name, path in PAGES.items():
            await tab.visit(f"{site}{path}", width, scheme)
            picture = await tab.screenshot()
            keep(f"{name}-{width}-{scheme}.png", picture)
            assert struct.unpack(">II", picture[16:24]) == (width, 900)
            assert len(picture) > 10_000, f"{name} is blank"
            assert await tab.value(WIDEST) <= width, f"{name} is wider than its window"
            assert await tab.value("document.styleSheets.length") == 1
            red, green, blue = (
                int(part) for part in (await tab.value(PAPER))[4:-1].split(",")
            )
            assert (red + green + blue > 600) == (scheme == "light")
            assert await tab.value(SMALLEST) >= 24, "too small to hit (WCAG 2.5.8)"
        assert tab.complaints == []


async def test_thumbnails_come_although_pages_are_sealed(
    site: str, tmp_path: Path
) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        await tab.visit(f"{site}/zh/local/", 1280, "light")
        for _ in range(100):
            if await tab.value(PICTURES):
                break
            await asyncio.sleep(0.05)
        assert await tab.value(PICTURES) >= 1
        assert tab.complaints == []


async def test_a_browser_that_opens_a_feed_sees_its_page(
    site: str, tmp_path: Path
) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        await tab.visit(f"{site}/en/local/feed.rss", 1280, "light")
        assert await tab.value("location.pathname") == "/en/local/"
        assert await tab.value("document.title") == samples.feed("en").title
        await tab.visit(f"{site}/", 1280, "light")
        assert await tab.value("location.pathname") in {"/zh/", "/en/"}
