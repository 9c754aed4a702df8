"""The body without rules: the text, all of it, and nothing of what stands around it."""

import re

import pytest

from feedsvc.extract import read_article
from feedsvc.extract.article.furniture import text_of
from feedsvc.extract.article.segment import is_dense, segment
from feedsvc.extract.dom import Line
from feedsvc.extract.rules import Document
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text.markup import sanitize
from tests.extract.test_article import read

ZH = (
    "记者昨日从市水务局获悉，丹河综合治理工程第三标段已经完工，河道拓宽了十二米。",
    "工程负责人说，沿河的步道将在下个月开放，路灯和座椅正在安装，市民夜里也能散步。",
    "据了解，工程去年三月开工，总投资两亿一千万元，两岸共种下柳树三千多棵。",
)
EN = (
    "The river works on the third section are done, and the bed is twelve metres wider.",
    "The path along the river opens next month, the engineer said, once the lamps are up.",
    "Work began in March last year, and more than three thousand willows were planted.",
)
MENU = "".join(f"<li><a href=/{n}/>栏目{n}</a></li>" for n in range(12))
HOT = "".join(
    f"<li><a href=/hot/{n}.html>某地举办第{n}届采摘节游客络绎不绝</a></li>"
    for n in range(9)
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def zh(inner: str, around: str = "{}") -> str:
    return f"""<html lang=zh><head><title>丹河治理工程完工_某某网</title></head><body>
    <div class=top><ul>{MENU}</ul></div><h1>丹河治理工程完工</h1>{around.format(inner)}
    <div class=side><h3>热门推荐</h3><ul>{HOT}</ul></div>
    <div class=bottom>主办：某某网　版权所有　某ICP备10000000号</div></body></html>"""


def en(inner: str) -> str:
    return f"""<html lang=en><head><title>River works done</title></head><body><nav>
    <a href=/>Home</a></nav><article><h1>River works done</h1>{inner}</article></body>"""


def lines_of(body: str | None) -> list[str]:
    texts = Document(f"<body>{body}</body>", "https://news.example/").lines
    return [line.text for line in texts]


@pytest.mark.parametrize(
    ("inner", "around"),
    [
        pytest.param(paragraphs(*ZH), "<div class=text>{}</div>", id="paragraphs"),
        pytest.param("<br>　　".join(ZH), "<div id=zoom>{}</div>", id="line-breaks"),
        pytest.param(
            paragraphs(*ZH), "<table><tr><td>{}</td></tr></table>", id="in-a-table"
        ),
        pytest.param(paragraphs(*ZH), "{}", id="straight-in-the-body"),
        pytest.param(
            "".join(f"<div class=row><span>{text}</span></div>" for text in ZH),
            "<div>{}</div>",
            id="blocks",
        ),
        pytest.param(
            paragraphs(*ZH), "<div class=main-nav-content>{}</div>", id="called-nav"
        ),
    ],
)
def test_a_chinese_text_is_found_whole_and_alone(inner: str, around: str) -> None:
    assert lines_of(read(zh(inner, around)).content_html) == list(ZH)


@pytest.mark.parametrize(
    "top",
    [
        "<p>发布时间：2026-11-20 08:30　来源：某某日报</p>",
        "<div>2026年11月20日 08:30 某某日报</div><div>字号：大 中 小</div>",
        "<p>丹河治理工程完工</p><p>2026-11-20</p>",
        "<div><a href=#>分享</a></div><div>阅读数：1024</div><div>1024</div>",
        "<div>首页 &gt; 新闻 &gt; 本地</div>",
    ],
)
@pytest.mark.parametrize(
    "end",
    [
        "",
        "<p>【打印本页】【关闭窗口】</p>",
        "<p>上一篇：<a href=/1>某地举办运动会</a></p><p>下一篇：<a href=/2>没有了</a></p>",
        "<p>相关阅读：</p><ul><li><a href=/1>某地举办运动会</a></li><li><a href=/2>某地采摘节开幕</a></li></ul>",
        "<p>声明：本文仅代表作者个人观点，不代表本网立场，转载请注明出处。</p>",
        "<div>扫一扫关注我们的微信公众号</div><div>0条评论</div><div>0</div>",
        "<p>版权所有 © 2026 某某网 未经授权不得转载</p>",
    ],
)
def test_what_stands_above_and_below_a_chinese_text_goes(top: str, end: str) -> None:
    body = read(zh(f"<div>{top}{paragraphs(*ZH)}{end}</div>")).content_html
    assert lines_of(body) == list(ZH)


@pytest.mark.parametrize(
    "end",
    [
        "",
        "<h3>Related stories</h3><ul><li><a href=/1>Bridge closed</a></li><li><a href=/2>Mill sold</a></li></ul>",
        "<p>Sign up for our weekly newsletter and never miss a story.</p>",
        "<p>Follow us on Facebook and Twitter.</p><p>Share this article</p>",
        "<p>Copyright 2026 River News. All rights reserved.</p>",
        "<p>Tags: river, willows</p><p>3 comments</p>",
    ],
)
@pytest.mark.parametrize(
    "between",
    [
        "",
        "<p>Advertisement</p>",
        "<p>Read more: <a href=/3>The mill was sold to a baker</a></p>",
        "<p>Story continues below advertisement</p>",
    ],
)
def test_what_stands_between_and_below_an_english_text_goes(
    between: str, end: str
) -> None:
    texts = [EN[0] * 2, EN[1] * 2, EN[2] * 2]
    inner = f"{paragraphs(*texts[:2])}{between}{paragraphs(texts[2])}{end}"
    assert lines_of(read(en(inner)).content_html) == texts


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<ul><li>河道拓宽十二米</li><li>步道三公里</li></ul>", ["<li>", "步道三公里"]),
        ("<table><tr><td>柳树</td><td>3000</td></tr></table>", ["<table>", "3000"]),
        ("<h2>明年再种花</h2>", ["<h2>明年再种花</h2>"]),
        (
            "<figure><img src=/i.jpg><figcaption>图为步道。李明 摄</figcaption></figure>",
            ["<img", "<figcaption>"],
        ),
        ("<blockquote>让河水清起来。</blockquote>", ["<blockquote>"]),
        ("<p>（责任编辑：王芳）</p>", ["责任编辑"]),
        ("<p>某某市水务局</p><p>2026年11月20日</p>", ["某某市水务局", "11月20日"]),
    ],
    ids=["list", "table", "heading", "figure", "quote", "editor", "signature"],
)
def test_what_belongs_to_a_text_stays(markup: str, kept: list[str]) -> None:
    for inner in (
        f"{paragraphs(*ZH[:2])}{markup}{paragraphs(ZH[2])}",
        f"{paragraphs(*ZH)}{markup}",
    ):
        body = read(zh(inner, "<div class=text>{}</div>")).content_html or ""
        assert [part for part in kept if part not in body] == []


