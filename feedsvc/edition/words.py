"""Everything a person reads, from the catalogs in ``locales/`` (gettext).

A message id is a key such as ``byline.source``; both zh and en are translations of it.
Placeholders are ``{name}``; what fills them is never interpreted.
"""

import re
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
        return self.text("faults", fault.code, **fault.args)


def _fill(text: str, args: dict[str, object]) -> str:
    """Put ``args`` in; a placeholder that nothing fills stays as it is."""
    return _PLACEHOLDER.sub(lambda m: str(args.get(m[1], m[0])), text)


@cache
def _catalog(folder: Path, domain: str) -> GNUTranslations:
    """A compiled catalog, or in a source tree the ``.po`` compiled in memory."""
    compiled = folder / f"{domain}.mo"
    source = folder / f"{domain}.po"
    if source.exists():
        return GNUTranslations(BytesIO(_compile(source)))
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def _compile(source: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = BytesIO()
    with source.open("rb") as file:
        write_mo(out, read_po(file))
    return out.getvalue()
