"""``feedsvc backup`` and ``restore``: a lost machine's feeds as they were."""

import fcntl
import re
import shutil
from pathlib import Path

from tests.cli.conftest import House


def published(house: House) -> dict[str, bytes]:
    """What readers are handed, by address."""
    tree = house.root / "var/public"
    found = (p for top in tree.iterdir() if top.name[0] != "." for p in within(top))
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in found}


def within(path: Path) -> list[Path]:
    """The files below a path, also where links lead."""
    if not path.is_dir():
        return [path]
    return [file for entry in sorted(path.iterdir()) for file in within(entry)]


def test_a_lost_machine_has_its_feeds_again_to_the_byte(house: House) -> None:
    assert house("collect").code == 0
    before = published(house)
    assert "en/local/feed.atom" in before
    kept = house.root / "kept.db"
    ran = house("backup", kept)
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(rf"Backed up to {kept} \(\d+\.\d MB\)\.\n", ran.out)
    shutil.rmtree(house.root / "var")
    ran = house("restore", kept)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"The state of {kept} is restored.\n")
    assert published(house) == before
    assert re.search(r"river +unchanged", house("collect").out)


def test_what_came_after_the_backup_is_published_no_more(house: House) -> None:
    assert house("publish").code == 0
    before = published(house)
    house("backup", house.root / "kept.db")
    house("collect")
    assert published(house) != before
    assert house("restore", house.root / "kept.db").code == 0
    feeds = [name for name in before if "/feed." in name and name[-2:] != "gz"]
    now = published(house)
    assert b"Bridge" not in b"".join(now[name] for name in feeds)


def test_a_backup_is_made_beside_a_running_service_and_not_restored(
    house: House,
) -> None:
    house("collect")
    with (house.root / "var/lock").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert house("backup", house.root / "kept.db").code == 0
        ran = house("restore", house.root / "kept.db")
    assert ran.code == 2
    assert "[E_LOCKED]" in ran.err


def test_nothing_can_be_backed_up_where_nothing_was_collected(house: House) -> None:
    ran = house("backup", house.root / "kept.db")
    assert ran.code == 1
    assert "[E_DB]" in ran.err
    assert not (house.root / "kept.db").exists()


def test_what_is_no_backup_is_told(house: House) -> None:
    house("collect")
    before = published(house)
    ran = house("restore", house.file("notes.txt", "not a backup"))
    assert ran.code == 1
    assert "[E_BACKUP]" in ran.err
    ran = house("restore", house.root / "nowhere.db")
    assert "[E_FILE]" in ran.err
    assert published(house) == before
