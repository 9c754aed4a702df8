"""Published sites under a real server, for readers and crawlers of other makes."""

from collections.abc import Iterator

import pytest

from tests.main_job.installation import Run
from tests.readers import sites
from tests.readers.sites import Site
from tests.service.installation import free_port


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo's newsroom in three languages."""
    with sites.demo(tmp_path_factory.mktemp("newsroom"), free_port()) as site:
        yield site


@pytest.fixture(scope="session")
def corpus_site(corpus_run: Run) -> Iterator[Site]:
    """Real pages, lists and feeds in three languages."""
    base = f"http://127.0.0.1:{corpus_run.port}"
    with sites.serving(corpus_run.config, corpus_run.data, base) as site:
        yield site


@pytest.fixture(scope="session", params=["demo", "corpus"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of them in turn."""
    found: Site = request.getfixturevalue(f"{request.param}_site")
    return found
