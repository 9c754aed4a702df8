"""An installation over a small press, fresh for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.installation import Installation
from tests.service.origin import Press, Site, press


@pytest.fixture
def papers() -> Iterator[Press]:
    """Three sites that have news: a zh list, an en list, an RSS feed."""
    sites = [
        Site("harbour", "zh", "list"),
        Site("valley", "en", "list"),
        Site("bulletin", "zh", "feed"),
    ]
    for site in sites:
        site.publish(3)
    with press(sites) as running:
        yield running


@pytest.fixture
def installed(tmp_path: Path, papers: Press) -> Installation:
    return Installation(tmp_path, papers)
