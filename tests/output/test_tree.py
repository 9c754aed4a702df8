"""The reading side: only what publication put there, as it was at one moment."""

from datetime import UTC
from pathlib import Path

import pytest

from feedsvc.model.feed import GONE, MOVED, Document
from feedsvc.model.tree import File
from feedsvc.output.directory import Directory
from feedsvc.output.memory import Memory
from feedsvc.output.tree import Tree
from tests.output.documents import NAMES, NOON, archives, folder, single


def read(tree: Tree | Memory) -> dict[str, File]:
    return {
        file.path: file
        for unit, stamp in tree.stamps().items()
        for file in tree.read(unit, stamp)
    }


def test_the_tree_reads_what_the_directory_wrote(tmp_path: Path) -> None:
    output, memory = Directory(tmp_path), Memory()
    for side in (output, memory):
        assert side.switch("zh/local", folder("新闻 " * 99)) > 0
        assert side.place(single("zh/index.html", "page")) > 0
        assert side.place(single("en/index.html", "no more")) > 0
        side.displace(["en/index.html", "en/feeds.opml"])
        assert side.switch("zh/local", folder("新闻 " * 99)) == 0
        assert side.folders() == {"zh/local"}
    found = read(Tree(tmp_path))
    assert found == read(memory)
    assert set(found) == {"zh/index.html", *(f"zh/local/{name}" for name in NAMES)}
    for name, kind in NAMES.items():
        file = found[f"zh/local/{name}"]
        assert file.media_type == kind
        assert file.updated == NOON.replace(microsecond=0)
        assert file.updated.tzinfo is UTC
        assert list(file.bodies) == ["identity", "br", "zstd", "gzip"]


def test_a_tag_follows_the_bytes_alone(tmp_path: Path) -> None:
    tags = []
    for name, text in (("a", "one"), ("b", "one"), ("c", "two")):
        Directory(tmp_path / name).switch("zh/local", folder(text))
        tags.append(read(Tree(tmp_path / name))["zh/local/feed.rss"].etag)
    assert tags[0] == tags[1] != tags[2]


def test_a_stamp_changes_with_its_unit_only(tmp_path: Path) -> None:
    output, tree = Directory(tmp_path), Tree(tmp_path)
    output.switch("zh/local", folder("1"))
    output.switch("en/local", folder("1"))
    output.place(single("zh/index.html", "1"))
    before = tree.stamps()
    output.switch("zh/local", folder("2"))
    after = tree.stamps()
    assert {unit for unit in after if after[unit] != before[unit]} == {"zh/local"}
    output.place(single("zh/index.html", "2"))
    assert tree.stamps()["zh/index.html"] != after["zh/index.html"]


@pytest.mark.parametrize("make", [Tree, lambda _: Memory()], ids=["tree", "memory"])
def test_there_may_be_no_tree_yet(tmp_path: Path, make: type[Tree]) -> None:
    assert make(tmp_path / "public").stamps() == {}


NOWHERE = [
    "zh/local/archive/2.atom",
    "zh/local/archive/01.atom",
    "zh/local/archive/1.atom.gz",
    "zh/local/archive/../../local/feed.atom",
    "../.archives/zh+local/archive/1.atom",
    "en/local/archive/1.atom",
    "zh/local/feed.atom",
    "",
]


def test_archive_documents_are_found_by_their_addresses(tmp_path: Path) -> None:
    output, memory, tree = Directory(tmp_path), Memory(), Tree(tmp_path)
    for side in (output, memory):
        side.archive("zh/local", archives("深" * 99))
        side.switch("zh/local", folder("1"))
    found = tree.find("zh/local/archive/1.atom")
    assert found is not None
    assert found == memory.find("zh/local/archive/1.atom")
    assert found.cache_control == (
        "public, max-age=86400, immutable, stale-if-error=259200"
    )
    assert list(found.bodies) == ["identity", "br", "zstd", "gzip"]
    assert set(tree.stamps()) == {"zh/local"}
    for path in NOWHERE:
        assert tree.find(path) is None, path
        assert memory.find(path) is None, path


