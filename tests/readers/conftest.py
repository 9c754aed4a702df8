"""What readers and crawlers of other makes are sent to."""

import pytest

from tests.readers.sites import Site


@pytest.fixture(scope="session")
def site(published_site: Site) -> Site:
    """The demo's newsroom, then real pages."""
    return published_site
