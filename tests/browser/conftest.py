"""A published sample site, on disk and over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from feedsvc.edition.words import Words
from feedsvc.model.feed import Document
from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree
from feedsvc.render import operators, page
from feedsvc.serve import OVERVIEW, Told, build, ops_routes
from tests.render import samples
from tests.serve.threads import served

LANGUAGES = ("zh", "en", "zh-Hant")
HTML = "text/html; charset=utf-8"

PHOTO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160">
<rect width="240" height="160" fill="#e8b04a"/><circle cx="170" cy="50" r="26" fill="#fff3d0"/>
<path d="M0 160 80 60l60 80 40-40 60 60z" fill="#7a4a2b"/></svg>"""


def document(name: str, body: bytes, media_type: str = HTML) -> Document:
    return Document(name=name, body=body, media_type=media_type, updated=samples.NOON)


def publish(root: Path, url: str) -> None:
    """The pages of the sample newsroom, as publication would put them there."""
    output = Directory(root)
    listings = [samples.listing(language, LANGUAGES) for language in LANGUAGES]
    for listing in listings:
        language, words = listing.language, Words.load(listing.language)
        index = page.index(listing, words)
        output.place([document(f"{language}/index.html", index)])
        entries = tuple(samples.entry(n, language, url) for n in range(8))
        found = replace(samples.search(language, LANGUAGES), entries=entries)
        date = samples.date_text(samples.NOON, language)
        pages = {
            "search": page.category(found, words, date),
            "sources": page.sources(listing, words),
        }
        output.place(
            [document(f"{language}/{n}/index.html", body) for n, body in pages.items()]
        )
        arabic = replace(
            entries[0], language="ar", title="خبر من المدينة", summary=None
        )
        for term, chosen in (
            ("local", entries),
            ("weather", ()),
            ("culture", (samples.entry(0, "en", url), arabic, *entries[:1])),
        ):
            feed = samples.feed(language, term, chosen, LANGUAGES)
            body = page.category(feed, words, samples.date_text(samples.NOON, language))
            output.switch(
                feed.path,
                [
                    document("index.html", body),
                    document("feed.rss", b"<rss/>", "application/rss+xml"),
                ],
            )
    words = Words.load("zh")
    meanings = [row for each in listings for row in each.rows if row.term == "local"]
    output.place(
        [
            document("index.html", page.root(listings, words)),
            document("categories/local", page.term(meanings, listings[0], words)),
            *(document(a.name, a.body, a.media_type) for a in page.assets()),
            document("photo.svg", PHOTO, "image/svg+xml"),
        ]
    )


async def overview(words: Words, _: str) -> Told:
    """The operators' page of the sample site."""
    body = operators.overview(samples.standing(), samples.Site(), words)
    return body, HTML


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample site, served by ourselves."""
    root = tmp_path_factory.mktemp("site")
    routes = ops_routes(lambda: {OVERVIEW: overview}, None)
    app = build(Tree(root), LANGUAGES, samples.BASE, routes)
    with served(app) as url:
        publish(root, url)
        app.refresh()
        yield url
