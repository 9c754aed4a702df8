"""``feedsvc run`` as its operator meets it: from the start to an orderly stop."""

import os
import signal
import socket
import time
from pathlib import Path

import feedparser
import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.service.installation import (
    Installation,
    Process,
    eventually,
    free_port,
    members,
)
from tests.service.origin import Press, Site, press
from tests.service.reader import PATHS, Reader

CSP = "content-security-policy"
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"

pytestmark = pytest.mark.integration


def answers(installed: Installation, path: str = "/readyz") -> bool:
    try:
        return httpx.get(f"{installed.base}{path}").status_code == 200
    except httpx.TransportError:
        return False


def urls(installed: Installation, path: str) -> set[str]:
    found = httpx.get(f"{installed.base}/{path}/feed.json")
    if found.status_code == httpx.codes.NOT_FOUND:
        return set()
    return {item["url"] for item in found.raise_for_status().json()["items"]}


def holds_all(installed: Installation, papers: Press) -> bool:
    return all(urls(installed, f"{t}/all") == papers.urls(t) for t in ("zh", "en"))


def started(installed: Installation, process: Process) -> None:
    """Wait until it says that it serves."""
    eventually(lambda: installed.base in process.said or not process.alive())
    assert process.alive(), process.said


def test_every_feed_is_served_from_the_first_moment_and_news_arrives(
    installed: Installation, papers: Press
) -> None:
    for site in papers.sites.values():
        site.wait = 0.5
    with installed.starting("run") as process:
        started(installed, process)
        for path in PATHS:
            for name in ("", "feed.rss", "feed.atom", "feed.json"):
                assert answers(installed, f"/{path}/{name}")
        assert urls(installed, "zh/all") == set()
        for site in papers.sites.values():
            site.wait = 0.0
        eventually(lambda: holds_all(installed, papers))
        papers["harbour"].publish()
        papers["bulletin"].publish(2)
        installed.time_passes()
        eventually(lambda: holds_all(installed, papers))
        eventually(lambda: papers["valley"].answers[304])
        assert papers["valley"].answers[304] == 1
        everything = papers.urls("zh") | papers.urls("en")
        eventually(lambda: urls(installed, "en/local") == everything)
        assert urls(installed, "en/economy") == set()
        reader = Reader(installed.public)
        reader.read_tree()
        with httpx.Client(base_url=installed.base) as client:
            assert reader.read_http(client) == 24
        assert process.stop(signal.SIGTERM, 5) == 0
        eventually(process.gone, 5)
        assert "Traceback" not in process.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_of_visits_ends_them_and_the_workers(
    installed: Installation, papers: Press, number: int
) -> None:
    with installed.starting("run") as process:
        started(installed, process)
        for site in papers.sites.values():
            site.wait = 0.2
        eventually(lambda: papers["harbour"].requests["/news/"])
        os.killpg(process.pid, number)  # all of them, as systemd and terminals do
        assert process.popen.wait(8) == 0
        eventually(process.gone, 5)
        assert "Traceback" not in process.said
        assert "E_" not in process.said
        assert process.said.count("3 new") == 3
    with installed.starting("run") as process:
        started(installed, process)
        installed.time_passes()
        eventually(lambda: holds_all(installed, papers))


def test_a_signal_while_starting_leaves_no_traceback(installed: Installation) -> None:
    with installed.starting("run") as process:
        eventually((installed.data / "lock").exists)
        assert process.stop(signal.SIGINT, 8) in (0, 130, -signal.SIGINT)
        assert "Traceback" not in process.said


def test_workers_end_with_a_leader_that_was_killed_alone(
    installed: Installation, papers: Press
) -> None:
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        assert len(members(process.pid)) > 1
        process.kill(group=False)
        eventually(process.gone, 5)


@pytest.mark.parametrize("words", [("run",), ("collect",), ("publish",)])
def test_a_second_writer_is_told_who_holds_the_data(
    installed: Installation, words: tuple[str, ...]
) -> None:
    with installed.starting("run") as process:
        started(installed, process)
        second = installed.call(*words)
        assert second.returncode == 2
        assert "E_LOCKED" in second.stderr
        assert str(process.pid) in second.stderr
        assert "Traceback" not in second.stderr
        assert process.alive()


