"""The bucket: what the directory holds, in an order that readers can follow."""

import gzip
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import zstandard

from feedsvc.errors import Code, OutputError
from feedsvc.model.article import Article
from feedsvc.model.visit import Outcome
from feedsvc.output.bucket import Bucket
from feedsvc.output.directory import Directory
from feedsvc.output.objects import Objects
from feedsvc.output.tree import Tree
from feedsvc.publish.publisher import Publisher
from feedsvc.store import Store, open_store
from tests.output.documents import NAMES, NOON, archives, folder, single
from tests.output.store import Service, bucket_of
from tests.publish.world import START, article, config

DECODE = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}


class Watched(Bucket):
    """A bucket that tells what it was asked to change, in order."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.changes: list[str] = []
        self.left = 10_000

    def put(self, key: str, body: bytes, attributes: dict[str, str]) -> None:  # type: ignore[override]  # a dict is enough here
        """Put, unless the writer has died."""
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        self.changes.append(key)
        super().put(key, body, attributes)

    def delete(self, keys: Sequence[str]) -> None:  # type: ignore[override]  # the same
        """Delete."""
        self.changes += [f"-{key}" for key in keys]
        super().delete(keys)


def files(root: Path) -> dict[str, bytes]:
    """Every file of a directory that a web server shows, with its bytes."""
    found = {}
    for where, folders, names in os.walk(root, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(where) / name for name in names if not name.startswith(".")):
            found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def visible(objects: dict[str, bytes]) -> dict[str, bytes]:
    return {key: body for key, body in objects.items() if not key.startswith(".")}


def test_the_bucket_holds_the_tree_that_the_directory_holds(
    service: Service, bucket: str, tmp_path: Path
) -> None:
    objects, directory = Objects(Bucket(bucket)), Directory(tmp_path)
    for side in (objects, directory):
        side.archive("zh/local", archives("深", "远"))
        side.switch("zh/local", folder("新闻 " * 99))
        side.switch("en/local", folder("news " * 99))
        side.place(single("zh/index.html", "page"))
        side.place(single("index.html", "door"))
        side.place(single("categories/local", "term"))
        side.place(single("en/index.html", "no more"))
        side.displace(["en/index.html", "en/feeds.opml"])
    assert visible(service.objects(bucket)) == files(tmp_path)
    assert objects.folders() == directory.folders() == {"zh/local", "en/local"}
    assert objects.archived("zh/local") == directory.archived("zh/local")
    assert objects.archived("en/local") == directory.archived("en/local")


@pytest.mark.parametrize(
    ("suffix", "coding"), [("", None), (".gz", "gzip"), (".br", "br"), (".zst", "zstd")]
)
@pytest.mark.parametrize("name", NAMES)
def test_an_object_carries_what_a_cdn_sends_on(
    service: Service, bucket: str, name: str, suffix: str, coding: str | None
) -> None:
    documents = [replace(d, max_age=840) for d in folder("新闻 " * 99)]
    Objects(Bucket(bucket)).switch("zh/local", documents)
    found = service.head(bucket, f"zh/local/{name}{suffix}")
    assert found["ContentType"] == NAMES[name]
    assert found.get("ContentEncoding") == coding
    assert found["CacheControl"] == (
        "public, max-age=840, stale-while-revalidate=1680, stale-if-error=259200"
    )
    assert found["Metadata"]["mtime"] == str(int(NOON.timestamp()))
    body = service.objects(bucket)[f"zh/local/{name}{suffix}"]
    assert (DECODE[coding](body) if coding else body).decode() == "新闻 " * 99


def test_twins_come_before_feeds_and_feeds_before_the_page(bucket: str) -> None:
    watched = Watched(bucket)
    Objects(watched).switch("zh/local", folder("1"))
    first, *written, last = watched.changes
    assert first == last == ".generations/zh/local"
    kinds = [
        "twin" if key.endswith((".gz", ".br", ".zst")) else key.rpartition(".")[2]
        for key in written
    ]
    assert set(kinds[:12]) == {"twin"}
    assert set(kinds[12:15]) == {"rss", "atom", "json"}
    assert kinds[15:] == ["html"]


def test_what_stands_is_not_written_again(bucket: str) -> None:
    Objects(Bucket(bucket)).switch("zh/local", folder("same"))
    Objects(Bucket(bucket)).place(single("index.html", "same"))
    watched = Watched(bucket)
    again = Objects(watched)
    assert again.switch("zh/local", list(reversed(folder("same")))) == 0
    later = single("index.html", "same", NOON + timedelta(days=1))
    assert again.place(later) == 0
    assert watched.changes == []


@pytest.mark.parametrize("gone", ["feed.rss", "feed.json.br"])
def test_what_somebody_took_out_is_put_back(
    service: Service, bucket: str, gone: str
) -> None:
    objects = Objects(Bucket(bucket))
    objects.switch("zh/local", folder("1"))
    before = service.objects(bucket)
    service.remove(bucket, f"zh/local/{gone}")
    assert objects.switch("zh/local", folder("1")) > 0
    assert service.objects(bucket) == before


def test_what_a_folder_holds_no_more_is_removed(service: Service, bucket: str) -> None:
    objects = Objects(Bucket(bucket))
    objects.switch("zh/local", folder("1"))
    fewer = [d for d in folder("2") if d.name != "feed.json"]
    objects.switch("zh/local", fewer)
    left = visible(service.objects(bucket))
    assert not [key for key in left if "feed.json" in key]
    assert left["zh/local/feed.rss"] == b"2"


@pytest.mark.parametrize("left", range(18))
def test_a_writer_that_dies_midway_is_completed_by_the_next(
    service: Service, bucket: str, left: int
) -> None:
    """Reliability case 79: at every request; the old content may be what is wanted."""
    Objects(Bucket(bucket)).switch("zh/local", folder("old"))
    whole = service.objects(bucket)
    dying = Watched(bucket)
    dying.left = left
    with pytest.raises(KeyboardInterrupt):
        Objects(dying).switch("zh/local", folder("new"))
    died = Objects(Bucket(bucket))
    assert died.folders() == (frozenset() if left else {"zh/local"})
    died.switch("zh/local", folder("old"))
    assert service.objects(bucket) == whole
    assert died.folders() == {"zh/local"}


def test_a_page_whose_writer_died_is_completed_by_the_next(
    service: Service, bucket: str
) -> None:
    Objects(Bucket(bucket)).place(single("index.html", "old"))
    whole = service.objects(bucket)
    dying = Watched(bucket)
    dying.left = 2
    with pytest.raises(KeyboardInterrupt):
        Objects(dying).place(single("index.html", "new"))
    Objects(Bucket(bucket)).place(single("index.html", "old"))
    assert service.objects(bucket) == whole


def test_archive_documents_stay_whatever_their_folder_is_switched_to(
    service: Service, bucket: str
) -> None:
    watched = Watched(bucket)
    objects = Objects(watched)
    objects.archive("zh/local", archives("1", "2"))
    assert watched.changes[-1] == "zh/local/archive/2.atom", "after its twins"
    assert objects.folders() == frozenset()
    objects.switch("zh/local", folder("1"))
    watched.changes.clear()
    assert objects.archive("zh/local", archives("1", "2")) == 0
    objects.switch("zh/local", folder("2"))
    assert not [key for key in watched.changes if "archive" in key]
    assert service.objects(bucket)["zh/local/archive/1.atom"] == b"1"
    head = service.head(bucket, "zh/local/archive/1.atom.gz")
    assert "immutable" in head["CacheControl"]
    assert set(objects.stamps()) == {"zh/local"}
    objects.unarchive("zh/local")
    objects.unarchive("en/local")
    assert objects.archived("zh/local") == frozenset()
    assert objects.folders() == {"zh/local"}


def test_a_folder_has_all_its_documents_however_many(bucket: str) -> None:
    """Stores list a thousand objects at a time."""
    watched = Bucket(bucket)
    for number in range(1010):
        watched.put(f"zh/{number}.html", b"", {})
    assert len(watched.look("zh").objects) == 1010


def test_readers_keep_what_is_whole_while_a_folder_is_written(bucket: str) -> None:
    """Reliability case 80."""
    objects = Objects(Bucket(bucket))
    objects.switch("zh/local", folder("old"))
    stamp = objects.stamps()["zh/local"]
    dying = Watched(bucket)
    dying.left = 9
    with pytest.raises(KeyboardInterrupt):
        Objects(dying).switch("zh/local", folder("new"))
    assert objects.stamps() == {}
    with pytest.raises(FileNotFoundError):
        objects.read("zh/local", stamp)


def test_what_is_read_back_is_what_the_directory_gives(
    bucket: str, tmp_path: Path
) -> None:
    objects, directory = Objects(Bucket(bucket)), Directory(tmp_path)
    aged = [replace(document, max_age=60) for document in folder("新闻 " * 99)]
    for side in (objects, directory):
        side.archive("zh/local", archives("深" * 99))
        side.switch("zh/local", aged)
        side.place(single("zh/index.html", "page"))
        side.place(single("categories/local", "term"))
    tree = Tree(tmp_path)
    assert set(objects.stamps()) == set(tree.stamps())
    found = [side.find("zh/local/archive/1.atom") for side in (objects, tree)]
    assert found[0] == found[1] is not None
    for unit, stamp in objects.stamps().items():
        mine = objects.read(unit, stamp)
        theirs = tree.read(unit, tree.stamps()[unit])
        assert sorted(mine, key=str) == sorted(theirs, key=str)


def test_a_stamp_changes_with_its_unit_only(bucket: str) -> None:
    objects = Objects(Bucket(bucket))
    objects.switch("zh/local", folder("1"))
    objects.switch("en/local", folder("1"))
    objects.place(single("index.html", "1"))
    before = objects.stamps()
    objects.switch("zh/local", folder("2"))
    objects.place(single("index.html", "2"))
    after = objects.stamps()
    assert {u for u in after if after[u] != before[u]} == {"zh/local", "index.html"}
    with pytest.raises(FileNotFoundError):
        objects.read("index.html", before["index.html"])


def test_a_store_that_is_down_is_reported_and_recovers(
    service: Service, bucket: str
) -> None:
    objects = Objects(Bucket(bucket))
    objects.switch("zh/local", folder("old"))
    stamp = objects.stamps()["zh/local"]
    service.stop()
    try:
        changes: list[Callable[[], int]] = [
            lambda: objects.switch("zh/local", folder("new")),
            lambda: objects.place(single("index.html", "new")),
        ]
        for change in changes:
            with pytest.raises(OutputError) as refused:
                change()
            assert refused.value.fault.code is Code.E_OUTPUT
            where = str(refused.value.fault.args["path"])
            assert where.startswith(f"s3://{bucket_of(bucket)}/news")
            assert "\n" not in str(refused.value.fault.args["detail"])
        with pytest.raises(OutputError):
            objects.folders()
        assert objects.stamps() == {}
        assert objects.find("zh/local/archive/1.atom") is None
        with pytest.raises(OSError, match="E_OUTPUT"):
            objects.read("zh/local", stamp)
    finally:
        service.start()
    assert objects.switch("zh/local", folder("new")) > 0
    (rss,) = (
        file
        for file in objects.read("zh/local", objects.stamps()["zh/local"])
        if file.path.endswith(".rss")
    )
    assert rss.bodies["identity"] == b"new"


def test_a_bucket_that_is_not_there_is_named(service: Service, bucket: str) -> None:
    elsewhere = bucket.replace("/feeds-", "/nobodys-")
    with pytest.raises(OutputError) as refused:
        Objects(Bucket(elsewhere)).switch("zh/local", folder("1"))
    assert str(refused.value.fault.args["detail"]).startswith("NoSuchBucket")
    assert service.url not in str(refused.value.fault.args["detail"])


def test_the_environment_names_endpoint_and_region(
    service: Service, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    objects = Objects(Bucket(bucket.partition("?")[0]))
    objects.switch("zh/local", folder("1"))
    assert objects.folders() == {"zh/local"}


def test_the_configuration_comes_before_the_environment(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert Objects(Bucket(bucket)).folders() == frozenset()


def publisher(store: Store, output: Directory | Objects) -> Publisher:
    return Publisher(config(), store, output, lambda: START)


def test_a_publication_stands_alike_in_bucket_and_directory(
    service: Service, bucket: str, tmp_path: Path
) -> None:
    for output in (Objects(Bucket(bucket)), Directory(tmp_path)):
        store = open_store("sqlite://", Path())
        filed = [article(n) for n in range(1, 9)]
        keep(store, *filed)
        assert not publisher(store, output).publish().failed
    assert visible(service.objects(bucket)) == files(tmp_path)


def test_a_publication_that_meets_a_dead_store_is_made_up_for(
    service: Service, bucket: str
) -> None:
    """Contract, section 6: nothing is lost, and the fault says where and why."""
    store = open_store("sqlite://", Path())
    publishing = publisher(store, Objects(Bucket(bucket)))
    publishing.publish()
    before = service.objects(bucket)
    keep(store, article(1))
    service.stop()
    try:
        report = publishing.publish()
    finally:
        service.start()
    assert {fault.code for fault in report.faults} == {"E_OUTPUT"}
    assert service.objects(bucket) == before
    assert set(publishing.publish().switched) == {"en/all", "en/local"}
    assert b"Story 1" in service.objects(bucket)["en/local/feed.rss"]
    assert publishing.publish().switched == ()


def keep(store: Store, *articles: Article) -> None:
    """Store articles, as a visit does."""
    store.save(
        [
            Outcome(
                source="river",
                articles=articles,
                filed=[(one.id, one.categories) for one in articles],
                list_digests=[(one.id, "x") for one in articles],
            )
        ],
        START,
    )
