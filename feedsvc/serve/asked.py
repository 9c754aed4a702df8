"""What the address of a feed asks for that is made on demand; nothing of it is believed."""

from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import parse_qsl

from feedsvc.text.terms import canonical

__all__ = ["INDEX", "Asked", "read"]

INDEX = "index.html"
"""The page of a feed, which an address that ends in a slash means."""

_MOST_PARAMETERS = 20


class Asked(NamedTuple):
    """A file of a source's or a search's feed; no ``name``: the slash is missing.

    ``query`` is canonical; ids, keys and names may be of nothing that there is.
    """

    language: str
    source: str | None
    query: str | None
    category: str | None
    name: str | None


def read(path: str, parameters: bytes) -> Asked | HTTPStatus:
    """What is asked for under a path, or how to refuse it."""
    match path.removeprefix("/").split("/"):
        case [language, "sources", source, *file] if source:
            return _named(Asked(language, source, None, None, None), file)
        case [language, "search", *file]:
            found = _search(parameters)
            if found is None:
                return HTTPStatus.BAD_REQUEST
            return _named(Asked(language, None, *found, None), file)
    return HTTPStatus.NOT_FOUND


def _named(asked: Asked, file: list[str]) -> Asked | HTTPStatus:
    match file:
        case []:
            return asked
        case [name] if name != INDEX:
            return asked._replace(name=name or INDEX)
    return HTTPStatus.NOT_FOUND


def _search(parameters: bytes) -> tuple[str, str | None] | None:
    """The query and the category; the first of each counts, others are ignored."""
    try:
        pairs = parse_qsl(
            parameters.decode(), errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        return None
    told = dict(reversed(pairs))
    query = canonical(told.get("q", ""))
    return (query, told.get("category")) if query else None
