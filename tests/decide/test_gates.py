"""What a visit must not believe."""

import pytest

from feedsvc.decide.gates import (
    article_gate,
    is_all_new,
    list_gate,
    strangers_gate,
)
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Extraction, RawItem
from tests.store.samples import make_article

URL = "http://news.example/"
ITEM = RawItem(url=f"{URL}1")
LAYOUT = Fault(code=Code.W_LAYOUT, stage=Stage.EXTRACT, args={"rule": "list.item"})


@pytest.mark.parametrize(
    ("before", "extraction", "expected"),
    [
        pytest.param(30, Extraction(), Code.W_EMPTY, id="had-some-has-none"),
        pytest.param(
            30, Extraction(faults=(LAYOUT,)), Code.W_LAYOUT, id="the-page-says-why"
        ),
        pytest.param(0, Extraction(), None, id="never-had-any"),
        pytest.param(30, Extraction(items=(ITEM,)), None, id="has-one"),
        pytest.param(30, Extraction(children=(URL,)), None, id="an-index-of-others"),
    ],
)
def test_a_list_that_empties_is_not_believed(
    before: int, extraction: Extraction, expected: Code | None
) -> None:
    fault = list_gate(before, extraction, URL)
    assert (fault and fault.code) == expected


def test_the_fault_names_the_list() -> None:
    fault = list_gate(1, Extraction(), URL)
    assert fault == Fault(code=Code.W_EMPTY, stage=Stage.DECIDE, place=URL)


@pytest.mark.parametrize(
    ("before", "listed", "new", "expected"),
    [
        (30, 30, 30, True),
        (30, 20, 17, True),
        (30, 20, 16, False),
        (30, 1, 1, True),
        (9, 30, 30, False),
        (0, 30, 30, False),
        (30, 0, 0, False),
    ],
)
def test_a_list_is_all_new_that_had_something_usual(
    before: int, listed: int, new: int, *, expected: bool
) -> None:
    assert is_all_new(before, listed, new) is expected


def listed(*paths: str) -> list[str]:
    return [f"{URL}{path}" for path in paths]


KNOWN = [f"{URL}local/2021/{n}.html" for n in range(5)]
LIKE = listed("sport/2022/77.html", "local/2022/78.html")
UNLIKE = listed("about/us", "contact/", "index.php?page=3")


@pytest.mark.parametrize(
    ("new", "known", "held"),
    [
        (LIKE, KNOWN, False),
        (UNLIKE, KNOWN, True),
        ([*LIKE, *UNLIKE], KNOWN, True),
        ([*LIKE, *UNLIKE[:2]], KNOWN, False),
        (UNLIKE, [], False),
        (
            UNLIKE,
            [f"http://{n}.example/{'x/' * n}{n}.html" for n in range(1, 9)],
            False,
        ),
    ],
)
def test_a_list_of_strangers_is_held(
    new: list[str], known: list[str], *, held: bool
) -> None:
    fault = strangers_gate(new, known, URL)
    assert (fault is not None) is held
    if fault:
        assert (fault.code, fault.place) == (Code.W_STRANGERS, URL)
        assert fault.args == {"new": len(new), "example": new[0]}


GARBLED = "山西省阳泉市召开经济工作会议，部署明年重点任务。".encode().decode(
    "gb18030", "ignore"
)


@pytest.mark.parametrize("field", ["title", "content_text"])
def test_a_garbled_article_is_held_with_the_encoding_that_would_work(
    field: str,
) -> None:
    fault = article_gate(make_article(1, **{field: GARBLED}))
    assert fault is not None
    assert (fault.code, fault.args["encoding"]) == (Code.W_GARBLED, "utf-8")
    assert fault.place == make_article(1).url


def test_an_article_that_makes_sense_passes() -> None:
    assert article_gate(make_article(1)) is None