def test_an_archive_document_is_found_without_twins_of_another_moment(
    tmp_path: Path,
) -> None:
    output = Directory(tmp_path)
    output.archive("zh/local", archives("new"))
    old = (tmp_path / ".archives/zh+local/1.atom.br").read_bytes()
    output.archive("zh/local", archives("redacted"))
    (tmp_path / ".archives/zh+local/1.atom.br").write_bytes(old)
    found = Tree(tmp_path).find("zh/local/archive/1.atom")
    assert found
    assert set(found.bodies) == {"identity", "zstd", "gzip"}


def test_reading_what_is_gone_is_an_error(tmp_path: Path) -> None:
    output, tree, memory = Directory(tmp_path), Tree(tmp_path), Memory()
    for side in (output, memory):
        side.switch("zh/local", folder("1"))
    old, mark = tree.stamps()["zh/local"], memory.stamps()["zh/local"]
    for text in ("2", "3"):
        output.switch("zh/local", folder(text))
        memory.switch("zh/local", folder(text))
    with pytest.raises(FileNotFoundError):
        tree.read("zh/local", old)
    with pytest.raises(FileNotFoundError):
        memory.read("zh/local", mark)


def test_nothing_but_publication_s_own_files_is_read(tmp_path: Path) -> None:
    """Foreign links, hidden files, unknown kinds and twins have no address."""
    output = Directory(tmp_path)
    output.switch("zh/local", folder("1"))
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (tmp_path / "zh" / "leak").symlink_to("/etc")
    (tmp_path / "zh" / "sport").symlink_to("../.generations/../zh")
    (tmp_path / "zh" / "link.txt").symlink_to(secret)
    (tmp_path / ".hidden.txt").write_text("hidden")
    inside = (tmp_path / "zh" / "local").resolve()
    (inside / "key.pem").write_text("key")
    found = read(Tree(tmp_path))
    assert set(found) == {"secret.txt", *(f"zh/local/{name}" for name in NAMES)}


def test_a_link_inside_a_generation_is_refused(tmp_path: Path) -> None:
    Directory(tmp_path).switch("zh/local", folder("1"))
    inside = (tmp_path / "zh" / "local").resolve()
    (inside / "leak.txt").symlink_to("/etc/hostname")
    tree = Tree(tmp_path)
    with pytest.raises(OSError, match="leak"):
        tree.read("zh/local", tree.stamps()["zh/local"])


def test_a_page_is_served_without_twins_of_another_moment(tmp_path: Path) -> None:
    output = Directory(tmp_path)
    output.place(single("index.html", "new"))
    old = (tmp_path / "index.html.br").read_bytes()
    output.place(single("index.html", "newer"))
    (tmp_path / "index.html.br").write_bytes(old)
    (tmp_path / "index.html.zst").unlink()
    (file,) = read(Tree(tmp_path)).values()
    assert set(file.bodies) == {"identity", "gzip"}


@pytest.mark.parametrize("name", [GONE, MOVED])
def test_a_notice_is_all_that_a_folder_that_is_no_more_holds(
    tmp_path: Path, name: str
) -> None:
    output = Directory(tmp_path)
    output.switch("zh/old", folder("1"))
    kind = "text/plain; charset=utf-8"
    notice = Document(name=name, body=b"zh/new", media_type=kind, updated=NOON)
    output.switch("zh/old", [notice])
    (file,) = read(Tree(tmp_path)).values()
    assert (file.path, file.media_type) == (f"zh/old/{name}", kind)
    assert file.bodies["identity"] == b"zh/new"
    assert output.folders() == {"zh/old"}


def test_a_file_of_an_unknown_kind_is_bytes(tmp_path: Path) -> None:
    (tmp_path / "BingSiteAuth.xyz").write_text("code")
    (file,) = read(Tree(tmp_path)).values()
    assert file.media_type == "application/octet-stream"


def test_what_a_category_means_is_a_page_without_a_suffix(tmp_path: Path) -> None:
    Directory(tmp_path).place(single("categories/local", "page"))
    (file,) = read(Tree(tmp_path)).values()
    assert (file.path, file.media_type) == (
        "categories/local",
        "text/html; charset=utf-8",
    )
    assert list(file.bodies) == ["identity", "br", "zstd", "gzip"]
