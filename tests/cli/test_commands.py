"""Every command: what it prints where, and how it ends (contract, section 1)."""

import fcntl
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FEEDSVC, PAGE, SOURCE, TEXT, House, Ran

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"
FAULT = {"code", "stage", "source", "place", "args", "message", "retry_at"}


def documented(command: str) -> set[str]:
    """Every key that docs/reference.md names for a command's document."""
    text = REFERENCE.read_text(encoding="utf-8")
    told = text.split(f"`{command}`", 1)[1]
    block = told.split("```")[1] if told.lstrip(":\n").startswith("```") else None
    form = block or told.split("`")[1]
    return set(re.findall(r'"([a-z_]+)"(?=[\s,:}\]])', re.sub(r': "[^"]*"', "", form)))


def keys(form: Any, into: tuple[str, ...] = ()) -> set[str]:
    """Every key of a document; those of ``into`` are followed."""
    if isinstance(form, list):
        return set().union(*(keys(one, into) for one in form))
    found = set(form)
    for name in into:
        if isinstance(form.get(name), list | dict):
            found |= keys(form[name], into)
    return found


def local(ran: Ran) -> str:
    """Stderr must hold no traceback, whatever else it says."""
    assert "Traceback" not in ran.err
    return ran.err


def test_collect_tells_people_in_a_table(house: House) -> None:
    ran = house("collect")
    assert ran.code == 0
    assert re.search(r"river +changed +2 +1 +0 ", ran.out)
    assert "Feeds published anew: 4." in ran.out
    assert f"river: {house.base}/gone.html: " in ran.err
    assert "[W_ARTICLE]" in ran.err
    assert (house.root / "var/public/en/local/feed.atom").is_file()
    ran = house("collect", "river")
    assert re.search(r"river +unchanged", ran.out)
    assert "Feeds published anew: 0." in ran.out


def test_collect_gives_machines_one_document(house: House) -> None:
    ran = house("collect", "--json")
    assert (ran.code, ran.err) == (0, "")
    form = ran.document
    [visit] = form["sources"]
    assert (visit["state"], visit["new"], visit["listed"]) == ("changed", 1, 2)
    assert form["published"] == ["zh/all", "zh/local", "en/all", "en/local"]
    assert keys(form, ("sources",)) == documented("collect --json")
    assert set(visit["faults"][0]) == FAULT
    assert set(visit["faults"][0]["message"]) == {"zh", "en"}


def test_a_failing_source_is_exit_1_and_the_rest_is_done(house: House) -> None:
    house.write("sources/gone.toml", f'url = "{house.base}/nowhere"\n')
    ran = house("collect")
    assert ran.code == 1
    assert re.search(r"gone +failed", ran.out)
    assert re.search(
        r"gone: http\S+/nowhere: .*404.*Next try: .*\[E_NOT_FOUND\]", ran.err
    )
    assert re.search(r"river +changed", ran.out)
    form = house("collect", "gone", "--json")
    assert form.code == 1
    [visit] = form.document["sources"]
    assert visit["faults"][0]["retry_at"] == visit["due"]


