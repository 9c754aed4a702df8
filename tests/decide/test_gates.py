"""What a visit must not believe."""

import pytest

from feedsvc.decide.gates import list_gate
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Extraction, RawItem

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
