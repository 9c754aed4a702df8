"""Outlets in the reader's language."""

import pytest

from feedsvc.edition import outlets
from feedsvc.edition.outlets import outlet_name, own_names
from feedsvc.edition.words import Words
from feedsvc.model.config import Outlet

OWN = own_names(
    {
        "a": Outlet(
            key="a", printed=("Valley daily", "山谷报"), name={"en": "Valley Daily"}
        ),
        "b": Outlet(
            key="b", printed=("Xinhua",), name={"zh": "新华通讯社", "en": "XNA"}
        ),
        "c": Outlet(key="c", name={"zh": "河湾报", "en": "The Bend"}),
    }
)


@pytest.mark.parametrize(
    ("printed", "language", "expected"),
    [
        ("新华社", "en", "Xinhua"),
        ("Xinhua", "zh", "新华社"),
        ("Xinhua News Agency", "zh", "新华社"),
        ("新華社", "en", "Xinhua"),
        ("新华社", "zh-Hant", "新華社"),
        ("人民日报", "en", "People's Daily"),
        ("People’s Daily", "zh", "人民日报"),
        ("中国日报", "en", "China Daily"),
        ("央视", "en", "CCTV"),
        ("中新社", "en", "China News Service"),
        ("中新网", "en", "China News Online"),
        ("人民网", "en", "People's Daily Online"),
        ("光明日报", "en", "Guangming Daily"),
        ("经济日报", "en", "Economic Daily"),
        ("科技日报", "en", "Science and Technology Daily"),
        ("Global Times", "zh", "环球时报"),
        ("澎湃新闻", "en", "The Paper"),
        ("财新", "en", "Caixin"),
        ("BBC News", "zh", "BBC"),
        ("reuters", "zh", "路透社"),
        ("ＡＰ", "zh", "美联社"),
        (" AFP ", "zh", "法新社"),
    ],
)
def test_the_usual_outlets_are_known(
    printed: str, language: str, expected: str
) -> None:
    assert outlet_name(printed, Words.load(language), {}) == expected


@pytest.mark.parametrize(
    ("printed", "language", "expected"),
    [
        pytest.param("Valley  Daily", "en", "Valley Daily", id="own"),
        pytest.param("山谷报", "en", "Valley Daily", id="own-by-the-other-print"),
        pytest.param("山谷报", "zh", None, id="no-name-in-that-language"),
        pytest.param("Xinhua", "en", "XNA", id="own-above-the-usual"),
        pytest.param("Xinhua", "zh-Hant", "新華通訊社", id="own-of-the-base"),
        pytest.param("The Bend", "zh", "河湾报", id="a-name-is-a-print"),
        pytest.param("Somebody Else", "zh", None, id="nobodys"),
        pytest.param("", "zh", None, id="nothing"),
    ],
)
def test_an_operators_outlets_stand_above(
    printed: str, language: str, expected: str | None
) -> None:
    assert outlet_name(printed, Words.load(language), OWN) == expected


def test_every_outlet_of_the_table_has_names_in_every_language() -> None:
    for names in outlets._usual().values():
        assert set(names) == {"zh", "en", "zh-Hant"}
        assert not any(name.startswith("outlet.") for name in names.values())


def test_no_print_belongs_to_two_outlets() -> None:
    prints = [
        (outlets._fold(printed), line)
        for line in outlets._PRINTED.strip().splitlines()
        for printed in line.partition(": ")[2].split(", ")
    ]
    assert len({printed for printed, _ in prints}) == len(prints)
    for printed, line in prints:
        key = line.partition(":")[0]
        expected = Words.load("en").text("labels", f"outlet.{key}")
        assert outlets._usual()[printed]["en"] == expected
