"""A hub that stands, and somebody who subscribes."""

from collections.abc import AsyncIterator

import pytest

from tests.websub.subscriber import Subscriber, subscribing
from tests.websub.world import Standing, standing


@pytest.fixture
async def reader() -> AsyncIterator[Subscriber]:
    """A subscriber on loopback."""
    async with subscribing() as running:
        yield running


@pytest.fixture
async def site() -> AsyncIterator[Standing]:
    """A site with a hub that has published empty feeds."""
    async with standing() as running:
        yield running
