"""Keys and values that the model has no room for, and secrets."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedsvc.config import check, load
from feedsvc.errors import Code, Fault

Spoil = Callable[..., list[Fault]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SETTINGS = """\
[site]
base_url = "https://news.example.org"
authority = "example.org,2026"
"""
SOURCE = """\
url = "https://example.org/news/"
[list]
item = ".list li"
link = "a"
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param(
            "feedsvc.toml",
            SETTINGS + 'contct = "mailto:a@b.example"\n',
            ("UNKNOWN_KEY", "4:1", "site.contct", "site.contact"),
            id="misspelt key",
        ),
        pytest.param(
            "feedsvc.toml",
            "items = 3\n" + SETTINGS,
            ("UNKNOWN_KEY", "1:1", "items", "publish.items"),
            id="key outside of its table",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'language = "en"\n',
            ("UNKNOWN_KEY", "5:1", "list.language", "language"),
            id="key that slipped into a table",
        ),
        pytest.param(
            "categories.toml",
            "[economy]\nxyzzy = 1\n",
            (
                "UNKNOWN_KEY",
                "2:1",
                "economy.xyzzy",
                "title | sections | keywords | include | dedupe | formerly",
            ),
            id="key like no other",
        ),
        pytest.param(
            "outlets.toml",
            '[a]\nkey = "b"\nname = {}\n',
            ("UNKNOWN_KEY", "2:1", "a.key", "printed | name"),
            id="key that only the table's name may give",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'date = { select = "a", regexp = "x" }\n',
            ("UNKNOWN_KEY", "5:24", "list.date.regexp", "list.date.regex"),
            id="misspelt key of a rule",
        ),
        pytest.param(
            "feedsvc.toml",
            "# nothing yet\n",
            ("MISSING", "1:1", "site.authority", 'authority = "example.org,2026"'),
            id="no site at all",
        ),
        pytest.param(
            "sources/yangquan.toml",
            'category = "local"\n',
            ("MISSING", "1:1", "url", 'url = "https://example.org/news/"'),
            id="no url",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'date = { regex = "x" }\n',
            ("MISSING", "5:1", "list.date.select", 'select = "*"'),
            id="rule without a selector",
        ),
        pytest.param(
            "categories.toml",
            'economy = "Business"\n',
            ("VALUE", "1:1", "economy", "[economy]"),
            id="category that is no table",
        ),
        pytest.param(
            "feedsvc.toml",
            'site = "Shanxi News"\n',
            ("VALUE", "1:1", "site", "{ … }"),
            id="text where a table belongs",
        ),
        pytest.param(
            "sources/yangquan.toml",
            SOURCE + 'date_format = ["yyyy", 3]\n',
            ("VALUE", "5:24", "list.date_format[1]", '"…"'),
            id="element of the wrong type",
        ),
        pytest.param(
            "sources/yangquan.toml",
            'url = "https://example.org/"\nlanguage = "fr"\n',
            ("VALUE", "2:1", "language", '"zh" | "en" | "zh-Hant"'),
            id="one of a few words",
        ),
        pytest.param(
            "sources/yangquan.toml",
            'url = "https://example.org/"\ninclude = "news"\n',
            ("VALUE", "2:1", "include", '["…", …]'),
            id="text where an array belongs",
        ),
        pytest.param(
            "sources/yangquan.toml",
            'url = "https://example.org/"\nname = "Yangquan"\n',
            ("VALUE", "2:1", "name", '{ … = "…" }'),
            id="text where labels belong",
        ),
        pytest.param(
            "sources/yangquan.toml",
            f'url = "https://example.org/"\nrights = {"[" * 300}{"]" * 300}\n',
            ("VALUE", "1:1", "", "{ … }"),
            id="deeper than anyone reads",
        ),
        pytest.param(
            "sources/yangquan.toml",
            "headers = 2026-11-24\n" + SOURCE,
            ("VALUE", "1:1", "headers", '{ … = "…" }'),
            id="date where a table belongs",
        ),
        pytest.param(
            "feedsvc.toml",
            SETTINGS + '[store]\nurl = { env = "DATABASE" }\n',
            ("SECRET", "5:1", "store.url", "DATABASE=…"),
            id="secret that is not set",
        ),
    ],
)
def test_one_fault_is_told_with_its_place_and_cure(
    faults: Spoil, name: str, text: str, expected: tuple[str, str, str, str]
) -> None:
    code, place, path, cure = expected
    told = [
        (f.code, f.place, f.args["path"], f.args["expected"])
        for f in faults(name, text)
    ]
    assert (f"E_CONFIG_{code}", f"{name}:{place}", path, cure) in told


