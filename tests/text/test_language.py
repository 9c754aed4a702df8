"""Languages: told by their script and words, read from labels, agreed with readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text import script
from feedsvc.text.language import detect, negotiate, tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("山西日报讯 记者从省统计局了解到，今年前三季度全省经济运行平稳", "zh"),
        ("香港特首就住宅違建事件道歉，議員質詢", "zh-Hant"),
        ("首页", "zh"),
        ("华为发布HarmonyOS", "zh"),
        ("東京でオリンピックが開かれた", "ja"),
        ("한국은행이 기준금리를 올렸다", "ko"),
        ("Работа над ошибками, часть первая: это мы", "ru"),
        ("Київ і Львів", "uk"),
        ("Честит рожден ден на България, ще отпразнуваме със съседите", "bg"),
        ("Η Αθήνα", "el"),
        ("שלום", "he"),
        ("السلام عليكم", "ar"),
        ("پنج چهار", "fa"),
        ("ประเทศไทย", "th"),
        ("Work report reveals Shanxi remains on task", "en"),
        ("From Xi'an (西安) to the coast: how the railway was built", "en"),
        ("Der Bundestag hat entschieden, dass die Steuer steigt", "de"),
        ("Les élections en France et les candidats", "fr"),
        ("El gobierno de los pueblos por la paz y el trabajo", "es"),
        ("Shanxi GDP grows 5%", None),
        ("", None),
        ("2021-11-05 08:30", None),
    ],
)
def test_a_text_tells_its_language(text: str, language: str | None) -> None:
    assert detect(text) == language


@given(st.text(max_size=300))
def test_any_text_is_in_some_language_or_none(text: str) -> None:
    found = detect(text)
    assert found is None or tag(found) == found


@given(st.text(max_size=60))
def test_labels_and_headers_never_break(text: str) -> None:
    assert tag(text) is None or tag(tag(text)) == tag(text)
    assert negotiate(text, ("zh", "en")) in {"zh", "en"}


def test_the_two_tables_of_characters_are_aligned_and_apart() -> None:
    simplified, traditional = script._SIMPLIFIED, script._TRADITIONAL
    assert len(simplified) == len(traditional) == len(set(simplified))
    assert not set(simplified) & set(traditional)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("zh_CN", "zh"),
        ("zh-Hans-CN", "zh"),
        ("zh-SG", "zh"),
        ("zh-Hans-HK", "zh"),
        ("zh-CHS", "zh"),
        ("cmn", "zh"),
        ("cn", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-cmn-Hant-CN", "zh-Hant"),
        ("ZH-CHT", "zh-Hant"),
        ("en-US", "en"),
        ("EN", "en"),
        (" en_GB.UTF-8 ", "en"),
        ("eng", "en"),
        ("de-AT", "de"),
        ("iw", "he"),
        ("english", None),
        ("xx", None),
        ("und", None),
        ("e", None),
        ("", None),
        (None, None),
    ],
)
def test_a_label_names_a_language(raw: str | None, expected: str | None) -> None:
    assert tag(raw) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-TW,zh;q=0.8", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-SG", "zh"),
        ("en-GB,en;q=0.5", "en"),
        ("de, en;q=0.1", "en"),
        ("de", "zh"),
        ("en;q=0.5, zh-HK;q=0.9", "zh-Hant"),
        ("*", "zh"),
        ("zh;q=0, *", "en"),
        ("zh;q=0", "en"),
        ("zh;q=0, en;q=0, zh-Hant;q=0", "zh"),
        ("en;q=abc, zh;q=0.1", "zh"),
        ("klingon, en", "en"),
        (",,;;", "zh"),
        ("xx," * 100 + "en", "zh"),
    ],
)
def test_the_reader_gets_the_best_there_is(header: str, expected: str) -> None:
    assert negotiate(header, ("zh", "en", "zh-Hant")) == expected


@pytest.mark.parametrize(
    ("header", "available", "expected"),
    [
        ("zh-TW, en;q=0.5", ("en", "zh"), "zh"),
        ("zh-CN, en;q=0.5", ("en", "zh-Hant"), "zh-Hant"),
        ("fr", ("en", "zh"), "en"),
    ],
    ids=["simplified instead", "traditional instead", "the first instead"],
)
def test_other_chinese_characters_come_before_another_language(
    header: str, available: tuple[str, ...], expected: str
) -> None:
    assert negotiate(header, available) == expected
