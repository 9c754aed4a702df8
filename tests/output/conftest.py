"""An S3-compatible service on loopback, and buckets of it."""

from collections.abc import Iterator

import pytest

from tests.output.store import ENVIRONMENT, Service, storing


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service, for all tests."""
    with storing() as found:
        yield found


@pytest.fixture
def bucket(service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new, empty bucket, as ``publish.output`` names it."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return service.make()