SECRETS = """\
[ops]
token = { env = "TOKEN" }
[store]
url = { env = "DATABASE" }
"""


def test_secrets_come_from_the_environment(write: Write) -> None:
    headers = 'headers = { X-Key = { env = "KEY" }, env = "as it is" }\n'
    files = {
        "feedsvc.toml": SETTINGS + SECRETS,
        "sources/yangquan.toml": headers + SOURCE,
    }
    environ = {"TOKEN": "t0k3n", "DATABASE": "postgresql://u:p@h/n", "KEY": "k3y"}
    config = load(write(files), environ)
    assert config.settings.ops.token == "t0k3n"
    assert config.settings.store.url == "postgresql://u:p@h/n"
    assert config.sources["yangquan"].headers == {"X-Key": "k3y", "env": "as it is"}


@pytest.mark.parametrize("environ", [{}, {"TOKEN": "", "DATABASE": ""}], ids=str)
def test_secrets_that_are_not_set_are_each_a_fault(
    write: Write, environ: Mapping[str, str]
) -> None:
    key = 'headers = { X-Key = { env = "KEY" } }\n'
    files = {"feedsvc.toml": SETTINGS + SECRETS, "sources/yangquan.toml": key + SOURCE}
    told = check(write(files), environ)
    # The token may be absent: then the operators' pages answer on loopback only.
    assert [(fault.code, fault.args["path"]) for fault in told] == [
        (Code.E_CONFIG_SECRET, "store.url"),
        (Code.E_CONFIG_SECRET, "headers.X-Key"),
    ]
    alone = write({"feedsvc.toml": SETTINGS + SECRETS.partition("[store]")[0]})
    assert load(alone, environ).settings.ops.token is None


def test_secrets_are_never_shown(write: Write) -> None:
    secret = "s3cr3t"
    files = {
        "feedsvc.toml": SETTINGS + f'[store]\nurl = "mysql://u:{secret}@h/"\n',
        "sources/yangquan.toml": f'url = "https://a.example/"\nproxy = "x://{secret}"\n'
        f'headers = {{ A = "{secret}\\u0000" }}\ncookies = {{ b = ["{secret}"] }}\n',
    }
    told = check(write(files), {})
    assert len(told) == 4
    assert secret not in repr(told)


@pytest.mark.parametrize("wrong", ["3", "{ a = 1 }"])
def test_a_secret_beside_a_fault_in_an_array_does_no_harm(
    faults: Spoil, wrong: str
) -> None:
    text = f'{SETTINGS}[collect]\nallow_networks = [{wrong}, {{ env = "NET" }}]\n'
    (fault,) = faults("feedsvc.toml", text, NET="10.0.0.0/8")
    assert fault.args["path"] == "collect.allow_networks[0]"


scalars: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(-5, 10**6),
    st.text(alphabet="a1/.[](){}:*$#'中 ", max_size=12),
    st.sampled_from(["15m", "https://a.example/", "html", "* * * * *", "xpath://a"]),
)
inner_keys = st.sampled_from(["select", "regex", "env", "item", "date_format", "zh"])
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(inner_keys, inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    "url", "name", "language", "kind", "category", "every", "cron", "encoding",
    "timezone", "include", "headers", "cookies", "proxy", "list", "article", "list.item",
    "list.date_format", "article.remove", "article.source", "nonsense", "id",
]  # fmt: skip


def toml(value: Any) -> str:
    """A tree as an inline TOML value."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}={toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), trees, max_size=6))
def test_no_source_file_makes_the_check_fail(
    write: Write, keys: dict[str, Any]
) -> None:
    text = "#\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())
    for fault in check(write({"sources/yangquan.toml": text}), {"a": "b"}):
        name, line, column = fault.place.rsplit(":", 2)
        assert name == "sources/yangquan.toml"
        assert 1 <= int(line) <= text.count("\n") + 1
        assert int(column) >= 1
