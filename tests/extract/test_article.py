"""Article pages: rules win, then what the page says, then what it shows."""

import json
from pathlib import Path

import pytest

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.article import read_article, refusal
from feedsvc.model.article import Extraction, Origin, RawItem
from feedsvc.model.config import ArticleRules, Rule, Source
from feedsvc.model.web import Page

CORPUS = Path(__file__).parents[3] / "shared/corpus"
URL = "https://news.example/2021/1105/1.html"
LONG = "A sentence of the story that says what happened and to whom it happened. " * 4
PARAGRAPHS = f"<p>{LONG}</p>" * 4
ZH = "山西省委书记在会议上说，今后五年全省要在转型发展上率先蹚出一条新路来。" * 4

SEED_RULES = ArticleRules(
    title=Rule(select=".detail_title"),
    date=Rule(select=".detail_info"),
    date_format="'Time:' MM dd,yyyy",
    source=Rule(select=".detail_info", regex=r"Source:\s*(.+)"),
    section=Rule(select=".position a:last-child"),
    content=Rule(select=".detail_content"),
    remove=(".share",),
)


def extract(body: str, rules: ArticleRules | None = None, url: str = URL) -> Extraction:
    source = Source(id="s", url="https://news.example/", article=rules)
    return read_article(source, Page(url=url, body=body.encode()))


def read(body: str, rules: ArticleRules | None = None) -> RawItem:
    return extract(body, rules).items[0]


