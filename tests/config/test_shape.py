"""What may stand where, told in TOML."""

from typing import Any

import pytest

from feedsvc.config.positions import Path
from feedsvc.config.shape import every_key, example, is_secret, step
from feedsvc.model.config import Settings, Source


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        (Source, ("url",), '"…"'),
        (Source, ("enabled",), "true | false"),
        (Source, ("every",), '"90s" | "15m" | "2h" | "1d"'),
        (Source, ("language",), '"zh" | "en" | "zh-Hant"'),
        (Source, ("include",), '["…", …]'),
        (Source, ("include", 3), '"…"'),
        (Source, ("headers",), '{ … = "…" }'),
        (Source, ("headers", "X-Key"), '"…"'),
        (Source, ("list",), "{ … }"),
        (Source, ("list", "pages"), "1 | 2 | 3 …"),
        (Source, ("list", "date_format"), '"…" | ["…", …]'),
        (Settings, ("publish", "formats"), '["rss" | "atom" | "json", …]'),
        (Settings, ("collect", "max_bytes"), '"512KB" | "8MB"'),
    ],
    ids=str,
)
def test_an_example_is_what_the_type_takes(
    kind: Any, path: Path, expected: str
) -> None:
    assert example(step(kind, path)) == expected


@pytest.mark.parametrize("path", [("nonsense",), ("url", "x"), ("include", "x")])
def test_nothing_may_stand_where_no_key_is(path: Path) -> None:
    assert step(Source, path) is None


def test_every_key_of_a_file_has_a_path() -> None:
    paths = set(every_key(Source))
    assert {("url",), ("list",), ("list", "date_format")} <= paths
    assert not [path for path in paths if path[-1] in {"id", "select"}]


def test_values_that_may_hold_a_password_are_secrets() -> None:
    assert is_secret(Source, ("headers", "Authorization"))
    assert is_secret(Settings, ("store", "url"))
    assert not is_secret(Source, ("list", "item"))
