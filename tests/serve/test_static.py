"""deploy/: nginx and Caddy answer for the published tree as we do ourselves."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from feedsvc.model.config import Category
from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree
from feedsvc.publish.demand import Demand
from feedsvc.publish.publisher import Publisher
from feedsvc.serve import Application, build
from feedsvc.serve.table import Table
from tests.publish.world import LOCAL, SPORT, START, House, article, config
from tests.serve import static
from tests.serve.conftest import KINDS, documents
from tests.serve.threads import served

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FEED = "/zh/local/feed.rss"
HELD = ("en/all", "en/local")
"""The feeds that hold so many articles that two archive documents are full."""

CODINGS = {"nginx": ("", "gzip"), "caddy": ("", "gzip", "br", "zstd")}
"""Those that a server has without a module of others."""

ON_DEMAND = (
    "/zh/sources/river/",
    "/zh/sources/river/feed.rss",
    "/en/search/?q=story",
    "/en/search/feed.atom?q=story&category=local",
    "/zh/search/feed.json?q=%E9%98%B3%E6%B3%89",
)
"""Made when they are asked for: servers pass that on."""

GAMES = Category(
    key="games", title={"zh": "运动", "en": "Games"}, formerly=(SPORT.key,)
)

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def house() -> House:
    """What is kept: so many articles that two archive documents are full."""
    kept = House()
    kept.keep(*(article(n) for n in range(1, 130)))
    return kept


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, house: House) -> Path:
    """A published tree on disk: one category was renamed, one is no more."""
    root = tmp_path_factory.mktemp("public")
    output = Directory(root)
    for categories in ((LOCAL, SPORT, Category(key="health")), (LOCAL, GAMES)):
        edited = config(categories)
        Publisher(edited, house.store, output, lambda: START).publish()
    return root


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest,
    tree: Path,
    service: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, httpx.Client]]:
    """A server's name, and a client of it."""
    name: str = request.param
    if static.found(name) is None:
        pytest.skip(f"no {name} on this machine")
    start = {"nginx": static.nginx, "caddy": static.caddy}[name]
    with (
        start(tree, tmp_path_factory.mktemp(name), service) as url,
        _client(url) as client,
    ):
        yield name, client


def _app(tree: Path, house: House) -> Application:
    """Our own application over the same tree, and over what is kept."""
    demand = Demand(config((LOCAL, GAMES)), lambda: house.store, lambda: START)
    base = "https://feeds.example.org"
    made = build(Tree(tree), ["zh", "en"], base, maker=lambda: demand)
    made.refresh()
    return made


@pytest.fixture(scope="module")
def service(tree: Path, house: House) -> Iterator[str]:
    """Our own server, to which the others pass on what they do not have."""
    with served(_app(tree, house)) as url:
        yield url


@pytest.fixture(scope="module", params=["uvicorn", "granian"])
def ourselves(
    request: pytest.FixtureRequest, tree: Path, house: House
) -> Iterator[httpx.Client]:
    """A client of our own server, of either kind."""
    fast = request.param == "granian"
    with served(_app(tree, house), fast=fast) as url, _client(url) as client:
        yield client


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, trust_env=False, headers={"accept-encoding": ""})


@pytest.fixture(scope="module")
def published(tree: Path) -> list[str]:
    """Every address, before a test publishes more."""
    table = Table(Tree(tree))
    table.refresh()
    archives = {f"/{path}/archive/{n}.atom" for path in HELD for n in (1, 2)}
    return sorted((set(table._entries) - {"/"}) | archives)


def test_every_address_is_answered_alike_in_every_coding(
    server: tuple[str, httpx.Client], ourselves: httpx.Client, published: list[str]
) -> None:
    name, client = server
    assert {FEED, "/zh/", "/zh/sources/", "/categories/local"} <= set(published)
    for path in (*published, *ON_DEMAND):
        for coding in CODINGS[name]:
            asked = {"accept-encoding": coding}
            theirs, mine = (one.get(path, headers=asked) for one in (client, ourselves))
            assert theirs.status_code == mine.status_code == 200, path
            assert theirs.content == mine.content, path
            for told in (
                "content-type",
                "content-encoding",
                "last-modified",
                "x-content-type-options",
                "content-security-policy",
                "access-control-allow-origin",
            ):
                assert theirs.headers.get(told) == mine.headers.get(told), (path, told)
            caching = [one.headers["cache-control"] for one in (theirs, mine)]
            assert all(told.startswith("public, max-age=") for told in caching)
            if "/archive/" in path:
                assert caching[0] == caching[1]


def test_what_a_client_has_is_not_sent_again(
    server: tuple[str, httpx.Client], ourselves: httpx.Client, published: list[str]
) -> None:
    name, client = server
    for path in (*published, *ON_DEMAND):
        for coding in CODINGS[name]:
            for one in (client, ourselves):
                asked = {"accept-encoding": coding}
                full = one.get(path, headers=asked).headers
                conditions = {
                    "if-none-match": full["etag"],
                    "if-modified-since": full["last-modified"],
                }
                for condition, value in conditions.items():
                    again = one.get(path, headers={**asked, condition: value})
                    assert again.status_code == 304, (path, coding, condition)
                    assert again.content == b""
                earlier = {"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"}
                assert one.get(path, headers=asked | earlier).status_code == 200


