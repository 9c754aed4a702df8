"""``feedsvc doctor``: what is wrong with a machine is told, and nothing else is done."""

import re
import sqlite3
from pathlib import Path

from tests.cli.conftest import House
from tests.cli.test_commands import FAULT, documented, keys

WELL = ["versions", "database", "folder", "folder", "disk", "clock", "source"]


def states(house: House) -> dict[str, str]:
    """How each thing is that was looked at, by what it is."""
    found = house("doctor", "--json").document["findings"]
    return {finding["subject"]: finding["state"] for finding in found}


def damage(database: Path) -> None:
    """Have an article refer to a source list that nothing knows."""
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM articles")


def test_all_is_well_on_a_machine_where_all_is_well(house: House) -> None:
    house("collect")
    ran = house("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"source +river +ok +\d+ B · \d\.\d s", ran.out)
    assert re.search(rf"database +{house.root}/var/feedsvc.db +ok +SQLite 3", ran.out)
    assert re.search(
        r"clock +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +ok +[+-]\d s \(1\)", ran.out
    )


def test_machines_get_one_document(house: House) -> None:
    form = house("doctor", "--json").document
    assert form["ok"] is True
    assert [finding["subject"] for finding in form["findings"]] == WELL
    assert documented("doctor --json") == keys(form, ("findings",))


def test_a_source_out_of_reach_is_told_with_its_fault(house: House) -> None:
    house.write("sources/gone.toml", f'url = "{house.base}/nowhere.xml"\n')
    ran = house("doctor", "--json")
    assert ran.code == 1
    told = {one["place"]: one for one in ran.document["findings"]}
    assert told["river"]["state"] == "ok"
    [fault] = told["gone"]["faults"]
    assert fault["code"] == "E_NOT_FOUND"
    assert set(fault) == FAULT
    assert f"gone: {house.base}/nowhere.xml: " in house("doctor").out


def test_a_disabled_source_is_not_asked(house: House) -> None:
    house.write(
        "sources/gone.toml", f'url = "{house.base}/nowhere.xml"\nenabled = false\n'
    )
    assert house("doctor").code == 0


def test_a_damaged_database_is_told_and_the_rest_looked_at(house: House) -> None:
    house("collect")
    damage(house.root / "var/feedsvc.db")
    ran = house("doctor")
    assert ran.code == 1
    assert "[E_DB_CORRUPT]" in ran.out
    assert states(house) == {
        subject: "failed" if subject == "database" else "ok" for subject in WELL
    }


def test_a_database_that_cannot_be_opened_is_told_too(house: House) -> None:
    house("collect")
    (house.root / "var/feedsvc.db").write_bytes(b"no database" * 1000)
    assert states(house)["database"] == "failed"
    assert states(house)["source"] == "ok"


def test_a_folder_that_cannot_be_written_to_is_told(house: House) -> None:
    house("publish")
    public = house.root / "var/public"
    public.rename(house.root / "var/elsewhere")
    public.touch()
    ran = house("doctor")
    assert ran.code == 1
    assert re.search(
        rf"^{public}: .* \(uid \d+\)\. .*\[E_FILE\]$", ran.out, re.MULTILINE
    )


def test_a_hub_is_there_whatever_it_answers(house: House) -> None:
    settings = (house.root / "config/feedsvc.toml").read_text(encoding="utf-8")
    hubs = f'[websub]\nhubs = ["{house.base}/shut.html", "http://127.0.0.1:9/"]\n'
    house.write("feedsvc.toml", settings + hubs)
    told = {one["place"]: one for one in house("doctor", "--json").document["findings"]}
    assert told[f"{house.base}/shut.html"]["state"] == "ok"
    assert told["http://127.0.0.1:9/"]["state"] == "failed"
