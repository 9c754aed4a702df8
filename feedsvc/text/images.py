"""Images as a reader would see them: lazy ones resolved, trackers gone.

Works on the text of ``<img>`` tags, before the sanitizer parses: what it gets wrong
in odd markup is at worst an image less, never markup that nobody cleaned.
"""

import html
import re
from collections.abc import Callable
from typing import Final

__all__ = ["largest", "resolve_images"]

_IMG: Final = re.compile(
    r"""<img\b((?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}')*+)>""", re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(
    r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
_WRAPPERS: Final = re.compile(
    r"</?(?:noscript|picture)\b[^<>]*>|(?<=[>\s])<source\b[^<>]*\bsrcset\b[^<>]*>",
    re.IGNORECASE,
)
_LAZY: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-original-src",
    "data-actualsrc",
    "data-orig-file",
    "data-echo",
    "data-url",
    "data-lazy",
    "data-img",
    "original",
    "file",
)
"""Where scripts look for the address of a picture that is to be loaded late."""

_SRCSETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_KEPT: Final = ("alt", "title", "width", "height")
_NO_PICTURE: Final = re.compile(
    r"^data:|^about:|(?:^|[/_.-])(?:blank|spacer|placeholder|grey|transparent|loading|lazyload)[\w-]*\.(?:gif|png|svg|jpg)",
    re.IGNORECASE,
)
"""What stands in ``src`` until the picture is loaded."""

_TRACKER: Final = re.compile(
    r"//(?:feeds\.feedburner\.com/~|[\w.-]*\.doubleclick\.net/|pixel\.|www\.google-analytics\.com/|b\.scorecardresearch\.com/|stats\.wordpress\.com/b\.gif|pixel\.wp\.com/b\.gif|hm\.baidu\.com/hm\.gif)",
    re.IGNORECASE,
)
_CANDIDATE: Final = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)")


def resolve_images(markup: str, absolute: Callable[[str], str | None]) -> str:
    """Give every ``<img>`` the address of its picture; drop those that have none.

    ``absolute`` resolves an address. The copy of a lazy image in ``<noscript>`` takes
    its place, once.
    """
    if "<img" not in markup and "<IMG" not in markup:
        return markup
    seen: set[str] | None = None
    if re.search("<noscript|<picture", markup, re.IGNORECASE):
        markup = _WRAPPERS.sub("", markup)
        seen = set()
    return _IMG.sub(lambda tag: _image(tag[1], absolute, seen), markup)


def _image(
    written: str, absolute: Callable[[str], str | None], seen: set[str] | None
) -> str:
    attributes = {
        name.lower(): html.unescape(double or single or bare).strip()
        for name, double, single, bare in reversed(_ATTRIBUTE.findall(written))
    }
    url = _address(attributes, absolute)
    if not url or _is_tracker(attributes, url) or (seen is not None and url in seen):
        return ""
    if seen is not None:
        seen.add(url)
    kept = {"src": url} | {k: attributes[k] for k in _KEPT if k in attributes}
    inside = "".join(f' {k}="{html.escape(v)}"' for k, v in kept.items())
    return f"<img{inside}>"


def _address(
    attributes: dict[str, str], absolute: Callable[[str], str | None]
) -> str | None:
    candidates = [
        *(attributes[name] for name in _LAZY if name in attributes),
        attributes.get("src", ""),
        *(largest(attributes[name]) for name in _SRCSETS if name in attributes),
    ]
    real = (c for c in candidates if c and not _NO_PICTURE.search(c))
    return next(filter(None, map(absolute, real)), None)


def largest(srcset: str) -> str:
    """Say the address of the largest picture of a ``srcset``; "" when there is none."""
    found = [(float(size or 0), url) for url, size in _sized(srcset)]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def _sized(srcset: str) -> list[tuple[str, str]]:
    pairs = _CANDIDATE.findall(srcset[:8_000])
    return [
        (url, size if re.fullmatch(r"\d+(?:\.\d+)?", size) else "")
        for url, size in pairs
    ]


def _is_tracker(attributes: dict[str, str], url: str) -> bool:
    """Tell an image that is there to be fetched, not to be seen."""
    sizes = [
        attributes.get(name, "").removesuffix("px") for name in ("width", "height")
    ]
    tiny = all(size in {"0", "1"} for size in sizes)
    style = re.sub(r"\s", "", attributes.get("style", "").lower())
    hidden = "display:none" in style or re.search(r"(?:^|;)width:[01]px", style)
    return tiny or bool(hidden) or bool(_TRACKER.search(url))
