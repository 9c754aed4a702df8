"""What every test begins with, and the published sites that tests of several rooms see."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.main_job.corpus import CORPUS
from tests.main_job.installation import Run, collected
from tests.readers import sites
from tests.readers.sites import Site
from tests.service.installation import free_port

# A shell that starts the suite with ``&`` has it ignore Ctrl-C, which processes inherit:
# the tests that interrupt one would wait for an end that never comes.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long something takes is measured in tests/bench, never asserted: the machine is noisy.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One installation over the corpus; whoever changes it spoils it for the others."""
    if not CORPUS.is_dir():
        pytest.skip("needs ../shared/corpus")
    with collected(tmp_path_factory.mktemp("corpus"), free_port()) as run:
        yield run


@pytest.fixture(scope="session")
def corpus_site(corpus_run: Run) -> Iterator[Site]:
    """Real pages, lists and feeds in three languages, under the service's own server."""
    base = f"http://127.0.0.1:{corpus_run.port}"
    with sites.serving(corpus_run.config, corpus_run.data, base) as site:
        yield site


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo's newsroom likewise; its own sites answer as well."""
    with sites.demo(tmp_path_factory.mktemp("newsroom"), free_port()) as site:
        yield site


@pytest.fixture(scope="session", params=["demo", "corpus"])
def published_site(request: pytest.FixtureRequest) -> Site:
    """Each of them in turn."""
    found: Site = request.getfixturevalue(f"{request.param}_site")
    return found
