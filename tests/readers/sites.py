"""Two published sites under the service's own server: the demo's newsroom, real pages."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import httpx

from feedsvc.demo import configuration
from feedsvc.demo.server import newsroom
from tests.service.installation import eventually

LANGUAGES = ("zh", "en", "zh-Hant")

_PAIRS = {
    "portal": ("/news/2026/1120/501.html", "{city}/news/20261120_1001.html"),
    "city": ("/news/20261118_1004.html", "{portal}/news/2026/1118/497.html"),
}
"""Two stories of the newsroom that two of its sites tell; each names one of them."""


@dataclass(frozen=True)
class Site:
    """A published tree and the address at which it is served."""

    base: str
    public: Path

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every feed's folder, such as ``zh/local``."""
        feeds = (
            f for lang in LANGUAGES for f in (self.public / lang).glob("*/feed.json")
        )
        return sorted(f"{f.parts[-3]}/{f.parts[-2]}" for f in feeds)

    def file(self, path: str, form: str) -> Path:
        """A feed on disk."""
        return self.public / path / f"feed.{form}"

    def url(self, path: str, form: str) -> str:
        """A feed over HTTP."""
        return f"{self.base}/{path}/feed.{form}"


@contextmanager
def serving(config: Path, data: Path, base: str) -> Iterator[Site]:
    """``feedsvc serve`` over what ``data`` holds, once it answers."""
    options = ["--config", str(config), "--data", str(data)]
    log = data / "serve.log"
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", *options, "serve"],
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=_environment(),
        )
    try:
        eventually(lambda: _answers(base) or process.poll() is not None)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield Site(base, data / "public")
    finally:
        process.terminate()
        process.wait(10)


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/readyz").is_success
    except httpx.TransportError:
        return False


@contextmanager
def demo(home: Path, port: int) -> Iterator[Site]:
    """The demo's newsroom, published in all languages with pairs, and served."""
    base = f"http://127.0.0.1:{port}"
    config, data = home / "config", home / "data"
    with _newsroom() as sites:
        configuration.write(config, {**sites, "port": str(port), "base_url": base})
        _enlarge(config, sites)
        options = ["--config", str(config), "--data", str(data)]
        done = subprocess.run(
            [sys.executable, "-m", "feedsvc", *options, "collect"],
            capture_output=True,
            text=True,
            env=_environment(),
            check=False,
        )
        assert done.returncode == 1, done.stderr  # one of its sites fails, on purpose
        with serving(config, data, base) as site:
            yield site


def _enlarge(config: Path, sites: Mapping[str, str]) -> None:
    """Add the derived edition and the pairs to the demo's configuration."""
    settings = config / "feedsvc.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'languages = ["zh", "en"]' in text
    text = text.replace('["zh", "en"]', '["zh", "en", "zh-Hant"]')
    settings.write_text(text, encoding="utf-8")
    for name, (match, other) in _PAIRS.items():
        pair = f"pair = {{ match = '.*{match}', other = '{other.format(**sites)}' }}"
        source = config / "sources" / f"{name}.toml"
        text = source.read_text(encoding="utf-8")
        source.write_text(f"{pair}\n{text}", encoding="utf-8")


@contextmanager
def _newsroom() -> Iterator[Mapping[str, str]]:
    """The demo's sites on loopback, in a thread of their own; site → base address."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        sites = runner.run(stack.enter_async_context(newsroom(first_port=0)))
        stop = asyncio.Event()
        thread = threading.Thread(target=runner.run, args=(stop.wait(),))
        thread.start()
        try:
            yield sites
        finally:
            runner.get_loop().call_soon_threadsafe(stop.set)
            thread.join()
            runner.run(stack.aclose())


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FEEDSVC_")}
    return kept | {"LC_ALL": "C.UTF-8"}
