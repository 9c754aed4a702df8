"""``extract`` and ``items``: saved documents in, JSON lines out, in the order given."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PAGE, TEXT, House
from tests.cli.test_commands import REFERENCE

ARTICLE = {
    "url", "canonical_url", "title", "language", "published", "updated", "precision",
    "published_from", "authors", "contributors", "source", "section", "breadcrumb",
    "image", "summary", "content_html", "content_text", "keywords", "alternates",
    "encoding", "warnings",
}  # fmt: skip
FEED = """\
<rss version="2.0"><channel><title>R</title><link>https://x.example/</link>
<item><title>One</title><link>https://x.example/1</link>
<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><description>Words.</description></item>
<item><title>Two</title><link>https://x.example/2</link></item></channel></rss>"""
SITEMAP = """\
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.example/1</loc></url><url><loc>https://x.example/2</loc></url>
</urlset>"""
LIST = (
    "<html><body><ul>"
    + "".join(
        f'<li><a href="/{n}">A headline of story {n}</a> 2026-11-2{n}</li>'
        for n in (1, 2)
    )
    + "</ul></body></html>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "R",
        "items": [
            {"id": "1", "url": "https://x.example/1", "title": "One"},
            {"id": "2", "url": "https://x.example/2", "title": "Two"},
        ],
    }
)


def test_an_article_is_one_line_with_every_field(house: House) -> None:
    page = house.file("page.html", PAGE.format(text=TEXT))
    ran = house("extract", page, "--url", "https://x.example/1")
    assert (ran.code, ran.err) == (0, "")
    [form] = ran.lines
    assert set(form) == ARTICLE
    assert form["url"] == "https://x.example/1"
    assert form["title"] == "[b]Bridge[/b] closed[/x]"
    text = REFERENCE.read_text(encoding="utf-8")
    table = text.split("`extract` prints")[1].split("A page that gives")[0]
    assert all(f"`{name}`" in table for name in ARTICLE)


def test_a_source_lends_its_rules(house: House) -> None:
    page = house.file("page.html", PAGE.format(text=TEXT))
    house.write(
        "sources/river.toml",
        'url = "https://x.example/"\n[article]\nauthor = { select = ".by", regex = "By (A\\\\w+)" }\n',
    )
    [form] = house("extract", page, "--source", "river").lines
    assert form["authors"] == ["Ann"]
    assert form["url"] is None


def test_a_challenge_is_no_article(house: House) -> None:
    page = house.file(
        "page.html", "<title>Just a moment...</title>Checking your browser"
    )
    ran = house("extract", page, "--url", "https://x.example/1")
    assert ran.code == 1
    assert ran.lines == [
        {"url": "https://x.example/1", "error": "E_BLOCKED", "warnings": ["E_BLOCKED"]}
    ]
    assert ran.err.startswith(f"{page}: ")


def test_a_manifest_is_followed_line_by_line(house: House) -> None:
    folder = house.root / "saved"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(text=TEXT), encoding="utf-8")
    (folder / "b.html").write_text(
        "<title>标题</title><p>2026年11月5日 10:00 汾河涨水了。</p>", encoding="gbk"
    )
    (folder / "empty.html").write_bytes(b"")
    rows: list[dict[str, str | None]] = [
        {"file": "b.html", "url": "https://x.example/b", "lang": "zh-CN"},
        {"file": "empty.html", "url": "https://x.example/empty"},
        {"file": "missing.html", "url": "https://x.example/missing"},
        {"file": "a.html", "url": "https://x.example/a", "lang": None},
    ]
    manifest = folder / "pages.jsonl"
    lines = "\r\n".join(json.dumps(row) for row in rows)
    manifest.write_text(f"\ufeff{lines}\n\n", encoding="utf-8")
    ran = house("extract", "--manifest", manifest)
    assert ran.code == 1
    forms = ran.lines
    assert [form["url"] for form in forms] == [row["url"] for row in rows]
    assert forms[0]["title"] == "标题"
    assert forms[2] == {
        "url": "https://x.example/missing",
        "error": "E_FILE",
        "warnings": ["E_FILE"],
    }
    assert forms[1]["error"]
    assert set(forms[3]) == ARTICLE
    assert f"{folder}/missing.html: " in ran.err
    assert ran.err.count("\n") == 2


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "7",
        "{}",
        '{"file": 7}',
        '{"file": "a", "lang": 7}',
        "[" * 9999,
    ],
    ids=["words", "list", "number", "no file", "file", "lang", "deep"],
)
def test_a_line_of_a_manifest_that_is_something_else_is_named(
    house: House, line: str
) -> None:
    manifest = house.file("m.jsonl", f'{{"file": "a.html"}}\n{line}\n')
    ran = house("extract", "--manifest", manifest)
    assert (ran.code, ran.out) == (2, "")
    assert f"{manifest}:2: " in ran.err
    assert "[E_FILE]" in ran.err


@pytest.mark.parametrize("body", [None, b"\xff\xfe{"], ids=["missing", "not UTF-8"])
def test_a_manifest_that_cannot_be_read_is_named(
    house: House, body: bytes | None
) -> None:
    manifest = house.root / "m.jsonl"
    if body:
        manifest.write_bytes(body)
    ran = house("extract", "--manifest", manifest)
    assert ran.code == 2
    assert str(manifest) in ran.err


@pytest.mark.parametrize(
    ("name", "body"),
    [("f.xml", FEED), ("s.xml", SITEMAP), ("l.html", LIST), ("j.json", JSON)],
    ids=["feed", "sitemap", "list", "json"],
)
def test_items_are_lines_in_page_order(house: House, name: str, body: str) -> None:
    ran = house("items", house.file(name, body), "--url", "https://x.example/")
    assert (ran.code, ran.err) == (0, "")
    assert [form["url"] for form in ran.lines] == [
        "https://x.example/1",
        "https://x.example/2",
    ]
    assert {frozenset(form) for form in ran.lines} == {
        frozenset(("url", "title", "published", "precision", "summary"))
    }


def test_an_item_tells_its_date_if_it_has_one(house: House) -> None:
    first, second = house(
        "items", house.file("f", FEED), "--url", "https://x.example/"
    ).lines
    assert first == {
        "url": "https://x.example/1",
        "title": "One",
        "published": "2026-11-23T10:00:00+00:00",
        "precision": "second",
        "summary": "Words.",
    }
    assert (second["published"], second["precision"]) == (None, None)


def test_a_document_that_is_no_list_is_exit_1(house: House) -> None:
    where = house.file("x.xml", '<?xml version="1.0"?><rss><cha')
    ran = house("items", where, "--url", "https://x.example/")
    assert (ran.code, ran.out) == (1, "")
    assert "https://x.example/: " in ran.err


def test_a_list_that_is_not_there_is_a_wrong_call(house: House, tmp_path: Path) -> None:
    ran = house("items", tmp_path / "nowhere", "--url", "https://x.example/")
    assert ran.code == 2
    assert "[E_FILE]" in ran.err
