"""How well pages, lists and feeds are read: scores on the shared corpus.

    python -m tests.bench.accuracy [--lines FILE] [--misses FIELD]

Without ``--lines`` the articles are produced in this process (rules: none); FILE holds
what ``feedsvc extract --manifest articles.jsonl`` printed, one line a page in order.
``--misses title`` prints each wrong answer of one field beside the truth.
"""

import argparse
import html
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"
BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, tzinfo=UTC)

TRAFILATURA = {
    ("zh", "title"): "26/50", ("zh", "day"): "44/50", ("zh", "time"): "2/46",
    ("zh", "outlet"): "0/45", ("en", "title"): "49/70", ("en", "day"): "62/70",
    ("en", "authors"): "57/69", ("en", "image"): "33/34",
}  # fmt: skip
"""trafilatura 2.3.1 on the raw bytes of these pages (corpus/README.md)."""

CLUTTER = re.compile(
    r"^(?:上一篇|下一篇|相关(?:阅读|新闻|链接)|热门推荐|推荐阅读|分享到|打印本页|关闭窗口|返回(?:顶部|列表)|首页\s*>|网友评论|我要(?:评论|跟帖)"
    r"|related (?:articles|stories)|share this|most (?:read|popular)|sign up for|subscribe to|follow us|leave a (?:comment|reply)|skip to)"
    r"|版权所有|ICP备|公网安备|all rights reserved|copyright ©",
    re.IGNORECASE,
)  # fmt: skip
"""What a line of navigation or of a footer says; no line of a body may."""

Row = Mapping[str, Any]


@dataclass
class Scores:
    """Hits and counts by (language, field), with the misses."""

    hits: dict[tuple[str, str], list[bool]] = field(default_factory=dict)
    misses: list[tuple[str, str, object, object]] = field(default_factory=list)

    def add(
        self, lang: str, what: str, name: str, pair: tuple[object, object], *, hit: bool
    ) -> None:
        self.hits.setdefault((lang, what), []).append(hit)
        if not hit:
            self.misses.append((what, name, *pair))


def rows(name: str) -> list[Row]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def key(text: object) -> str:
    return re.sub(r"[\W_]+", "", str(text or "")).lower()


def parsed(text: str) -> tuple[datetime, bool]:
    """A true date (Beijing for a zh page without a zone) and whether it has a time."""
    if text.endswith(" UTC"):
        text = text.removesuffix(" UTC") + "+00:00"
    moment = datetime.fromisoformat(text)
    return moment, len(text) > len("2021-11-05")


def score_article(scores: Scores, row: Row, got: Row) -> None:
    lang, name, expected = (
        row["lang"],
        row["file"].removeprefix("articles/"),
        row["expected"],
    )
    zone = BEIJING if lang == "zh" else UTC

    def add(what: str, want: object, have: object, *, hit: bool) -> None:
        scores.add(lang, what, name, (want, have), hit=hit)

    title = expected["title"]
    add("title", title, got.get("title"), hit=key(title) == key(got.get("title")))
    truth, timed = parsed(expected["published"])
    truth = truth if truth.tzinfo else truth.replace(tzinfo=zone)
    stamp = got.get("published") if got.get("published_from") != "first-seen" else None
    have = datetime.fromisoformat(stamp) if stamp else None
    add(
        "day",
        expected["published"],
        stamp,
        hit=have is not None and same_day(truth, have, got),
    )
    if lang == "zh" and timed:
        same = (
            have is not None
            and got.get("precision") != "day"
            and same_minute(truth, have)
        )
        add("time", expected["published"], stamp, hit=same)
    if "source" in expected or expected.get("source_none"):
        want = expected.get("source")
        add("outlet", want, got.get("source"), hit=key(want) == key(got.get("source")))
    if expected.get("authors"):
        wanted, named = (
            {key(n) for n in names}
            for names in (expected["authors"], got.get("authors") or ())
        )
        add("authors", expected["authors"], got.get("authors"), hit=wanted == named)
    if expected.get("image"):
        url = (got.get("image") or {}).get("url")
        add("image", expected["image"], url, hit=same_image(expected["image"], url))
    text = got.get("content_text") or ""
    if expected.get("body_starts"):
        at = key(text).find(key(expected["body_starts"])[:30])
        add("body", expected["body_starts"], text[:120], hit=0 <= at < 200)
    clutter = [line for line in text.split("\n") if CLUTTER.search(line)]
    add("body clean", "no clutter", clutter[:3], hit=bool(text) and not clutter)
    if row["encoding_actual"]:
        add(
            "encoding",
            row["encoding_actual"],
            got.get("encoding"),
            hit=family(row["encoding_actual"]) == family(got.get("encoding")),
        )


