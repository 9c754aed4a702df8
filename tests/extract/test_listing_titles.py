"""What listed stories are called: their headline, whatever else stands in a link."""

import pytest

from feedsvc.extract.listing import read_listing
from feedsvc.model.article import RawItem
from feedsvc.model.config import Source
from feedsvc.model.web import Page

URL = "https://news.example/list/"
STORY = "Ferry line to the islands opens again"
ZH = "轮渡航线本周恢复开放"


def items(body: str) -> tuple[RawItem, ...]:
    return read_listing(
        Source(id="s", url=URL), Page(url=URL, body=body.encode())
    ).items


def titles(row: str, head: str = STORY) -> list[str | None]:
    """The titles of a list of four such rows; {n} counts them and their headlines."""
    rows = (row.format(n=n, t=f"{head} {n}") for n in range(1, 5))
    return [item.title for item in items(f"<ul>{''.join(rows)}</ul>")]


CARDS = {
    "a date before it": '<li><a href="/{n}.html"><span>2021-11-0{n}</span>{t}</a></li>',
    "a date and a count around it": '<li><a href="/{n}.html"><i>11-0{n}</i> <b>{t}</b> <i>10:3{n}</i></a></li>',
    "a heading in a card": '<li><a href="/{n}.html"><em>Travel and ports</em><h3>{t}</h3><p>What it is about, at some length.</p></a></li>',
    "a title in a card": '<li><a href="/{n}.html"><p>Travel and ports</p><div class="card__title h4">{t}</div><p>What it is about.</p></a></li>',
    "lines in a card": '<li><a href="/{n}.html"><p>{t}</p><p>What it is about.</p></a></li>',
    "a script beside it": '<li><a href="/{n}.html"><script>show("x {n}")</script>{t}</a></li>',
    "a bullet": '<li><a href="/{n}.html">• {t}</a></li>',
    "a section's link first": '<li><a href="/{n}.html">Travel</a><h3><a href="/{n}.html">{t}</a></h3></li>',
    "a comment count last": '<li><a href="/{n}.html">{t}</a> <a href="/{n}.html">3</a></li>',
    "an icon's title first": '<li><a href="/{n}.html" title="Opens in a new window of the browser"><img src=i.png></a><a href="/{n}.html">{t}</a></li>',
    "a teaser after it": '<li><a href="/{n}.html"><div class=title>{t}</div></a><a href="/{n}.html">A teaser that goes on about what the story tells for more words than the headline has.</a></li>',
    "an age after it": '<li><a href="/{n}.html">{t}</a> <a href="/{n}.html">2 hours ago</a></li>',
}  # fmt: skip


@pytest.mark.parametrize("head", [STORY, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("row", CARDS.values(), ids=CARDS)
def test_a_story_is_called_by_its_headline(row: str, head: str) -> None:
    assert titles(row, head) == [f"{head} {n}" for n in range(1, 5)]


def test_a_headline_that_is_a_date_stands() -> None:
    row = '<li><a href="/news-of-the-day-{n}/"><b>2021-11-0{n}</b></a><p>{t}</p></li>'
    body = "".join(row.format(n=n, t=STORY) for n in range(1, 5))
    assert titles(row)[:1] in ([], ["2021-11-01"])
    assert all(item.title for item in items(f"<ul>{body}</ul>"))


def test_posts_printed_whole_are_listed_by_their_headings() -> None:
    posts = "".join(
        f'<div class="post" id="post-{n}"><h2><a href="/2021/{n}/">{STORY} {n}</a></h2>'
        "<p>What we saw there: "
        + "<br>".join(
            f'<a href="https://o{n}.example/report-{m}.html">A report by others, number {m}</a>'
            for m in range(6)
        )
        + "</p></div>"
        for n in (9, 998, 1000, 1001)
    )
    assert [i.title for i in items(f"<main>{posts}</main>")] == [
        f"{STORY} {n}" for n in (9, 998, 1000, 1001)
    ]


def test_links_within_sentences_are_no_stories() -> None:
    prose = "".join(
        "<p>The harbour office writes that passengers should first read"
        f' <a href="/help/rule-{n}000.html">the rules of carriage, part {n}</a> at home.</p>'
        for n in range(9)
    )
    rows = "".join(
        f'<li><a href="/2021/{n}.html">{STORY} {n}</a></li>' for n in range(4)
    )
    assert len(items(f"<div>{prose}</div><ul>{rows}</ul>")) == 4


def test_an_address_may_be_all_query() -> None:
    rows = "".join(f'<li><a href="/?p={n}">{STORY} {n}</a></li>' for n in range(4))
    assert [i.url for i in items(f"<ul>{rows}</ul>")] == [
        f"https://news.example/?p={n}" for n in range(4)
    ]


def test_a_summary_is_not_the_headline_of_another_story() -> None:
    rows = "".join(
        f'<li><h3><a href="/2021/{n}.html">{STORY} {n}</a></h3>'
        f'<p><a href="/hot/">Read here what everybody reads today</a></p></li>'
        for n in range(4)
    )
    assert [i.summary for i in items(f"<ul>{rows}</ul>")] == [None] * 4


def test_a_headline_built_another_way_is_in_the_list_too() -> None:
    rows = "".join(
        f'<div class="post"><div class="{kind}"><h2><a href="/{name}/">{STORY} {name}</a></h2></div></div>'
        for kind, name in (("text", "a"), ("text", "b"), ("text", "c"), ("bare", "d"))
    )
    assert len(items(f"<main>{rows}</main>")) == 4


def test_a_menu_of_short_words_is_no_list() -> None:
    menu = "".join(
        f'<li><a href="/c{n}.html">{name}</a></li>'
        for n, name in enumerate(("首页", "机构设置", "联系我们", "下载专区"))
    )
    assert items(f"<table><tr><td><ul>{menu}</ul></td></tr></table>") == ()


LONG = "What it is about, told at such a length that nobody takes it for a date or a headline."
DATES = {
    "set apart before a summary": (f"<p><b>Nov 5, 2021</b> | {LONG}</p>", "Nov 5, 2021"),
    "in a sentence": (f"<p>Nov 5, 2021, the day of the opening, was rainy. {LONG}</p>", None),
    "a time and no more": ("<p>Posted 08:30</p>", "08:30"),
    "a time of another date": ("<p>5 marzec 2016, 08:30</p>", None),
}  # fmt: skip


@pytest.mark.parametrize(("told", "date"), DATES.values(), ids=DATES)
def test_a_date_is_one_that_stands_by_itself(told: str, date: str | None) -> None:
    rows = "".join(
        f'<li><h3><a href="/a-{n}.html">{STORY} {n}</a></h3>{told}</li>'
        for n in range(4)
    )
    dates = items(f"<ul>{rows}</ul>")[0].dates
    assert (dates[0].text if dates else None) == date
