"""Which language a text is in, and which one a reader would like."""

import re
from collections.abc import Sequence

__all__ = ["detect", "negotiate", "tag"]


def detect(text: str) -> str | None:
    """Skeleton: Chinese by its characters, else English."""
    if re.search(r"[一-鿿]", text):
        return "zh"
    return "en" if re.search(r"[a-z]", text) else None


def tag(raw: str | None) -> str | None:
    """Skeleton: the bare language, Traditional Chinese kept apart."""
    low = (raw or "").lower().replace("_", "-")
    if not re.match(r"[a-z]{2,3}(-|$)", low):
        return None
    if low.startswith("zh"):
        return "zh-Hant" if re.search(r"hant|tw|hk|mo", low) else "zh"
    return low.split("-")[0]


def negotiate(accept_language: str, available: Sequence[str]) -> str:
    """Skeleton: the first wanted one that is there."""
    for part in accept_language.split(","):
        wanted = tag(part.split(";")[0].strip())
        if wanted in available:
            return str(wanted)
    return available[0]