def test_the_picture_above_a_text_stays_and_those_of_its_neighbours_go() -> None:
    inner = f"<div class=text><p><img src=/lead.jpg></p>{paragraphs(*ZH)}</div>"
    bar = "<div>分享到<img src=/weibo.png></div>"
    body = read(zh(f"<div>{inner}{bar}</div>")).content_html or ""
    assert "lead.jpg" in body
    assert "weibo.png" not in body


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "根据评审办法，现将拟录取名单公示如下，公示期三天。",
            "联系电话：023-00000000",
        ),
        ("经研究，定于十一月二十日上午九时在三楼会议室召开例会。", "请准时参加。"),
    ],
)
def test_a_notice_of_two_paragraphs_is_a_text(first: str, second: str) -> None:
    body = read(zh(paragraphs(first, second), "<div class=text>{}</div>")).content_html
    assert lines_of(body) == [first, second]


def test_comments_are_none_of_the_text() -> None:
    said = "".join(
        f"<p>我觉得第{n}段步道修得真好，希望早点开放给大家。</p>" for n in range(3)
    )
    inner = f"<div class=text>{paragraphs(*ZH)}</div><div id=comments>{said}</div>"
    assert lines_of(read(zh(inner)).content_html) == list(ZH)


def test_a_text_that_is_one_long_list_of_links_is_kept() -> None:
    links = [
        f"<p><a href=/{n}>Section {n} of the river path opens</a></p>" for n in range(9)
    ]
    lines = Document(f"<body>{''.join(links)}</body>", "https://news.example/").lines
    assert text_of(lines, None) == [True] * 9


def test_a_page_that_says_nothing_has_no_text() -> None:
    assert segment([], None) == range(0)
    menu: list[Line] = Document(f"<ul>{MENU}</ul>", "https://news.example/").lines
    assert segment(menu, None) == range(0)


@pytest.mark.parametrize(
    ("text", "dense"),
    [
        ("丹河治理", True),
        ("river", False),
        ("丹河治理 Danhe", True),
        ("한강 산책로", True),
    ],
)
def test_scripts_without_spaces_are_dense(text: str, *, dense: bool) -> None:
    assert is_dense(Document(f"<p>{text}", "https://a.example/").lines) is dense


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", ["https://n.example/a/b.html", "https://n.example/c.html"]),
        (
            "<base href='https://cdn.example/x/'>",
            ["https://cdn.example/x/b.html", "https://cdn.example/c.html"],
        ),
    ],
    ids=["the page", "its base"],
)
def test_links_of_any_text_lead_where_the_page_leads(
    base: str, expected: list[str]
) -> None:
    links = "<a href='b.html'>{}</a> <a href='../c.html'>{}</a>"
    said = f"<p>{EN[2]} {links.format('more', 'yet more')}</p>"
    told = f"<p>{ZH[2]}{links.format('规划', '方案')}</p>"
    for whole in (en(paragraphs(*EN) + said), zh(paragraphs(*ZH) + told)):
        page = Page(
            url="https://n.example/a/1.html",
            body=whole.replace("<title>", f"{base}<title>").encode(),
        )
        [item] = read_article(Source(id="s", url="https://n.example/"), page).items
        content = sanitize(item.content_html or "", item.base or item.url)
        assert re.findall('href="([^"]*)"', content) == expected


@pytest.mark.parametrize(
    "named", ["", "<meta property='og:image' content='/i/b.png'>"], ids=["", "named"]
)
def test_a_picture_of_the_text_has_its_caption_and_its_size(named: str) -> None:
    figure = (
        "<figure><img src='/i/b.png' width=640 height=480>"
        "<figcaption>Workers on site. Photo: Bob Ray/Reuters</figcaption></figure>"
    )
    whole = en(f"<p>{EN[0]}</p>{figure}{paragraphs(*EN[1:])}")
    image = read(whole.replace("<title>", f"{named}<title>")).image
    assert image is not None
    assert image.caption == "Workers on site. Photo: Bob Ray/Reuters"
    assert (image.credit, image.width, image.height) == ("Bob Ray/Reuters", 640, 480)