@pytest.mark.parametrize(
    "argv",
    [("collect", "rivr"), ("preview", "rivr"), ("extract", "--source", "rivr", "x")],
)
def test_an_unknown_source_is_a_wrong_call_that_names_the_nearest(
    house: House, argv: tuple[str, ...]
) -> None:
    ran = house(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert "rivr" in ran.err
    assert "river" in ran.err
    assert "[E_SOURCE_UNKNOWN]" in ran.err
    assert not (house.root / "var").exists()


WRONG_CALLS = pytest.mark.parametrize(
    "argv",
    [
        (), ("harvest",), ("collect", "--fast"), ("extract",), ("items", "x"),
        ("preview",), ("preview", "river", "--limit", "0"), ("demo", "--port", "99999"),
        ("extract", "x", "--manifest", "y"), ("--config",), ("status", "--json=3"),
    ],
    ids=lambda argv: " ".join(argv) or "nothing",
)  # fmt: skip


@WRONG_CALLS
def test_a_wrong_call_is_exit_2(house: House, argv: tuple[str, ...]) -> None:
    ran = house(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert re.search(r"feedsvc( \w+)? --help shows what can be typed", ran.err)
    assert ran.err.endswith(" [E_CALL]\n")


@WRONG_CALLS
def test_a_wrong_call_is_told_in_the_callers_language(
    house: House, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.setenv("FEEDSVC_LANG", "zh")
    told = house(*argv).err
    # what was typed, and what can be, is the same in every language
    typed = r"'[^']*'|feedsvc( \w+)? --help|--\w+"
    assert not re.search(r"[a-z]{2,}", re.sub(typed, "", told))


def test_a_wrong_call_is_told_to_machines_too(house: House) -> None:
    ran = house("status", "--jsn", "--json")
    [fault] = ran.document["faults"]
    assert (ran.code, fault["code"]) == (2, "E_CALL")


def test_a_directory_in_use_is_told(house: House) -> None:
    (house.root / "var").mkdir()
    with (house.root / "var/lock").open("w") as file:
        file.write(str(os.getpid()))
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        ran = house("collect", "--json")
    assert ran.code == 2
    [fault] = ran.document["faults"]
    assert fault["code"] == "E_LOCKED"
    assert set(fault) == FAULT
    assert "[E_LOCKED]" in ran.err


def test_a_data_directory_that_cannot_be_is_told(house: House) -> None:
    where = house.file("taken", "")
    ran = house.run(
        "--config", house.root / "config", "--data", where / "var", "publish"
    )
    assert ran.code == 1
    assert str(where) in local(ran)
    assert "[E_FILE]" in ran.err


def test_publish_tells_what_it_switched(house: House) -> None:
    ran = house("publish")
    assert (ran.code, ran.out) == (0, "Feeds published anew: 4.\n")
    ran = house("publish", "--json")
    assert ran.document == {"published": [], "bytes": 0, "faults": []}
    assert set(ran.document) == documented("publish --json")
    before = {p: p.read_bytes() for p in (house.root / "var/public").rglob("*.rss")}
    assert house("publish", "--all").code == 0
    assert {p: p.read_bytes() for p in before} == before


def test_a_feed_that_cannot_be_written_is_exit_1(house: House) -> None:
    house("publish")
    (house.root / "var/public/en").rename(house.root / "var/public/gone")
    house.file("var/public/en", "a file in the folder's place")
    ran = house("publish")
    assert ran.code == 1
    assert "[E_OUTPUT]" in local(ran)
    assert house("publish", "--json").document["faults"][0]["code"] == "E_OUTPUT"
    ran = house("collect")
    assert ran.code == 1
    assert "[E_OUTPUT]" in ran.err
    assert re.search(r"river +changed", ran.out)


def test_status_of_a_new_house(house: House) -> None:
    ran = house("status")
    assert ran.code == 0
    assert re.search(r"river +new", ran.out)


def test_status_tells_every_source_and_feed(house: House) -> None:
    house.write("feedsvc.toml", f"{FEEDSVC.format()}recheck = []\n")
    house.write("sources/gone.toml", f'url = "{house.base}/nowhere"\n')
    house.write("sources/off.toml", f'url = "{house.base}/x"\nenabled = false\n')
    house("collect")
    ran = house("status")
    assert ran.code == 0
    assert re.search(r"river +ok .* 1 .*100% / 0%|river +ok", ran.out)
    assert re.search(r"gone +failed", ran.out)
    assert re.search(r"off +disabled", ran.out)
    assert re.search(r"en/local +1 ", ran.out)
    assert re.search(r"^gone: .*\[E_NOT_FOUND\]$", ran.out, re.MULTILINE)
    form = house("status", "--json").document
    assert {row["source"]: row["state"] for row in form["sources"]} == {
        "gone": "failed",
        "off": "disabled",
        "river": "ok",
    }
    named = documented("status --json") | FAULT
    # nothing is held here, and no list doubted
    others = {"id", "title", "url", "entries", "usual"}
    found = keys(form, ("sources", "hosts", "feeds", "coverage", "faults"))
    assert found | others == named
    assert {row["source"]: row["requests_per_day"] for row in form["sources"]} == {
        "gone": 1.0,
        "off": 0.0,
        "river": 3.0,
    }
    assert [row["requests_per_day"] for row in form["hosts"]] == [4.0]
    assert form["requests"] == 4
    assert house("collect", "off").code == 1  # named, it is visited all the same


def test_status_lists_section_names_that_map_nowhere(house: House) -> None:
    house.write(
        "sources/river.toml",
        f'url = "{house.base}/feed.xml"\n[article]\nsection = ".by"\n',
    )
    house("collect")
    assert house("status", "--json").document["unmapped"] == ["By Ann Lee"]
    assert "By Ann Lee" in house("status").out.splitlines()[-1]


def test_check_says_what_there_is(house: House) -> None:
    ran = house("check")
    assert (ran.code, ran.err) == (0, "")
    assert "1 sources, 1 categories" in ran.out
    ran = house("check", "--json")
    assert ran.document == {"ok": True, "faults": []}
    assert set(ran.document) == documented("check --json")


def test_check_names_file_line_column_and_path(house: House) -> None:
    house.write("sources/river.toml", 'url = "http://x.example/"\nlangauge = "en"\n')
    ran = house("check")
    assert (ran.code, ran.out) == (2, "")
    [line] = ran.err.splitlines()
    assert re.match(
        r"\S*sources/river\.toml:2:1: langauge: .*language.*\[E_CONFIG", line
    )
    ran = house("check", "--json")
    assert ran.code == 2
    assert (ran.document["ok"], ran.err) == (False, "")
    assert set(ran.document["faults"][0]) == FAULT
    ran = house("collect", "--json")
    assert ran.code == 2
    assert set(ran.document) == {"faults"}
    assert not (house.root / "var").exists()


def test_a_directory_that_is_not_there_is_told(house: House) -> None:
    ran = house.run("--config", house.root / "nowhere", "check")
    assert ran.code == 2
    assert "nowhere" in local(ran)


def test_the_shipped_configuration_is_used_and_said(house: House) -> None:
    (house.root / "config").rename(house.root / "elsewhere")
    ran = house.run("check")
    assert ran.code == 0
    assert "configuration that ships with feedsvc" in ran.err
    assert "There is no ./config here" in ran.err
    ran = house.run("check", "--json")
    assert ran.document["ok"] is True
    page = house.file("page.html", "<title>A title</title><p>Text.</p>")
    assert house.run("extract", page).err == ""
    ran = house.run("extract", page, "--source", "bbc-world")
    assert "configuration that ships with feedsvc" in ran.err


def test_the_environment_says_where(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (house.root / "config").rename(house.root / "elsewhere")
    monkeypatch.setenv("FEEDSVC_CONFIG", str(house.root / "elsewhere"))
    monkeypatch.setenv("FEEDSVC_DATA", str(house.root / "data"))
    ran = house.run("publish")
    assert (ran.code, ran.err) == (0, "")
    assert (house.root / "data/public/en/index.html").is_file()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"FEEDSVC_LANG": "zh"}, "找不到|没有"),
        ({"FEEDSVC_LANG": "", "LANG": "zh_CN.UTF-8"}, "找不到|没有"),
        ({"FEEDSVC_LANG": "en", "LANG": "zh_CN.UTF-8"}, "not|no "),
        ({"FEEDSVC_LANG": "", "LC_ALL": "fr_FR"}, "not|no "),
    ],
    ids=["zh", "locale", "feedsvc first", "neither"],
)
def test_the_environment_says_in_which_language(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    names: dict[str, str],
    words: str,
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    ran = house("collect", "rivr")
    chinese = bool(re.search(r"[\u4e00-\u9fff]", ran.err))
    assert chinese == words.startswith("找")


def test_preview_shows_and_writes_nothing(house: House) -> None:
    ran = house("preview", "river")
    assert ran.code == 0
    assert "2 entries listed, 2 wanted." in ran.out
    assert "[b]Bridge[/b] closed[/x]" in ran.out  # shown, not obeyed
    assert re.search(r"Ann Lee.*local.*authors", ran.out)
    assert re.search(r"^authors +Ann Lee +rule", ran.out, re.MULTILINE)
    assert "says the same" in ran.out
    assert f"{house.base}/gone.html: " in ran.err
    assert "[E_NOT_FOUND]" in ran.err
    assert not (house.root / "var").exists()


def test_preview_gives_machines_one_document(house: House) -> None:
    ran = house("preview", "river", "--json")
    assert (ran.code, ran.err) == (0, "")
    good, bad = ran.document["items"]
    assert good["from"]["authors"] == "rule"
    assert good["from"]["title"] == "text"
    lost = [other for others in good["alternatives"].values() for other in others]
    assert all(set(other["message"]) == {"zh", "en"} for other in lost)
    assert good["categories"] == ["local"]
    assert bad["error"]["code"] == "E_NOT_FOUND"
    named = documented("preview --json") | {"status"}
    told = keys(ran.document, ("items", "faults", "error")) | keys(lost, ("message",))
    assert told <= named
    assert named - told <= {"unread", "reads"}
    ran = house("preview", "river", "--json", "--limit", "1")
    assert (ran.document["wanted"], len(ran.document["items"])) == (2, 1)


def test_preview_shows_what_the_list_alone_tells(house: House) -> None:
    house.write("sources/short.toml", f'url = "{house.base}/short.xml"\n')
    ran = house("preview", "short")
    assert ran.code == 0
    assert "Its page could not be had; this is what the list says." in ran.out
    assert re.search(r"Bridge shut .*E_FORBIDDEN", ran.out)
    assert re.search(r"^summary +It is shut\. +list", ran.out, re.MULTILINE)
    assert f"{house.base}/shut.html: " in ran.err
    [item] = house("preview", "short", "--json").document["items"]
    assert item["unread"]["status"] == 403
    assert item["article"]["published"] is None


def test_no_command_tells_a_password(house: House) -> None:
    private = house.base.replace("//", "//me:secret@")
    house.write("sources/river.toml", f'url = "{private}/feed.xml"\n')
    house.write("sources/gone.toml", f'url = "{private}/nowhere"\n')
    for argv in (
        ("preview", "river", "--json"), ("preview", "gone"), ("collect",),
        ("collect", "--json"), ("status",), ("status", "--json"), ("check", "--json"),
    ):  # fmt: skip
        ran = house(*argv)
        assert "secret" not in ran.out + ran.err, argv
    tree = (house.root / "var/public").rglob("*.*")
    assert not [p for p in tree if p.is_file() and b"secret" in p.read_bytes()]


def test_preview_takes_any_address(house: House) -> None:
    ran = house("preview", f"{house.base}/feed.xml", "--json")
    assert ran.code == 0
    assert ran.document["items"][0]["article"]["title"]
    ran = house("preview", f"{house.base}/nowhere")
    assert ran.code == 1
    assert "[E_NOT_FOUND]" in ran.err


def published(house: House) -> str:
    return (house.root / "var/public/en/local/feed.atom").read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["address", "id", "tag", "conversion"])