ASKED: list[tuple[str, dict[str, str]]] = [
    ("/", {}),
    ("/", {"accept-language": "en-GB, fr"}),
    ("/", {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}),
    (FEED, {"accept": BROWSER}),
    (FEED, {"accept": "application/rss+xml, text/html;q=0.5"}),
    ("/zh/local", {}),
    ("/nothing", {}),
    ("/categories/nothing", {}),
    ("/zh/local/feed.rss.gz", {}),
    ("/zh/local/feed.rss.br", {}),
    ("/.generations/", {}),
    ("/zh/../.generations/", {}),
    ("/zh/local/.max-age", {}),
    ("/en/local/archive/3.atom", {}),
    ("/en/local/archive/1.atom.gz", {}),
    ("/en/local/archive/1.atom", {"accept": BROWSER}),
    ("/zh/local/archive/1.atom", {}),
    ("/.archives/en+local/1.atom", {}),
    ("/en/health/archive/1.atom", {}),
    ("/en/sport/archive/1.atom", {}),
    ("/zh/sport/", {}),
    ("/zh/sport/feed.atom", {}),
    ("/zh/health/", {}),
    ("/en/health/feed.rss", {}),
    ("/zh/sources/nobody/", {}),
    ("/zh/sources/river", {}),
    ("/zh/sources/river/feed.rss", {"accept": BROWSER}),
    ("/zh/search/?q=", {}),
    ("/zh/search?q=story", {}),
    ("/zh/search/feed.rss?q=story", {"accept": BROWSER}),
    ("/fr/search/?q=story", {}),
]


@pytest.mark.parametrize(
    ("path", "headers"),
    ASKED,
    ids=[f"{p} {' '.join(h.values())[:20]}" for p, h in ASKED],
)
def test_every_other_question_is_answered_alike(
    server: tuple[str, httpx.Client],
    ourselves: httpx.Client,
    path: str,
    headers: dict[str, str],
) -> None:
    """Case 88b among them: what has moved, and what is gone."""
    _, client = server
    theirs, mine = (one.get(path, headers=headers) for one in (client, ourselves))
    known = {308: 301}
    assert known.get(theirs.status_code, theirs.status_code) == mine.status_code
    assert _path(theirs) == _path(mine)


def _path(answer: httpx.Response) -> str | None:
    """Where an answer leads, whatever host it names."""
    where = answer.headers.get("location")
    return httpx.URL(where).raw_path.decode() if where else None


def test_nginx_picks_the_language_that_english_comes_first_of(
    server: tuple[str, httpx.Client],
) -> None:
    name, client = server
    answer = client.get("/", headers={"accept-language": "fr, en;q=0.5"})
    assert answer.headers["location"] == ("/en/" if name == "nginx" else "/zh/")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/", {"accept-language"}),
        (FEED, {"accept", "accept-encoding"}),
        ("/zh/local/", {"accept-encoding"}),
    ],
)
def test_caches_are_told_what_an_answer_depends_on(
    server: tuple[str, httpx.Client], path: str, named: set[str]
) -> None:
    _, client = server
    found = client.get(path, headers={"accept-encoding": "gzip"}).headers
    assert {*", ".join(found.get_list("vary")).lower().split(", ")} >= named


def test_last_modified_is_the_content_s(
    server: tuple[str, httpx.Client], tree: Path
) -> None:
    _, client = server
    told = parsedate_to_datetime(client.get(FEED).headers["last-modified"])
    stamp = (tree / FEED[1:]).stat().st_mtime
    assert told == datetime.fromtimestamp(stamp, told.tzinfo)


def test_a_switch_is_seen_at_once(server: tuple[str, httpx.Client], tree: Path) -> None:
    _, client = server
    output = Directory(tree)
    for number in range(3):
        output.switch("en/seen", documents(f"{number}"))
        paths = (f"/en/seen/{name.removesuffix('index.html')}" for name in KINDS)
        assert {client.get(path).text for path in paths} == {str(number)}


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feeds_name_themselves_and_the_hub(
    server: tuple[str, httpx.Client], form: str
) -> None:
    """Caddy names neither: the documents hold the same links."""
    name, client = server
    base, path = "https://feeds.example.org", f"/zh/local/feed.{form}"
    link = f'<{base}/hub>; rel="hub", <{base}{path}>; rel="self"'
    for asked in (path, f"{path}?utm_source=x"):
        told = client.get(asked).headers.get("link")
        assert told == (link if name == "nginx" else None)
    assert "link" not in client.get("/zh/local/").headers
    odd = client.get("/zh/a%0dlink:%20x/feed.rss", headers={"accept": BROWSER})
    assert "link" not in odd.headers
