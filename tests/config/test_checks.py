"""What a value must be, key by key."""

import sys
from collections.abc import Callable

import pytest

from feedsvc.errors import Code, Fault, Stage

Spoil = Callable[..., list[Fault]]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("url", '"ftp://example.org/"', "VALUE"),
        ("url", '"https:///news"', "VALUE"),
        ("url", '"http://[::1"', "VALUE"),
        ("url", '"https://example.org:99999/"', "VALUE"),
        ("url", '"https://example.org/a b"', "VALUE"),
        ("url", "3", "VALUE"),
        ("language", '"fr"', "VALUE"),
        ("name", '{ fr = "Yangquan" }', "UNKNOWN_KEY"),
        ("kind", '"rss"', "VALUE"),
        ("every", '"15 minutes"', "VALUE"),
        ("every", "15", "VALUE"),
        ("every", '"0s"', "VALUE"),
        ("max_delay", '"0h"', "VALUE"),
        ("cron", '"* * * *"', "VALUE"),
        ("cron", '"60 * * * *"', "VALUE"),
        ("cron", '"9-5 * * * *"', "VALUE"),
        ("cron", '"*/0 * * * *"', "VALUE"),
        ("cron", '"*/99 * * * *"', "VALUE"),
        ("cron", '"0 0 * foo *"', "VALUE"),
        ("cron", '"@hourly"', "VALUE"),
        ("cron", '"0 0 31 2 *"', "VALUE"),
        ("cron", '"0 0 31 4,6 *"', "VALUE"),
        ("cron", '"0 0 31 apr-jun/2 *"', "VALUE"),
        ("cron", '"0 0 ? * *"', "VALUE"),
        ("encoding", '"klingon"', "VALUE"),
        ("encoding", '"rot13"', "VALUE"),
        ("encoding", '""', "VALUE"),
        ("timezone", '"Asia/Shangai"', "VALUE"),
        ("timezone", '"+25:00"', "VALUE"),
        ("timezone", '"../etc"', "VALUE"),
        ("content", '"all"', "VALUE"),
        ("include", '["("]', "PATTERN"),
        ("exclude", f'["{"(" * 5000}"]', "PATTERN"),
        ("headers", '{ Host = "example.org" }', "VALUE"),
        ("headers", '{ "X Y" = "z" }', "VALUE"),
        ("headers", '{ X = "a\\nb" }', "VALUE"),
        ("cookies", "{ a = 1 }", "VALUE"),
        ("proxy", '"socks5://example.org"', "VALUE"),
        ("robots", '"no"', "VALUE"),
        ("pair", "true", "VALUE"),
        ("pair", "{}", "VALUE"),
        ("pair", '{ match = "/zh/" }', "VALUE"),
        ("pair", '{ source = "a", match = "/zh/", other = "/en/" }', "VALUE"),
        ("pair", '{ match = "(", other = "/en/" }', "PATTERN"),
        ("pair", "{ match = '/zh/(.*)', other = '/en/\\2' }", "PATTERN"),
        ("pair", "{ match = '/zh/', other = '/en/\\g<x>' }", "PATTERN"),
        ("pair", '"nobody"', "VALUE"),
        ("pair", '"yangquan"', "VALUE"),
        ("enabled", "1", "VALUE"),
        ("rights", "2026-11-24", "VALUE"),
        ("rights", "07:30:00", "VALUE"),
        ("rights", "nan", "VALUE"),
        ("list.item", '"li["', "SELECTOR"),
        ("list.item", '""', "SELECTOR"),
        ("list.item", '"xpath://a["', "SELECTOR"),
        ("list.item", '"xpath:nothing()"', "SELECTOR"),
        ("list.item", '"xpath:\\u0001"', "SELECTOR"),
        ("list.item", "[]", "VALUE"),
        ("list.link", '{ select = "a", regex = "(" }', "PATTERN"),
        ("list.pages", "0", "VALUE"),
        ("list.pages", "1.5", "VALUE"),
        ("list.date_format", '"no pattern"', "PATTERN"),
        ("list.date_format", '["yyyy-MM-dd", "#"]', "PATTERN"),
        ("article.title", '{ select = "script", json = "a." }', "SELECTOR"),
        ("list.item", '{ select = "script[", json = "a" }', "SELECTOR"),
        ("article.remove", '[".share", "a:::b"]', "SELECTOR"),
    ],
    ids=lambda text: text[:40],
)
def test_a_bad_value_of_a_source_is_one_fault_at_its_key(
    faults: Spoil, key: str, value: str, code: str
) -> None:
    base = "" if key == "url" else 'url = "https://example.org/"\n'
    (fault,) = faults("sources/yangquan.toml", f"{base}{key} = {value}\n")
    assert fault.code == f"E_CONFIG_{code}"
    assert fault.stage is Stage.CONFIG
    assert fault.place.startswith(f"sources/yangquan.toml:{2 if base else 1}:")
    assert str(fault.args["path"]).startswith(key)
    assert fault.args["expected"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", '"https://例子.example/新闻?a=b"'),
        ("every", '"1.5h"'),
        ("cron", '"*/10,5 6-23/2 1 JAN-mar sun,7"'),
        ("cron", '"5/15 0 29 2 *"'),
        ("cron", '"0 0 31 4-6 *"'),
        ("encoding", '"GB2312"'),
        ("encoding", '"utf-16"'),
        ("timezone", '"-03:30"'),
        ("list.link", '{ select = "a", attribute = "href" }'),
        ("list.link", '"xpath:.//a"'),
        ("list.date_format", '"y年M月d日"'),
        ("headers", '{ Referer = "https://example.org/", Authorization = "Basic x" }'),
    ],
    ids=str,
)
def test_a_good_value_of_a_source_is_taken(faults: Spoil, key: str, value: str) -> None:
    base = "" if key == "url" else 'url = "https://example.org/"\n'
    assert not faults("sources/yangquan.toml", f"{base}{key} = {value}\n")


