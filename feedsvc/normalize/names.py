"""Names of people and outlets, freed of what is printed around them."""

import re
from collections.abc import Iterable, Iterator

from feedsvc.normalize import bylines
from feedsvc.normalize.bylines import Role
from feedsvc.text.prose import one_line

__all__ = ["editors", "outlet", "people"]

_OUTLET = re.compile(
    r"^(?:(?:信息|新闻|新聞|文章|稿件)?(?:来源|來源|出处|出處)|Sources?|From)\s*[:：]\s*",
    re.IGNORECASE,
)
_LONGEST = 300
"""Characters of a byline; what follows is a biography."""


def outlet(printed: str | None) -> str | None:
    """A printed outlet without its label; None when nothing is left."""
    if printed is None:
        return None
    return _OUTLET.sub("", one_line(printed)).strip(" :：|") or None


def people(printed: Iterable[str], not_these: Iterable[str | None]) -> tuple[str, ...]:
    """The writers named, one by one, each once; ``not_these`` are outlets and sites.

    Who is named as editor, photographer or translator is no writer: see ``editors``.
    """
    return _named(printed, not_these, Role.WRITER)


def editors(printed: Iterable[str], not_these: Iterable[str | None]) -> tuple[str, ...]:
    """Those who are named as having helped: editors, photographers, translators."""
    return _named(printed, not_these, Role.HELPER)


def _named(
    printed: Iterable[str], not_these: Iterable[str | None], role: Role
) -> tuple[str, ...]:
    outlets = {_key(name) for name in not_these if name}
    names = (name for text in printed for name in _names(text, role))
    found: dict[str, str] = {}
    for name in names:
        if _key(name) not in outlets:
            found.setdefault(_key(name), name)
    return tuple(found.values())


def _names(text: str, role: Role) -> Iterator[str]:
    for played, chunk in bylines.parts(one_line(text)[:_LONGEST]):
        if played is role:
            yield from bylines.names(chunk)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
