"""The headline: what the page states and what it prints, agreeing with each other."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feedsvc.extract.dom import Line

__all__ = ["Headline", "bare", "headline", "key", "printing"]

_SEPARATOR: Final = re.compile(
    r"\s+[-–—|·•»:/]\s+(?![a-z])|\s*[_|｜»]+\s*|\s*-{2,}\s*|\s*::\s*|\s+-(?!\s)|(?<!\s)-\s+(?![a-z])|(?<=[\u4e00-\u9fff？！”》])-(?=[\u4e00-\u9fffA-Z])"
)
_CRUMBS: Final = re.compile(
    r"首页|首頁|当前位置|您的位置|所在位置|[>»›]\s*\S+\s*[>»›]|^\s*Home\s*[>»›/]",
    re.IGNORECASE,
)
_INFO: Final = re.compile(
    r"来源|來源|时间|日期|发布|作者|Source\s*[:：]|Date\s*[:：]|Time\s*[:：]|Published|Posted",
    re.IGNORECASE,
)
_HEADING: Final = {"h1": 0.35, "h2": 0.2, "h3": 0.15, "h4": 0.05, "h5": 0.05}
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_CALLED: Final = re.compile(r"title|headline|biaoti|(?:^|[-_ ])bt(?:$|[-_ ])|\btit\b")
_NEAR, _CLOSE = 9, 5
_ENOUGH: Final = 0.3
_SURE: Final = 0.5
"""How much a line must resemble a title in all, its place and its heading counted."""

_CERTAIN: Final = 0.8
"""From where on a line above the date need not be asked."""
_DATED: Final = 0.1
"""What a line gains that stands above the date."""

_SHORTEST, _LONGEST = 4, 250
_WORD: Final = re.compile(r"[^\W_]+")
_BEGINNING: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, and the line in which it is printed (None: in none)."""

    text: str | None
    line: int | None = None


def headline(
    lines: Sequence[Line],
    stated: Sequence[str],
    page_title: str | None,
    dated: Callable[[int], bool],
) -> Headline:
    """Choose the title.

    ``stated`` are titles that structured data names, best first; ``page_title`` is
    ``<title>``; ``dated`` says of a line whether it prints a date. The printed line that agrees best
    with them wins; where none does, the line above the date line, the only h1, and what
    is stated come in turn.
    """
    claims = [c for c in (*stated, page_title or "") if key(c)]
    place, likeness = _agreeing(lines, claims, dated)
    if likeness < _CERTAIN and not stated:
        above = _above_info(lines, dated)
        place = place if above is None else above
        place = _only_h1(lines) if place is None else place
    if place is not None:
        return Headline(_unlabelled(lines[place].text, claims), place)
    return Headline(bare(claims[0])) if claims else Headline(None)


def key(text: str) -> str:
    """What two renderings of one title have in common: its letters and digits."""
    return _NO_LETTERS.sub("", text).lower()


def printing(lines: Sequence[Line], title: str) -> Iterator[int]:
    """The places of the lines that print ``title`` and nothing else, in their order."""
    mine = key(title)
    for n, line in enumerate(lines if mine else ()):
        first = line.text[:1].lower()
        # only what begins alike can be the same
        if (mine.startswith(first) or not first.isalnum()) and key(line.text) == mine:
            yield n


def bare(title: str) -> str:
    """Take the site's and the section's names off a ``<title>``: its longest part stays.

    Parts before the longest stay with it, unless they are shorter than half of it.
    """
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:  # noqa: PLR2004 -- nothing to take off
        return title.strip()
    longest = max(range(len(parts)), key=lambda n: (len(key(parts[n])), -n))
    end = title.index(parts[longest]) + len(parts[longest])
    start = (
        0
        if longest and _belongs(parts[:longest], parts[longest])
        else title.index(parts[longest])
    )
    return title[start:end].strip()


def _belongs(before: Sequence[str], longest: str) -> bool:
    return len(key("".join(before))) * 2 >= len(key(longest))


