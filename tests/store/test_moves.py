"""Articles are found by what they say, alike on every database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from feedsvc.model.visit import Outcome
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

HOUR = timedelta(hours=1)
OLD = make_article(1, content_text="桥梁今日重新开放。")
NEW = replace(OLD, id="f" * 32, url="https://news.example/new", aliases=("new",))


def found(store: Store, source: str = "times") -> list[str]:
    """The ids of what says the same as :data:`NEW`."""
    said = store.former(source, [NEW]).get(NEW.id, ())
    return [one.known.id for one in said]


def test_what_says_the_same_is_told_with_where_and_when_it_was_listed(
    store: Store,
) -> None:
    store.save([make_outcome(OLD, make_article(2))], NOW)
    store.save([Outcome(source="times", seen=[OLD.id])], NOW + HOUR)
    [one] = store.former("times", [NEW])[NEW.id]
    assert (one.url, one.seen) == (OLD.url, NOW + HOUR)
    assert one.known == store.known("times", [OLD.aliases[0]])[OLD.aliases[0]]


def test_white_space_and_case_say_nothing_but_words_do(store: Store) -> None:
    store.save([make_outcome(replace(OLD, title="Bridge  Open"))], NOW)
    said = {
        title: bool(store.former("times", [replace(NEW, title=title)]))
        for title in ("bridge open", "Bridge Open\n", "Bridge closed")
    }
    assert said == {"bridge open": True, "Bridge Open\n": True, "Bridge closed": False}


def test_a_headline_without_a_text_says_too_little(store: Store) -> None:
    bare: dict[str, Any] = {"content_text": "", "content_html": ""}
    store.save([make_outcome(replace(OLD, **bare))], NOW)
    assert store.former("times", [replace(NEW, **bare)]) == {}
    told = bare | {"summary": "桥梁开放"}
    store.save([make_outcome(replace(OLD, digest="b", **told))], NOW)
    assert list(store.former("times", [replace(NEW, **told)])) == [NEW.id]


def test_the_last_listed_stands_first(store: Store) -> None:
    twin = replace(OLD, id="e" * 32, aliases=("twin",), url="https://news.example/e")
    store.save([make_outcome(OLD)], NOW)
    store.save([make_outcome(twin)], NOW + HOUR)
    assert found(store) == [twin.id, OLD.id]


def test_another_sources_article_is_none(store: Store) -> None:
    store.save([make_outcome(OLD)], NOW)
    listed = Outcome(source="other", list_digests=[(OLD.id, "theirs")])
    store.save([listed], NOW)
    assert found(store, "other") == []


def test_an_edited_address_is_counted_as_a_change_once(store: Store) -> None:
    store.save([make_outcome(OLD)], NOW)
    edited = replace(NEW, id=OLD.id)
    for _ in range(2):
        store.save([make_outcome(edited, moved=[OLD.id])], NOW + HOUR)
    known = store.known("times", ["new", OLD.aliases[0]])
    assert {one.id for one in known.values()} == {OLD.id}
    assert {one.changes for one in known.values()} == {1}
