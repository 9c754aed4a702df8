"""The rules by which an operator says where things stand on a page."""

from dataclasses import dataclass, fields
from typing import Any, Final

__all__ = ["STRICT", "ArticleRules", "ListRules", "Pair", "Patterns", "Rule"]

STRICT: Final = {"extra": "forbid"}
"""What pydantic reads from ``__pydantic_config__``: unknown keys are faults."""


class _OrString:
    """A table for which a bare string may stand: its first field alone."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let a bare string stand for the first field alone."""
        name = fields(source)[0].name
        table = dict(handler(source))
        return {
            "type": "function-before",
            "function": {
                "type": "no-info",
                "function": lambda v: {name: v} if isinstance(v, str) else v,
            },
            # pydantic builds a class once and refers to it by this; were it left on
            # the table, only the first field of the type would take strings
            "ref": table.pop("ref"),
            "schema": table,
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Show both forms in the JSON Schema."""
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_OrString):
    """Where to find one thing on a page.

    Written as a string it is the selector alone: CSS, or XPath after ``xpath:``
    (JMESPath in ``kind = "json"`` sources). ``json`` is a JMESPath into the JSON that
    stands in what was selected, a script or an ``attribute``. ``regex`` takes its first
    group, or all of its match; ``all`` takes every match instead of the first.
    """

    __pydantic_config__ = STRICT

    select: str
    attribute: str | None = None
    json: str | None = None
    regex: str | None = None
    all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(_OrString):
    """Where the same stories stand in another language.

    Written as a string it is the id of the source that lists them, at addresses that
    differ from this one's as those of the two sources do. Otherwise ``match`` is sought
    in an article's address, and ``other`` put in its place.
    """

    __pydantic_config__ = STRICT

    source: str | None = None
    match: str | None = None
    other: str | None = None


Patterns = str | tuple[str, ...]
"""A CLDR date pattern, or several tried in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRules:
    """``[list]`` of a source: how a list page is read."""

    __pydantic_config__ = STRICT

    item: Rule | None = None
    link: Rule | None = None
    title: Rule | None = None
    date: Rule | None = None
    date_format: Patterns = ()
    summary: Rule | None = None
    image: Rule | None = None
    next: Rule | None = None
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """``[article]`` of a source: how an article page is read."""

    __pydantic_config__ = STRICT

    title: Rule | None = None
    date: Rule | None = None
    date_format: Patterns = ()
    source: Rule | None = None
    author: Rule | None = None
    contributor: Rule | None = None
    section: Rule | None = None
    breadcrumb: Rule | None = None
    image: Rule | None = None
    summary: Rule | None = None
    keywords: Rule | None = None
    content: Rule | None = None
    remove: tuple[str, ...] = ()
    next: Rule | None = None
