"""The table: refreshed without a gap, last good bytes kept."""

import threading
from pathlib import Path

from feedsvc.model.feed import GONE, Document
from feedsvc.model.tree import File
from feedsvc.output.directory import Directory
from feedsvc.output.memory import Memory
from feedsvc.output.tree import Tree
from feedsvc.serve.table import Table
from tests.output.documents import archives
from tests.serve.conftest import CHANGED, KINDS, documents


def body(table: Table, path: str) -> str:
    entry = table.get(path)
    assert entry
    text: bytes = entry.answers["identity"].whole.messages[1]["body"]
    return text.decode()


def test_only_what_changed_is_read() -> None:
    memory = Memory()
    table = Table(memory)
    assert table.refresh() == 0
    memory.switch("zh/local", documents("1"))
    memory.switch("en/local", documents("1"))
    assert table.refresh() == 2
    before = table.get("/en/local/feed.rss")
    memory.switch("zh/local", documents("2"))
    assert table.refresh() == 1
    assert table.refresh() == 0
    assert table.get("/en/local/feed.rss") is before
    assert body(table, "/zh/local/") == body(table, "/zh/local/feed.json") == "2"


def test_what_is_gone_keeps_its_last_good_bytes(tmp_path: Path) -> None:
    output = Directory(tmp_path / "public")
    output.switch("zh/local", documents("good"))
    table = Table(Tree(tmp_path / "public"))
    table.refresh()
    (tmp_path / "public").rename(tmp_path / "away")
    assert table.refresh() == 0
    assert body(table, "/zh/local/feed.rss") == "good"
    (tmp_path / "public").write_text("a file in its place")
    assert table.refresh() == 0
    assert body(table, "/zh/local/feed.rss") == "good"


class Vanishing(Memory):
    """A tree whose units are gone when they are to be read, until they stay."""

    stays = False

    def read(self, unit: str, stamp: str) -> tuple[File, ...]:
        """Fail as a folder does that was switched twice meanwhile."""
        if not self.stays:
            raise FileNotFoundError(unit)
        return super().read(unit, stamp)


def test_a_unit_that_vanishes_while_it_is_read_is_read_next_time() -> None:
    tree = Vanishing()
    tree.switch("zh/local", documents("1"))
    table = Table(tree)
    assert table.refresh() == 0
    tree.stays = True
    assert table.refresh() == 1
    assert len(table) == 4


def test_readers_never_see_two_moments_of_one_feed(tmp_path: Path) -> None:
    """The formats of a feed agree at every moment, while a writer switches them."""
    output = Directory(tmp_path)
    output.switch("zh/local", documents("0"))
    table = Table(Tree(tmp_path))
    table.refresh()
    done = threading.Event()

    def write() -> None:
        for number in range(60):
            output.switch("zh/local", documents(str(number)))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen: set[str] = set()
    while not done.is_set():
        table.refresh()
        texts = {body(table, path) for path in table._entries}
        assert len(texts) == 1
        seen |= texts
    writer.join()
    table.refresh()
    assert body(table, "/zh/local/feed.atom") == "59"
    assert len(seen) > 1


def test_archive_documents_are_read_when_asked_for(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    table = Table(Tree(tmp_path))
    output.archive("zh/local", archives("1", "2"))
    assert table.find("/zh/local/archive/1.atom") is None, "its feed does not stand"
    output.switch("zh/local", documents("now"))
    table.refresh()
    found = table.find("/zh/local/archive/2.atom")
    assert found
    assert found.answers["identity"].whole.messages[1]["body"] == b"2"
    assert set(found.answers) == {"identity", "br", "zstd", "gzip"}
    assert len(table) == len(KINDS)
    for path in ("/zh/local/archive/3.atom", "/en/local/archive/1.atom", "/", ""):
        assert table.find(path) is None


def test_a_folder_that_is_no_more_has_no_archives(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    table = Table(Tree(tmp_path))
    output.archive("zh/local", archives("1"))
    gone = Document(name=GONE, body=b"", media_type="text/plain", updated=CHANGED)
    output.switch("zh/local", [gone])
    table.refresh()
    assert table.find("/zh/local/archive/1.atom") is None