def same_day(truth: datetime, have: datetime, got: Row) -> bool:
    days: set[date] = {have.date()}
    if got.get("precision") != "day":
        days.add(have.astimezone(truth.tzinfo).date())
    return truth.date() in days


def same_minute(truth: datetime, have: datetime) -> bool:
    return abs((truth - have).total_seconds()) < 60


def same_image(want: str, have: str | None) -> bool:
    def name(url: str) -> str:
        return url.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]

    return have is not None and (
        want == have or (bool(name(want)) and name(want) == name(have))
    )


def family(encoding: str | None) -> str:
    label = (encoding or "").lower().replace("_", "-")
    if label.startswith("gb"):
        return "gb"
    return "utf-8" if label in {"ascii", "utf8"} else label


def articles(manifest: Sequence[Row]) -> list[Row]:
    """Produce the lines of ``feedsvc extract`` in this process, by its own code."""
    from feedsvc.inspect.saved import Saved
    from feedsvc.inspect.saved import articles as read

    pages = [
        Saved(file=CORPUS / row["file"], url=row["url"], language=row["lang"])
        for row in manifest
    ]
    return [each.form for each in read(pages, None, None, NOW)]


def peer(manifest: Sequence[Row]) -> float:
    """Milliseconds of CPU that plain trafilatura takes a page, metadata included."""
    import trafilatura

    bodies = [(CORPUS / row["file"]).read_bytes() for row in manifest]
    trafilatura.bare_extraction(bodies[0], with_metadata=True)
    began = time.process_time()
    for body in bodies:
        trafilatura.bare_extraction(body, with_metadata=True)
    return (time.process_time() - began) / len(bodies) * 1e3


def score_listings(scores: Scores) -> None:
    """Score what ``feedsvc items`` prints, without any word on the page's language."""
    from feedsvc.errors import ExtractError
    from feedsvc.inspect.saved import Saved, items

    for row in rows("listings.jsonl"):
        expected = row["expected"]
        if not expected or not expected.get("items") or row["kind"] == "fragment":
            continue
        saved = Saved(file=CORPUS / row["file"], url=row["url"])
        try:
            got = list(items(saved, NOW))
        except ExtractError as error:
            print(row["file"], error, file=sys.stderr)
            got = []
        score_list(scores, row, got)


def score_list(scores: Scores, row: Row, items: Sequence[Row]) -> None:
    lang = "zh" if row["lang"].startswith("zh") else "en"
    name = row["file"].removeprefix("listings/")
    wanted = {same_url(i["url"]): i for i in row["expected"]["items"]}
    optional = {
        same_url(o if isinstance(o, str) else o["url"])
        for o in row["expected"].get("optional") or ()
    }
    got = [
        url
        for item in items
        if (url := same_url(item["url"])) not in optional or url in wanted
    ]
    hits = [url for url in got if url in wanted]
    recall = len(hits) / len(wanted)
    precision = len(hits) / len(got) if got else 0.0
    f1 = 2 * recall * precision / (recall + precision) if hits else 0.0
    if row["kind"] == "front":
        scores.add(
            lang, "front recall", name, (len(wanted), f"{recall:.2f}"), hit=recall > 0.8
        )
        return
    scores.hits.setdefault((lang, "list f1"), []).append(f1)  # type: ignore[arg-type]  # a mean, not a count
    if f1 < 0.95:
        scores.misses.append(
            (
                "list",
                name,
                f"{len(wanted)} items",
                f"f1 {f1:.2f} recall {recall:.2f} precision {precision:.2f} {set(got) - set(wanted)!s:.300} MISSING {set(wanted) - set(got)!s:.300}",
            )
        )
    order = [url for url in wanted if url in hits]
    scores.add(lang, "list order", name, (order[:3], hits[:3]), hit=hits == order)
    found = {same_url(item["url"]): item for item in items}
    for url in hits:
        score_item(scores, (lang, name), wanted[url], found[url])