@pytest.mark.parametrize(
    ("select", "wrong"),
    [
        ("data[*].title", 0),
        ("@", 0),
        ("$.data[*]['title']", 0),
        ("$.data[", 1),
        ("xpath://a", 1),
        ("data[", 1),
        ("", 1),
        (".list li", 1),
        ("(" * 5000, 1),
    ],
    ids=[
        "path",
        "itself",
        "JSONPath",
        "half a JSONPath",
        "XPath",
        "open bracket",
        "empty",
        "css",
        "deep",
    ],
)
def test_rules_of_a_json_source_are_queries(
    faults: Spoil, select: str, wrong: int
) -> None:
    text = f'url = "https://example.org/"\nkind = "json"\n[list]\nitem = "{select}"\n'
    told = faults("sources/yangquan.toml", text)
    assert [fault.code for fault in told] == [Code.E_CONFIG_SELECTOR] * wrong


@pytest.mark.parametrize(
    ("select", "wrong"),
    [(".title a", 0), ("xpath://h1", 0), ("data.title[0]", 0), ("..", 1)],
)
def test_pages_that_a_json_list_leads_to_may_be_html(
    faults: Spoil, select: str, wrong: int
) -> None:
    text = f'url = "https://a.example/"\nkind = "json"\narticle.title = "{select}"\n'
    told = faults("sources/yangquan.toml", text)
    assert [fault.code for fault in told] == [Code.E_CONFIG_SELECTOR] * wrong


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        ('title = "names[0].zh"', 0),
        ('date = { select = "at", regex = "(.+)" }', 0),
        ('next = "a.next"', 0),
        ('title = ".title a"', 1),
        ('next = "a["', 1),
    ],
)
def test_rules_of_items_in_a_script_are_queries(
    faults: Spoil, rules: str, wrong: int
) -> None:
    item = '[list]\nitem = { select = "script", json = "rows" }\n'
    text = f'url = "https://a.example/"\n{item}{rules}\n'
    told = faults("sources/yangquan.toml", text)
    assert [fault.code for fault in told] == [Code.E_CONFIG_SELECTOR] * wrong


