"""How well near-duplicates are told from what only looks like them, and at what cost.

    python -m tests.bench.stories [--misses]

The labelled pairs are made here, from the shared corpus, and kept nowhere: each base
text is rewritten as newsrooms rewrite each other, and set beside what merely resembles
it. Half of the base texts (``set``) served to choose the thresholds of
``decide/stories``, the other half (``held out``) only to judge them.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from feedsvc.errors import FeedsvcError
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text import language, markup
from tests.bench.notices import DAILY, NOTICES

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"
SHORTEST, LONGEST = 200, 12_000
QUOTED_AT_MOST = 0.25


@dataclass(frozen=True)
class Text:
    """An article as far as likeness goes."""

    title: str
    body: str
    language: str

    @property
    def parts(self) -> list[str]:
        """Its sentences, each with the space behind it."""
        cut = r"(?<=[。！？；\n])" if self.language == "zh" else r"(?<=[.!?\n])\s+"
        return [part for part in re.split(cut, self.body) if part.strip()]

    def of(self, parts: Sequence[str]) -> "Text":
        joint = "" if self.language == "zh" else " "
        return replace(self, body=joint.join(parts))


@dataclass(frozen=True)
class Pair:
    """Two texts, whether they tell the same story, and by what they were made."""

    kind: str
    same: bool
    one: Text
    other: Text
    held_out: bool


def texts() -> list[Text]:
    """Every zh and en text of the corpus that is long enough, each only once."""
    from feedsvc.extract.article import read_article
    from feedsvc.extract.feed import read_feed

    found: dict[str, Text] = {}
    for read, name in ((read_article, "articles.jsonl"), (read_feed, "feeds.jsonl")):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            for item in _read(read, json.loads(line)["file"]).items:
                body = markup.plain(markup.sanitize(item.content_html or "", item.url))
                tongue = language.detect(f"{item.title}\n{body}")
                if tongue in {"zh", "en"} and SHORTEST <= len(body) <= LONGEST:
                    text = Text(markup.one_line(item.title or ""), body, tongue)
                    found.setdefault(body[:80], text)
    return list(found.values())


def _read(read: Callable[[Source, Page], Extraction], file: str) -> Extraction:
    url = "https://example.org/"
    page = Page(url=url, body=(CORPUS / file).read_bytes())
    try:
        return read(Source(id="corpus", url=url), page)
    except FeedsvcError:
        return Extraction()


def pairs(seed: int = 7) -> Iterator[Pair]:
    """Every labelled pair; the same seed, the same pairs."""
    chance = random.Random(seed)
    known = texts()
    chance.shuffle(known)
    for number, text in enumerate(known):
        others = [t for t in known if t.language == text.language and t is not text]
        held_out = bool(number % 2)
        for kind, make in SAME.items():
            made = make(text, others, chance)
            if made is not None:
                yield Pair(kind, True, text, made, held_out)
        for kind, make in OTHER.items():
            made = make(text, others, chance)
            if made is not None:
                yield Pair(kind, False, text, made, held_out)
    for forms, kind in ((NOTICES, "notice"), (DAILY, "daily")):
        for number in range(600):
            held_out = bool(number % 2)
            form = chance.choice(forms[held_out::2])
            one, other = (Text(*form(chance)) for _ in range(2))
            if one.body == other.body:
                continue
            yield Pair(kind, False, one, other, held_out)
            heads = [replace(text, body=text.body[:150]) for text in (one, other)]
            if heads[0].body != heads[1].body:
                yield Pair(f"{kind}, summary", False, *heads, held_out)


Make = Callable[[Text, Sequence[Text], random.Random], Text | None]


def edited(text: Text, _: Sequence[Text], chance: random.Random) -> Text:
    """Some words corrected, one figure updated, a sentence taken out."""
    parts = text.parts
    for _again in range(max(1, len(parts) // 6)):
        at = chance.randrange(len(parts))
        parts[at] = _reworded(parts[at], chance)
    at = chance.randrange(len(parts))
    parts[at] = re.sub(r"\d+", lambda m: str(int(m[0]) + 2), parts[at], count=1)
    if len(parts) > 5:
        del parts[chance.randrange(len(parts))]
    return text.of(parts)


def _reworded(part: str, chance: random.Random) -> str:
    """A sentence that lost a tenth of itself and repeats another tenth elsewhere."""
    size = max(1, len(part) // 10)
    cut, put, taken = (chance.randrange(max(1, len(part) - size)) for _ in range(3))
    moved = part[taken : taken + size]
    rest = part[:cut] + part[cut + size :]
    return rest[:put] + moved + rest[put:]


def agency(text: Text, others: Sequence[Text], chance: random.Random) -> Text:
    """Printed elsewhere with a dateline before it and credits behind it."""
    if text.language == "zh":
        head = chance.choice(
            ["汾河社太原11月5日电（记者 王小明）", "本报讯 ", "据汾河社报道，"]
        )
        foot = chance.choice(
            [
                "\n（责任编辑：李雷）\n相关报道：",
                "\n来源：汾河社\n扫码关注我们",
                "（完）",
            ]
        )
        title = chance.choice([text.title, f"汾河社：{text.title}"])
    else:
        head = chance.choice(
            ["TAIYUAN, Nov. 5 (Fenhe) -- ", "By Our Correspondent\n", "(Fenhe) — "]
        )
        foot = chance.choice(
            ["\n(Editing by J. Doe)\nRelated stories:", "\nSource: Fenhe Agency", ""]
        )
        title = chance.choice([text.title, f"{text.title} | Fenhe"])
    related = "\n".join(t.title for t in chance.sample(others, 3)) if foot else ""
    return replace(text, title=title, body=f"{head}{text.body}{foot}\n{related}")


def truncated(text: Text, _: Sequence[Text], chance: random.Random) -> Text | None:
    """Only its first 30 to 70 per cent, as feeds and portals cut it."""
    kept = int(len(text.body) * chance.uniform(0.3, 0.7))
    if kept < SHORTEST // 2:
        return None
    more = "……[查看全文]" if text.language == "zh" else " … Continue reading"
    return replace(text, body=text.body[:kept] + more)


def summed_up(text: Text, others: Sequence[Text], chance: random.Random) -> Text:
    """Its first 100 to 160 characters under its headline, as most feeds tell it."""
    kept = text.body[: chance.randint(100, 160)].rstrip() + "…"
    title = chance.choice([text.title, _reworded(text.title, chance)])
    return replace(text, title=title, body=kept)


def renamed(text: Text, others: Sequence[Text], chance: random.Random) -> Text:
    """Under another headline, made of its own words."""
    part = chance.choice(text.parts)
    return replace(edited(text, others, chance), title=part.strip()[:60])


def introduced(text: Text, others: Sequence[Text], chance: random.Random) -> Text:
    """Its first sentences replaced by another newsroom's own, up to a quarter of it."""
    parts = text.parts
    cut = max(1, len(parts) // chance.randint(5, 10)) if len(parts) > 4 else 0
    fresh: list[str] = []
    for part in chance.choice(others).parts:
        if sum(map(len, [*fresh, part])) > len(text.body) // 4:
            break
        fresh.append(part)
    return text.of([*fresh, *parts[cut:]])


def copied(text: Text, others: Sequence[Text], chance: random.Random) -> Text | None:
    """All of it at once: an agency's text, edited, renamed and cut."""
    made = agency(renamed(text, others, chance), others, chance)
    return truncated(made, others, chance)


def nearest(text: Text, others: Sequence[Text], _: random.Random) -> Text | None:
    """What resembles it most of all other texts: the same topic, a sister notice."""
    own = _grams(text)
    likeness = {id(t): _shared(own, _grams(t)) for t in others}
    found = max(others, key=lambda t: likeness[id(t)])
    return found if likeness[id(found)] < 0.6 else None


_GRAMS: dict[int, frozenset[str]] = {}


def _grams(text: Text) -> frozenset[str]:
    if id(text) not in _GRAMS:
        body = text.body
        _GRAMS[id(text)] = frozenset(body[n : n + 6] for n in range(len(body) - 5))
    return _GRAMS[id(text)]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def quoting(text: Text, others: Sequence[Text], chance: random.Random) -> Text | None:
    """Another text that quotes its sentences, up to a quarter of itself."""
    host = chance.choice(others)
    room = min(len(host.body), len(text.body)) * QUOTED_AT_MOST
    parts = text.parts
    at = chance.randrange(len(parts))
    quoted: list[str] = []
    while at < len(parts) and sum(map(len, quoted)) + len(parts[at]) <= room:
        quoted.append(parts[at])
        at += 1
    if not quoted:
        return None
    told = host.parts
    place = chance.randrange(len(told))
    return host.of([*told[:place], *quoted, *told[place:]])


def next_day(text: Text, others: Sequence[Text], chance: random.Random) -> Text | None:
    """The same report of another day: other figures, a third of its sentences new."""
    parts = text.parts
    if len(parts) < 3 or len(re.findall(r"\d+", text.body)) < 3:
        return None
    fresh = [p for t in chance.sample(others, 5) for p in t.parts]
    made = [
        chance.choice(fresh) if chance.random() < 0.33 else _refigured(part, chance)
        for part in parts
    ]
    return replace(text.of(made), title=_refigured(text.title, chance))


def _refigured(part: str, chance: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        return "".join(str(chance.randrange(1, 10)) for _ in match[0])

    return re.sub(r"\d+", other, part)


SAME: dict[str, Make] = {
    "edited": edited,
    "agency copy": agency,
    "truncated": truncated,
    "summary": summed_up,
    "other headline": renamed,
    "other intro": introduced,
    "copied, renamed, cut": copied,
}
OTHER: dict[str, Make] = {
    "nearest other": nearest,
    "quoting": quoting,
    "next day": next_day,
}
