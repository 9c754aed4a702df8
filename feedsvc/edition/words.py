"""Everything a person reads, from the catalogs in ``locales/`` (gettext).

A message id is a key such as ``byline.source``; both zh and en are translations of it.
Placeholders are ``{name}``; what fills them is never interpreted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from feedsvc import bundled
from feedsvc.errors import Fault

__all__ = ["Words"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogs of one language, read domain by domain when they are needed."""

    language: str
    _folder: Path = field(repr=False)

    @classmethod
    def load(cls, language: str) -> "Words":
        """The words of a language tag (``zh``, ``en``, ``zh-Hant``)."""
        folder = bundled.directory("locales") / language.replace("-", "_")
        return cls(language, folder / "LC_MESSAGES")

    def text(self, domain: str, key: str, **args: object) -> str:
        """The words for ``key``; the key itself when the catalog lacks it."""
        return _fill(_catalog(self._folder, domain).gettext(key), args)

    def has(self, domain: str, key: str) -> bool:
        """Whether the catalog knows ``key``."""
        return _catalog(self._folder, domain).gettext(key) != key

    def count(self, domain: str, key: str, number: int) -> str:
        """The words for a number of things, in the right plural; fills ``{count}``."""
        found = _catalog(self._folder, domain).ngettext(key, key, number)
        return _fill(found, {"count": number})

    def fault(self, fault: Fault) -> str:
        """What a fault says, its arguments put in."""
        return _fill(_catalog(self._folder, "faults").gettext(fault.code), fault.args)


def _fill(text: str, args: Mapping[str, object]) -> str:
    """Put ``args`` in; a placeholder that nothing fills stays as it is."""
    return _PLACEHOLDER.sub(lambda m: str(args.get(m[1], m[0])), text)


@cache
def _catalog(folder: Path, domain: str) -> GNUTranslations:
    """A compiled catalog; one older than its source is compiled anew, in memory."""
    source, compiled = folder / f"{domain}.po", folder / f"{domain}.mo"
    if _is_fresh(compiled, source):
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    return GNUTranslations(BytesIO(_compile(source)))


def _is_fresh(compiled: Path, source: Path) -> bool:
    """Whether a ``.mo`` tells what its ``.po`` does; a wheel holds no ``.po``."""
    if not compiled.exists():
        return False
    return not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path) -> bytes:
    # Babel costs 30 ms to import; only an edited source tree pays that
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = BytesIO()
    with source.open("rb") as file:
        write_mo(out, read_po(file))
    return out.getvalue()
