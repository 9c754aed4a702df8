"""List pages: by rules and without, in page order, nothing but the stories."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.listing import read_listing
from feedsvc.model.article import Extraction, Origin, RawItem
from feedsvc.model.config import ListRules, Rule, Source
from feedsvc.model.web import Page

SEED = Path(__file__).parents[3] / "shared/corpus/seed"
URL = "https://news.example/list/"
STORY = "Some headline of a story, number"


def read(body: str, rules: ListRules | None = None) -> Extraction:
    return read_listing(
        Source(id="s", url=URL, list=rules), Page(url=URL, body=body.encode())
    )


def items(body: str, rules: ListRules | None = None) -> tuple[RawItem, ...]:
    return read(body, rules).items


def date_of(item: RawItem) -> tuple[str, Origin] | None:
    return (item.dates[0].text, item.dates[0].origin) if item.dates else None


def news(count: int = 5) -> str:
    return "".join(
        f'<li><a href="/2021/110{n}/{n}.html">{STORY} {n}</a><span>2021-11-0{n}</span></li>'
        for n in range(1, count + 1)
    )


RULES = ListRules(
    item=Rule(select=".list li"),
    link=Rule(select="a"),
    date=Rule(select="span"),
    date_format="MM dd,yyyy",
    next=Rule(select=".page a:last-child"),
)


@pytest.mark.skipif(not SEED.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("rules", [RULES, None], ids=["rules", "no-rules"])
def test_the_seed_list_gives_its_stories(rules: ListRules | None) -> None:
    truth = json.loads((SEED / "expected.json").read_text("utf-8"))["listing"]
    source = Source(id="seed", url=truth["url"], list=rules)
    page = Page(url=truth["url"], body=(SEED / "listing.html").read_bytes())
    got = read_listing(source, page)
    assert [[i.url, i.title] for i in got.items] == [i[:2] for i in truth["items"]]
    assert date_of(got.items[0]) == ("11 05,2021", Origin.LIST)
    assert got.faults == ()
    if rules:
        assert got.next == "http://en.eshanxi.gov.cn/yangquan/news/index_2.html"
        assert got.items[0].dates[0].patterns == ("MM dd,yyyy",)
        assert got.items[0].rules == {"dates"}


FULL = """<html lang="zh-CN"><ul class="list">
<li><a href="a&#10;b.html"><img data-src="i.jpg"></a><a href="a
b.html">A head…</a><h3>Own title</h3><i>2021</i><p>Sum</p></li>
<li><a href="./c.html" title="Cut short no more">Cut sh…</a></li>
<li>no link</li><li><a href="javascript:x()">bad</a></li></ul></html>"""


def test_every_list_rule_is_heard() -> None:
    got = read(
        FULL,
        ListRules(
            item=Rule(select=".list li"),
            title=Rule(select="h3"),
            date=Rule(select="i"),
            date_format=("yyyy",),
            summary=Rule(select="p"),
            image=Rule(select="img"),
        ),
    )
    first, second = got.items
    assert (first.url, first.title, first.summary) == (
        f"{URL}ab.html",
        "Own title",
        "Sum",
    )
    assert first.image is not None
    assert first.image.url == f"{URL}i.jpg"
    assert (second.url, second.title) == (f"{URL}c.html", "Cut short no more")
    assert got.language == "zh-CN"


@pytest.mark.parametrize(
    "rules",
    [
        ListRules(link=Rule(select=".list a")),
        ListRules(item=Rule(select=".list li a")),
        ListRules(item=Rule(select="xpath://li"), link=Rule(select=".//a")),
        ListRules(item=Rule(select="xpath://li"), link=Rule(select="xpath:.//a")),
        ListRules(item=Rule(select="xpath://li//a/@href"), title=Rule(select="b")),
    ],
    ids=["link-alone", "item-is-link", "lxml-css", "xpath", "text-items"],
)
def test_links_are_found_however_rules_name_them(rules: ListRules) -> None:
    body = f"<ul class=list>{news(2)}</ul>"
    if rules.link and rules.link.select == ".//a":
        with pytest.raises(ExtractError):
            items(body, rules)
    else:
        wanted = [] if rules.title else [f"{STORY} 1", f"{STORY} 2"]
        assert [i.title for i in items(body, rules)] == wanted


def test_two_links_to_one_article_are_one_item() -> None:
    body = "".join(
        f'<div class=c><a href="/{n}.html"><img src="/{n}.jpg"></a>'
        f'<h3><a href="/{n}.html">{STORY} {n}</a></h3><p>May {n}, 2021</p></div>'
        for n in range(1, 5)
    )
    found = items(f"<main>{body}</main>")
    assert [i.title for i in found] == [f"{STORY} {n}" for n in range(1, 5)]
    assert all(i.image for i in found)


@pytest.mark.parametrize(
    ("rules", "code", "rule"),
    [
        (ListRules(item=Rule(select=".gone")), Code.W_LAYOUT, "list.item"),
        (ListRules(link=Rule(select=".gone")), Code.W_LAYOUT, "list.link"),
        (None, Code.W_EMPTY, None),
    ],
)
def test_nothing_found_is_a_fault(
    rules: ListRules | None, code: Code, rule: str | None
) -> None:
    got = read("<p>Nothing is listed here.</p>", rules)
    assert got.items == ()
    assert [(f.code, f.args.get("rule"), f.place) for f in got.faults] == [
        (code, rule, URL)
    ]


CHINESE = "".join(
    f'<li><a href="/{n}.html">第{n}号消息：河边步道今日向市民开放</a></li>'
    for n in range(1, 6)
)


@pytest.mark.parametrize(
    ("meta", "header", "codec", "told"),
    [
        ("utf-8", "utf-8", "gb18030", ("utf-8", "gb18030")),
        ("gb2312", None, "utf-8", ("gb18030", "utf-8")),
        ("utf-8", "gbk", "big5", ("gb18030, utf-8", "big5")),
        ("gb2312", None, "gb18030", None),
        ("utf-8", "gbk", "gb18030", None),
        ("utf-8", None, "utf-8", None),
        (None, None, "gb18030", None),
    ],
)
def test_a_list_in_another_encoding_than_it_says_is_read_and_told(
    meta: str | None, header: str | None, codec: str, told: tuple[str, str] | None
) -> None:
    """reliability.md, 12."""
    head = f'<meta charset="{meta}">' if meta else ""
    text = CHINESE.replace("消息", "新聞").replace("边", "邊").replace("开", "開")
    text = text.replace("号", "號") if codec == "big5" else CHINESE
    page = Page(
        url=URL,
        body=f'{head}<ul class="list">{text}</ul>'.encode(codec),
        content_type=f"text/html; charset={header}" if header else None,
    )
    source = Source(id="s", url=URL, list=RULES, language="zh")
    got = read_listing(source, page)
    assert [str(item.title) in text for item in got.items] == [True] * 5
    faults = [(str(f.code), f.args["declared"], f.args["encoding"]) for f in got.faults]
    assert faults == ([("W_ENCODING", *told)] if told else [])
    assert read_listing(replace(source, encoding=codec), page).faults == ()


def test_a_challenge_page_is_no_empty_list() -> None:
    with pytest.raises(ExtractError) as raised:
        read("<title>安全验证</title><p>请完成验证</p>")
    assert raised.value.fault.code is Code.E_BLOCKED


NAV = "".join(f'<li><a href="/c{n}/">Channel {n}</a></li>' for n in range(12))
HOT = "".join(
    f'<li><a href="/2020/0101/{n}.html">A hot story everybody reads {n}</a></li>'
    for n in range(10, 18)
)


def test_menus_hot_lists_pagers_and_friends_are_left_out() -> None:
    body = (
        f"<ul class=nav>{NAV}</ul><ul class=list>{news()}</ul>"
        f"<div class=hot><ul>{HOT}</ul></div>"
        '<div class=page><a href="?2">2</a><a href="?3">Next page of stories</a></div>'
        f"<div class=friend-links>{NAV.replace('/c', 'https://f.example/c')}</div>"
    )
    assert [i.title for i in items(body)] == [f"{STORY} {n}" for n in range(1, 6)]


def test_a_front_page_of_many_blocks_gives_them_all() -> None:
    blocks = "".join(
        f"<div class={name}><ul>"
        + "".join(
            f'<li><a href="/{name}/{n}000.html">{STORY} {name} {n}</a></li>'
            for n in range(6)
        )
        + "</ul></div>"
        for name in ("world", "home", "sport", "arts")
    )
    assert len(items(f"<ul class=nav>{NAV}</ul>{blocks}")) == 24


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ('<li><a href="{u}">{t}</a><span>11-05</span></li>', ("11-05", Origin.LIST)),
        ("<li>[08:30]<a href='{u}'>{t}</a></li>", ("08:30", Origin.LIST)),
        (
            '<li><time datetime="2021-11-05T08:00">x</time><a href="{u}">{t}</a></li>',
            ("2021-11-05T08:00", Origin.LIST),
        ),
        (
            "<dt><a href='{u}'>{t}</a></dt><dd>2021-11-05</dd>",
            ("2021-11-05", Origin.LIST),
        ),
        ("<li><a href='{u}'>{t}</a> 2021-11-05</li>", ("2021-11-05", Origin.LIST)),
        ("<li><a href='/2021/1105{u}'>{t}</a></li>", ("2021-11-05", Origin.URL)),
        ("<li><a href='{u}'>{t} on May 1, 2020</a></li>", None),
    ],
    ids=["month-day", "time", "element", "beside", "loose", "url", "in-headline"],
)
def test_the_date_beside_a_headline_is_its_own(
    row: str, date: tuple[str, Origin] | None
) -> None:
    rows = (row.format(u=f"/story-of-the-day-{n}", t=f"{STORY} x{n}") for n in range(5))
    found = items(f"<section>{''.join(rows)}</section>")
    assert len(found) == 5
    assert date_of(found[1]) == date


def test_an_archive_takes_the_year_from_the_heading_above() -> None:
    rows = "<li><a href='/a-{n}.html'>{t} {n}</a><i>12-0{n}</i></li>"
    years = "".join(
        f"<h2>{year}</h2><ul>"
        + "".join(
            rows.format(n=n, t=f"{STORY} {year}").replace("/a-", f"/{k}-")
            for n in range(1, 4)
        )
        + "</ul>"
        for k, year in enumerate((2021, 2020))
    )
    found = items(f"<div>{years}</div>")
    assert [i.dates[0].text for i in found][::3] == ["2021-12-01", "2020-12-01"]


def test_a_label_beside_each_story_is_no_story() -> None:
    rows = "".join(
        f'<li><a href="/world/">World</a> <a href="/a{n}.html">{STORY} {n}</a></li>'
        for n in range(5)
    )
    assert len(items(f"<ul>{rows}</ul>")) == 5


def test_a_label_that_leads_into_each_story_is_none_of_its_own() -> None:
    rows = "".join(
        f'<li><a href="/a{n}.html">{STORY} {n}</a> <a href="/last?of={n}">New</a></li>'
        for n in range(5)
    )
    assert len(items(f"<ul>{rows}</ul>")) == 5


def test_a_card_gives_its_summary() -> None:
    rows = "".join(
        f'<li><h3><a href="/a{n}.html">{STORY} {n}</a></h3><p>What it is about, told at some length.</p></li>'
        for n in range(4)
    )
    assert (
        items(f"<ul>{rows}</ul>")[0].summary == "What it is about, told at some length."
    )


def test_a_row_built_another_way_is_in_the_list_too() -> None:
    rows = [
        f'<li><h3><a href="/2021/a{n}.html">{STORY} {n}</a></h3><i>2021-11-0{n}</i></li>'
        for n in range(1, 6)
    ]
    photo = (
        f'<li><div class=pics><a href="/2021/p.html">{STORY} in pictures</a></div></li>'
    )
    advert = '<li><div class=ads><a href="/buy.html">Buy this now, it is very cheap today</a></div></li>'
    body = f"<ul>{''.join((*rows[:2], photo, advert, *rows[2:]))}</ul>"
    assert [i.title for i in items(body)][1:4] == [
        f"{STORY} 2",
        f"{STORY} in pictures",
        f"{STORY} 3",
    ]


def test_a_footer_of_other_sites_headlines_is_no_list() -> None:
    widget = "".join(
        f'<li><a href="https://o.example/{n}0000.html">A long headline of a quite different site {n}</a></li>'
        for n in range(12)
    )
    rows = "".join(
        f'<div class=post><a href="/2021/{n}.html">Short one {n}</a></div>'
        for n in range(4)
    )
    body = f"<div class=main>{rows}</div><div class=footer><ul class=widget>{widget}</ul></div>"
    assert [i.url for i in items(body)] == [
        f"https://news.example/2021/{n}.html" for n in range(4)
    ]
