"""What clients get over HTTP, from a real server (contract §3; cases 89–97, 101–102)."""

import asyncio
import gzip
import re
from urllib.parse import urlsplit

import brotli
import httpx
import pytest
import zstandard

from feedsvc.serve import build, serving
from tests.serve.conftest import KINDS, Site, documents
from tests.serve.threads import served

FEED = "/zh/local/feed.rss"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TEXT = b"zh/local " * 500


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
async def test_a_document_comes_with_all_that_a_cache_needs(
    client: httpx.AsyncClient, name: str, kind: str
) -> None:
    path = f"/zh/local/{name.removesuffix('index.html')}"
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.content == TEXT
    head = answer.headers
    assert head["content-type"] == kind
    assert head["content-length"] == str(len(TEXT))
    assert re.fullmatch('"[0-9a-f]{32}"', head["etag"])
    assert head["last-modified"] == "Thu, 05 Nov 2026 08:30:00 GMT"
    assert re.match(
        r"public, max-age=\d+, stale-while-revalidate=\d+, stale-if-error=",
        head["cache-control"],
    )
    assert head["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in head["content-security-policy"]
    assert "accept-encoding" in head["vary"].lower()
    assert head.get("server") in {None, "granian"}  # it cannot be told not to


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.json"])
async def test_a_feed_is_open_to_scripts_and_names_its_siblings(
    client: httpx.AsyncClient, name: str
) -> None:
    head = (await client.get(f"/zh/local/{name}")).headers
    assert head["access-control-allow-origin"] == "*"
    assert head["vary"] == "Accept, Accept-Encoding"
    assert head["link"] == (
        f'<https://feeds.example.org/zh/local/{name}>; rel="self", '
        f'<https://feeds.example.org/en/local/{name}>; rel="alternate"; hreflang="en"'
    )


DECODERS = {
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd", "zstd"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("gzip;q=0, identity", None),
        ("klingon", None),
    ],
)
async def test_the_coding_is_the_best_of_those_accepted(
    client: httpx.AsyncClient, accepted: str, coding: str | None
) -> None:
    """Case 102."""
    plain = await client.get(FEED)
    async with client.stream("GET", FEED, headers={"accept-encoding": accepted}) as got:
        body = b"".join([part async for part in got.aiter_raw()])
    assert got.headers.get("content-encoding") == coding
    assert (DECODERS[coding](body) if coding else body) == TEXT
    assert (got.headers["etag"] == plain.headers["etag"]) == (coding is None)
    assert int(got.headers["content-length"]) == len(body)


async def test_who_refuses_every_coding_gets_406(client: httpx.AsyncClient) -> None:
    answer = await client.get(FEED, headers={"accept-encoding": "identity;q=0"})
    assert answer.status_code == 406


async def test_repeated_headers_are_one_list(client: httpx.AsyncClient) -> None:
    tag = (await client.get(FEED)).headers["etag"]
    asked = [("if-none-match", '"x"'), ("if-none-match", tag)]
    assert (await client.get(FEED, headers=asked)).status_code == 304


@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
async def test_unchanged_is_said_without_a_body(
    client: httpx.AsyncClient, coding: str
) -> None:
    """Case 101."""
    asked = {"accept-encoding": coding}
    full = await client.get(FEED, headers=asked)
    for condition in (
        {"if-none-match": full.headers["etag"]},
        {"if-none-match": f'"x", W/{full.headers["etag"]}'},
        {"if-modified-since": full.headers["last-modified"]},
    ):
        again = await client.get(FEED, headers=asked | condition)
        assert again.status_code == 304
        assert again.content == b""
        for name in ("etag", "cache-control", "vary", "last-modified", "date"):
            assert name in again.headers
        assert again.headers["etag"] == full.headers["etag"]


def test_a_changed_feed_is_sent_again(site: Site) -> None:
    with served(site.app) as url, httpx.Client(base_url=url, trust_env=False) as client:
        asked = {"accept-encoding": ""}
        asked["if-none-match"] = client.get(FEED, headers=asked).headers["etag"]
        site.publish("zh/local", "new")
        again = client.get(FEED, headers=asked)
    assert (again.status_code, again.content) == (200, b"new")


