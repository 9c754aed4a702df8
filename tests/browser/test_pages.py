"""The pages as people see them: in a real browser, on a phone and on a desk.

``SCREENSHOTS=folder pytest tests/browser`` keeps the pictures.
"""

import asyncio
import struct
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.looks import VIOLATIONS, WIDEST, axe, keep
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
    "index-zh-Hant": "/zh-Hant/",
    "category-zh-Hant": "/zh-Hant/local/",
    "term": "/categories/local",
    "search-zh": "/zh/search/?q=x",
    "search-en": "/en/search/?q=x",
    "sources-zh": "/zh/sources/",
    "sources-en": "/en/sources/",
    "foreign": "/zh/culture/",
    "empty-en": "/en/weather/",
    "ops": "/ops/",
}

PICTURES = "[...document.images].filter(i => i.complete && i.naturalWidth).length"
PAPER = "getComputedStyle(document.body).backgroundColor"
SMALLEST = """Math.min(100, ...[...document.querySelectorAll(
    'nav a, .formats a, .addresses :is(a, button), .readers a, .sources a, .search button'
)].map(a => a.getBoundingClientRect().height))"""


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_axe_finds_nothing_against_wcag(
    site: str, tmp_path: Path, width: int, scheme: str
) -> None:
    script = axe()
    async with chromium.tab(tmp_path / "profile") as tab:
        for name, path in PAGES.items():
            await tab.visit(f"{site}{path}", width, scheme)
            await tab.value(f"{script};0")
            assert await tab.value("typeof axe.run") == "function"
            assert await tab.value(VIOLATIONS) == [], name
        assert tab.complaints == []


BUTTONS = "document.querySelectorAll('.addresses button')"


async def test_a_button_copies_an_address(site: str, tmp_path: Path) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        granted = ["clipboardReadWrite", "clipboardSanitizedWrite"]
        await tab.call("Browser.grantPermissions", permissions=granted)
        await tab.visit(f"{site}/en/local/", 1280, "light")
        await tab.call("Page.bringToFront")
        assert await tab.value(f"{BUTTONS}.length") == 3
        label = await tab.value(f"{BUTTONS}[1].getAttribute('aria-label')")
        assert label == "Copy – Atom address"
        await tab.value(f"{BUTTONS}[1].click(), 0")
        said = "document.querySelector('[role=status]').textContent"
        for _ in range(100):
            if await tab.value(said):
                break
            await asyncio.sleep(0.05)
        assert await tab.value(said) == "Copied"
        assert await tab.value("navigator.clipboard.readText()") == (
            f"{samples.BASE}/en/local/feed.atom"
        )
        assert tab.complaints == []


async def test_times_of_the_last_day_say_how_long_ago_they_were(
    site: str, tmp_path: Path
) -> None:
    ago = "[...document.querySelectorAll('time + span')].map(s => s.textContent)"
    async with chromium.tab(tmp_path / "profile") as tab:
        clock = f"Date.now = () => Date.parse('{samples.NOON.isoformat()}') + 7200000"
        await tab.call("Page.enable")
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=clock)
        await tab.visit(f"{site}/zh-Hant/local/", 1280, "light")
        assert await tab.value(ago) == ["2 小時前"], "of the feed: articles have days"
        times = await tab.value("document.querySelectorAll('article time').length")
        assert times == 8


async def test_pages_need_no_script(site: str, tmp_path: Path) -> None:
    async with chromium.tab(tmp_path / "profile") as tab:
        await tab.call("Emulation.setScriptExecutionDisabled", value=True)
        await tab.visit(f"{site}/zh/local/", 360, "light")
        keep("noscript-zh-360-light.png", await tab.screenshot())
        shown = "[...document.querySelectorAll('.addresses input')].map(i => i.value)"
        assert await tab.value(shown) == [
            f"{samples.BASE}/zh/local/feed.{form}" for form in samples.FORMATS
        ]
        assert await tab.value(f"{BUTTONS}.length") == 0
        assert await tab.value("document.querySelectorAll('article').length") == 8
        assert await tab.value(WIDEST) <= 360
        assert tab.complaints == []


async def test_the_keyboard_reaches_everything_in_the_order_in_which_it_is_seen(
    site: str, tmp_path: Path
) -> None:
    where = """(() => { const box = document.activeElement.getBoundingClientRect();
        return [document.activeElement.className, Math.round(box.top + scrollY)] })()"""
    async with chromium.tab(tmp_path / "profile") as tab:
        await tab.visit(f"{site}/en/local/", 360, "light")
        reached = []
        for _ in range(24):
            for kind in ("keyDown", "keyUp"):
                await tab.call(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key="Tab",
                    windowsVirtualKeyCode=9,
                )
            reached.append(await tab.value(where))
        assert reached[0][0] == "skip"
        tops = [top for _, top in reached[1:]]
        assert tops == sorted(tops)
        assert len(set(tops)) > 8


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