@pytest.mark.parametrize("word", ["run", "serve"])
def test_a_port_in_use_is_named(installed: Installation, word: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installed.port))
        other.listen()
        refused = installed.call(word)
    assert refused.returncode == 2
    assert "E_PORT" in refused.stderr
    assert str(installed.port) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_edited_configuration_is_taken_up_and_a_wrong_one_is_told(
    installed: Installation, papers: Press
) -> None:
    late = Site("quay", "en", "list")
    late.publish(2)
    with press([late]), installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        installed.write("sources/quay.toml", 'url = "http://127.0.0.1/"\nnmae = "x"\n')
        eventually(lambda: "nmae" in process.said)
        assert "quay.toml" in process.said
        assert holds_all(installed, papers)
        installed.source(late)
        wanted = papers.urls("en") | late.urls
        eventually(lambda: urls(installed, "en/all") == wanted)
        assert process.stop(signal.SIGTERM, 5) == 0
        assert "Traceback" not in process.said


def test_an_edit_that_the_disk_refuses_is_told_and_the_old_one_stays(
    installed: Installation, papers: Press
) -> None:
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        right = (installed.config / "feedsvc.toml").read_text(encoding="utf-8")
        # The lock is a file: no tree can be published to it.
        wrong = right.replace("items = 500", 'items = 500\noutput = "lock"')
        installed.write("feedsvc.toml", wrong)
        eventually(lambda: "E_OUTPUT" in process.said)
        assert holds_all(installed, papers)
        installed.write("feedsvc.toml", right)
        assert process.alive()
        assert process.stop(signal.SIGTERM, 5) == 0
        assert "Traceback" not in process.said


def test_an_edited_address_is_moved_to_unless_it_is_taken(
    installed: Installation, papers: Press
) -> None:
    old, new = installed.port, free_port()
    with installed.starting("run") as process, socket.socket() as other:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        other.bind(("127.0.0.1", 0))
        other.listen()
        installed.port = other.getsockname()[1]
        installed.settings()
        eventually(lambda: "E_PORT" in process.said)
        installed.port = old
        assert holds_all(installed, papers)
        installed.port = new
        installed.settings()
        started(installed, process)
        assert holds_all(installed, papers)
        installed.port = old
        assert not answers(installed)
        assert process.stop(signal.SIGTERM, 5) == 0
        assert "Traceback" not in process.said


def test_an_edited_limit_and_server_are_taken_up_on_the_same_port(
    installed: Installation,
) -> None:
    with installed.starting("run") as process:
        started(installed, process)
        settings = (installed.config / "feedsvc.toml").read_text(encoding="utf-8")
        edited = f'server = "granian"\nrequests_per_minute = 1\nport = {installed.port}'
        text = settings.replace(f"port = {installed.port}\n", edited)
        installed.write("feedsvc.toml", text)
        client = {"x-forwarded-for": "198.51.100.1"}

        def refused() -> bool:
            try:
                answer = httpx.get(f"{installed.base}/zh/", headers=client)
            except httpx.TransportError:
                return False
            return answer.status_code == httpx.codes.TOO_MANY_REQUESTS

        eventually(refused)
        answer = httpx.get(f"{installed.base}/zh/", headers={"accept": "*/*"})
        assert answer.headers["server"] == "granian"
        assert process.stop() == 0
        assert "Traceback" not in process.said


def test_serve_alone_follows_a_collect_beside_it(
    installed: Installation, papers: Press
) -> None:
    with installed.starting("serve") as process:
        started(installed, process)
        assert not answers(installed)
        assert installed.call("collect").returncode == 0
        eventually(lambda: holds_all(installed, papers))
        papers["valley"].publish()
        assert installed.call("collect").returncode == 0
        eventually(lambda: holds_all(installed, papers))
        assert process.stop(signal.SIGINT, 5) in (0, 130)
        assert "Traceback" not in process.said


