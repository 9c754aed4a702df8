"""The demonstration's configuration: bundled, with the newsroom's addresses put in."""

from collections.abc import Mapping
from pathlib import Path

__all__ = ["write"]

_BUNDLED = Path(__file__).resolve().parent / "config"


def write(directory: Path, values: Mapping[str, str]) -> None:
    """Write the configuration to ``directory``; ``{name}`` becomes ``values[name]``."""
    for source in sorted(_BUNDLED.rglob("*.toml")):
        text = source.read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        target = directory / source.relative_to(_BUNDLED)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
