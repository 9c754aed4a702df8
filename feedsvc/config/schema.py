"""JSON Schemas of the configuration files, for editors, made from the models.

``python -m feedsvc.config.schema config/schema`` writes them; a test keeps them true.
What a key does is said in every language of ``locales/*/keys.toml``.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from feedsvc import bundled
from feedsvc.config.shape import IMPLIED, is_secret
from feedsvc.config.whole import KEY
from feedsvc.model import config as model
from feedsvc.model.config import (
    Category,
    Duration,
    Language,
    Outlet,
    Settings,
    Size,
    Source,
)

__all__ = ["main", "schemas"]

Json = dict[str, Any]

_LABELS = ("en", "zh")
_LOCALIZED = frozenset({"name", "title"})
_REFERENCE: Json = {
    "type": "object",
    "properties": {"env": {"type": "string"}},
    "required": ["env"],
    "additionalProperties": False,
}
"""``{ env = "NAME" }`` in place of a secret."""


def schemas(locales: Path) -> dict[str, Json]:
    """The schema of each kind of file, by the schema's name."""
    words = [
        tomllib.loads((locales / label / "keys.toml").read_text(encoding="utf-8"))
        for label in _LABELS
    ]
    return {
        "feedsvc": _file("feedsvc.toml", _tables(Settings, words)),
        "categories": _keyed("categories.toml", Category, words),
        "outlets": _keyed("outlets.toml", Outlet, words),
        "source": _file("sources/*.toml", _tables(Source, words)),
    }


def written(schema: Json) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main(directory: Path) -> None:
    """Write every schema into ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas(bundled.directory("locales")).items():
        (directory / f"{name}.json").write_text(written(schema), encoding="utf-8")


def _file(title: str, tables: Json) -> Json:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **tables, "title": title}


def _keyed(title: str, kind: Any, words: list[Json]) -> Json:
    """A file of tables that are called as their operator likes."""
    table = _tables(kind, words)
    definitions = table.pop("$defs", {})
    reserved = sorted(model.RESERVED_CATEGORIES) if kind is Category else []
    names: Json = {"pattern": f"^{KEY.pattern}$", "not": {"enum": reserved}}
    return _file(
        title,
        {
            "type": "object",
            "propertyNames": names if kind is Category else {},
            "additionalProperties": {"$ref": f"#/$defs/{kind.__name__}"},
            "$defs": {**definitions, kind.__name__: table},
        },
    )


def _tables(kind: Any, words: list[Json]) -> Json:
    """The schema of a class, its keys described, without what its name gives."""
    schema = TypeAdapter(kind).json_schema()
    for name, table in _classes(schema):
        _describe(name, table, words)
    return schema


def _classes(schema: Json) -> Iterator[tuple[str, Json]]:
    """Each class's table in a schema, under the class's name."""
    yield schema["title"], schema
    for name, table in schema.get("$defs", {}).items():
        options = table.get("anyOf", [table])
        yield name, next(o for o in options if "properties" in o)


def _describe(name: str, table: Json, words: list[Json]) -> None:
    kind = getattr(model, name)
    keys = {k: v for k, v in table["properties"].items() if k not in IMPLIED}
    for key, value in keys.items():
        _plain(kind, key, value)
        value["description"] = "\n".join(word[name][key] for word in words)
        _narrow(kind, key, value)
    table["properties"] = keys
    table["required"] = [k for k in table.get("required", ()) if k not in IMPLIED]
    table.pop("description", None)
    table.pop("title", None)


def _plain(kind: Any, key: str, value: Json) -> None:
    """Take out what TOML has not (null) and what editors show twice; tell the default."""
    value.pop("title", None)
    value.pop("default", None)
    options = [o for o in value.pop("anyOf", ()) if o != {"type": "null"}]
    value.update(
        options[0] if len(options) == 1 else {"anyOf": options} if options else {}
    )
    default = next(f.default for f in fields(kind) if f.name == key)
    if isinstance(default, tuple) and default:
        value["default"] = [_said(part) for part in default]
    elif isinstance(default, str | int | Duration):
        value["default"] = _said(default)


def _said(value: Any) -> Any:
    """A default as it is written in TOML."""
    return str(value) if isinstance(value, Duration | Size) else value


def _narrow(kind: Any, key: str, value: Json) -> None:
    """What the types do not say: languages, ranges, secrets."""
    if value.get("type") == "object" and key in _LOCALIZED:
        value["propertyNames"] = {"enum": list(get_args(Language))}
    if value.get("type") == "integer":
        value["minimum"] = 0 if key == "port" else 1
    if is_secret(kind, (key,)):
        text = value.get("additionalProperties", value)
        text["anyOf"] = [{"type": text.pop("type")}, _REFERENCE]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
