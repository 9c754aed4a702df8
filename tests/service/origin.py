"""A small press on loopback: sites that go on publishing, and count who asks."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, cast
from xml.sax.saxutils import escape

__all__ = ["Press", "Site", "Story", "press"]

Kind = Literal["list", "feed"]
Language = Literal["zh", "en"]

_BEIJING = timezone(timedelta(hours=8))
_FIRST = datetime(2026, 11, 1, 8, 0, tzinfo=_BEIJING)

_WORDS = {
    "zh": (
        "第{n}号消息：{site}的河边步道今日开放",
        "{site}消息，第{n}段河边步道经过八个月施工，于今日向市民开放。沿途种了三百棵柳树。",
        "负责施工的单位表示，第{n}段步道的路灯将在下月底之前全部装好，夜里也能行走。",
    ),
    "en": (
        "Notice {n}: the riverside path of {site} opens today",
        "Section {n} of the riverside path in {site} opened after eight months of work.",
        "The builders say that all lamps of section {n} will be lit by December.",
    ),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One article of a site."""

    site: str
    number: int
    language: Language
    written: datetime

    @property
    def path(self) -> str:
        return f"/news/{self.number}.html"

    @property
    def title(self) -> str:
        return self._words[0]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self._words[1:]

    @property
    def _words(self) -> tuple[str, ...]:
        return tuple(
            text.format(n=self.number, site=self.site) for text in _WORDS[self.language]
        )


@dataclass
class Site:
    """One origin; ``publish`` adds stories on top of its list."""

    name: str
    language: Language
    kind: Kind
    base: str = ""
    stories: list[Story] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    wait: float = 0.0
    """Seconds that an answer takes; a test may change it at any time."""

    def publish(self, count: int = 1) -> None:
        for _ in range(count):
            number = len(self.stories) + 1
            written = _FIRST + timedelta(minutes=7 * number)
            self.stories.append(Story(self.name, number, self.language, written))

    @property
    def list_path(self) -> str:
        return "/feed.xml" if self.kind == "feed" else "/news/"

    @property
    def urls(self) -> frozenset[str]:
        return frozenset(f"{self.base}{story.path}" for story in self.stories)

    def toml(self) -> str:
        """The source file."""
        lines = [
            f'url = "{self.base}{self.list_path}"',
            f'name = {{ zh = "{self.name}", en = "{self.name}" }}',
            f'language = "{self.language}"',
            f'kind = "{"feed" if self.kind == "feed" else "html"}"',
            'every = "30s"',
        ]
        if self.kind == "list":
            lines += ['[list]\nitem = ".news li"\nlink = "a"\ndate = "span"']
        lines += ['[article]\ntitle = "h1"\ndate = ".date"\ncontent = ".text"']
        return "\n".join(lines) + "\n"

    def document(self, path: str) -> tuple[bytes, str] | None:
        """The body and media type at ``path``."""
        stories = list(reversed(self.stories))
        if path == self.list_path:
            if self.kind == "feed":
                return self._feed(stories).encode(), "application/rss+xml"
            return self._list(stories).encode(), "text/html; charset=utf-8"
        for story in stories:
            if story.path == path:
                return _page(story).encode(), "text/html; charset=utf-8"
        return None

    def _list(self, stories: Sequence[Story]) -> str:
        items = "\n".join(
            f'<li><a href="{s.path}">{s.title}</a><span>{s.written:%Y-%m-%d %H:%M}</span></li>'
            for s in stories
        )
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{self.name}</title></head><body>"
            f'<ul class="news">{items}</ul></body></html>'
        )

    def _feed(self, stories: Sequence[Story]) -> str:
        items = "\n".join(
            f"<item><title>{escape(s.title)}</title><link>{self.base}{s.path}</link>"
            f'<guid isPermaLink="false">{self.name}-{s.number}</guid>'
            f"<pubDate>{format_datetime(s.written.astimezone(UTC))}</pubDate>"
            f"<description>{escape(s.paragraphs[0])}</description></item>"
            for s in stories
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{self.name}</title><link>{self.base}/</link>"
            f"<description>{self.name}</description>{items}</channel></rss>"
        )


def _page(story: Story) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8">'
        f"<title>{story.title}</title></head><body><h1>{story.title}</h1>"
        f'<p class="date">{story.written:%Y-%m-%d %H:%M}</p>'
        f'<div class="text">{text}</div></body></html>'
    )


@dataclass(frozen=True)
class Press:
    """All sites, by name."""

    sites: dict[str, Site]

    def __getitem__(self, name: str) -> Site:
        return self.sites[name]

    def urls(self, language: Language) -> frozenset[str]:
        """Every article that was ever listed in ``language``."""
        found = [s.urls for s in self.sites.values() if s.language == language]
        return frozenset[str]().union(*found)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site, gone: threading.Event) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.gone = gone
        site.base = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that were killed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = cast("_Server", self.server)
        site = server.site
        site.requests[self.path] += 1
        server.gone.wait(site.wait)
        found = site.document(self.path)
        if found is None:
            self._answer(404, b"not here", {})
            return
        body, media_type = found
        etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag:
            self._answer(304, b"", {"ETag": etag})
            return
        self._answer(200, body, {"ETag": etag, "Content-Type": media_type})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        cast("_Server", self.server).site.answers[status] += 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def press(sites: Sequence[Site]) -> Iterator[Press]:
    """Serve ``sites``, each at an address of its own, while the block lasts."""
    gone = threading.Event()
    servers = [_Server(site, gone) for site in sites]
    threads = [
        threading.Thread(target=s.serve_forever, kwargs={"poll_interval": 0.05})
        for s in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield Press({site.name: site for site in sites})
    finally:
        gone.set()
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()
