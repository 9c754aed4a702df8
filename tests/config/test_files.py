"""Files as they lie on disk: broken, empty, foreign, or left by an editor."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from feedsvc.config import check, load
from feedsvc.errors import Code, Fault

Spoil = Callable[..., list[Fault]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SETTINGS = """\
[site]
base_url = "https://news.example.org"
authority = "example.org,2026"
"""


@pytest.mark.parametrize(
    ("body", "code", "place", "detail"),
    [
        pytest.param(b"", "E_FILE", "1:1", "0 B", id="empty"),
        pytest.param(b"\0" * 99 + b"\n", "E_FILE", "1:1", "0 B", id="zeros"),
        pytest.param(
            b"a = 1\nb = = 2", "E_CONFIG_SYNTAX", "2:5", "Invalid value", id="syntax"
        ),
        pytest.param(b"a = [\n1,", "E_CONFIG_SYNTAX", "2:3", "", id="unfinished"),
        pytest.param(b"a = 1\na = 2\n", "E_CONFIG_SYNTAX", "2:6", "", id="key twice"),
        pytest.param(
            'u = 1\nname = "你'.encode("gbk"),
            "E_CONFIG_SYNTAX",
            "2:9",
            "0xc4 ≠ UTF-8",
            id="GBK",
        ),
        pytest.param(
            b"a = " + b"[" * 9999, "E_CONFIG_SYNTAX", "1:10004", "", id="deep"
        ),
        pytest.param(
            b"a = " + b"1" * 5000, "E_CONFIG_SYNTAX", "1:5005", "", id="huge number"
        ),
    ],
)
def test_a_file_that_is_no_toml_is_one_fault(
    faults: Spoil, body: bytes, code: str, place: str, detail: str
) -> None:
    (fault,) = faults("sources/yangquan.toml", body)
    assert fault.code == code
    assert fault.place == f"sources/yangquan.toml:{place}"
    assert detail in str(fault.args["detail"])


@pytest.mark.parametrize("name", ["categories.toml", "outlets.toml", "feedsvc.toml"])
def test_an_unreadable_file_casts_no_blame_on_others(faults: Spoil, name: str) -> None:
    (fault,) = faults(name, b"\xff")
    assert fault.place == f"{name}:1:1"


def test_files_saved_by_windows_editors_are_read(write: Write) -> None:
    text = SETTINGS.replace("\n", "\r\n") + 'contct = "x"\r\n'
    (fault,) = check(write({"feedsvc.toml": b"\xef\xbb\xbf" + text.encode()}), {})
    assert fault.place == "feedsvc.toml:4:1"


def test_a_directory_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check(tmp_path / "nowhere", {})
    assert fault.code is Code.E_FILE
    assert fault.args["path"] == str(tmp_path / "nowhere" / "feedsvc.toml")


def test_only_feedsvc_toml_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "feedsvc.toml").write_text(SETTINGS, encoding="utf-8")
    config = load(tmp_path, {})
    assert (config.categories, config.outlets, config.sources) == ({}, {}, {})


def test_what_editors_leave_beside_a_file_is_passed_over(write: Write) -> None:
    directory = write(
        {"sources/.#yangquan.toml": "x", "sources/a.toml~": "x", ".feedsvc.toml": "x"}
    )
    assert list(load(directory, {}).sources) == ["yangquan"]