def test_an_article_is_hidden_and_shown_again(house: House, by: str) -> None:
    house("collect")
    url = f"{house.base}/1.html"
    tag = re.findall(r"<id>(tag:[^<]*:[0-9a-f]{32})</id>", published(house))[0]
    ids = {"id": tag.rpartition(":")[2], "tag": tag, "conversion": f"{tag}/zh-Hant"}
    reference = ids.get(by, url)
    ran = house("hide", reference, "--reason", "wrong bridge")
    assert ran.code == 0
    assert "closed" in ran.out
    assert f"<id>{tag}</id>" not in published(house)
    assert "wrong bridge" not in published(house)
    house("collect")
    assert f"<id>{tag}</id>" not in published(house)
    assert house("unhide", reference).code == 0
    assert f"<id>{tag}</id>" in published(house)


@pytest.mark.parametrize("command", ["hide", "unhide"])
def test_hiding_what_nobody_collected_is_a_wrong_call(
    house: House, command: str
) -> None:
    house("collect")
    ran = house(command, "https://news.example.org/nothing")
    assert ran.code == 2
    assert "[E_ARTICLE_UNKNOWN]" in ran.err


def test_beside_a_running_service_hiding_is_left_to_it(house: House) -> None:
    house("collect")
    with (house.root / "var/lock").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        ran = house("hide", f"{house.base}/1.html")
        assert ran.code == 0
        assert "Bridge" in published(house)
    house("publish")
    assert "deleted-entry" in published(house)