def _agreeing(
    lines: Sequence[Line], claims: Sequence[str], dated: Callable[[int], bool]
) -> tuple[int | None, float]:
    claimed = list(dict.fromkeys((key(c), key(bare(c))) for c in claims))
    may_agree = _filter(claims)
    best, place = 0.0, None
    for n, line in enumerate(lines):
        if not may_agree(line.text):
            continue
        score = _score(line, claimed)
        if score <= 0 or score + _DATED <= best:
            continue
        above = any(map(dated, range(n + 1, n + _NEAR)))
        score = _placed(score, line, is_above_date=above)
        if score > best + 1e-9:
            best, place = score, n
    return (place, best) if best >= _SURE else (None, 0.0)


def _filter(claims: Sequence[str]) -> Callable[[str], bool]:
    """What cheaply tells most lines of a page from those that may agree with a claim.

    Such a line begins with a word that some claim holds, or holds what some claim begins
    with; where either begins with a sign, only looking closer tells.
    """
    said = "\n".join(map(key, claims))
    begun = {bare(claim)[:_BEGINNING].lower() for claim in claims}
    looks_closer = not all(map(str.isalnum, begun))

    def may_agree(text: str) -> bool:
        if not _SHORTEST <= len(text) <= _LONGEST:
            return False
        lowered = text.lower()
        word = _WORD.match(lowered)
        if looks_closer or word is None or word[0] in said:
            return True
        return any(beginning in lowered for beginning in begun)

    return may_agree


def _placed(score: float, line: Line, *, is_above_date: bool) -> float:
    """A line above the date gains; one that is neither there nor a heading may be a footer."""
    if is_above_date:
        return score + _DATED
    return score if line.block.tag in _HEADING else min(score, _CERTAIN - 0.05)


def _score(line: Line, claimed: Sequence[tuple[str, str]]) -> float:
    text = line.text
    if not _SHORTEST <= len(text) <= _LONGEST:
        return 0.0
    mine = key(text)
    like = max((_likeness(mine, whole, core) for whole, core in claimed), default=0.0)
    if like < _ENOUGH or _CRUMBS.search(text):
        return 0.0
    bonus = _HEADING.get(line.block.tag or "", 0.0) or 0.1 * bool(
        _CALLED.search(_called(line))
    )
    return like + bonus - 0.3 * line.is_link


def _likeness(mine: str, whole: str, core: str) -> float:
    """How much of a claim the line is; longer than the claim is as bad as shorter."""
    if not mine or (mine not in whole and core not in mine):
        return 0.0
    if mine in (whole, core):
        return 1.0
    if len(mine) >= _SHORTEST and mine in whole:
        return len(mine) / len(whole) * (1.0 if whole.startswith(mine) else 0.9)
    for claim in (whole, core):
        if len(claim) > 2 * _SHORTEST and claim in mine:
            return 0.9 * len(claim) / len(mine)
    return 0.0


def _called(line: Line) -> str:
    attributes = line.block.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


def _unlabelled(printed: str, claims: Sequence[str]) -> str:
    """The printed line, without a label that no statement of the title repeats."""
    mine = key(printed)
    if any(mine in key(claim) for claim in claims):
        return printed
    return next((claim for claim in claims if key(claim) in mine), printed)


def _above_info(lines: Sequence[Line], dated: Callable[[int], bool]) -> int | None:
    """The nearest line above a labelled date that can be a headline."""
    for d, line in enumerate(lines):
        if _INFO.search(line.text) and dated(d):
            for n in range(d - 1, max(-1, d - _CLOSE), -1):
                if _may_be_title(lines[n]):
                    return n
    return None


def _may_be_title(line: Line) -> bool:
    text = line.text
    return len(key(text)) >= _SHORTEST and not line.is_link and not _CRUMBS.search(text)


def _only_h1(lines: Sequence[Line]) -> int | None:
    found = [
        n for n, line in enumerate(lines) if line.block.tag == "h1" and key(line.text)
    ]
    return found[0] if len(found) == 1 else None