def page(head: str = "", top: str = "", end: str = "", text: str = PARAGRAPHS) -> str:
    return (
        f"<html lang=en><head><meta charset=utf-8>{head}</head><body><article>"
        f"<h1>The headline of the story</h1>{top}{text}{end}</article></body></html>"
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("rules", [SEED_RULES, None], ids=["rules", "no-rules"])
def test_the_seed_article_is_read_whole(rules: ArticleRules | None) -> None:
    truth = json.loads((CORPUS / "seed/expected.json").read_text("utf-8"))["article"]
    source = Source(id="seed", url=truth["url"], language="en", article=rules)
    body = (CORPUS / "seed/article.html").read_bytes()
    got = read_article(source, Page(url=truth["url"], body=body))
    (item,) = got.items
    assert got.faults == ()
    assert item.title == truth["title"]
    assert (item.outlet, item.section) == (truth["source"], truth["section"])
    assert list(item.breadcrumb) == truth["breadcrumb"]
    assert list(item.authors) == truth["authors"]
    assert list(item.contributors) == truth["contributors"]
    assert item.image is not None
    assert item.image.url == truth["image"]
    assert item.image.caption == truth["caption"]
    assert item.image.credit == truth["photo_credit"]
    assert item.content_html is not None
    assert truth["body_starts"] in item.content_html
    assert not any(word in item.content_html for word in truth["body_must_not_hold"])
    origin = Origin.RULE if rules else Origin.TEXT
    assert (item.dates[0].origin, item.dates[0].text[-10:]) == (
        origin,
        "anxi daily" if rules else "11 05,2021",
    )


def test_rules_win_over_everything_the_page_says() -> None:
    rules = ArticleRules(
        title=Rule(select=".t"),
        date=Rule(select=".d"),
        date_format=("yyyy", "yyyy MM"),
        source=Rule(select=".s"),
        author=Rule(select=".a"),
        contributor=Rule(select=".c"),
        section=Rule(select=".n"),
        breadcrumb=Rule(select=".b a", all=True),
        image=Rule(select=".i"),
        summary=Rule(select=".y"),
        keywords=Rule(select=".k"),
        content=Rule(select=".x"),
        remove=(".ad",),
    )
    head = """<meta property="og:title" content="Other"><meta name="author" content="Other">
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"Other",
    "datePublished":"2020-01-01","author":"Other","articleSection":"Other"}</script>"""
    body = """<p class=t>Ruled title</p><p class=d>2021</p><p class=s>来源：山西日报</p>
    <p class=a>By Ann Lee and Bob Roe</p><p class=c>Cat Poe contributed to this story.</p>
    <p class=n>News</p><p class=b><a>Home</a><a>City</a></p><img class=i src=s.gif data-src=/i.jpg>
    <p class=y>Sum</p><p class=k>one, two;three</p><div class=x><p>Text</p><p class=ad>no</p></div>"""
    item = read(page(head, body), rules)
    assert item.title == "Ruled title"
    assert (item.dates[0].text, item.dates[0].patterns) == ("2021", ("yyyy", "yyyy MM"))
    assert item.outlet == "山西日报"
    assert item.authors == ("Ann Lee", "Bob Roe")
    assert item.contributors == ("Cat Poe",)
    assert (item.section, item.breadcrumb) == ("News", ("Home", "City"))
    assert item.image is not None
    assert item.image.url == "https://news.example/i.jpg"
    assert (item.summary, item.keywords) == ("Sum", ("one", "two", "three"))
    assert item.content_html == "<p>Text</p>"
    assert item.rules == {
        "title", "dates", "outlet", "authors", "contributors", "section",
        "breadcrumb", "image", "summary", "keywords", "content_html",
    }  # fmt: skip


def test_rules_that_find_nothing_are_told_and_overruled() -> None:
    gone = Rule(select=".gone")
    got = extract(
        page(), ArticleRules(title=gone, date=gone, content=gone, author=gone)
    )
    assert [(f.code, f.args["rule"]) for f in got.faults] == [
        (Code.W_LAYOUT, "article.title"),
        (Code.W_LAYOUT, "article.date"),
        (Code.W_LAYOUT, "article.content"),
    ]
    assert got.items[0].title == "The headline of the story"
    assert got.items[0].content_html
    assert got.items[0].rules == frozenset()


def test_what_rules_remove_is_not_in_a_found_body() -> None:
    end = f'<p class="ad">Buy this. {LONG}</p>'
    body = read(page(end=end), ArticleRules(remove=(".ad",))).content_html
    assert body
    assert "Buy this" not in body


def test_a_ruled_title_by_xpath_is_looked_up_on_the_whole_page() -> None:
    rules = ArticleRules(
        title=Rule(select="xpath://h1"), content=Rule(select="article")
    )
    item = read(page(top="<p>By Ann Lee</p><p>Source: The Daily</p>"), rules)
    assert (item.authors, item.outlet) == (("Ann Lee",), "The Daily")


@pytest.mark.parametrize(
    "rules",
    [None, ArticleRules(title=Rule(select="h1"), content=Rule(select=".x"))],
)
def test_a_breadcrumb_is_found_with_and_without_rules(
    rules: ArticleRules | None,
) -> None:
    body = (
        '<div id="position">当前位置：<a>首页</a> &gt; <a>新闻</a> &gt; 正文</div>'
        f"<main><div><h1>一个完整的新闻标题在这里</h1><p>2021-11-05 08:30 来源：新华网</p></div>"
        f"<div class=x><p>{ZH}</p><p>{ZH}</p></div></main>"
    )
    item = read(body, rules)
    assert item.breadcrumb == ("首页", "新闻")
    assert item.section == "新闻"


JSON_LD = """<script type="application/ld+json">{"@graph":[
{"@type":"WebSite","name":"Site"},{"@id":"#p","name":"Ann Lee","@type":"Person"},
{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"item":{"name":"City"}},3]},
{"@type":["NewsArticle"],"headline":"The headline of the story","inLanguage":"en-GB",
"datePublished":"2021-11-05T08:30:00Z","dateModified":"2021-11-06","author":[{"@id":"#p"},{"name":"The Daily"}],
"publisher":{"name":"The Daily"},"articleSection":["City"],"keywords":"a, b","description":"Sum",
"image":[{"url":"/i.jpg","width":"800","height":600,"caption":"A view. Photo by Bob Roe"}]}]}</script>"""


def test_structured_data_are_heard() -> None:
    item = read(page(JSON_LD))
    assert item.dates[0].text == "2021-11-05T08:30:00Z"
    assert item.dates[0].origin is Origin.JSON_LD
    assert item.dates[-1].origin is Origin.URL
    assert item.updated[0].text == "2021-11-06"
    assert item.authors == ("Ann Lee",)
    assert (item.section, item.breadcrumb) == ("City", ("Home", "City"))
    assert (item.keywords, item.summary) == (("a", "b"), "Sum")
    assert item.image is not None
    assert (item.image.width, item.image.height) == (800, 600)
    assert item.image.credit == "Bob Roe"
    assert item.outlet is None


@pytest.mark.parametrize(
    "block",
    [
        '{"@type":"Article","datePublished":"2021-11-05",}',
        '<!-- {"@type":"Article","datePublished":"2021-11-05"} -->',
        '{"@type":"Article","headline":"a "quoted" word","datePublished":"2021-11-05"}',
        '[{"@type":"Article","author":{"name":null},"datePublished":"2021-11-05"}]',
        '{"@type":"Article","image":{"url":null},"keywords":7,"datePublished":"2021-11-05"}',
        '{"@type":"Article","image":{"@id":"x"},"datePublished":"2021-11-05"}',
        '{"@type":"Article","image":"javascript:x","datePublished":"2021-11-05"}',
        '{"@type":"Article","image":"/i.jpg","datePublished":"2021-11-05"}',
    ],
    ids=[
        "comma",
        "comment",
        "quotes",
        "null",
        "numbers",
        "reference",
        "script",
        "text",
    ],
)
def test_broken_json_loses_only_what_is_broken(block: str) -> None:
    item = read(page(f'<script type="application/ld+json">{block}</script>'))
    assert (item.dates[0].text, item.dates[0].origin) == ("2021-11-05", Origin.JSON_LD)


@pytest.mark.parametrize(
    "block",
    ["nonsense", "[" * 100_000, "7", '{"@graph":3}', "[" + "{}," * 9000 + "{}]"],
)
def test_json_that_says_nothing_harms_nothing(block: str) -> None:
    item = read(page(f'<script type="application/ld+json">{block}</script>'))
    assert item.title == "The headline of the story"


def test_meta_elements_and_links_are_heard() -> None:
    head = """<link rel=canonical href="/c.html"><link rel=alternate hreflang=zh href="/zh/1.html">
    <link rel=alternate hreflang=fr href="javascript:x"><link rel=next hreflang=de href="/de">
    <meta name=PubDate content="2021-11-05 08:30"><meta name=ContentSource content="山西日报">
    <meta name=ColumnName content="要闻"><meta name=keywords content="a b">
    <meta property=article:author content="https://x.example/ann"><meta name=author content="Ann Lee">
    <meta property=og:image content="/o.jpg"><meta property=og:image:width content=1200>
    <meta name=description content="Sum">"""
    item = read(page(head))
    assert item.canonical_url == "https://news.example/c.html"
    assert [(a.hreflang, a.url) for a in item.alternates] == [
        ("zh", "https://news.example/zh/1.html")
    ]
    assert (item.dates[0].text, item.dates[0].origin) == (
        "2021-11-05 08:30",
        Origin.META,
    )
    assert (item.outlet, item.section, item.summary) == ("山西日报", "要闻", "Sum")
    assert (item.keywords, item.authors) == (("a", "b"), ("Ann Lee",))
    assert item.image is not None
    assert (item.image.url, item.image.width) == ("https://news.example/o.jpg", 1200)
    assert item.language == "en"


def zh_page(info: str, text: str = "", head: str = "") -> str:
    body = text or f"<p>{ZH}</p><p>{ZH}</p>"
    return (
        f"<html><head><title>省委召开重要工作会议部署任务_新闻_某某网</title>{head}</head>"
        f"<body><ul><li><a href=/>首页</a></li></ul><div class=main><h2>省委召开重要工作会议部署任务</h2>"
        f"{info}{body}</div><p>2001-01-01 来源：别处报</p></body></html>"
    )


@pytest.mark.parametrize(
    ("info", "date", "outlet"),
    [
        ("<p>2021-11-05 08:30  来源：新华网  作者：张三</p>", "2021-11-05 08:30", "新华网"),
        ("<p>来源：<a>山西日报</a></p><p>2021年11月05日08:30</p>", "2021年11月05日08:30", "山西日报"),
        ("<p><span>2021年11月05日 08:30</span><a>北京日报</a></p>", "2021年11月05日 08:30", "北京日报"),
        ("<p><b>中国网</b> <i>2021-11-05 10:37:31</i></p>", "2021-11-05 10:37:31", "中国网"),
        ("<p>新华社</p><p>2021-11-05 18:13</p><p>字号</p>", "2021-11-05 18:13", "新华社"),
        ("<p>时间：2021-11-05 11:39:42 来源：</p>", "2021-11-05 11:39:42", None),
        ("<p>时间：2021/11/05 16:31 来源：宣传部 阅读：</p>", "2021/11/05 16:31", "宣传部"),
        ("<p>2021-11-05  作者：  浏览次数：</p>", "2021-11-05", None),
        ("<p>张三  2021-11-05 08:30</p>", "2021-11-05 08:30", None),
    ],
)  # fmt: skip
def test_print_beside_a_chinese_headline_is_read(
    info: str, date: str, outlet: str | None
) -> None:
    meta = '<meta name="pubdate" content="2021-11-05 08:11">'
    item = read(zh_page(info, head=meta if ":" in date else ""))
    assert item.title == "省委召开重要工作会议部署任务"
    assert (item.dates[0].text, item.dates[0].origin) == (date, Origin.TEXT)
    assert item.outlet == outlet


def test_a_page_that_dates_itself_at_its_end_is_dated() -> None:
    text = f"<p>{ZH}</p><p>{ZH}</p><ul><li>发布日期：2021-11-05 14:34:05</li></ul>"
    item = read(zh_page("", text))
    assert item.dates[0].text == "2021-11-05 14:34:05"


@pytest.mark.parametrize(
    ("top", "end", "authors", "contributors"),
    [
        ("<p>By Ann Lee and Bob Roe</p>", "", ("Ann Lee", "Bob Roe"), ()),
        ("<div>By</div><div><a href=/a>Ann Lee</a></div>", "", ("Ann Lee",), ()),
        ("<p><a rel=author href=/a>Ann Lee</a>, <time datetime=2021-11-05>Nov 5</time></p>", "", ("Ann Lee",), ()),
        ('<p class="byline"><span>Ann Lee</span> - 5 Nov 2021</p>', "", ("Ann Lee",), ()),
        ("", "<p>By Ann Lee</p><p>Bob Roe contributed to this story.</p>", ("Ann Lee",), ("Bob Roe",)),
        ("<p>By Ann Lee | Editor: Bob Roe</p>", "", ("Ann Lee",), ("Bob Roe",)),
        ("<p>作者：张三 李四</p>", "<p>（责任编辑：王五）</p>", ("张三", "李四"), ("王五",)),
        ("", "<p>（记者 张三）</p>", ("张三",), ()),
        ("", "", (), ()),
    ],
)  # fmt: skip
def test_writers_are_told_from_helpers_and_editors(
    top: str, end: str, authors: tuple[str, ...], contributors: tuple[str, ...]
) -> None:
    rules = ArticleRules(content=Rule(select=".x"))
    text = f"<div class=x>{PARAGRAPHS}{end}</div>"
    item = read(page(top=top, text=text), rules)
    assert (item.authors, item.contributors) == (authors, contributors)


def test_a_standfirst_is_passed_over_on_the_way_to_the_date() -> None:
    item = read(page(top=f"<p>{LONG[:200]}</p><div>Posted: Oct 14, 2022 9:27 AM</div>"))
    assert item.dates[0].text.startswith("Oct 14, 2022")


@pytest.mark.parametrize(
    ("picture", "caption", "credit"),
    [
        ("<figure><img src=/i.jpg><figcaption>A view. [Photo/Xinhua]</figcaption></figure>", "A view. [Photo/Xinhua]", "Xinhua"),
        ("<p align=center><img src=/i.jpg></p><p align=center>A view. Li Wei / For China Daily</p>", "A view. Li Wei / For China Daily", "Li Wei / For China Daily"),
        ("<p><img src=/i.jpg></p><p>图为会议现场。新华社记者 张三 摄</p>", "图为会议现场。新华社记者 张三 摄", "新华社记者 张三 摄"),
        ("<p><img src=/i.jpg><br>▲图为会议现场</p>", "▲图为会议现场", None),
        (f"<p><img src=/i.jpg></p><p>{LONG}{LONG}</p>", None, None),
        ("<p><img src=/logo.png></p><p><img width=1 src=/t.gif><img data-src=/i.jpg src=data:image/gif;base64,x></p>", None, None),
        ("<figure><img src=/i.jpg></figure>", None, None),
    ],
    ids=["figcaption", "centred", "zh-credit", "same-block", "paragraph", "ornaments", "bare"],
)  # fmt: skip
def test_the_lead_image_comes_with_what_is_printed_below_it(
    picture: str, caption: str | None, credit: str | None
) -> None:
    rules = ArticleRules(content=Rule(select=".x"))
    text = f"<div class=x>{picture}{PARAGRAPHS}</div>"
    image = read(page(text=text), rules).image
    assert image is not None
    assert (image.url, image.caption, image.credit) == (
        "https://news.example/i.jpg",
        caption,
        credit,
    )


def test_a_named_image_takes_the_caption_of_its_copy_in_the_text() -> None:
    head = '<meta property="og:image" content="https://cdn.example/big/i.jpg?w=9">'
    figure = "<figure><img src=/small/i.jpg><figcaption>A view.</figcaption></figure>"
    image = read(page(head, figure)).image
    assert image is not None
    assert (image.url, image.caption) == (
        "https://cdn.example/big/i.jpg?w=9",
        "A view.",
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("访问验证", "请完成以下验证"),
        ("Just a moment...", "Checking your browser before accessing news.example"),
        ("404 Not Found", "nginx"),
        ("某某网", "对不起，您访问的页面不存在！"),
        ("用户登录", "用户名 密码"),
        ("News", "Please log in to continue"),
        ("网站防火墙", "您的请求带有不合法参数，已被网站管理员设置拦截！"),
        ("", "当前环境异常，完成验证后即可继续访问。"),
        ("安全检查", "为了您的账号安全，请按住滑块，拖动到最右边"),
        ("出错啦", "您访问的页面已下线"),
        ("", "该内容已被发布者删除"),
        ("", "無權訪問，請先登入"),
        ("网站维护中", "系统升级，给您带来不便，敬请谅解"),
        ("", "操作太频繁，请输入验证码"),
        ("502", "Bad Gateway"),
        ("502 - Daily", "nginx"),
        ("503 Service Temporarily Unavailable", "openresty"),
        ("Error 403 (Forbidden)", "A server said so."),
        ("404页面", "返回"),
        ("404 | Daily News", "Home"),
        ("", "Press & Hold to confirm you are a human (and not a bot)."),
        ("News", "Please enable JS and disable any ad blocker"),
        ("Access Denied", "You don't have permission to access this resource."),
        ("Oops!", "We can't seem to find the page you're looking for."),
        ("News", "Sorry, this story is no longer available."),
        ("News", "Your session has expired. Please sign in again."),
        ("News", "We'll be back soon! Try again later."),
    ],
)
def test_pages_that_are_no_article_are_refused(title: str, text: str) -> None:
    with pytest.raises(ExtractError) as raised:
        extract(f"<title>{title}</title><body><p>{text}</p></body>")
    assert raised.value.fault.code is Code.E_BLOCKED
    assert raised.value.fault.args["evidence"]


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("404 Not Found", "nginx", Code.E_NOT_FOUND),
        ("某某网", "对不起，您访问的页面不存在！", Code.E_NOT_FOUND),
        ("提示信息", "该文章已被删除", Code.E_NOT_FOUND),
        ("出错啦", "您访问的页面已下线", Code.E_NOT_FOUND),
        (
            "Oops!",
            "We can't seem to find the page you're looking for.",
            Code.E_NOT_FOUND,
        ),
        ("News", "Sorry, this story is no longer available.", Code.E_NOT_FOUND),
        ("访问验证", "请完成以下验证", Code.E_BLOCKED),
        ("系统提示", "系统错误，请稍后再试", Code.E_BLOCKED),
        ("502", "Bad Gateway", Code.E_BLOCKED),
        ("Access Denied", "You don't have permission to access this.", Code.E_BLOCKED),
        ("News", "We'll be back soon! Try again later.", Code.E_BLOCKED),
        ("A bridge is closed", LONG, None),
    ],
)
def test_what_is_gone_is_told_from_what_cannot_be_seen_now(
    title: str, text: str, code: Code | None
) -> None:
    html = f"<title>{title}</title><body><p>{text}</p></body>"
    source = Source(id="s", url="https://news.example/")
    fault = refusal(source, Page(url=URL, body=html.encode()))
    assert (fault and fault.code) == code


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于网站系统维护的公告", "因系统维护，本网站将于本月25日22时暂停服务。"),
        ("Notice: site under maintenance on Friday", "The site will be unavailable."),
        ("警方提醒：验证码千万不要告诉别人", "2026-11-20　骗子索要短信验证码。"),
        (
            "404 people saved from the flood",
            "Boats brought them to the mill on Friday.",
        ),
        ("403 million trees planted", "Volunteers planted them in ten years."),
        ("404 Media opens an office in Taiyuan", "Four reporters will work there."),
        ("404 jobs and one factory", "Both were lost in the fire on Friday."),
        ("500强企业落户阳泉", "两家企业将于明年开工。"),
        (
            "Sorry seems to be the hardest word",
            "Nov 20, 2026. The minister said nothing.",
        ),
        ("登录火星", "探测器在火星北半球着陆，传回了照片。"),
        ("错误的代价", "一场事故带来的思考。"),
    ],
)
def test_short_articles_about_such_things_are_articles(title: str, text: str) -> None:
    assert read(f"<title>{title}</title><h1>{title}</h1><p>{text}</p>").title == title


def test_an_article_about_captchas_is_an_article() -> None:
    text = PARAGRAPHS.replace("what happened", "that a captcha denied access") * 3
    assert read(page(text=text)).title


def test_a_page_without_text_is_empty() -> None:
    got = extract("<title>A title</title>")
    assert [f.code for f in got.faults] == [Code.W_EMPTY]
    assert got.items[0].warnings == (Code.W_EMPTY,)
    assert got.items[0].title == "A title"


def test_a_short_notice_has_a_body_all_the_same() -> None:
    notice = "<p>根据办法，经过考生申请，对优秀考生奖学金等级提升为二等，特此公示，公示期三天，联系电话见下。</p>"
    body = read(f"<div>{notice}</div><ul><li><a href=/>首页</a></li></ul>").content_html
    assert body
    assert "奖学金" in body
    assert "首页" not in body


def test_a_page_of_very_many_elements_is_read_without_thinking_long() -> None:
    cells = "<b></b>" * 20_000
    assert LONG[:60] in str(read(page(end=f"<div>{cells}</div>")).content_html)


def test_a_body_does_not_begin_with_its_headline() -> None:
    body = read(page()).content_html
    assert body
    assert "The headline of the story" not in body
