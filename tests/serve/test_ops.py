"""The operators' addresses: nobody else sees them (reliability.md, 98)."""

from base64 import b64encode
from collections.abc import Iterator

import httpx
import pytest

from feedsvc.edition.words import Words
from feedsvc.errors import Code, Fault, Stage, StoreError
from feedsvc.output.memory import Memory
from feedsvc.serve import METRICS, View, build, ops_routes
from tests.serve.threads import served

URL = METRICS
TOKEN = "the rïver"
AUTHORIZATION = b"authorization"


async def told(words: Words, accept: str) -> tuple[bytes, str]:
    return f"{words.language} {accept}".encode(), "text/x-told"


async def refused(_: Words, __: str) -> tuple[bytes, str]:
    raise StoreError(Fault(code=Code.E_DB_BUSY, stage=Stage.STORE))


def opened(
    metrics: View | None, token: str | None, *, fast: bool
) -> Iterator[httpx.Client]:
    routes = ops_routes(lambda: metrics and {URL: metrics}, token)
    app = build(Memory(), ["zh"], "https://feeds.example.org/", routes)
    with served(app, fast=fast) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.fixture
def locked(*, fast: bool) -> Iterator[httpx.Client]:
    yield from opened(told, TOKEN, fast=fast)


@pytest.fixture
def local(*, fast: bool) -> Iterator[httpx.Client]:
    yield from opened(told, None, fast=fast)


def basic(password: str) -> str:
    return "Basic " + b64encode(f"anybody:{password}".encode()).decode()


def test_who_shows_the_token_is_answered(locked: httpx.Client) -> None:
    plain = [(b"accept", b"text/plain"), (b"accept-language", b"zh-CN")]
    for shown in (f"Bearer {TOKEN}", basic(TOKEN)):
        answer = locked.get(URL, headers=[(AUTHORIZATION, shown.encode()), *plain])
        assert (answer.status_code, answer.text) == (200, "zh text/plain")
        assert answer.headers["content-type"] == "text/x-told"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "Bearer",
        "Bearer the",
        f"Token {TOKEN}",
        basic("the"),
        "Basic ?",
        "Basic /w==",
    ],
    ids=[
        "nothing",
        "empty",
        "half",
        "another scheme",
        "another",
        "no base64",
        "no text",
    ],
)
def test_nobody_else_is(locked: httpx.Client, shown: str) -> None:
    answer = locked.get(URL, headers=[(AUTHORIZATION, shown.encode())])
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert TOKEN not in answer.text


def test_without_a_token_this_machine_is_answered(local: httpx.Client) -> None:
    assert local.get(URL).text.startswith("en ")


def test_a_shorter_address_leads_to_the_page(local: httpx.Client) -> None:
    answer = local.get("/ops")
    assert answer.status_code == 301
    assert answer.next_request is not None
    assert answer.next_request.url.path == "/ops/"


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_a_proxy_on_it_is_not(local: httpx.Client, name: str) -> None:
    assert local.get(URL, headers={name: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:80", 200),
        ("[::1]", 200),
        ("127.0.0.9", 200),
        ("a.example", 403),
        ("[", 403),
    ],
)
def test_a_name_that_leads_here_is_not_ours(
    local: httpx.Client, host: str, status: int
) -> None:
    assert local.get(URL, headers={"host": host}).status_code == status


@pytest.mark.parametrize("metrics", [None, refused], ids=["nobody", "no store"])
def test_while_nobody_can_tell_it_is_said_so(
    metrics: View | None, *, fast: bool
) -> None:
    for client in opened(metrics, None, fast=fast):
        answer = client.get(URL)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