@pytest.mark.parametrize("command", ["run", "serve"])
def test_operators_and_a_monitor_read_how_sources_and_feeds_are(
    installed: Installation, papers: Press, command: str
) -> None:
    installed.write("sources/gone.toml", f'url = "{installed.base}/nowhere/"\n')
    assert installed.call("collect").returncode == 1
    with installed.starting(command) as process:
        started(installed, process)
        answer = eventually(lambda: monitored(installed))
        assert answer["feedsvc_source_up", ("gone",)] == 0
        for name in papers.sites:
            assert answer["feedsvc_source_up", (name,)] == 1
            seen = answer["feedsvc_source_last_success_timestamp_seconds", (name,)]
            assert abs(seen - time.time()) < 600
        assert answer["feedsvc_feed_entries", ("zh/all",)] > 0
        assert answer["feedsvc_requests_last_day", ()] > 0
        assert answer["process_open_fds", ()] > 0
        reference = REFERENCE.read_text(encoding="utf-8")
        names = {name for name, _ in answer if name.startswith("feedsvc_")}
        assert {name for name in names if f"`{name}`" not in reference} == set()
        page = httpx.get(f"{installed.base}/ops/", headers={"accept-language": "zh"})
        assert page.headers["content-language"] == "zh"
        assert f"{installed.base}/nowhere/" in page.text
        assert "default-src 'none'; script-src 'self'" in page.headers[CSP]
        feed = feedparser.parse(httpx.get(f"{installed.base}/ops/health.atom").content)
        assert [entry.title for entry in feed.entries] == ["gone: E_CONNECT"]
        elsewhere = {"x-forwarded-for": "198.51.100.1"}
        for path in ("metrics", "ops/", "ops/health.atom"):
            refused = httpx.get(f"{installed.base}/{path}", headers=elsewhere)
            assert refused.status_code == httpx.codes.FORBIDDEN
        assert process.stop(signal.SIGTERM, 5) == 0


def monitored(installed: Installation) -> dict[tuple[str, tuple[str, ...]], float]:
    """The samples by name and labels; nothing until they can be told."""
    answer = httpx.get(f"{installed.base}/metrics")
    if answer.status_code != httpx.codes.OK:
        return {}
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_an_edit_that_changes_ids_is_refused_until_it_is_said_to_be_meant(
    installed: Installation, papers: Press
) -> None:
    def authorities() -> set[str]:
        """What ids begin with; nothing while the server is opened anew."""
        try:
            found = httpx.get(f"{installed.base}/en/all/feed.json").json()
        except httpx.TransportError:
            return set()
        return {item["id"].split(":")[1] for item in found["items"]}

    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        text = (installed.config / "feedsvc.toml").read_text(encoding="utf-8")
        edited = text.replace("river.example,2026", "delta.example,2026")
        installed.write("feedsvc.toml", edited)
        eventually(lambda: "E_IDS" in process.said)
        assert authorities() == {"river.example,2026"}
        assert installed.call("diff", "--accept").returncode == 0
        eventually(lambda: authorities() == {"delta.example,2026"})
        assert process.said.count("[E_IDS]") == 1
        assert process.stop(signal.SIGTERM, 5) == 0
        assert "Traceback" not in process.said


def test_a_rule_by_which_ids_would_change_is_refused_at_reload(
    installed: Installation, papers: Press
) -> None:
    [site] = [s for s in papers.sites.values() if s.kind == "list"][:1]
    name = f"sources/{site.name}.toml"
    with installed.starting("run") as process:
        started(installed, process)
        eventually(lambda: holds_all(installed, papers))
        text = (installed.config / name).read_text(encoding="utf-8")
        cut = 'link = { select = "a", attribute = "href", regex = "(.*)[.]html" }'
        installed.write(name, text.replace('link = "a"', cut))
        eventually(lambda: "E_IDS" in process.said)
        assert holds_all(installed, papers)
        assert site.requests["/news/1"] == 0
        assert installed.call("diff", "--accept").returncode == 0

        def is_read_by_the_new_rule() -> bool:
            installed.time_passes()
            return site.requests["/news/1"] > 0

        eventually(is_read_by_the_new_rule)
        assert process.said.count("[E_IDS]") == 1
        assert process.stop(signal.SIGTERM, 5) == 0
        assert "Traceback" not in process.said
