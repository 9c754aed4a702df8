"""What only several files together can get wrong: doubles, labels, lost categories."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedsvc.config.findings import Finding, nearest, written
from feedsvc.config.positions import Path
from feedsvc.errors import Code
from feedsvc.model.config import (
    RESERVED_CATEGORIES,
    VOCABULARY,
    Category,
    Outlet,
    Source,
)

__all__ = ["KEY", "check_categories", "check_category_of", "check_ids", "check_outlets"]

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What needs no escape in a URL and no dot, so that no key looks like a file."""

_ID = re.compile(r"\w[\w.-]*")


def check_categories(
    categories: Mapping[str, Category], languages: Sequence[str]
) -> Iterator[Finding]:
    """Keys, doubles and labels; ``languages`` are those that need a label."""
    for key, category in categories.items():
        if key in RESERVED_CATEGORIES:
            yield Finding(Code.E_CONFIG_RESERVED, (key,), key, f"[{key}-news]")
        elif not KEY.fullmatch(key):
            yield Finding(Code.E_CONFIG_VALUE, (key,), f"[{key}]", "[a-z0-9-]")
        yield from _label(category, languages)
    yield from _doubles(((key,), key) for key in categories)
    yield from _former(categories)
    yield from _doubles(
        ((key, "sections", n), name)
        for key, category in categories.items()
        for n, name in enumerate(category.sections)
    )


def _former(categories: Mapping[str, Category]) -> Iterator[Finding]:
    """Former keys are keys too, lead to one category each, and to none that is there."""
    former = [
        ((key, "formerly", n), name)
        for key, category in categories.items()
        for n, name in enumerate(category.formerly)
    ]
    for path, name in former:
        if name in categories:
            yield Finding(Code.E_CONFIG_DUPLICATE, path, written(name), f"[{name}]")
        elif name in RESERVED_CATEGORIES or not KEY.fullmatch(name):
            yield Finding(Code.E_CONFIG_VALUE, path, written(name), '"old-key"')
    yield from _doubles(former)


def check_outlets(outlets: Mapping[str, Outlet]) -> Iterator[Finding]:
    """No two outlets may be printed alike."""
    yield from _doubles(
        ((key, "printed", n), name)
        for key, outlet in outlets.items()
        for n, name in enumerate(outlet.printed)
    )


def check_ids(names: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """File names of sources that cannot be ids, or that some disks hold for one."""
    seen: dict[str, str] = {}
    for name in names:
        source = name.removeprefix("sources/").removesuffix(".toml")
        first = seen.setdefault(source.casefold(), name)
        if first != name:
            yield name, Finding(Code.E_CONFIG_DUPLICATE, (name,), source, first)
        elif not _ID.fullmatch(source):
            right = re.sub(r"[^\w.]+", "-", source).strip("-.") or "source"
            yield (
                name,
                Finding(Code.E_CONFIG_VALUE, (name,), source, f"sources/{right}.toml"),
            )


def check_category_of(source: Source, categories: Iterable[str]) -> Iterator[Finding]:
    """A source's category must be one that is configured."""
    known = tuple(categories)
    if source.category is not None and source.category not in known:
        right = nearest(source.category, known)
        expected = written(right) if right else " | ".join(map(written, known))
        given = written(source.category)
        yield Finding(Code.E_CONFIG_VALUE, ("category",), given, expected)


def _label(category: Category, languages: Sequence[str]) -> Iterator[Finding]:
    """Readers need a name for it; zh-Hant is derived from zh when it has none."""
    if category.key in VOCABULARY:
        return
    given = {language for language, title in category.title.items() if title.strip()}
    given |= {"zh-Hant"} if "zh" in given else set()
    missing = [language for language in languages if language not in given]
    if missing:
        words = ", ".join(f'{language} = "…"' for language in missing)
        yield Finding(
            Code.E_CONFIG_LABEL,
            (category.key, "title"),
            ", ".join(missing),
            f"title = {{ {words} }}",
        )


def _doubles(names: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """Names that stand under a second key, case aside; ``expected`` says where first."""
    seen: dict[str, str] = {}
    for path, name in names:
        first = seen.setdefault(name.strip().casefold(), str(path[0]))
        if first != path[0]:
            yield Finding(Code.E_CONFIG_DUPLICATE, path, written(name), f"[{first}]")
