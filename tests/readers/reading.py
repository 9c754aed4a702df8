"""What readers say that a feed holds, beside what it was meant to say."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml import html

RSS_LANGUAGES = {"zh": "zh-CN", "zh-Hant": "zh-TW"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article; ``language`` is None where it is the feed's."""

    id: str
    url: str
    title: str
    published: datetime
    authors: tuple[str, ...] = ()
    language: str | None = None
    content: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed; None or () stand for what a reader has no notion of."""

    title: str | None
    url: str | None
    language: str | None
    items: tuple[Told, ...]


def meant(body: bytes, form: str, lacks: Collection[str]) -> Reading:
    """What the feed whose JSON is ``body`` was meant to say in a format.

    ``lacks`` names what of it a reader has no notion of.
    """
    feed = json.loads(body)
    language = feed["language"]
    written = RSS_LANGUAGES.get(language, language) if form == "rss" else language
    return Reading(
        feed["title"] if "feed" not in lacks else None,
        feed["home_page_url"] if "page" not in lacks else None,
        written if "language" not in lacks else None,
        tuple(_item(told, feed, lacks) for told in feed["items"]),
    )


def differences(read: Reading, wanted: Reading) -> list[tuple[str, object, object]]:
    """What a reader reads otherwise: the place, what it says, what was meant."""
    found = [
        (name, getattr(read, name), getattr(wanted, name))
        for name in ("title", "url", "language")
    ]
    found.append(("length", len(read.items), len(wanted.items)))
    for one, other in zip(read.items, wanted.items, strict=False):
        said, asked = asdict(one), asdict(other)
        found += [(f"{other.url} {n}", said[n], asked[n]) for n in said]
    return [(place, one, other) for place, one, other in found if one != other]


def _item(
    told: Mapping[str, Any], feed: Mapping[str, Any], lacks: Collection[str]
) -> Told:
    language, content = told["language"], told["content_html"]
    foreign = "item language" not in lacks and language != feed["language"]
    return Told(
        id=told["id"],
        url=told["url"],
        title=told["title"],
        published=datetime.fromisoformat(told["date_published"]),
        authors=_authors(told, feed, lacks),
        language=language if foreign else None,
        content=_content(content, lacks),
    )


def _authors(
    told: Mapping[str, Any], feed: Mapping[str, Any], lacks: Collection[str]
) -> tuple[str, ...]:
    """Whom a reader shows as authors; nobody may be the source, or the whole feed."""
    names = tuple(each["name"] for each in told.get("authors", ()))
    if "authors" in lacks:
        return ()
    if not names and "nobody but the feed" in lacks:
        return (feed["authors"][0]["name"],)
    if not names and "nobody but the source" in lacks:
        ours = told["_feedsvc"]
        return (ours["outlet"] or ours["source_name"],)
    first, last = "authors but the first" in lacks, "authors but the last" in lacks
    return names[:1] if first else names[-1:] if last else names


def _content(content: str, lacks: Collection[str]) -> str:
    """An article's text as a reader has it: some decode its entities once too often."""
    if "entities" in lacks:
        return unescape(content)
    return plain(content) if "markup" in lacks else content


def plain(markup: str) -> str:
    """The text of HTML without any spaces, which readers set anew."""
    text = html.fragment_fromstring(markup, create_parent="div").text_content()
    return "".join(str(text).split())
