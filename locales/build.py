"""The build hook: compiles the catalogs and ships ``locales/`` and ``config/``.

In a wheel both stand under ``feedsvc/bundled/``; an editable install reads them where
they are (:mod:`feedsvc.bundled`).
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogs(locales: Path) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` under ``locales``; returns the ``.mo``."""
    written = []
    for po in sorted(locales.rglob("*.po")):
        out = BytesIO()
        with po.open("rb") as source:
            write_mo(out, read_po(source))
        mo = po.with_suffix(".mo")
        mo.write_bytes(out.getvalue())
        written.append(mo)
    return written


class CatalogHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only for the checker
    """hatchling calls this before it packs a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, then say what goes into the wheel besides the package."""
        root = Path(self.root)
        if self.target_name != "wheel":
            return
        compiled = compile_catalogs(root / "locales")
        if version == "editable":
            return
        for mo in compiled:
            where = mo.relative_to(root).as_posix()
            build_data["force_include"][str(mo)] = f"feedsvc/bundled/{where}"
        build_data["force_include"][str(root / "config")] = "feedsvc/bundled/config"