def score_item(scores: Scores, where: tuple[str, str], wanted: Row, item: Row) -> None:
    lang, name = where
    place = f"{name} {wanted['url'][-40:]}"
    if title := wanted.get("title"):
        pair = (title, item["title"])
        scores.add(lang, "list titles", place, pair, hit=key(title) == key(pair[1]))
    if wanted.get("printed") and wanted.get("date"):
        pair = (wanted["date"], item["published"])
        same = (item["published"] or "")[:10] == wanted["date"][:10]
        scores.add(lang, "list dates", place, pair, hit=same)


def same_url(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).split("#")[0].rstrip("/")


def score_feeds(scores: Scores) -> None:
    from feedsvc.errors import FeedsvcError
    from feedsvc.extract.feed import read_feed
    from feedsvc.model.config import Source
    from feedsvc.model.web import Page

    for row in rows("feeds.jsonl"):
        page = Page(
            url="https://example.org/feed", body=(CORPUS / row["file"]).read_bytes()
        )
        try:
            items = read_feed(Source(id="corpus", url=page.url), page).items
        except FeedsvcError as error:
            items = ()
            print(row["file"], error, file=sys.stderr)
        want, count = row["entries_by_feedparser"], len(items)
        scores.add("feeds", "entries", row["file"], (want, count), hit=count >= want)
        encoding = row["true_encoding"]
        if items and encoding:
            wrong = misread([item.title or "" for item in items], page.body, encoding)
            scores.add(
                "feeds", "encoding", row["file"], (encoding, wrong), hit=not wrong
            )


def misread(titles: Sequence[str], body: bytes, encoding: str) -> list[str]:
    """The words of titles that the document does not hold in its true encoding."""
    bare = re.sub(r"(?<=\d)-[a-z]{4,}$", "", encoding.lower())  # iso-8859-5-russian
    codec = {"gb2312": "gb18030", "shift_jis": "cp932"}.get(bare, bare)
    text = html.unescape(html.unescape(body.decode(codec, "replace")))
    words = [word for t in titles for word in re.findall(r"[^\W\x00-\x7f]+", t)]
    return [word for word in words if word not in text]


def print_table(scores: Scores) -> None:
    print(f"{'':6}{'field':14}{'score':>8}{'count':>10}   trafilatura")
    for (lang, what), hits in sorted(scores.hits.items()):
        count = f"{sum(hits):.4g}/{len(hits)}"
        print(
            f"{lang:6}{what:14}{sum(hits) / len(hits):8.3f}{count:>10}   {TRAFILATURA.get((lang, what), '')}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, help="what `feedsvc extract` printed")
    parser.add_argument("--misses", default="", help="fields whose misses to print")
    parser.add_argument("--only", choices=["articles", "lists", "feeds"])
    options = parser.parse_args()
    scores = Scores()
    if options.only in (None, "articles"):
        manifest = rows("articles.jsonl")
        began = time.process_time()
        lines = (
            options.lines.read_text(encoding="utf-8").splitlines()
            if options.lines
            else None
        )
        got = [json.loads(x) for x in lines] if lines else articles(manifest)
        if not lines:
            own = (time.process_time() - began) / len(got) * 1e3
            other = peer(manifest)
            print(
                f"ms CPU a page: {own:.1f}, trafilatura {other:.1f}, {own / other:.2f}"
            )
        for row, line in zip(manifest, got, strict=True):
            score_article(scores, row, line)
    if options.only in (None, "lists"):
        score_listings(scores)
    if options.only in (None, "feeds"):
        score_feeds(scores)
    wanted = options.misses.split(",")
    for what, name, want, have in scores.misses:
        if what in wanted or "all" in wanted:
            print(f"{what} {name}\n    want {want}\n    have {have}")
    print_table(scores)


if __name__ == "__main__":
    main()
