"""A small published tree in memory, and a real server over it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feedsvc.model.feed import Document
from feedsvc.output.memory import Memory
from feedsvc.serve import Application, build, protocol
from feedsvc.serve import fast as granian
from tests.output.documents import archives
from tests.serve.threads import served

CHANGED = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
KINDS = {
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "index.html": "text/html; charset=utf-8",
}


class Site(NamedTuple):
    """What is published, and the application that answers for it."""

    output: Memory
    app: Application

    def publish(self, folder: str, text: str) -> None:
        """Switch a folder in which every file says the same."""
        self.output.switch(folder, documents(text))
        self.app.refresh()


def documents(text: str) -> list[Document]:
    return [
        Document(name=name, body=text.encode(), media_type=kind, updated=CHANGED)
        for name, kind in KINDS.items()
    ]


async def broken(_: Request) -> Response:
    raise LookupError("secret")


async def extra(_: Request) -> Response:
    return PlainTextResponse("extra")


def make_site() -> Site:
    output = Memory()
    routes = [Route("/broken", broken), Route("/hub", extra)]
    app = build(output, ["zh", "en"], "https://feeds.example.org/", routes)
    for folder in ("zh/local", "en/local"):
        output.switch(folder, documents(f"{folder} " * 500))
    output.archive("zh/local", archives("archive 1 " * 500))
    pages = [(f"{x}index.html", f"page {x}", "text/html") for x in ("zh/", "en/", "")]
    pages.append(("style.css", "body {}", "text/css; charset=utf-8"))
    for name, text, kind in pages:
        output.place(
            [Document(name=name, body=text.encode(), media_type=kind, updated=CHANGED)]
        )
    app.refresh()
    return Site(output, app)


@pytest.fixture
def site() -> Site:
    """A site of the test's own, to be changed."""
    return make_site()


@pytest.fixture(scope="session", params=["uvicorn", "granian"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real server, of either kind, over a site that nobody changes."""
    with served(make_site().app, fast=request.param == "granian") as found:
        yield found


@pytest.fixture(params=[False, True], ids=["uvicorn", "granian"])
def fast(request: pytest.FixtureRequest) -> bool:
    """Which server a test starts for itself."""
    return bool(request.param)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers that wait for nobody's request or reading for longer than a moment."""
    monkeypatch.setattr(protocol, "_PATIENCE", 0.05)
    monkeypatch.setattr(granian, "_UNREAD", 100)
    monkeypatch.setattr(
        granian, "_HTTP", replace(granian._HTTP, header_read_timeout=50)
    )


@pytest.fixture(scope="session")
def uvicorn() -> Iterator[str]:
    """A real server of the usual kind, over a site that nobody changes."""
    with served(make_site().app) as found:
        yield found


@pytest.fixture
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that server; follows nothing, asks for no coding by itself."""
    async with httpx.AsyncClient(
        base_url=url, trust_env=False, headers={"accept-encoding": ""}
    ) as found:
        yield found


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Bugs provoked on purpose need not be told twice."""
    with (
        caplog.at_level("CRITICAL", logger="uvicorn.error"),
        caplog.at_level("CRITICAL", logger="feedsvc.serve.fast"),
    ):
        yield
