"""deploy/nginx.conf: nginx answers for the published tree as we do ourselves."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree
from feedsvc.serve import build
from tests.serve.conftest import CHANGED, KINDS, documents
from tests.serve.threads import served

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FEED = "/zh/local/feed.rss"

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        NGINX is None,
        reason="no nginx on this machine (Debian: apt-get install nginx-light)",
    ),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published tree on disk."""
    root = tmp_path_factory.mktemp("public")
    output = Directory(root)
    for folder in ("zh/local", "en/local"):
        output.switch(folder, documents(f"{folder} 新闻 " * 500))
    (page,) = (d for d in documents("page") if d.name == "index.html")
    for language in ("zh", "en"):
        output.place([replace(page, name=f"{language}/index.html")])
    output.place([replace(page, name="categories/local")])
    return root


@pytest.fixture(scope="module")
def client(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A client of nginx with the shipped configuration over that tree."""
    home = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shipped = CONFIGURATION.read_text()
    ours = shipped.replace("listen 80;", f"listen 127.0.0.1:{port};")
    ours = ours.replace("/var/lib/feedsvc/public", str(tree))
    assert ours.count(str(tree)) == ours.count(f":{port};") == 1
    (home / "site.conf").write_text(ours)
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{user}daemon off;\npid {home}/pid;\nerror_log {home}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include site.conf;\n}}\n"
    )
    command = [
        str(NGINX),
        "-p",
        str(home),
        "-c",
        "nginx.conf",
        "-e",
        f"{home}/error.log",
    ]
    process = subprocess.Popen(command)
    try:
        _wait(port, process)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            trust_env=False,
            headers={"accept-encoding": ""},
        ) as found:
            yield found
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx refused its configuration"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


@pytest.fixture(scope="module")
def ourselves(tree: Path) -> Iterator[httpx.Client]:
    """A client of our own server over the same tree."""
    app = build(Tree(tree), ["zh", "en"], "https://feeds.example.org")
    app.refresh()
    with (
        served(app) as url,
        httpx.Client(
            base_url=url, trust_env=False, headers={"accept-encoding": ""}
        ) as found,
    ):
        yield found


ASKED: list[tuple[str, dict[str, str]]] = [
    *((f"/zh/local/{name}", {}) for name in KINDS if name != "index.html"),
    ("/zh/local/", {}),
    ("/zh/", {}),
    ("/en/", {}),
    ("/categories/local", {}),
    ("/categories/nothing", {}),
    ("/", {}),
    ("/", {"accept-language": "en-GB, fr"}),
    ("/", {"accept-language": "fr, en;q=0.5"}),
    ("/", {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}),
    (FEED, {"accept-encoding": "gzip"}),
    (FEED, {"accept": BROWSER}),
    (FEED, {"accept": "application/rss+xml, text/html;q=0.5"}),
    ("/zh/local", {}),
    ("/nothing", {}),
    ("/zh/local/feed.rss.gz", {}),
    ("/zh/local/feed.rss.br", {}),
    ("/.generations/", {}),
    ("/zh/../.generations/", {}),
]


@pytest.mark.parametrize(
    ("path", "headers"), ASKED, ids=[f"{p} {' '.join(h)}" for p, h in ASKED]
)
def test_nginx_answers_as_we_do(
    client: httpx.Client, ourselves: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    theirs, mine = (
        client.get(path, headers=headers),
        ourselves.get(path, headers=headers),
    )
    assert theirs.status_code == mine.status_code
    assert theirs.headers.get("location") == mine.headers.get("location")
    if theirs.status_code == 200:
        assert theirs.content == mine.content
        for name in (
            "content-type",
            "last-modified",
            "content-encoding",
            "cache-control",
        ):
            assert theirs.headers.get(name) == mine.headers.get(name), name
        assert theirs.headers["x-content-type-options"] == "nosniff"
        assert (
            theirs.headers["content-security-policy"]
            == mine.headers["content-security-policy"]
        )


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/", {"Accept-Language"}),
        (FEED, {"Accept", "Accept-Encoding"}),
        ("/zh/local/", {"Accept-Encoding"}),
    ],
)
def test_caches_are_told_what_an_answer_depends_on(
    client: httpx.Client, path: str, named: set[str]
) -> None:
    found = client.get(path, headers={"accept-encoding": "gzip"}).headers
    assert {*", ".join(found.get_list("vary")).split(", ")} == named


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feeds_name_themselves_and_the_hub(client: httpx.Client, form: str) -> None:
    base = "https://feeds.example.org"
    path = f"/zh/local/feed.{form}"
    for told in (client.get(path), client.get(f"{path}?utm_source=x")):
        link = f'<{base}/hub>; rel="hub", <{base}{path}>; rel="self"'
        assert told.headers["link"] == link
    assert "link" not in client.get("/zh/local/").headers
    odd = client.get("/zh/a%0dlink:%20x/feed.rss", headers={"accept": BROWSER})
    assert "link" not in odd.headers


def test_last_modified_is_the_content_s(client: httpx.Client) -> None:
    stamp = CHANGED.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.get(FEED).headers["last-modified"] == stamp


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [("if-none-match", "etag"), ("if-modified-since", "last-modified")],
)
def test_unchanged_is_said_without_a_body(
    client: httpx.Client, coding: str, asked: str, told: str
) -> None:
    full = client.get(FEED, headers={"accept-encoding": coding})
    headers = {"accept-encoding": coding, asked: full.headers[told]}
    again = client.get(FEED, headers=headers)
    assert (again.status_code, again.content) == (304, b"")


def test_a_switch_is_seen_at_once(client: httpx.Client, tree: Path) -> None:
    output = Directory(tree)
    for number in range(3):
        output.switch("en/local", documents(f"{number}"))
        bodies = {client.get(f"/en/local/{name}").text for name in KINDS}
        assert bodies == {str(number)}