@pytest.mark.parametrize("path", [FEED, "/zh/local/", "/", "/healthz", "/nothing"])
@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_head_has_the_headers_of_get_and_no_body(
    client: httpx.AsyncClient, path: str, coding: str
) -> None:
    """Case 102."""
    asked = {"accept-encoding": coding}
    get = await client.get(path, headers=asked)
    head = await client.head(path, headers=asked)
    assert head.status_code == get.status_code
    assert head.content == b""
    ignored = {"date"}
    for name in set(get.headers) - ignored:
        assert head.headers[name] == get.headers[name], name


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.json"])
async def test_a_browser_is_sent_from_a_feed_to_its_page(
    client: httpx.AsyncClient, name: str
) -> None:
    answer = await client.get(f"/en/local/{name}", headers={"accept": BROWSER})
    assert answer.status_code == 302
    assert answer.headers["location"] == "/en/local/"
    assert "accept" in answer.headers["vary"].lower().split(", ")


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        (None, "/zh/"),
        ("en-GB,en;q=0.8", "/en/"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh/"),
        ("fr, de", "/zh/"),
        ("x" * 3000, "/zh/"),
    ],
)
async def test_the_root_leads_to_the_reader_s_language(
    client: httpx.AsyncClient, wanted: str | None, where: str
) -> None:
    asked = {"accept-language": wanted} if wanted else {}
    answer = await client.get("/", headers=asked)
    assert (answer.status_code, answer.headers["location"]) == (302, where)
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/zh", "/zh/local"])
async def test_a_folder_is_found_without_its_slash(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, f"{path}/")


