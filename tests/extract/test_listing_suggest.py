"""The rule suggested for a list page selects exactly what was found without it."""

import pytest

from feedsvc.extract.listing.suggest import item_rule
from feedsvc.extract.rules import Document

TITLES = [
    "Bridge over the river closed for repairs",
    "Mill burns down in the night after a storm",
    "Council votes for a new school by the station",
    "Ferry runs again after three weeks of high water",
]
NAV = '<div class="nav"><a href="/">Home</a><a href="/about">About</a></div>'


def rows(form: str, count: int = 4) -> str:
    return "".join(
        form.format(n=n, url=f"/news/{n}.html", title=title)
        for n, title in enumerate(TITLES[:count])
    )


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (
            '<ul class="news">'
            + rows('<li><a href="{url}">{title}</a><b>2026-11-0{n}</b></li>')
            + "</ul>",
            "ul.news li",
        ),
        (
            '<div id="content">'
            + rows('<div class="post post-{n}"><h2><a href="{url}">{title}</a></h2></div>')
            + "</div>",
            "div#content div.post",
        ),
        (
            '<div id="list5"><div class="2x main">'
            + rows('<p id="p{n}"><a href="{url}">{title}</a></p>')
            + "</div></div>",
            "div.main p",
        ),
        (
            '<div class="wrap"><div class="box"><ul>'
            + rows('<li><a href="{url}">{title}</a></li>')
            + "</ul></div></div>",
            "div.box li",
        ),
        ("<div>" + rows('<p><a href="{url}">{title}</a></p>') + "</div>", None),
        ('<div class="a">' + rows('<a href="{url}">{title}</a>') + "</div>", None),
        (
            '<ul class="news">'
            + rows('<li><a href="{url}">{title}</a></li>', 2)
            + "</ul>",
            None,
        ),
        (
            '<ul class="news">'
            + rows('<li><a href="{url}">{title}</a></li>')
            + '<li><a href="/">Home</a></li></ul>',
            None,
        ),
        ("", None),
    ],
    ids=[
        "list", "posts", "odd names", "wrapped", "no names", "bare links", "too few", "a link home",
        "nothing",
    ],
)  # fmt: skip
def test_the_rule_selects_the_items(body: str, rule: str | None) -> None:
    text = f"<html><body>{NAV}{body}</body></html>"
    assert item_rule(Document(text, "https://news.example.org/")) == rule
