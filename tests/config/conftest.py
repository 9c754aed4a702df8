"""A configuration that is right, to be spoilt one file at a time."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from feedsvc.config import check
from feedsvc.errors import Fault

RIGHT = {
    "feedsvc.toml": """\
[site]
title = { zh = "山西新闻", en = "Shanxi News" }
base_url = "https://news.example.org"
authority = "example.org,2026"
timezone = "Asia/Shanghai"
""",
    "categories.toml": """\
[economy]
sections = ["Business", "经济"]
[local]
title = { zh = "本地", en = "Local" }
""",
    "outlets.toml": """\
[shanxi-daily]
printed = ["Shanxi daily", "山西日报"]
name = { en = "Shanxi Daily", zh = "山西日报" }
""",
    "sources/yangquan.toml": """\
url = "https://example.org/news/"
category = "local"
[list]
item = ".list li"
link = "a"
""",
}

Write = Callable[[Mapping[str, str | bytes]], Path]
Spoil = Callable[..., list[Fault]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the right files, with some of them replaced."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, text in {**RIGHT, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path

    return write


@pytest.fixture
def faults(write: Write) -> Spoil:
    """The faults of the right files with one of them replaced."""

    def faults(name: str, text: str | bytes, **environ: str) -> list[Fault]:
        return list(check(write({name: text}), environ))

    return faults
