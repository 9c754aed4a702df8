"""A configuration over a small site on loopback, and the command line in process."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from feedsvc.cli import main

TEXT = "The river rose by two metres in the night, and the bridge stays closed. " * 4
FEED = """\
<rss version="2.0"><channel><title>River</title>
<link>http://127.0.0.1/</link>
<item><title>[b]Bridge[/b] closed[/x]</title><link>{base}/1.html</link>
<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{base}/gone.html</link></item>
</channel></rss>"""
SHORT = """\
<rss version="2.0"><channel><title>Short</title>
<link>http://127.0.0.1/</link>
<item><title>Bridge shut</title><link>{base}/shut.html</link>
<description>It is shut.</description></item></channel></rss>"""
PAGE = """\
<html lang="en"><head><title>[b]Bridge[/b] closed[/x]</title></head><body><article>
<h1>[b]Bridge[/b] closed[/x]</h1><p class="by">By Ann Lee</p><p>{text}</p>
<p>{text}</p></article></body></html>"""
LIST = """\
<html lang="en"><head><title>River</title></head><body><ul>
<li><a href="/1.html">[b]Bridge[/b] closed[/x]</a></li></ul></body></html>"""
GARBLED = (
    "会议指出，要坚持稳中求进工作总基调。".encode().decode("gb18030", "ignore") * 9
)
FEEDSVC = """\
[site]
title = {{ zh = "河", en = "River" }}
base_url = "http://127.0.0.1:8000"
authority = "example.org,2026"
[collect]
host_gap = "0s"
robots = false
allow_networks = ["127.0.0.0/8"]
"""
SOURCE = """\
url = "{base}/feed.xml"
name = {{ en = "River" }}
language = "en"
category = "local"
[article]
author = ".by"
"""


class _Site(BaseHTTPRequestHandler):
    """The site: feeds, a page, one that is garbled, one that is refused."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        pages = {
            "/feed.xml": FEED.format(base=base),
            "/short.xml": SHORT.format(base=base),
            "/news/": LIST,
            "/1.html": PAGE.format(text=TEXT),
            "/garbled.xml": FEED.format(base=base).replace("1.html", "2.html"),
            "/2.html": PAGE.format(text=GARBLED),
            "/hostile.html": "<p>\x1b]0;A title\x07</p>",
        }
        body = pages.get(self.path, "").encode()
        missing = 403 if self.path == "/shut.html" else 404
        self.send_response(200 if body else missing)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class House:
    """An installation; calling it runs a command there."""

    root: Path
    base: str
    capsys: pytest.CaptureFixture[str]
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.write("feedsvc.toml", FEEDSVC.format())
        self.write(
            "categories.toml", '[local]\ntitle = { zh = "本地", en = "Local" }\n'
        )
        self.write("outlets.toml", "# none\n")
        self.write("sources/river.toml", SOURCE.format(base=self.base))

    def write(self, name: str, text: str) -> Path:
        path = self.root / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def file(self, name: str, body: str | bytes) -> Path:
        path = self.root / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return path

    def __call__(self, *argv: object) -> Ran:
        where = ("--config", self.root / "config", "--data", self.root / "var")
        return self.run(*where, *argv)

    def run(self, *argv: object) -> Ran:
        self.capsys.readouterr()
        try:
            code = main([str(word) for word in argv])
        except SystemExit as end:  # argparse ends a wrong call itself
            code = int(end.code or 0)
        out, err = self.capsys.readouterr()
        return Ran(code, out, err)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The base address of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def house(
    tmp_path: Path,
    site: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> House:
    """An installation of its own, in English, with nothing from the environment."""
    for name in ("FEEDSVC_CONFIG", "FEEDSVC_DATA", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FEEDSVC_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "")  # a call sets it
    monkeypatch.chdir(tmp_path)
    return House(tmp_path, site, capsys)
