"""Programs that fetch and keep feeds find in ours what was published."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from tests.readers import programs
from tests.readers.programs import Keep
from tests.readers.reading import Reading, differences, meant
from tests.readers.sites import LANGUAGES, Site

pytestmark = pytest.mark.integration

LACKS = frozenset({"language", "item language"})

FIRST = frozenset({"authors but the first"})
LAST = frozenset({"authors but the last"})
SFEED = FIRST | {"feed", "page"}
MAIL = frozenset({"page", "markup"})

PROGRAMS: dict[tuple[str, str], tuple[Keep, frozenset[str]]] = {
    ("sfeed", "rss"): (programs.by_sfeed, SFEED),
    ("sfeed", "atom"): (programs.by_sfeed, SFEED | {"nobody but the source"}),
    ("newsboat", "rss"): (programs.by_newsboat, LAST),
    ("newsboat", "atom"): (programs.by_newsboat, frozenset()),
    ("rss2email", "rss"): (programs.by_rss2email, MAIL | FIRST),
    ("rss2email", "atom"): (
        programs.by_rss2email,
        MAIL | LAST | {"nobody but the feed"},
    ),
    ("reader", "rss"): (programs.by_reader, LAST | {"markup"}),
    ("reader", "atom"): (programs.by_reader, LAST | {"markup"}),
    ("reader", "json"): (programs.by_reader, frozenset({"markup"})),
}
"""How each reads a format, and what of a feed it has no notion of there."""

FEW = ("all", "local", "weather", "wild")
"""Categories that newsboat reads: it takes a while to begin for each."""


@pytest.mark.parametrize(("name", "form"), PROGRAMS)
def test_a_program_keeps_what_was_published(
    site: Site, tmp_path: Path, name: str, form: str
) -> None:
    keep, lacks = PROGRAMS[name, form]
    for language in LANGUAGES:
        home = tmp_path / language
        home.mkdir()
        paths = [path for path in site.paths if path.startswith(f"{language}/")]
        if name == "newsboat":
            paths = [path for path in paths if path.endswith(FEW)]
        found = keep(site, paths, form, home)
        wanted = {path: published(site, path, form, lacks | LACKS) for path in paths}
        odd = [(path, differences(found[path], wanted[path])) for path in found]
        assert not [(path, told) for path, told in odd if told]
        assert all(path in found for path in paths if wanted[path].items)


def published(site: Site, path: str, form: str, lacks: frozenset[str]) -> Reading:
    """What was meant, its items in the order of ids."""
    wanted = meant(site.file(path, "json").read_bytes(), form, lacks)
    items = tuple(sorted(wanted.items, key=lambda item: item.id))
    return replace(wanted, items=items)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feedparser_fetches_without_a_doubt_and_but_once(site: Site, form: str) -> None:
    for path in site.paths:
        first = feedparser.parse(site.url(path, form))
        assert (first.status, first.bozo) == (200, False), first.get("bozo_exception")
        for known in ({"etag": first.etag}, {"modified": first.modified}):
            again = feedparser.parse(first.href, **known)
            assert (again.status, again.entries) == (304, []), known


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opml_subscribes_to_every_feed_of_its_language(
    site: Site, tmp_path: Path, language: str
) -> None:
    opml = (site.public / language / "feeds.opml").read_bytes()
    paths = [path for path in site.paths if path.startswith(f"{language}/")]
    wanted = sorted(site.url(path, "rss") for path in paths)
    assert sorted(programs.subscribed_by_newsboat(opml, tmp_path)) == wanted
    assert sorted(programs.subscribed_by_sfeed(opml)) == wanted
