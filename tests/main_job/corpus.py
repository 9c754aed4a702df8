"""The corpus beside the project, behind a proxy: real pages at their own addresses."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain_http(url: str) -> str:
    """A proxy of ours speaks no TLS; the identity of an article knows no scheme."""
    return url.replace("https://", "http://", 1)


@dataclass
class Web:
    """What the proxy serves, and what it was asked for."""

    pages: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)

    @cached_property
    def articles(self) -> list[Row]:
        return [row for row in rows("articles.jsonl") if row["url"]]

    def put(self, url: str, body: bytes, media_type: str = "text/html") -> str:
        self.pages[plain_http(url)] = body, media_type
        return plain_http(url)

    def put_file(self, url: str, file: str, media_type: str = "text/html") -> str:
        return self.put(url, (CORPUS / file).read_bytes(), media_type)

    def put_list_of(self, url: str, chosen: list[Row]) -> str:
        """A list page of ours that links to real articles."""
        links = "".join(
            f'<li><a href="{escape(self.put_file(row["url"], row["file"]))}">'
            f"{escape(row['expected']['title'])}</a></li>"
            for row in chosen
        )
        page = f'<meta charset="utf-8"><ul class="list">{links}</ul>'
        return self.put(url, page.encode())


@contextmanager
def proxy(web: Web) -> Iterator[str]:
    """Serve ``web`` as an HTTP proxy on loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            conditional = "If-None-Match" in self.headers
            web.asked.append((self.path, conditional))
            if self.path.endswith("/robots.txt"):
                return self.answer(404, b"", {})
            found = web.pages.get(self.path)
            if found is None:
                return self.answer(403, b"not in the corpus", {})
            body, media_type = found
            tag = f'"{hash(body)}"'
            if self.headers.get("If-None-Match") == tag:
                return self.answer(304, b"", {"ETag": tag})
            return self.answer(200, body, {"ETag": tag, "Content-Type": media_type})

        def answer(self, status: int, body: bytes, told: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