def test_a_recording_tells_what_an_edit_would_change(house: House) -> None:
    ran = house("record", "river")
    assert ran.code == 0
    assert "[E_NOT_FOUND]" in ran.err
    assert (house.root / "var/records/river/record.json").is_file()
    ran = house("test")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    house.write("sources/river.toml", SOURCE.format(base=house.base) + 'title = "p"\n')
    ran = house("test", "river", "--json")
    assert ran.code == 1
    form = ran.document
    assert keys(form, ("sources", "differences")) <= documented("test --json")
    [told] = [d for d in form["sources"][0]["differences"] if d["field"] == "title"]
    assert told["recorded"] == "[b]Bridge[/b] closed[/x]"
    ran = house("test")
    assert ran.code == 1
    assert "[b]Bridge[/b] closed[/x]" in ran.out


def test_what_cannot_be_had_records_nothing(house: House) -> None:
    house.write("sources/gone.toml", f'url = "{house.base}/nowhere"\n')
    ran = house("record", "gone")
    assert ran.code == 1
    assert "[E_NOT_FOUND]" in ran.err
    assert not (house.root / "var/records").exists()


@pytest.mark.parametrize("names", [(), ("river",)])
def test_without_a_recording_there_is_nothing_to_test(
    house: House, names: tuple[str, ...]
) -> None:
    ran = house("test", *names)
    assert ran.code == 2
    assert "[E_NO_RECORD]" in ran.err


