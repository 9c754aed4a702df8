"""The small readers of an article page: names, titles, paths, outlets, credits."""

import pytest

from feedsvc.extract.article.crumbs import split_crumbs
from feedsvc.extract.article.image import split_credit
from feedsvc.extract.article.people import (
    People,
    alone,
    clean_names,
    credited,
    is_person,
    without,
)
from feedsvc.extract.article.printed import outlet_in
from feedsvc.extract.article.title import bare


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Ann Lee and Bob Roe", ("Ann Lee", "Bob Roe")),
        ("Ann Lee, Bob Roe & Cat Poe", ("Ann Lee", "Bob Roe", "Cat Poe")),
        ("Ann Lee, senior reporter", ("Ann Lee",)),
        ("Ann Lee Lifestyle Writer", ("Ann Lee",)),
        ("Ann Lee / TNN", ("Ann Lee / TNN",)),
        ("Ann Lee, TNN", ("Ann Lee",)),
        ("AFP", ("AFP",)),
        ("ann@news.example", ()),
        ("admin", ()),
        ("张三、李四", ("张三", "李四")),
        ("管理员", ()),
        ("", ()),
    ],
)
def test_names_are_taken_apart_and_out_of_their_roles(
    text: str, names: tuple[str, ...]
) -> None:
    assert clean_names([text]) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("Ann Lee and Bob Roe", ("Ann Lee", "Bob Roe")),
        ("Local News", ()),
        ("Ann", ()),
        ("Ann Lee said so", ()),
    ],
)
def test_a_line_of_names_holds_nothing_else(text: str, names: tuple[str, ...]) -> None:
    assert alone(text) == names


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("张三", True),
        ("王小明", True),
        ("网易", False),
        ("新华网", False),
        ("Ann", True),
    ],
)
def test_chinese_persons_have_family_names(name: str, *, person: bool) -> None:
    assert is_person(name) is person


def test_an_outlet_is_no_author() -> None:
    names = ("Ann Lee", "The Daily", "CBC News")
    assert without(names, ["the daily", "CBC"]) == ("Ann Lee",)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("省委召开会议部署工作_新闻频道_某某网", "省委召开会议部署工作"),
        ("省委召开会议部署工作-某某市人民政府", "省委召开会议部署工作"),
        ("City - Council votes on the new budget | The Daily", "Council votes on the new budget"),
        ("What we know so far - and what we do not | The Daily", "What we know so far - and what we do not"),
        ("A title", "A title"),
    ],
)  # fmt: skip
def test_a_title_is_parted_from_its_site_and_section(title: str, headline: str) -> None:
    assert bare(title) == headline


@pytest.mark.parametrize(
    ("text", "crumbs"),
    [
        ("首页 > News", ("首页", "News")),
        ("您当前的位置： 首页 >> 新闻 >> 正文", ("首页", "新闻")),
        ("Home › World / Asia", ("Home", "World", "Asia")),
        ("首页 > 新闻 > 省委召开会议部署工作", ("首页", "新闻")),
    ],
)
def test_a_path_is_taken_apart(text: str, crumbs: tuple[str, ...]) -> None:
    assert split_crumbs(text, "省委召开会议部署工作") == crumbs


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Time: 11 05,2021      Source: Shanxi daily", "Shanxi daily"),
        ("2021-11-05 来源：山西日报 作者：张三", "山西日报"),
        ("来源： 人民网-《人民日报》", "人民网-《人民日报》"),
        ("来源：新华网 2021-11-05", "新华网"),
        ("来源：（新华网）", "新华网"),
        ("来源：  作者：", None),
        ("来源：https://x.example/", None),
        ("Resources: none", None),
    ],
)
def test_an_outlet_stands_behind_its_label(text: str, outlet: str | None) -> None:
    assert outlet_in([text]) == outlet


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("People pose. Li Lianjun / For China Daily", "Li Lianjun / For China Daily"),
        ("A view. [Photo by Li Wei/Xinhua]", "Li Wei/Xinhua"),
        ("A view. Photo: Ann Lee", "Ann Lee"),
        ("A view. Photograph by Ann Lee.", "Ann Lee"),
        ("图为会场。新华社记者 张三 摄", "新华社记者 张三 摄"),
        ("图为会场。（张三摄）", "张三摄"),
        ("图为会场（图片来源：新华网）", "图片来源：新华网"),
        ("会场（张三供图）", "张三供图"),
        ("A view of the town.", None),
    ],
)
def test_a_credit_stands_at_the_end_of_a_caption(
    caption: str, credit: str | None
) -> None:
    assert split_credit(caption) == credit


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ann Lee", People(authors=("Ann Lee",))),
        ("Posted on May 4, 2026 by Ann Lee", People(authors=("Ann Lee",))),
        ("Published 4 May 2026 by Ann Lee | News", People(authors=("Ann Lee",))),
        ("— by Ann Lee", People(authors=("Ann Lee",))),
        ("By Ann Lee, in News", People(authors=("Ann Lee",))),
        ("Editor: Bob Roe", People(editors=("Bob Roe",))),
        ("作者：李明 编辑：王芳", People(authors=("李明",), editors=("王芳",))),
        ("记者 王小明 编辑 李雷", People(authors=("王小明",), editors=("李雷",))),
        ("编辑 刘晓阳 校对 李铭", People(editors=("刘晓阳", "李铭"))),
        ("摄影/张艳 编辑/苏芳", People(editors=("苏芳",))),
        ("编辑 部门 工作", People()),
        ("A ship by the sea", People()),
    ],
)
def test_writers_and_editors_are_told_apart_in_a_line(
    line: str, people: People
) -> None:
    assert credited([line]) == people
