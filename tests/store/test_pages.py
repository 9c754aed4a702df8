"""The newest pages of a source are kept within bounds, alike on every database."""

import random
import zlib
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.fetch.codings import decode
from feedsvc.model.kept import Kept, Role
from feedsvc.model.status import Doubted
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Packed, Page
from feedsvc.store import Store
from tests.store.samples import NOW

MINUTE = timedelta(minutes=1)
MANY = range(25)


def url(n: int) -> str:
    return f"https://news.example/{n}"


def kept(n: int, body: bytes = b"<p>", **fields: Any) -> Kept:
    """The n-th page, the later the newer."""
    place: dict[str, Any] = {
        "role": Role.ARTICLE,
        "since": NOW + n * MINUTE,
        "position": n,
    }
    packed = fields.pop("packed", None)
    page = Page(url=f"{url(n)}?at", requested=url(n), body=body, packed=packed)
    return Kept(**(place | fields), page=page)


def save(store: Store, *pages: Kept, source: str = "times") -> None:
    store.save([Outcome(source=source, pages=pages)], NOW)


def urls(store: Store, source: str = "times") -> list[str]:
    return [one.page.requested for one in store.pages(source)]


def noise(size: int) -> bytes:
    """What no compression makes smaller."""
    return random.Random(size).randbytes(size)


@pytest.mark.parametrize(
    "packed", [None, Packed(coding="deflate", body=zlib.compress(b"<p>text"))]
)
def test_a_page_is_kept_as_it_came_else_packed(
    store: Store, packed: Packed | None
) -> None:
    page = Page(
        url="https://news.example/a/",
        requested="https://news.example/a",
        body=b"<p>text",
        content_type="text/html; charset=gbk",
        packed=packed,
    )
    save(store, Kept(role=Role.LIST, page=page, since=NOW))
    [found] = store.pages("times")
    assert (found.role, found.since, found.position) == (Role.LIST, NOW, 0)
    told = found.page
    assert (told.url, told.requested) == (page.url, page.requested)
    assert told.content_type == page.content_type
    assert told.packed is not None
    assert decode(told.packed.body, told.packed.coding, 100) == b"<p>text"
    assert packed in {None, told.packed}


def test_only_the_newest_pages_of_a_source_are_kept(store: Store) -> None:
    save(store, *(kept(n) for n in MANY))
    save(store, kept(0), source="herald")
    assert urls(store) == [url(n) for n in reversed(MANY)][:20]
    assert urls(store, "herald") == [url(0)]
    save(store, kept(99))
    assert urls(store)[:2] == [url(99), url(24)]
    assert len(urls(store)) == 20


def test_of_pages_that_came_together_those_at_the_head_are_kept(store: Store) -> None:
    save(store, *(kept(n, since=NOW) for n in MANY))
    assert urls(store) == [url(n) for n in MANY][:20]


def test_a_list_never_gives_way_to_articles(store: Store) -> None:
    save(store, kept(0, role=Role.LIST), *(kept(n) for n in MANY))
    assert [one.role for one in store.pages("times")].count(Role.LIST) == 1
    assert len(urls(store)) == 21


def test_a_page_that_comes_again_takes_its_own_place(store: Store) -> None:
    save(store, kept(1, b"before"), kept(2))
    save(store, kept(1, b"after"))
    assert urls(store) == [url(2), url(1)]
    packed = store.pages("times")[1].page.packed
    assert packed is not None
    assert decode(packed.body, packed.coding, 100) == b"after"


def test_one_huge_page_is_not_kept_nor_too_much_together(store: Store) -> None:
    save(store, kept(99, noise(300_000)))
    assert urls(store) == []
    save(store, *(kept(n, noise(200_000)) for n in MANY))
    assert urls(store) == [url(n) for n in reversed(MANY)][:10]
    save(store, kept(98, b"x" * 1_000_000))
    assert urls(store)[0] == url(98)


def test_of_lists_that_are_not_believed_the_newest_of_each_source_is_kept(
    store: Store,
) -> None:
    for n in range(3):
        save(store, kept(n, role=Role.DOUBTED), kept(n))
    save(store, kept(9, role=Role.DOUBTED), source="other")
    kinds = [(one.role, one.page.requested) for one in store.pages("times")]
    doubted = [one for role, one in kinds if role is Role.DOUBTED]
    assert (doubted, len(kinds)) == ([url(2)], 4)
    rows = {row.visit.source: row for row in store.status().sources}
    assert rows["times"].doubted == Doubted(url=f"{url(2)}?at", at=NOW + 2 * MINUTE)
    assert rows["other"].doubted == Doubted(url=f"{url(9)}?at", at=NOW + 9 * MINUTE)


def test_what_was_not_believed_goes_with_its_cause(store: Store) -> None:
    for name in ("times", "other"):
        save(store, kept(1, role=Role.DOUBTED), kept(2), source=name)
    store.save([Outcome(source="times", is_believed=True)], NOW)
    roles = {name: {p.role for p in store.pages(name)} for name in ("times", "other")}
    assert roles == {"times": {Role.ARTICLE}, "other": {Role.ARTICLE, Role.DOUBTED}}


def test_an_address_is_told_without_its_password(store: Store) -> None:
    page = Page(url="https://me:secret@news.example/", body=b"<p>")
    save(store, Kept(role=Role.DOUBTED, page=page, since=NOW))
    [row] = store.status().sources
    assert row.doubted == Doubted(url="https://news.example/", at=NOW)


def test_only_the_pages_of_some_sources_are_kept(store: Store) -> None:
    for source in ("times", "herald", "post"):
        save(store, kept(1), source=source)
    store.keep_pages_of(["times", "post", "new"])
    assert urls(store) == urls(store, "post") == [url(1)]
    assert urls(store, "herald") == []
    store.keep_pages_of([])
    assert urls(store) == []