def test_a_source_has_one_schedule(faults: Spoil) -> None:
    text = 'url = "https://example.org/"\nevery = "15m"\ncron = "0 6 * * *"\n'
    (fault,) = faults("sources/yangquan.toml", text)
    assert (fault.code, fault.place) == (Code.E_CONFIG, "sources/yangquan.toml:3:1")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("site.base_url", '"news.example.org"'),
        ("site.base_url", '"https://news.example.org/?a=b"'),
        ("site.base_url", '"https://me@news.example.org"'),
        ("site.base_url", '"http://[::1"'),
        ("site.authority", '"example.org"'),
        ("site.authority", '"example.org,2026-13"'),
        ("site.authority", '"example org,2026"'),
        ("site.timezone", '"Peking"'),
        ("site.contact", '"editor@example.org"'),
        ("site.languages", '["zh", "de"]'),
        ("site.languages", "[]"),
        ("collect.timeout", '"0s"'),
        ("collect.max_bytes", '"8 MB"'),
        ("collect.allow_networks", '["10.0.0.1/8"]'),
        ("collect.allow_networks", '["localhost"]'),
        ("collect.recheck", '["1h", "soon"]'),
        ("publish.output", '"ftp://example.org"'),
        ("publish.output", '"s3://"'),
        ("publish.output", '"s3://key:secret@bucket/news"'),
        ("publish.output", '"s3://bucket/a//b"'),
        ("publish.output", '"s3://bucket?endpoint=s3.example.org"'),
        ("publish.output", '"s3://bucket?region="'),
        ("publish.output", '"s3://bucket?secret_access_key=x"'),
        ("publish.output", '""'),
        ("publish.formats", '["rss", "rdf"]'),
        ("publish.items", "0"),
        ("websub.hubs", '["hub.example.org"]'),
        ("serve.port", "70000"),
        ("serve.port", '"8000"'),
        ("serve.server", '"gunicorn"'),
        ("serve.requests_per_minute", "0"),
        ("serve.trusted_proxies", '["proxy.example.org"]'),
        ("store.url", '"mysql://host"'),
    ],
    ids=str,
)
def test_a_bad_setting_is_one_fault(faults: Spoil, key: str, value: str) -> None:
    site = {"base_url": '"https://a.example"', "authority": '"a.example,2026"'}
    lines = [f"site.{k} = {v}" for k, v in site.items() if f"site.{k}" != key]
    (fault,) = faults("feedsvc.toml", "\n".join([*lines, f"{key} = {value}", ""]))
    assert fault.code is Code.E_CONFIG_VALUE
    assert fault.place.startswith(f"feedsvc.toml:{len(lines) + 1}:")


def test_a_server_that_is_not_there_is_told_how_to_get(
    faults: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = 'site.base_url = "https://a.example"\nsite.authority = "a.example,2026"'
    text = f'{site}\nserve.server = "granian"\n'
    assert not faults("feedsvc.toml", text)
    monkeypatch.setitem(sys.modules, "granian", None)
    (fault,) = faults("feedsvc.toml", text)
    assert fault.code is Code.E_CONFIG_VALUE
    assert 'pip install "feedsvc[fast]"' in str(fault.args["expected"])


@pytest.mark.parametrize(
    "output",
    [
        "public",
        "/srv/feeds",
        "s3://bucket",
        "s3://bucket/a/b/",
        "s3://b-1.x/p?endpoint=https://s3.example.org:9000&region=cn-north-1",
        "s3://bucket?region=eu-west-1",
    ],
)
def test_an_output_is_a_directory_or_a_bucket(faults: Spoil, output: str) -> None:
    site = 'site.base_url = "https://a.example"\nsite.authority = "a.example,2026"'
    assert not faults("feedsvc.toml", f'{site}\npublish.output = "{output}"\n')


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ('publish.output = "s3://bucket"\nwebsub.hub = true', "feedsvc.toml:4:"),
        ('publish.output = "s3://bucket"', None),
        ('publish.output = "s3://bucket"\nwebsub.hub = false', None),
        ('publish.output = "public"\nwebsub.hub = true', None),
    ],
    ids=["object store", "by default none", "none", "a directory"],
)
def test_a_hub_of_our_own_needs_a_server_of_our_own(
    faults: Spoil, lines: str, place: str | None
) -> None:
    site = 'site.base_url = "https://a.example"\nsite.authority = "a.example,2026"\n'
    found = faults("feedsvc.toml", f"{site}{lines}\n")
    assert [fault.code for fault in found] == [Code.E_CONFIG] * bool(place)
    assert all(fault.place.startswith(str(place)) for fault in found)


@pytest.mark.parametrize(
    "authority", ["a.example,2026", "me@a.example,2026-11", "localhost,2026-11-24"]
)
def test_an_authority_is_a_name_and_a_date(faults: Spoil, authority: str) -> None:
    text = f'site.base_url = "https://a.example"\nsite.authority = "{authority}"\n'
    assert not faults("feedsvc.toml", text)
