"""How well near-duplicates are told from what only looks like them, and at what cost.

    python -m tests.bench.stories [--misses]

The labelled pairs are made here, from the shared corpus, and kept nowhere: each base
text is rewritten as newsrooms rewrite each other, and set beside what merely resembles
it. Half of the base texts (``set``) served to choose the thresholds of
``decide/stories``, the other half (``held out``) only to judge them.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from feedsvc.decide.stories import alike
from feedsvc.errors import FeedsvcError
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text import language, markup
from feedsvc.text.likeness import sketch
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
        for kind, make in (SAME | OTHER).items():
            made = make(text, others, chance)
            if made is not None:
                yield Pair(kind, kind in SAME, text, made, bool(number % 2))
    for number in range(1200):
        forms, kind = ((NOTICES, "notice"), (DAILY, "daily"))[number // 600]
        form = chance.choice(forms[number % 2 :: 2])
        one, other = (Text(*form(chance)) for _ in range(2))
        for name, length in ((kind, LONGEST), (f"{kind}, summary", 150)):
            cut = [replace(text, body=text.body[:length]) for text in (one, other)]
            if cut[0].body != cut[1].body:
                yield Pair(name, kind in SAME, cut[0], cut[1], bool(number % 2))


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


def summed_up(text: Text, _: Sequence[Text], chance: random.Random) -> Text:
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


def judged(pair: Pair) -> bool:
    """Whether the product takes a pair for one story, its index included."""
    one, other = (sketch(text.title, text.body) for text in (pair.one, pair.other))
    return bool({*one.bands} & {*other.bands}) and alike(one, other)


def print_kinds(found: Sequence[tuple[Pair, bool]]) -> None:
    kinds = dict.fromkeys((pair.same, pair.kind) for pair, _ in found)
    for same, kind in kinds:
        print(f"{'same' if same else 'other':6}{kind:22}", end="")
        for held_out in (False, True):
            hits = [
                told == same
                for pair, told in found
                if (pair.same, pair.kind, pair.held_out) == (same, kind, held_out)
            ]
            print(f"{sum(hits):6}/{len(hits):<5}", end="")
        print()


def print_scores(found: Sequence[tuple[Pair, bool]]) -> None:
    for held_out, name in ((False, "set"), (True, "held out")):
        here = [(pair, told) for pair, told in found if pair.held_out == held_out]
        right = sum(told and pair.same for pair, told in here)
        claimed = sum(told for _, told in here)
        same = sum(pair.same for pair, _ in here)
        print(
            f"{name:10} precision {right / claimed:.4f} ({right}/{claimed})"
            f"   recall {right / same:.4f} ({right}/{same})"
        )


def print_costs(known: Sequence[Text], days: int = 40, daily: int = 300) -> None:
    """CPU of the sketch alone, and of keeping and comparing, as the store grows."""
    from feedsvc.model.feed import Edition
    from feedsvc.store import open_store
    from tests.store.samples import NOW, make_article, make_outcome

    edition = Edition(
        language="en", category="all", include_all=True, items=50, by_story=True
    )
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store("sqlite", Path(folder))
        for day in range(days):
            articles = []
            for n in range(daily):
                text = chance.choice(known)
                parts = chance.sample(text.parts, len(text.parts))
                words = [chance.sample(part, len(part)) for part in parts]
                articles.append(
                    make_article(
                        day * daily + n,
                        title=text.title,
                        language=text.language,
                        content_text=text.of(["".join(part) for part in words]).body,
                        digest=f"{day} {n}",
                        published=NOW + timedelta(days=day, seconds=n),
                    )
                )
            store.save([make_outcome(*articles)], NOW)
            began = time.process_time()
            for article in articles:
                sketch(article.title, article.content_text)
            drawn = time.process_time()
            store.compare(edition, NOW + timedelta(days=day - 3))
            done = time.process_time()
            print(
                f"day {day + 1:3}: sketch {(drawn - began) / daily * 1e3:.2f} ms an article,"
                f" kept and compared {(done - drawn) / daily * 1e3:.2f} ms in all"
            )
        store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what was mistaken")
    options = parser.parse_args()
    found = [(pair, judged(pair)) for pair in pairs()]
    if options.misses:
        for pair, told in found:
            if told != pair.same:
                print(f"{pair.kind}: {pair.one.title!r}\n    {pair.other.title!r}")
    print(f"{len(found)} pairs{'':19}{'set':>8}{'held out':>15}")
    print_kinds(found)
    print_scores(found)
    print_costs(
        list({id(pair.one): pair.one for pair, _ in found if pair.same}.values())
    )


if __name__ == "__main__":
    main()