def test_a_held_article_is_told_and_released(house: House) -> None:
    house.write("sources/river.toml", f'url = "{house.base}/garbled.xml"\n')
    ran = house("collect")
    assert "[W_GARBLED]" in ran.err
    form = house("status", "--json").document
    [held] = form["held"]
    assert set(held) == FAULT | {"id", "title", "at"}
    assert held["args"]["encoding"] == "utf-8"
    assert "[W_GARBLED]" in house("status").out
    url = f"{house.base}/2.html"
    feed = house.root / "var/public/zh/all/feed.atom"
    assert url not in feed.read_text(encoding="utf-8")
    assert house("release", held["id"]).code == 0
    assert url in feed.read_text(encoding="utf-8")
    assert house("status", "--json").document["held"] == []


def test_a_list_that_is_not_believed_can_be_looked_at(house: House) -> None:
    house("collect")
    ran = house("status", "--page", "river")
    assert ran.code == 2
    assert "[E_NO_PAGE]" in ran.err
    house.write("sources/river.toml", f'url = "{house.base}/1.html"\nkind = "feed"\n')
    assert house("collect").code == 1
    row = house("status", "--json").document["sources"][0]
    told = row["doubted"]
    assert (told["url"], told["entries"]) == (f"{house.base}/1.html", 0)
    assert (told["at"], told["usual"]) == (row["last_attempt"], 2)
    assert "feedsvc status --page river" in house("status").out
    ran = house("status", "--page", "river")
    assert ran.code == 0
    assert ran.out == PAGE.format(text=TEXT)


def test_a_sources_next_list_is_released_by_its_name(house: House) -> None:
    house("collect")
    ran = house("release", "river")
    assert ran.code == 0
    assert "feedsvc collect river" in ran.out


