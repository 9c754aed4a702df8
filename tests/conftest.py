"""What every test begins with, and what tests of several rooms look at."""

import signal
from collections.abc import Iterator

import pytest

from tests.main_job.corpus import CORPUS
from tests.main_job.installation import Run, collected
from tests.service.installation import free_port

# A shell that starts the suite with ``&`` has it ignore Ctrl-C, which processes inherit:
# the tests that interrupt one would wait for an end that never comes.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One installation over the corpus; whoever changes it spoils it for the others."""
    if not CORPUS.is_dir():
        pytest.skip("needs ../shared/corpus")
    with collected(tmp_path_factory.mktemp("corpus"), free_port()) as run:
        yield run
