"""``feedsvc add``: what a site offers is found, tried, shown, and written down."""

import re
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedsvc.app.additions import save
from feedsvc.errors import Code, UsageError
from tests.cli.conftest import TEXT, House, Ran
from tests.cli.test_commands import documented, keys

Serve = Callable[[Mapping[str, str | bytes]], str]

ARTICLE = f"""\
<html lang="en"><head><title>Bridge closed</title></head><body><article>
<h1>Bridge closed</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""
ENTRY = """<item><title>Bridge {n} closed for repairs</title><link>/{n}.html</link>
<description>The river rose by two metres in the night.</description>
<pubDate>Mon, 23 Nov 2026 1{n}:00:00 +0800</pubDate></item>"""
FEED = (
    '<rss version="2.0"><channel><title>River &amp; Hill</title><link>/</link>'
    + "".join(ENTRY.format(n=n) for n in range(5))
    + "</channel></rss>"
)
HOME = """\
<html lang="en"><head><title>River News</title>{head}</head><body>
<ul class="list">{rows}</ul></body></html>"""
ROWS = "".join(
    f'<li><a href="/{n}.html">Bridge number {n} of the river is closed</a></li>'
    for n in range(5)
)
ARTICLES = {f"/{n}.html": ARTICLE for n in range(5)}
ZH_ROWS = "".join(
    f'<li><a href="./{n}.html">阳泉市召开第{n}次全市经济工作会议</a>'
    f"<span>2026-11-2{n}</span></li>"
    for n in range(4)
)
ZH_LIST = (
    "<html><head><meta charset=gbk><title>本地新闻_阳泉网</title></head><body>"
    f'<div class="nav"><a href="/">首页</a></div><ul class="news">{ZH_ROWS}</ul>'
    "</body></html>"
)
ZH_ARTICLE = (
    "<html><head><meta charset=gbk><title>阳泉市召开全市经济工作会议</title></head><body>"
    f"<h1>阳泉市召开全市经济工作会议</h1><p>{'会议总结今年工作，部署明年任务。' * 20}</p>"
    "</body></html>"
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    + "".join(
        f"<url><loc>{{base}}/{n}.html</loc><news:news><news:language>en</news:language>"
        f"<news:publication_date>2026-11-2{n}T08:00:00Z</news:publication_date>"
        f"<news:title>Bridge {n} is closed for repairs</news:title></news:news></url>"
        for n in range(4)
    )
    + "</urlset>"
)
INDEX = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<sitemap><loc>{base}/pages.xml</loc></sitemap>"
    "<sitemap><loc>{base}/news-sitemap.xml</loc></sitemap></sitemapindex>"
)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a site of pages by path; the words ``{base}`` in them are its address."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(pages: Mapping[str, str | bytes]) -> str:
        class Site(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = pages.get(self.path)
                base = f"http://{self.headers['Host']}"
                body = (
                    found.replace("{base}", base) if isinstance(found, str) else found
                )
                sent = body.encode() if isinstance(body, str) else body or b""
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def written(house: House, ran: Ran) -> dict[str, object]:
    """The file that was printed, which ``check`` must accept."""
    form = ran.document
    house.write(f"sources/{form['id']}.toml", form["file"])
    checked = house("check")
    assert (checked.code, checked.err) == (0, "")
    return tomllib.loads(form["file"])


def test_a_feed_that_the_page_names_is_chosen(house: House, serve: Serve) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/news.rss">'
    base = serve(
        {"/": HOME.format(head=link, rows=ROWS), "/news.rss": FEED, **ARTICLES}
    )
    ran = house("add", base, "--json")
    assert (ran.code, ran.err) == (0, "")
    first, page = ran.document["candidates"]
    assert (first["url"], first["kind"], first["found"]) == (
        f"{base}/news.rss", "feed", "linked",
    )  # fmt: skip
    assert (first["items"], first["dated"], first["summaries"]) == (5, 5, 5)
    assert first["chosen"]
    assert (page["kind"], page["items"], page["chosen"]) == ("html", 5, False)
    assert first["score"] > page["score"]
    assert [i["article"]["title"] for i in ran.document["preview"]["items"]]
    assert written(house, ran) == {
        "url": f"{base}/news.rss",
        "name": {"en": "River News"},
        "language": "en",
        "kind": "feed",
        "timezone": "Asia/Shanghai",
    }
    assert keys(ran.document, ("candidates",)) == documented("add --json")


@pytest.mark.parametrize("path", ["/rss", "/feed.xml", "/index.xml"])
def test_a_hidden_feed_is_found(house: House, serve: Serve, path: str) -> None:
    base = serve({"/": HOME.format(head="", rows=ROWS), path: FEED, **ARTICLES})
    ran = house("add", f"{base}/", "--json")
    assert ran.code == 0
    [chosen] = [c for c in ran.document["candidates"] if c["chosen"]]
    assert (chosen["url"], chosen["found"]) == (f"{base}{path}", "usual")
    assert written(house, ran)["url"] == f"{base}{path}"


def test_a_hidden_json_feed_is_found(house: House, serve: Serve) -> None:
    feed = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "River", "items": ['
        '{"id": "1", "url": "{base}/1.html", "title": "Bridge closed for repairs",'
        f' "content_text": "{TEXT}", "date_published": "2026-11-23T10:00:00Z"}}]}}'
    )
    base = serve({"/": HOME.format(head="", rows=""), "/feed.json": feed})
    ran = house("add", base, "--json")
    assert ran.code == 0
    [chosen] = ran.document["candidates"]
    assert (chosen["kind"], chosen["texts"]) == ("json", 1)
    assert written(house, ran)["kind"] == "json"


@pytest.mark.parametrize(
    ("pages", "url"),
    [
        (
            {"/robots.txt": "Sitemap: {base}/news.xml", "/news.xml": SITEMAP},
            "/news.xml",
        ),
        ({"/sitemap.xml": SITEMAP}, "/sitemap.xml"),
        (
            {"/sitemap.xml": INDEX, "/news-sitemap.xml": SITEMAP, "/pages.xml": "x"},
            "/news-sitemap.xml",
        ),
    ],
    ids=["robots", "usual", "index"],
)
def test_a_site_with_only_a_sitemap(
    house: House, serve: Serve, pages: dict[str, str], url: str
) -> None:
    base = serve({"/": HOME.format(head="", rows=""), **pages, **ARTICLES})
    ran = house("add", base, "--json")
    assert ran.code == 0
    [chosen] = ran.document["candidates"]
    assert (chosen["kind"], chosen["items"], chosen["dated"]) == ("sitemap", 4, 4)
    form = written(house, ran)
    assert (form["url"], form["kind"]) == (f"{base}{url}", "sitemap")
    assert ran.document["preview"]["listed"] == 4


def test_a_list_page_in_gbk(house: House, serve: Serve) -> None:
    pages = {f"/news/{n}.html": ZH_ARTICLE.encode("gbk") for n in range(4)}
    base = serve({"/news/": ZH_LIST.encode("gbk"), **pages})
    ran = house("add", f"{base}/news/", "--json")
    assert ran.code == 0
    [page] = ran.document["candidates"]
    assert (page["kind"], page["items"], page["dated"]) == ("html", 4, 4)
    assert written(house, ran) == {
        "url": f"{base}/news/",
        "name": {"zh": "本地新闻_阳泉网"},
        "language": "zh",
        "kind": "html",
    }
    ruled = ran.document["file"].replace("# [list]", "[list]").replace("# item", "item")
    assert tomllib.loads(ruled)["list"] == {"item": "ul.news li"}
    assert ran.document["id"] == f"{base.removeprefix('http://')}-news".translate(
        {ord("."): "-", ord(":"): "-"}
    )


def test_a_feed_given_by_address_is_taken_as_it_is(house: House, serve: Serve) -> None:
    base = serve({"/feed.xml": FEED, **ARTICLES})
    ran = house("add", f"{base}/feed.xml", "--json")
    assert ran.code == 0
    [chosen] = ran.document["candidates"]
    assert chosen["found"] == "given"
    assert written(house, ran)["name"] == {"en": "River & Hill"}


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ({"/": "<html><p>Nothing here.</p></html>"}, "E_NO_LIST"),
        ({}, "E_NOT_FOUND"),
        ({"/": "<html><title>Just a moment...</title></html>"}, "E_BLOCKED"),
    ],
    ids=["no list", "no page", "a challenge"],
)
def test_nothing_to_read_is_a_fault(
    house: House, serve: Serve, pages: dict[str, str], code: str
) -> None:
    base = serve(pages)
    ran = house("add", base, "--write")
    assert (ran.code, ran.out) == (1, "")
    assert f"[{code}]" in ran.err
    ran = house("add", base, "--json")
    assert ran.code == 1
    assert ran.document["faults"][0]["code"] == code
    assert len(list((house.root / "config/sources").iterdir())) == 1


def test_people_see_tables_and_the_file(house: House, serve: Serve) -> None:
    base = serve({"/": HOME.format(head="", rows=ROWS), "/rss": FEED, **ARTICLES})
    ran = house("add", base)
    assert ran.code == 0
    table, _, rest = ran.out.partition("\n\n")
    assert table.splitlines()[0].split()[:3] == ["chosen", "address", "kind"]
    assert re.search(rf"^→ +{base}/rss +feed +5 +5 +5 +0 ", table, re.MULTILINE)
    assert "5 entries listed, 5 wanted." in rest
    assert f'url = "{base}/rss"' in rest
    assert "# the language of its articles" in rest
    assert f"asking {base}/feed" in ran.err
    assert not (house.root / "var").exists()


def test_no_request_is_told_with_its_password(house: House, serve: Serve) -> None:
    base = serve({"/feed.xml": FEED, **ARTICLES}).replace("//", "//me:secret@")
    ran = house("add", f"{base}/feed.xml")
    assert ran.code == 0
    assert "secret" not in ran.err


def test_comments_are_in_the_language_of_the_caller(
    house: House, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDSVC_LANG", "zh")
    base = serve({"/feed.xml": FEED, **ARTICLES})
    assert "# 文章的语言" in house("add", f"{base}/feed.xml").out


def test_write_saves_once_and_never_overwrites(house: House, serve: Serve) -> None:
    base = serve({"/feed.xml": FEED, **ARTICLES})
    ran = house("add", f"{base}/feed.xml", "--write")
    assert ran.code == 0
    [path] = [p for p in sources(house) if p.name != "river.toml"]
    assert str(path) in ran.err.splitlines()[-1]
    assert path.read_text(encoding="utf-8") in ran.out
    assert house("check").code == 0
    before = path.read_bytes()
    ran = house("add", f"{base}/feed.xml", "--write")
    assert (ran.code, ran.out) == (2, "")
    assert "[E_FILE]" in ran.err
    assert str(path) in ran.err
    assert "asking" not in ran.err
    assert path.read_bytes() == before
    assert len(sources(house)) == 2


def test_a_file_that_came_in_between_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "sources" / "river.toml"
    save(path, 'url = "http://a.example/"\n')
    with pytest.raises(UsageError) as raised:
        save(path, "")
    assert raised.value.fault.code is Code.E_FILE
    assert path.read_text(encoding="utf-8") == 'url = "http://a.example/"\n'


def test_what_was_written_is_told_to_machines(house: House, serve: Serve) -> None:
    base = serve({"/feed.xml": FEED, **ARTICLES})
    form = house("add", f"{base}/feed.xml", "--write", "--json").document
    assert Path(form["written"]).read_text(encoding="utf-8") == form["file"]


def test_there_must_be_a_configuration_to_write_to(house: House) -> None:
    (house.root / "config").rename(house.root / "elsewhere")
    ran = house.run("add", house.base, "--write")
    assert ran.code == 2
    assert "[E_FILE]" in ran.err


@pytest.mark.parametrize("url", ["ftp://news.example.org/", "http://", "//"])
def test_what_is_no_web_address_is_a_wrong_call(house: House, url: str) -> None:
    ran = house("add", url)
    assert (ran.code, ran.out) == (2, "")
    assert url in ran.err


def sources(house: House) -> list[Path]:
    """Every file of sources, hidden ones too."""
    return list((house.root / "config/sources").iterdir())
