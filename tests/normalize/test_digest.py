"""What counts as a change of an article, and what a reader would never notice."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feedsvc.model.article import Article, Image, RawItem
from feedsvc.model.config import Source
from feedsvc.normalize.article import normalize
from feedsvc.normalize.frame import Frame

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
FRAME = Frame(source=Source(id="s", url="http://n.example/"), zone=None, now=NOW)
BODY = '<p>One <b>bold</b> word.</p><p><img src="/a.jpg?t=1"> <a href="/2">Two</a>.</p>'
ITEM = RawItem(
    url="http://n.example/1",
    title="A title",
    authors=("Jane Roe",),
    contributors=("Ann Lee",),
    outlet="The Paper",
    section="News",
    summary="In short.",
    content_html=BODY,
    image=Image(url="http://n.example/lead.jpg?w=640", caption="A street", credit="X"),
)


def digest(item: RawItem) -> str:
    article = normalize(item, FRAME, 0)
    assert isinstance(article, Article)
    return article.digest


def body(old: str, new: str) -> RawItem:
    return replace(ITEM, content_html=BODY.replace(old, new))


def image(**changes: Any) -> RawItem:
    assert ITEM.image
    return replace(ITEM, image=replace(ITEM.image, **changes))


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(body("</p><p>", "</p>\n    <p>\n"), id="white-space"),
        pytest.param(body("<p>", '<p class="x" data-id="7">'), id="attributes"),
        pytest.param(body("<b>bold</b>", "<strong>bold</strong>"), id="markup"),
        pytest.param(body("?t=1", "?t=2"), id="a-pictures-time"),
        pytest.param(body('"/2"', '"/2#top"'), id="a-fragment"),
        pytest.param(image(url="http://n.example/lead.jpg?w=320"), id="lead-size"),
        pytest.param(image(url="https://n.example/lead.jpg"), id="lead-scheme"),
        pytest.param(image(width=640), id="width"),
        pytest.param(replace(ITEM, encoding="gb18030"), id="encoding"),
        pytest.param(replace(ITEM, url="http://n.example/2"), id="address"),
        pytest.param(replace(ITEM, title=" A  title\n"), id="title-space"),
    ],
)
def test_what_no_reader_sees_is_no_change(item: RawItem) -> None:
    assert digest(item) == digest(ITEM)


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(replace(ITEM, title="Another"), id="title"),
        pytest.param(replace(ITEM, authors=("Bob Ray",)), id="author"),
        pytest.param(replace(ITEM, contributors=()), id="contributor"),
        pytest.param(replace(ITEM, outlet="The Post"), id="outlet"),
        pytest.param(replace(ITEM, section="Sport"), id="section"),
        pytest.param(replace(ITEM, summary="At length."), id="summary"),
        pytest.param(body("word", "words"), id="a-letter"),
        pytest.param(body("/a.jpg", "/b.jpg"), id="a-picture"),
        pytest.param(body("/a.jpg?t=1", "/a?id=2"), id="a-picture-by-number"),
        pytest.param(body("/a.jpg?t=1", "/a.php?id=2"), id="a-picture-by-program"),
        pytest.param(body('"/2"', '"/3"'), id="a-link"),
        pytest.param(image(url="http://n.example/other.jpg"), id="lead"),
        pytest.param(image(caption="A square"), id="caption"),
        pytest.param(image(credit="Y"), id="credit"),
        pytest.param(replace(ITEM, image=None), id="no-lead"),
    ],
)
def test_what_a_reader_sees_is_a_change(item: RawItem) -> None:
    assert digest(item) != digest(ITEM)


def test_a_digest_is_the_same_in_every_process() -> None:
    told = digest(RawItem(url="http://n.example/1", title="A"))
    assert told == "9818171c61ef1e40449347aa8baf03f9"
