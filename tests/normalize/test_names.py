"""Who wrote and who helped, as zh and en pages and feeds print it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.normalize.names import editors, outlet, people


@pytest.mark.parametrize(
    ("printed", "writers"),
    [
        pytest.param("Jane Roe", ["Jane Roe"], id="a-name"),
        pytest.param("By Jane Roe", ["Jane Roe"], id="by"),
        pytest.param("BY  JANE ROE", ["JANE ROE"], id="capitals"),
        pytest.param("By By Jane Roe", ["Jane Roe"], id="twice-by"),
        pytest.param("Written by: Jane Roe", ["Jane Roe"], id="written-by"),
        pytest.param("A, B and C", ["A", "B", "C"], id="a-list"),
        pytest.param("A, B, and C", ["A", "B", "C"], id="serial-comma"),
        pytest.param("Ann O'Brien & Zoë Zed", ["Ann O'Brien", "Zoë Zed"], id="&"),
        pytest.param("Ann Lee / Bob Ray", ["Ann Lee", "Bob Ray"], id="slash"),
        pytest.param("Ursula von der Leyen", ["Ursula von der Leyen"], id="particles"),
        pytest.param("Sammy Davis, Jr.", ["Sammy Davis, Jr."], id="junior"),
        pytest.param("Jane Roe, PhD", ["Jane Roe"], id="a-degree"),
        pytest.param(
            "By Yuan Shenggao in Beijing | China Daily", ["Yuan Shenggao"], id="place"
        ),
        pytest.param("Jane Roe on Nov 5, 2021", ["Jane Roe"], id="a-date-behind"),
        pytest.param("Jane Roe (Reuters)", ["Jane Roe"], id="an-agency-behind"),
        pytest.param(
            "Ann Lee contributed to this story", ["Ann Lee"], id="contributed"
        ),
        pytest.param("Jane Roe, Staff Writer", ["Jane Roe"], id="a-post-behind"),
        pytest.param("Jane Roe Political Editor", ["Jane Roe"], id="a-post-joined"),
        pytest.param("Chief Science Writer Jane Roe", ["Jane Roe"], id="a-post-before"),
        pytest.param("Reporter: Ann Lee Editor: Bob Ray", ["Ann Lee"], id="labels"),
        pytest.param("Words by Ann Lee; photos by Bob Ray", ["Ann Lee"], id="words-by"),
        pytest.param("editor@news.example (Jane Roe)", ["Jane Roe"], id="rss-author"),
        pytest.param("Jane Roe <jane@news.example>", ["Jane Roe"], id="mailbox"),
        pytest.param("Jane Roe @jane https://x.example/jane", ["Jane Roe"], id="links"),
        pytest.param("AOL Staff", ["AOL Staff"], id="a-collective-with-a-name"),
        pytest.param("记者 张三 李四", ["张三", "李四"], id="zh-spaces"),
        pytest.param("记者张三、李四", ["张三", "李四"], id="zh-comma"),
        pytest.param("记者：张三", ["张三"], id="zh-colon"),
        pytest.param("本报记者 张三 通讯员 李四", ["张三", "李四"], id="zh-two-roles"),
        pytest.param("记者张三通讯员李四", ["张三", "李四"], id="zh-two-roles-joined"),
        pytest.param("新华社记者 张　三 李四光", ["张三", "李四光"], id="zh-stretched"),
        pytest.param("实习记者李雷 韩梅梅", ["李雷", "韩梅梅"], id="zh-trainee"),
        pytest.param("張三和李四", ["張三", "李四"], id="zh-and"),
        pytest.param("张永和平", ["张永和平"], id="zh-and-within-a-name"),
        pytest.param("约翰·史密斯 李四", ["约翰·史密斯", "李四"], id="zh-transcribed"),
        pytest.param("张三（北京）", ["张三"], id="zh-aside"),
        pytest.param("文/张三 编辑/李四", ["张三"], id="zh-slashes"),
        pytest.param("文/图 张三", ["张三"], id="zh-text-and-pictures"),
        pytest.param("作者：张三编辑：李四", ["张三"], id="zh-labels-joined"),
        pytest.param("来源：新华社 作者：李四", ["李四"], id="zh-source-first"),
        pytest.param("记者张三 (责任编辑：王五)", ["张三"], id="zh-editor-behind"),
        pytest.param("记者 张三 北京报道", ["张三"], id="zh-place"),
        pytest.param("記者王大明／台北報導", ["王大明"], id="zh-hant-place"),
        pytest.param("新华社记者 张三 摄", ["张三"], id="zh-picture-behind"),
    ],
)
def test_writers_are_named_one_by_one(printed: str, writers: list[str]) -> None:
    assert list(people([printed], ())) == writers


@pytest.mark.parametrize(
    "printed",
    [
        "", " ", "|", "12", "2021-11-05", "admin", "Staff reporter", "Our Correspondents",
        "The Newsroom", "@handle", "https://x.example/me", "jane@news.example", "N/A",
        "Parliamentary", "编辑部", "本报讯", "佚名", "管理员", "新华社", "山西日报", "杨编辑", "浏览次数",
        "（责任编辑：王五）", "Edited by Ann Lee", "x" * 61, "one two three four five six seven eight",
    ],
)  # fmt: skip
def test_who_is_nobody_or_no_writer_is_not_named(printed: str) -> None:
    assert people([printed], ()) == ()


@pytest.mark.parametrize(
    ("printed", "helpers"),
    [
        pytest.param("（责任编辑：王五）", ["王五"], id="zh-editor"),
        pytest.param("总编辑 李四", ["李四"], id="zh-chief-editor"),
        pytest.param("责编：牛镛、岳弘彬", ["牛镛", "岳弘彬"], id="zh-two"),
        pytest.param("记者 张三 摄影：王五", ["王五"], id="zh-photographer"),
        pytest.param("Edited by Ann Lee", ["Ann Lee"], id="edited-by"),
        pytest.param("Editor: Ann Lee", ["Ann Lee"], id="editor"),
        pytest.param("Words by A; photos by Bob Ray", ["Bob Ray"], id="photos-by"),
        pytest.param("By Jane Roe", [], id="none"),
    ],
)
def test_helpers_are_named_apart(printed: str, helpers: list[str]) -> None:
    assert list(editors([printed], ())) == helpers


def test_outlets_are_no_persons_however_they_are_spaced() -> None:
    assert people(["China Daily", "Jane Roe"], ("CHINA-DAILY", None)) == ("Jane Roe",)


def test_each_person_is_named_once_as_first_written() -> None:
    assert people(["Jane Roe", "JANE ROE and Ann Lee"], ()) == ("Jane Roe", "Ann Lee")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (None, None), ("", None), ("来源：", None), ("来源：山西日报", "山西日报"),
        ("Source: Shanxi daily", "Shanxi daily"), ("新闻来源： 新华社 |", "新华社"),
        ("Fromm Daily", "Fromm Daily"),
    ],
)  # fmt: skip
def test_an_outlet_is_freed_of_its_label(
    printed: str | None, expected: str | None
) -> None:
    assert outlet(printed) == expected


TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["By ", "记者", "编辑：", "张三", " and ", "Jane ", "(", "）", "/", "@"]
    )
).map("".join)


@given(printed=TEXTS)
def test_any_byline_is_read_and_its_names_read_the_same_again(printed: str) -> None:
    for name in (*people([printed], ()), *editors([printed], ())):
        assert name
        assert name == name.strip()
        assert len(name) <= 61


@pytest.mark.parametrize(
    "unit", ["编辑", "张 三 ", "by ", "(", "a, ", "<@", "责任", "@."]
)
def test_a_long_byline_takes_no_time(unit: str) -> None:
    started = time.process_time()
    people([unit * 50_000], ())
    assert time.process_time() - started < 0.2
