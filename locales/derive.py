"""The Traditional Chinese catalogs, derived from the Simplified ones by OpenCC.

Nobody edits ``locales/zh_Hant``: ``make catalogs`` runs this file, and a test compares.
"""

from pathlib import Path

from opencc import OpenCC

__all__ = ["derived", "main"]

LOCALES = Path(__file__).resolve().parent
_HEAD = "# Derived from zh by locales/derive.py; edit zh, then run `make catalogs`.\n"

_CORRECTIONS = {
    r'"Language: zh\n"': r'"Language: zh_Hant\n"',
    "釋出": "發布",  # OpenCC takes 发布 (publish) for 释放 (release)
    "併發布": "並發布",  # and 并发布 (and publish) for 并发 (concurrent)
    "來原始檔": "來源檔案",  # 来源|文件, not 来|源文件
    "聲明瞭": "聲明了",  # a past tense, not 明瞭
    "國際線上": "國際在線",  # a name, not the word 在线 (online)
    "埠": "連接埠",
    "“": "「",
    "”": "」",
}
"""What OpenCC leaves, or does not get right, in these texts."""


def derived(source: str) -> str:
    """The text of a ``.po`` in Taiwan's characters and words (OpenCC ``s2twp``).

    Keys and placeholders are ASCII, which OpenCC leaves alone.
    """
    lines = (line for line in source.split("\n") if not line.startswith("#"))
    text: str = OpenCC("s2twp").convert("\n".join(lines))
    for wrong, right in _CORRECTIONS.items():
        text = text.replace(wrong, right)
    return _HEAD + text


def main() -> None:
    """Write every zh_Hant catalog anew."""
    folder = LOCALES / "zh_Hant" / "LC_MESSAGES"
    for source in sorted((LOCALES / "zh" / "LC_MESSAGES").glob("*.po")):
        text = derived(source.read_text(encoding="utf-8"))
        (folder / source.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
