"""A source's configuration shapes its requests."""

from typing import Literal

import pytest

from feedsvc.fetch import requests
from feedsvc.model.config import Source
from feedsvc.model.web import Validators

URL = "http://a.example/list"


@pytest.mark.parametrize(
    ("language", "accepted"),
    [("zh", "zh-CN, zh;q=0.9"), ("en", "en"), ("zh-Hant", "zh-TW, zh-Hant;q=0.9")],
)
def test_a_source_is_asked_for_its_own_language(
    language: Literal["zh", "en", "zh-Hant"], accepted: str
) -> None:
    source = Source(id="a", url=URL, language=language)
    assert requests.for_article(source, URL).accept_language == accepted


def test_a_list_is_asked_for_by_what_is_known_of_it() -> None:
    known = Validators(etag='"1"')
    source = Source(
        id="a", url=URL, headers={"X": "1"}, cookies={"c": "2"}, proxy="http://p"
    )
    request = requests.for_list(source, URL, known)
    assert request.validators == known
    assert request.accept_language is None
    assert (request.headers, request.cookies) == ({"X": "1"}, {"c": "2"})
    assert request.proxy == "http://p"
    assert "rss" in request.accept


@pytest.mark.parametrize(
    ("robots", "obeyed"), [(None, True), (True, True), (False, False)]
)
def test_robots_may_be_passed_over_for_one_source(
    *, robots: bool | None, obeyed: bool
) -> None:
    source = Source(id="a", url=URL, robots=robots)
    assert requests.for_list(source, URL, Validators()).robots is obeyed
