"""What is asked of every page that a browser shows."""

import os
from pathlib import Path

from tests.readers import npm

WIDEST = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
"""The width of what is shown, in pixels; more than the window's scrolls sideways."""

VIOLATIONS = """axe.run(document, {resultTypes: ['violations']}).then(
    found => found.violations.map(v => [v.id, v.nodes.map(node => node.html)])
)"""
"""Rule and places of each violation that axe finds, once :func:`axe` is on the page."""


def axe() -> str:
    """The script of axe-core; skips the test where npm cannot provide it."""
    return (npm.installed("axe-core") / "axe.min.js").read_text(encoding="utf-8")


def keep(name: str, picture: bytes) -> None:
    """Keep a screenshot in ``$SCREENSHOTS``, if anybody wants it."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / name).write_bytes(picture)
