"""A clock and a disk are judged by what is known of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.errors import Code
from feedsvc.inspect import doctor

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def ahead(*seconds: int) -> list[timedelta]:
    return [timedelta(seconds=one) for one in seconds]


@pytest.mark.parametrize(
    ("servers", "last", "found", "state"),
    [
        (ahead(), None, "+0 s (0)", "ok"),
        (ahead(0, -1, 1, 3), NOW, "+0 s (4)", "ok"),
        (ahead(0, 0, 7200), NOW, "+0 s (3)", "ok"),
        (ahead(7200, 7198), NOW, "+7199 s (2)", "ok"),
        (ahead(7200, 7199, 7198), NOW, "+7199 s (3)", "warned"),
        (ahead(-90, -90, -90), NOW, "-90 s (3)", "warned"),
        (ahead(0), NOW + timedelta(days=1), "+86400 s (1)", "warned"),
        (ahead(0), NOW + timedelta(seconds=2), "+0 s (1)", "ok"),
    ],
    ids=[
        "nobody to ask",
        "right",
        "one server's is wrong",
        "too few to tell",
        "slow",
        "fast",
        "set back",
        "just done",
    ],
)
def test_a_clock_is_judged_by_others_and_by_its_own_past(
    servers: list[timedelta], last: datetime | None, found: str, state: str
) -> None:
    finding = doctor.clock(NOW, servers, last)
    assert (finding.found, finding.state) == (found, state)
    assert [fault.code for fault in finding.faults] == [Code.W_CLOCK] * (state != "ok")


def test_a_disk_needs_room_for_the_database_once_more(tmp_path: Path) -> None:
    [well] = doctor.disks([tmp_path, tmp_path / "not" / "there"], 0)
    assert well.state == "ok"
    [full] = doctor.disks([tmp_path], 10**18)
    assert [fault.code for fault in full.faults] == [Code.W_DISK]
    assert full.faults[0].args["needed"] == "1000000.0 TB"
