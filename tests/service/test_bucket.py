"""``feedsvc run`` and ``serve`` over an S3-compatible store: what is published is served."""

from collections.abc import Iterator

import httpx
import pytest

from tests.output.store import ENVIRONMENT, Service, storing
from tests.service.installation import Installation, Process, eventually
from tests.service.origin import Press

pytestmark = pytest.mark.integration


@pytest.fixture
def store(
    installed: Installation, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Service, str]]:
    """A store with a bucket that the installation publishes to."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with storing() as service:
        url = service.make()
        text = (installed.config / "feedsvc.toml").read_text(encoding="utf-8")
        text = text.replace("[publish]", f'[publish]\noutput = "{url}"')
        installed.write("feedsvc.toml", text)
        yield service, url


def urls(installed: Installation, path: str) -> set[str]:
    answer = httpx.get(f"{installed.base}/{path}/feed.json", trust_env=False)
    return {item["url"] for item in answer.raise_for_status().json()["items"]}


def started(installed: Installation, process: Process) -> None:
    eventually(lambda: installed.base in process.said or not process.alive())
    assert process.alive(), process.said


def test_the_service_publishes_to_the_store_and_serves_what_stands_there(
    installed: Installation, papers: Press, store: tuple[Service, str]
) -> None:
    service, url = store
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: urls(installed, "zh/all") == papers.urls("zh"))
        answer = httpx.get(f"{installed.base}/zh/all/feed.rss", trust_env=False)
        assert answer.content == service.objects(url)["zh/all/feed.rss"]
        service.stop()
        papers["harbour"].publish()
        installed.time_passes()
        eventually(lambda: "E_OUTPUT" in process.said)
        assert urls(installed, "zh/all") < papers.urls("zh")
        service.start()
        eventually(lambda: urls(installed, "zh/all") == papers.urls("zh"))
        assert process.stop() == 0
    assert not installed.public.exists()
    with installed.starting("serve") as process:
        started(installed, process)
        assert urls(installed, "zh/all") == papers.urls("zh")
        assert process.stop() == 0


def test_a_store_that_cannot_be_had_is_said_at_the_start(
    installed: Installation, store: tuple[Service, str]
) -> None:
    service, _ = store
    service.stop()
    try:
        done = installed.call("publish")
    finally:
        service.start()
    assert done.returncode == 1
    assert "E_OUTPUT" in done.stderr
    assert "Traceback" not in done.stderr
