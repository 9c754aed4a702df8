"""Libraries that read feeds find title, date, author, language and text as published."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.readers.libraries import LIBRARIES
from tests.readers.reading import differences, meant
from tests.readers.sites import Site
from tests.render import golden

pytestmark = pytest.mark.integration

Feeds = Sequence[Mapping[str, Path]]
FORMS = ("rss", "atom", "json")


@pytest.fixture(scope="module", params=["golden", "demo", "corpus"])
def feeds(request: pytest.FixtureRequest) -> Feeds:
    """Feeds by format: those of every feature, of the newsroom, of real pages."""
    if request.param == "golden":
        return [
            {form: golden.FOLDER / f"{language}.{form}" for form in FORMS}
            for language in golden.LANGUAGES
        ]
    site: Site = request.getfixturevalue(f"{request.param}_site")
    return [{form: site.file(path, form) for form in FORMS} for path in site.paths]


# atoma tests elements for truth, which Python 3.12 deprecates
@pytest.mark.filterwarnings("ignore::DeprecationWarning:atoma")
@pytest.mark.parametrize(("name", "form"), LIBRARIES)
def test_a_library_reads_what_was_published(feeds: Feeds, name: str, form: str) -> None:
    read, lacks = LIBRARIES[name, form]
    found = read([feed[form] for feed in feeds])
    wanted = [meant(feed["json"].read_bytes(), form, lacks) for feed in feeds]
    odd = [
        (feed[form], differences(one, other))
        for feed, one, other in zip(feeds, found, wanted, strict=True)
        if one != other
    ]
    assert not odd
    assert sum(len(feed.items) for feed in found) > len(feeds)