def test_an_edit_is_shown_by_what_it_would_change(house: House) -> None:
    house("collect")
    ran = house("diff")
    assert ran.code == 0
    assert ran.out.count("\n") == 1
    form = house("diff", "--json").document
    assert form == {"feeds": [], "refused": None, "sources": [], "recorded": []}
    house.write("categories.toml", '[sport]\ntitle = { zh = "体育", en = "Sport" }\n')
    house.write(
        "sources/river.toml",
        SOURCE.replace('"local"', '"sport"').format(base=house.base),
    )
    form = house("diff", "--json").document
    told = {feed["path"]: feed for feed in form["feeds"]}
    assert {path: feed["state"] for path, feed in told.items()} == {
        "zh/local": "gone",
        "en/local": "gone",
        "zh/sport": "new",
        "en/sport": "new",
    }
    [entry] = told["en/sport"]["added"]
    assert set(entry) == {"id", "url", "title", "date"}
    assert entry["url"] == f"{house.base}/1.html"
    assert [one["id"] for one in told["en/local"]["dropped"]] == [entry["id"]]
    assert keys(form, ("feeds", "added", "dropped")) <= documented("diff --json")
    ran = house("diff")
    assert re.search(r"en/sport +new +1", ran.out)


def test_an_edit_that_changes_ids_is_told_and_may_be_accepted(house: House) -> None:
    house("collect")
    edited = FEEDSVC.format().replace("example.org,2026", "other.example,2026")
    house.write("feedsvc.toml", edited)
    ran = house("diff", "--json")
    assert ran.code == 1
    assert ran.document["refused"]["code"] == "E_IDS"
    [feed, *_] = [f for f in ran.document["feeds"] if f["path"] == "en/local"]
    [renamed] = feed["renamed"]
    assert renamed["id"].startswith("tag:example.org,2026:")
    assert renamed["becomes"].startswith("tag:other.example,2026:")
    assert "[E_IDS]" in house("diff").err
    assert house("diff", "--accept").code == 0


def test_an_edit_of_rules_is_shown_by_the_pages_that_are_kept(house: House) -> None:
    house("collect")
    river = SOURCE.format(base=house.base)
    house.write("sources/river.toml", f'{river}title = ".by"\n')
    ran = house("diff", "--json")
    assert ran.code == 0
    [source] = ran.document["sources"]
    assert (source["source"], source["items"]) == ("river", 2)
    assert keys(ran.document, ("sources", "differences")) <= documented("diff --json")
    [title] = [one for one in source["differences"] if one["field"] == "title"]
    assert title == {
        "url": f"{house.base}/1.html",
        "field": "title",
        "published": "[b]Bridge[/b] closed[/x]",
        "now": "By Ann Lee",
    }
    ran = house("diff")
    assert re.search(
        r"^river: entries 2, .*not kept 1; differences: 4$", ran.out, re.MULTILINE
    )
    assert re.search(r"/1\.html +title +\[b\]Bridge.* +By Ann Lee", ran.out)
    house.write("sources/river.toml", river)
    assert house("diff", "--json").document["sources"] == []


LISTED = """\
url = "{base}/news/"
language = "en"
category = "local"
[list]
item = "li"
link = {link}
"""
CUT = '{ select = "a", attribute = "href", regex = "(.*)[.]html" }'


def test_a_rule_by_which_ids_would_change_is_refused_unless_accepted(
    house: House,
) -> None:
    house.write("sources/river.toml", LISTED.format(base=house.base, link='"a"'))
    house("collect")
    house.write("sources/river.toml", LISTED.format(base=house.base, link=CUT))
    ran = house("diff", "--json")
    assert ran.code == 1
    assert ran.document["refused"]["code"] == "E_IDS"
    assert ran.document["refused"]["args"]["count"] == 1
    [source] = ran.document["sources"]
    [renamed] = source["differences"]
    assert (renamed["url"], renamed["field"]) == (f"{house.base}/1.html", "id")
    assert renamed["published"] != renamed["now"]
    assert house("diff", "--accept").code == 0


def test_a_diff_keeps_nothing_of_what_it_tries(house: House) -> None:
    house("collect")
    before = {p: p.read_bytes() for p in (house.root / "var/public").rglob("feed.*")}
    house.write("categories.toml", "")
    house("diff")
    house.write("categories.toml", '[local]\ntitle = { zh = "本地", en = "Local" }\n')
    assert house("publish", "--json").document["published"] == []
    after = {p: p.read_bytes() for p in (house.root / "var/public").rglob("feed.*")}
    assert after == before
