"""What only several files, or several tables, can get wrong."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from feedsvc.config import check
from feedsvc.errors import Fault

Spoil = Callable[..., list[Fault]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SETTINGS = """\
[site]
base_url = "https://news.example.org"
authority = "example.org,2026"
"""
CATEGORIES = """\
[economy]
sections = ["Business", "经济"]
[local]
title = { zh = "本地", en = "Local" }
"""
SOURCE = 'url = "https://example.org/news/"\n'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param(
            "outlets.toml",
            '[a]\nprinted = ["X"]\n[b]\nprinted = ["Y", "x"]\n',
            ("DUPLICATE", "outlets.toml:4:17", "b.printed[1]", "[a]"),
            id="outlet printed twice",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + 'sections = ["business"]\n',
            ("DUPLICATE", "categories.toml:5:13", "local.sections[0]", "[economy]"),
            id="section in two categories",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + "[Economy]\ntitle = { zh='x', en='y' }\n",
            ("DUPLICATE", "categories.toml:5:2", "Economy", "[economy]"),
            id="categories that differ by case alone",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + 'formerly = ["economy"]\n',
            ("DUPLICATE", "categories.toml:5:13", "local.formerly[0]", "[economy]"),
            id="former key that is one still",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + 'formerly = ["a/b"]\n',
            ("VALUE", "categories.toml:5:13", "local.formerly[0]", '"old-key"'),
            id="former key that never was one",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES.replace("[local]", 'formerly = ["x"]\n[local]')
            + 'formerly = ["x"]\n',
            ("DUPLICATE", "categories.toml:6:13", "local.formerly[0]", "[economy]"),
            id="former key of two categories",
        ),
        pytest.param(
            "sources/Yangquan.toml",
            SOURCE,
            (
                "DUPLICATE",
                "sources/yangquan.toml:1:1",
                "sources/yangquan.toml",
                "sources/Yangquan.toml",
            ),
            id="sources that differ by case alone",
        ),
        pytest.param(
            "sources/copy (2).toml",
            SOURCE,
            (
                "VALUE",
                "sources/copy (2).toml:1:1",
                "sources/copy (2).toml",
                "sources/copy-2.toml",
            ),
            id="file name that is no id",
        ),
        pytest.param(
            "category.toml",
            "[economy]\n",
            ("UNKNOWN_KEY", "category.toml:1:1", "category.toml", "categories.toml"),
            id="file that is not read",
        ),
        pytest.param(
            "xinhua.toml",
            SOURCE,
            ("UNKNOWN_KEY", "xinhua.toml:1:1", "xinhua.toml", "sources/xinhua.toml"),
            id="source outside of its folder",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + "[search]\ntitle = { zh='x', en='y' }\n",
            ("RESERVED", "categories.toml:5:2", "search", "[search-news]"),
            id="reserved category",
        ),
        pytest.param(
            "categories.toml",
            CATEGORIES + "['a/b']\ntitle = { zh='x', en='y' }\n",
            ("VALUE", "categories.toml:5:2", "a/b", "[a-z0-9-]"),
            id="category that needs escapes in a URL",
        ),
        pytest.param(
            "categories.toml",
            '[local]\ntitle = { zh = "本地" }\n',
            ("LABEL", "categories.toml:2:1", "local.title", 'title = { en = "…" }'),
            id="category without a label",
        ),
        pytest.param(
            "categories.toml",
            '[local]\ntitle = { zh = "本地", en = "Local", fr = "Local" }\n',
            (
                "UNKNOWN_KEY",
                "categories.toml:2:36",
                "local.title.fr",
                "zh | en | zh-Hant",
            ),
            id="label in an unknown language",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'category = "locl"\n',
            ("VALUE", "sources/yangquan.toml:2:1", "category", '"local"'),
            id="misspelt category",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'category = "all"\n',
            ("VALUE", "sources/yangquan.toml:2:1", "category", '"economy" | "local"'),
            id="category that does not exist",
        ),
    ],
)
def test_one_fault_is_told_with_its_place_and_cure(
    faults: Spoil, name: str, text: str, expected: tuple[str, str, str, str]
) -> None:
    code, *rest = expected
    (fault,) = faults(name, text)
    told = [fault.place, fault.args["path"], fault.args["expected"]]
    assert (fault.code, told) == (f"E_CONFIG_{code}", rest)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ('zh = "本地", en = "Local"', ""),
        ('zh-Hant = "本地", en = "Local"', "zh"),
        ('en = "Local"', "zh, zh-Hant"),
        ('zh = " ", en = "Local"', "zh, zh-Hant"),
    ],
)
def test_traditional_labels_may_be_derived_from_simplified_ones(
    write: Write, title: str, missing: str
) -> None:
    files = {
        "feedsvc.toml": SETTINGS + 'languages = ["zh", "en", "zh-Hant"]\n',
        "categories.toml": f"[local]\ntitle = {{ {title} }}\n",
    }
    told = check(write(files), {})
    assert [fault.args["detail"] for fault in told] == ([missing] if missing else [])
