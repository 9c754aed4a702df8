"""The directory: whole old or whole new, never a byte too many, trouble said plainly."""

import gzip
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import zstandard

from feedsvc.errors import Code, OutputError
from feedsvc.output.directory import Directory
from tests.output.documents import NAMES, NOON, archives, folder, single

REPO = Path(__file__).resolve().parents[2]


def generations(root: Path) -> list[str]:
    return sorted(entry.name for entry in (root / ".generations").iterdir())


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Every file with its inode and change time: what a rewrite would change."""
    found = {}
    for where, _, names in os.walk(root):
        for name in names:
            stat = (Path(where) / name).lstat()
            found[f"{where}/{name}"] = (stat.st_ino, stat.st_ctime_ns)
    return found


def test_a_switched_folder_holds_every_file_and_its_twins(tmp_path: Path) -> None:
    text = "山西新闻 " * 200
    written = Directory(tmp_path).switch("zh/local", folder(text))
    standing = tmp_path / "zh" / "local"
    assert standing.is_symlink()
    assert standing.readlink().name.startswith("zh+local-")
    size = 0
    for name in NAMES:
        raw = {
            s: (standing / f"{name}{s}").read_bytes()
            for s in ("", ".gz", ".br", ".zst")
        }
        assert raw[""].decode() == text
        assert gzip.decompress(raw[".gz"]).decode() == text
        assert brotli.decompress(raw[".br"]).decode() == text
        assert zstandard.ZstdDecompressor().decompress(raw[".zst"]).decode() == text
        size += sum(map(len, raw.values()))
    assert written == size


def test_files_are_dated_by_their_content_in_whole_seconds(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("x"))
    output.place(single("zh/index.html", "x"))
    for name in ("zh/local/feed.rss", "zh/local/feed.rss.gz", "zh/index.html.br"):
        assert (tmp_path / name).stat().st_mtime == int(NOON.timestamp())


def test_switching_to_what_stands_writes_nothing(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("same"))
    output.place(single("index.html", "same"))
    before = snapshot(tmp_path)
    assert output.switch("zh/local", list(reversed(folder("same")))) == 0
    assert output.place(single("index.html", "same", NOON + timedelta(days=1))) == 0
    assert Directory(tmp_path).switch("zh/local", folder("same")) == 0
    assert snapshot(tmp_path) == before


def test_the_generation_before_stays_until_the_next_switch(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    output.switch("zh-Hant/local", folder("1"))
    first = (tmp_path / "zh" / "local").resolve()
    output.switch("zh/local", folder("2"))
    assert (first / "feed.rss").read_text() == "1"
    output.switch("zh/local", folder("3"))
    assert not first.exists()
    assert len(generations(tmp_path)) == 3
    assert (tmp_path / "zh-Hant" / "local" / "feed.rss").read_text() == "1"


def test_going_back_to_the_generation_before_only_turns_the_link(
    tmp_path: Path,
) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    output.switch("zh/local", folder("2"))
    assert output.switch("zh/local", folder("1")) == 0
    assert (tmp_path / "zh" / "local" / "feed.atom").read_text() == "1"


def test_a_change_of_date_alone_is_a_change(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    assert output.switch("zh/local", folder("1", NOON + timedelta(hours=1))) > 0


@pytest.mark.parametrize("gone", ["feed.rss", "feed.json.br"])
def test_what_somebody_took_out_is_put_back(tmp_path: Path, gone: str) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    (tmp_path / "zh" / "local" / gone).unlink()
    assert output.switch("zh/local", folder("1")) > 0
    assert (tmp_path / "zh" / "local" / gone).stat().st_size
    assert len(generations(tmp_path)) == 1


def test_archive_documents_stay_whatever_their_folder_is_switched_to(
    tmp_path: Path,
) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("0"))
    output.archive("zh/local", archives("1"))
    for text in ("1", "2", "1", "3"):
        output.switch("zh/local", folder(text))
        there = tmp_path / "zh" / "local" / "archive"
        assert (there / "1.atom").read_text() == "1"
        assert gzip.decompress((there / "1.atom.gz").read_bytes()) == b"1"
    before = snapshot(tmp_path / ".archives")
    assert output.archive("zh/local", archives("1")) == 0
    assert Directory(tmp_path).archived("zh/local") == {"archive/1.atom"}
    assert snapshot(tmp_path / ".archives") == before
    assert output.folders() == {"zh/local"}


def test_archives_may_come_before_their_folder(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    assert output.archived("zh/local") == frozenset()
    output.archive("zh/local", archives("1"))
    assert output.folders() == frozenset()
    output.switch("zh/local", folder("1"))
    assert (tmp_path / "zh/local/archive/1.atom").read_text() == "1"


def test_archives_that_are_taken_away_have_no_address(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.archive("zh/local", archives("1"))
    output.switch("zh/local", folder("1"))
    output.unarchive("zh/local")
    assert output.archived("zh/local") == frozenset()
    assert output.switch("zh/local", folder("1")) > 0, "the link leads nowhere"
    assert not (tmp_path / "zh" / "local" / "archive").is_symlink()


def test_opening_sweeps_what_no_link_leads_to(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    output.switch("zh/local", folder("2"))
    (tmp_path / ".generations" / "0123").mkdir()
    (tmp_path / ".generations" / "0123" / "feed.rss").write_text("half")
    (tmp_path / ".generations" / "4567").symlink_to("/nowhere")
    assert Directory(tmp_path).folders() == {"zh/local"}
    assert len(generations(tmp_path)) == 1
    assert (tmp_path / "zh" / "local" / "feed.rss").read_text() == "2"


def test_folders_are_those_that_lead_to_a_generation(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    output.place(single("zh/index.html", "x"))
    (tmp_path / "en").symlink_to("/etc")
    (tmp_path / "zh" / "economy").symlink_to("local")
    (tmp_path / "zh" / "sport").mkdir()
    assert output.folders() == {"zh/local"}


def test_a_single_file_is_replaced_with_its_twins(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    assert output.place(single("zh/index.html", "1")) > 0
    assert output.place(single("zh/index.html", "2")) > 0
    assert (tmp_path / "zh" / "index.html").read_text() == "2"
    assert gzip.decompress((tmp_path / "zh" / "index.html.gz").read_bytes()) == b"2"
    assert generations(tmp_path) == []


@pytest.mark.parametrize("twin", [b"", b"\x1f\x8b broken", gzip.compress(b"newer")])
def test_a_twin_of_another_moment_is_made_anew(tmp_path: Path, twin: bytes) -> None:
    output = Directory(tmp_path)
    output.place(single("index.html", "1"))
    (tmp_path / "index.html.gz").write_bytes(twin)
    assert output.place(single("index.html", "1")) > 0
    assert gzip.decompress((tmp_path / "index.html.gz").read_bytes()) == b"1"


def fault_of(error: OutputError) -> tuple[str, str]:
    assert error.fault.code is Code.E_OUTPUT
    return str(error.fault.args["path"]), str(error.fault.args["detail"])


def test_a_file_in_the_place_of_the_tree_is_reported(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("")
    with pytest.raises(OutputError) as refused:
        Directory(tmp_path / "public")
    path, detail = fault_of(refused.value)
    assert path.startswith(str(tmp_path / "public"))
    assert detail == "Not a directory"


def test_a_file_in_the_place_of_a_language_is_reported(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    (tmp_path / "zh").write_text("")
    with pytest.raises(OutputError):
        output.switch("zh/local", folder("1"))
    with pytest.raises(OutputError):
        output.place(single("zh/index.html", "1"))


def test_a_directory_in_the_place_of_a_feed_is_reported_and_kept(
    tmp_path: Path,
) -> None:
    output = Directory(tmp_path)
    (tmp_path / "zh" / "local").mkdir(parents=True)
    (tmp_path / "zh" / "local" / "mine.txt").write_text("keep")
    with pytest.raises(OutputError) as refused:
        output.switch("zh/local", folder("1"))
    assert (
        "zh/local" in fault_of(refused.value)[0]
        or ".generations" in fault_of(refused.value)[0]
    )
    assert (tmp_path / "zh" / "local" / "mine.txt").read_text() == "keep"


def test_a_tree_that_is_gone_is_reported(tmp_path: Path) -> None:
    output = Directory(tmp_path / "public")
    (tmp_path / "public" / ".generations").rmdir()
    (tmp_path / "public").rmdir()
    with pytest.raises(OutputError):
        output.folders()


def test_a_refusal_names_the_user_it_was_said_to() -> None:
    """The kernel lets nobody make folders in /sys, not even root."""
    with pytest.raises(OutputError) as refused:
        Directory(Path("/sys/feedsvc"))
    path, detail = fault_of(refused.value)
    assert path.startswith("/sys/feedsvc")
    assert f"(uid {os.geteuid()})" in detail


@contextmanager
def disk_full(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes: writes fail as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_what_stood_and_no_litter(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.switch("zh/local", folder("old"))
    output.place(single("index.html", "old"))
    with disk_full(1000):
        with pytest.raises(OutputError) as refused:
            output.switch("zh/local", folder("new " * 1000))
        with pytest.raises(OutputError):
            output.place(single("index.html", "new " * 1000))
    assert fault_of(refused.value)[1]
    assert (tmp_path / "zh" / "local" / "feed.rss").read_text() == "old"
    assert gzip.decompress((tmp_path / "index.html.gz").read_bytes()) == b"old"
    assert len(generations(tmp_path)) == 1
    assert output.switch("zh/local", folder("new " * 1000)) > 0


@pytest.mark.integration
def test_a_killed_writer_leaves_whole_old_or_whole_new(tmp_path: Path) -> None:
    """Contract, section 6; reliability cases 79 and 80."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.output.killed", str(tmp_path), "50", "20261124"],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1, "nothing was ever switched"
