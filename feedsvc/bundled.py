"""Where the files that ship with feedsvc stand: catalogs and the default configuration.

A wheel holds them under ``feedsvc/bundled/`` (``locales/build.py``); a source tree has
them at its top.
"""

from pathlib import Path

__all__ = ["directory"]


def directory(name: str) -> Path:
    """The folder ``name`` (``locales`` or ``config``) that ships with this feedsvc."""
    here = Path(__file__).resolve().parent
    packed = here / "bundled" / name
    return packed if packed.is_dir() else here.parent / name
