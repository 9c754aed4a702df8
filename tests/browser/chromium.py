"""A headless Chromium, spoken to in its DevTools protocol."""

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # nobody but this machine: what cannot be had anyway fails at once
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
    "about:blank",
)

LOADED = "location.protocol != 'about:' && document.readyState == 'complete'"
COMPLAINTS = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}


def executable() -> str | None:
    """The Chromium of this machine, if it has one."""
    return shutil.which("chromium") or shutil.which("google-chrome")


class Tab:
    """A page in a window of its own size and colour scheme."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        return await self._until(lambda message: message.get("id") == number)

    async def visit(self, url: str, width: int, scheme: str) -> None:
        """Show a page ``width`` pixels wide in the ``light`` or ``dark`` scheme."""
        for domain in ("Page", "Log", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        await self.call("Emulation.setEmulatedMedia", features=[feature])
        await self.call("Page.navigate", url=url)
        await self._until(
            lambda message: message.get("method") == "Page.loadEventFired"
        )

    async def value(self, expression: str) -> Any:
        """What an expression, or the promise that it makes, comes to on the page."""
        answer = await self.call(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        return answer["result"]["result"]["value"]

    async def screenshot(self) -> bytes:
        """What is seen, as PNG."""
        answer = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["result"]["data"])

    async def _until(self, wanted: Any) -> dict[str, Any]:
        """Read messages until one is wanted; errors told meanwhile are kept."""
        while True:
            message: dict[str, Any] = await self._socket.receive_json(timeout=30)
            method = message.get("method", "")
            if method in COMPLAINTS:
                self.complaints.append(json.dumps(message["params"]))
            if wanted(message):
                return message


@asynccontextmanager
async def tab(profile: Path) -> AsyncIterator[Tab]:
    """A fresh Chromium with an empty profile, gone at the end of the block."""
    process = await asyncio.create_subprocess_exec(
        str(executable()),
        f"--user-data-dir={profile}",
        *FLAGS,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            listed = await session.get(f"http://127.0.0.1:{port}/json/list")
            pages = [t for t in await listed.json() if t["type"] == "page"]
            url = pages[0]["webSocketDebuggerUrl"]
            async with session.ws_connect(url, max_msg_size=0) as socket:
                yield Tab(socket)
    finally:
        process.terminate()
        await process.wait()


async def _port(told: Path) -> int:
    """Where Chromium listens, once it says so."""
    for _ in range(600):
        lines = await asyncio.to_thread(_lines, told)
        if lines:
            return int(lines[0])
        await asyncio.sleep(0.05)
    raise TimeoutError(told)


def _lines(path: Path) -> list[str]:
    """The lines of a file; none before it is there."""
    return path.read_text().splitlines() if path.exists() else []