async def test_health_and_readiness(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = await client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-cache"


async def test_the_shells_may_add_routes(client: httpx.AsyncClient) -> None:
    assert (await client.get("/hub")).text == "extra"


TRAVERSALS = [
    "/../etc/passwd",
    "/zh/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/zh/..%2f..%2fetc/passwd",
    "/zh/..%5c..%5cetc/passwd",
    "/%252e%252e/etc/passwd",
    "/zh/local/feed.rss%00.html",
    "/zh/local/feed.rss.gz",
    "/zh/local/feed.rss/",
    "/zh/./local/feed.rss",
    "//zh/local/feed.rss",
    "//evil.example/",
    "/\\evil.example",
    "/.generations/",
    "/index.html",
    "/ZH/local/feed.rss",
    "/zh/lоcal/feed.rss",
    "/zh-CN/local/feed.rss",
    "/" + "a" * 10_000,
    "/nothing",
]


@pytest.mark.parametrize("path", TRAVERSALS, ids=lambda path: path[:40])
async def test_what_is_not_published_is_not_found(url: str, path: str) -> None:
    """Cases 89 and 90; the very bytes: a client library would tidy them up."""
    answer = await raw(url, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"evil" not in answer
    assert b"root:" not in answer


async def raw(url: str, request: str) -> bytes:
    """The first bytes of an answer to these very bytes."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(request.encode())
    try:
        return await asyncio.wait_for(reader.read(65536), 5)
    finally:
        writer.close()
        await writer.wait_closed()


ODD: list[tuple[str, bytes]] = [
    (f"GET http://other.example{FEED} HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
    ("GET http://other.example/ HTTP/1.1\r\nHost: x\r\n\r\n", b"302"),
    (f"GET {FEED}?utm_source=x HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
    ("GET /zh/%6cocal/feed.rss HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
    ("BREW /zh/ HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
    ("PROPFIND /zh/ HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
    ("GET / HTTP/1.1\r\n\r\n", b"400"),
    ("GET /zh/\r\n\r\n", b"400"),
    ("nonsense\r\n\r\n", b"400"),
    (f"GET / HTTP/1.1\r\nHost: x\r\nX: {'x' * 20_000}\r\n\r\n", b"431"),
    ("GET / HTTP/1.1\r\nHost: x\r\n" + "A: bcdefghij\r\n" * 2000 + "\r\n", b"431"),
    ("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n" * 20_000, b"431"),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"400"),
    ("GET /zh/ HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n", b"400"),
    ("GET /zh/ HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", b"400"),
    (
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
        b"400",
    ),
    (
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"400",
    ),
]


@pytest.mark.parametrize(
    ("request_text", "status"),
    ODD,
    ids=lambda value: value[:30] if isinstance(value, str) else value.decode(),
)
async def test_odd_requests_get_plain_answers(
    uvicorn: str, request_text: str, status: bytes
) -> None:
    """Case 92."""
    answer = await raw(uvicorn, request_text)
    assert answer.split(b" ")[1] == status
    assert b"x-content-type-options: nosniff\r\n" in answer


@pytest.mark.parametrize(("request_text", "status"), ODD)
async def test_odd_requests_get_no_document_by_mistake(
    url: str, request_text: str, status: bytes
) -> None:
    """Case 92, whoever reads the request: refused at least where uvicorn does."""
    answer = await raw(url, request_text)
    if status == b"200":
        assert answer.split(b" ")[1] == b"200"
    else:
        assert b" 200 " not in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", FEED, "GET, HEAD, OPTIONS"),
        ("DELETE", "/zh/", "GET, HEAD, OPTIONS"),
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/healthz", "GET, HEAD"),
    ],
)
async def test_nothing_is_changed_by_asking(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    """Case 97."""
    answer = await client.request(method, path)
    assert answer.status_code == 405
    assert {*answer.headers["allow"].split(", ")} == {*allowed.split(", ")}


async def test_a_script_may_ask_a_feed_what_is_allowed(
    client: httpx.AsyncClient,
) -> None:
    feed, page = await client.options(FEED), await client.options("/zh/")
    assert feed.status_code == page.status_code == 204
    assert "If-None-Match" in feed.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in page.headers


@pytest.mark.parametrize("path", ["/nothing", "/broken", "/zh/<script>"])
async def test_an_error_says_its_status_and_nothing_else(
    client: httpx.AsyncClient, path: str
) -> None:
    """Case 95."""
    answer = await client.get(path)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.fullmatch(r"\d{3} [A-Za-z ,.]+\n", answer.text)


@pytest.mark.parametrize(
    ("wanted", "language", "told"),
    [
        (None, "en", "404 There is nothing at this address.\n"),
        ("zh-CN,zh;q=0.9", "zh", "404 此地址没有内容。\n"),
        ("zh-TW", "zh-Hant", "404 此地址沒有內容。\n"),
        ("fr", "en", "404 There is nothing at this address.\n"),
    ],
)
async def test_an_error_speaks_the_reader_s_language(
    client: httpx.AsyncClient, wanted: str | None, language: str, told: str
) -> None:
    """Case 95."""
    asked = {"accept-language": wanted} if wanted else {}
    answer = await client.get("/nothing", headers=asked)
    assert answer.text == told
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "ranges", ["bytes=0-1", "bytes=-1", "bytes=" + ",".join(["0-"] * 1000)]
)
async def test_ranges_are_ignored(client: httpx.AsyncClient, ranges: str) -> None:
    """Case 93."""
    answer = await client.get(FEED, headers={"range": ranges})
    assert (answer.status_code, answer.content) == (200, TEXT)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher"},
        {"forwarded": "host=evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/zh", FEED, "/zh/local/", "/healthz/"])
async def test_no_header_enters_an_answer(
    client: httpx.AsyncClient, headers: dict[str, str], path: str
) -> None:
    """Case 91."""
    answer = await client.get(path, headers=headers)
    assert "evil" not in str(answer.headers) + answer.text
    assert "gopher" not in str(answer.headers) + answer.text


async def test_redirects_stand_under_the_path_of_the_base_url(site: Site) -> None:
    app = build(site.output, ["zh"], "https://example.org/news/")
    app.refresh()
    async with (
        serving(app, "127.0.0.1", 0) as running,
        httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
    ):
        found = [(await client.get(path)).headers["location"] for path in ("/", "/zh")]
        browser = await client.get(FEED, headers={"accept": BROWSER})
    assert found == ["/news/zh/", "/news/zh/"]
    assert browser.headers["location"] == "/news/zh/local/"


async def test_a_base_url_in_other_letters_names_no_links(site: Site) -> None:
    app = build(site.output, ["zh", "en"], "https://新闻.example")
    app.refresh()
    async with (
        serving(app, "127.0.0.1", 0) as running,
        httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
    ):
        assert "link" not in (await client.get(FEED)).headers


async def test_it_is_ready_once_something_is_published(site: Site) -> None:
    empty = type(site.output)()
    app = build(empty, ["zh"], "https://example.org", poll=0.02)
    async with (
        serving(app, "127.0.0.1", 0) as running,
        httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
    ):
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        empty.switch("zh/local", documents("now"))
        for _ in range(200):
            if (await client.get("/readyz")).status_code == 200:
                break
            await asyncio.sleep(0.02)
        assert (await client.get(FEED)).text == "now"


ARCHIVE = "/zh/local/archive/1.atom"


async def test_an_archive_document_is_answered_like_any_other(
    client: httpx.AsyncClient,
) -> None:
    full = await client.get(ARCHIVE, headers={"accept-encoding": "br"})
    told = full.headers
    assert full.status_code == 200
    assert full.text == "archive 1 " * 500
    assert told["content-type"] == "application/atom+xml; charset=utf-8"
    assert told["content-encoding"] == "br"
    assert "immutable" in told["cache-control"]
    assert told["vary"] == "Accept-Encoding"
    assert told["link"] == f'<https://feeds.example.org{ARCHIVE}>; rel="self"'
    assert told["access-control-allow-origin"] == "*"
    asked = {"if-none-match": told["etag"], "accept-encoding": "br"}
    again = await client.get(ARCHIVE, headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    browser = await client.get(ARCHIVE, headers={"accept": "text/html"})
    assert browser.status_code == 200
    head = await client.head(ARCHIVE)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/zh/local/archive/2.atom",
        "/zh/local/archive/1.atom.br",
        "/zh/local/archive/",
        "/zh/local/archive/%2e%2e/1.atom",
        "/en/local/archive/1.atom",
        "/zh/none/archive/1.atom",
    ],
)
async def test_an_archive_that_is_not_there_is_not_found(
    client: httpx.AsyncClient, path: str
) -> None:
    assert (await client.get(path)).status_code == 404
