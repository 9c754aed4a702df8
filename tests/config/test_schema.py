"""The schemas that editors use say what the models say."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from feedsvc import bundled
from feedsvc.config.schema import main, schemas
from feedsvc.config.shape import IMPLIED
from feedsvc.model import config as model

CONFIG = bundled.directory("config")
SHIPPED = sorted(path.name for path in (CONFIG / "schema").glob("*.json"))
TABLES = [
    getattr(model, name) for name in model.__all__ if is_dataclass(getattr(model, name))
]


def described() -> dict[str, set[str]]:
    return {
        table.__name__: {f.name for f in fields(table) if f.name not in IMPLIED}
        for table in TABLES
        if table is not model.Config
    }


def test_the_schemas_that_ship_are_made_from_the_models(tmp_path: Path) -> None:
    main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == SHIPPED
    for name in SHIPPED:
        made = (tmp_path / name).read_text(encoding="utf-8")
        assert made == (CONFIG / "schema" / name).read_text(encoding="utf-8"), (
            "python -m feedsvc.config.schema config/schema"
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_is_described_in_every_language(language: str) -> None:
    path = bundled.directory("locales") / language / "keys.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {table: set(keys) for table, keys in words.items()} == described()
    assert all(text.strip() for keys in words.values() for text in keys.values())


def test_every_file_that_ships_names_its_schema() -> None:
    for path in CONFIG.rglob("*.toml"):
        found = re.match(r"#:schema (\S+)\n", path.read_text(encoding="utf-8"))
        assert found, path
        name = "source" if path.parent.name == "sources" else path.stem
        assert (path.parent / found[1]).resolve() == CONFIG / "schema" / f"{name}.json"


def leaves(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for part in inner:
            yield from leaves(part)


def test_schemas_ask_for_nothing_that_a_name_gives_and_know_no_null() -> None:
    made = schemas(bundled.directory("locales"))
    for part in leaves(made):
        if isinstance(part, dict) and "properties" in part:
            assert not IMPLIED & {*part["properties"], *part.get("required", ())}
        assert part not in ("null", None)
    assert made["source"]["required"] == ["url"]
    assert json.dumps(made, sort_keys=False)
