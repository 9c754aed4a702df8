"""What visits add up to comes back as it was kept."""

from datetime import timedelta

import pytest

from feedsvc.errors import Code
from feedsvc.model.history import History, Move, Tally, Trouble
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Hints, Resource
from feedsvc.store import Store
from feedsvc.store.history import document, history, stated, stated_document
from tests.store.samples import NOW, make_visit

FULL = History(
    url="https://news.example/",
    trouble=Trouble(code=Code.E_GONE, since=NOW),
    move=Move(to="https://new.example/", since=NOW, times=3),
    tally=Tally(
        at=NOW, days=1.5, requests=2.25, answers=3.0, unmodified=1.0, useful=0.125
    ),
)


@pytest.mark.parametrize("known", [History(), History(url="u"), FULL])
def test_a_history_comes_back(known: History, store: Store) -> None:
    assert history(document(known)) == known
    visit = make_visit(history=known)
    store.save([Outcome(source="times", visit=visit)], NOW)
    assert store.visits(["times"])["times"] == visit
    [row] = store.status().sources
    assert row.visit == visit


def test_sums_are_kept_in_thousandths() -> None:
    third = History(tally=Tally(at=NOW, days=1 / 3))
    back = history(document(third)).tally
    assert back
    assert back.days == 0.333


@pytest.mark.parametrize(
    "resource",
    [
        Resource(url="u"),
        Resource(url="u", stated=Hints(skip_hours=(0, 1), skip_days=(5, 6))),
        Resource(url="u", stated=Hints(ttl=timedelta(hours=2))),
        Resource(url="u", children=("https://news.example/a.xml", "b")),
    ],
)
def test_what_a_document_states_comes_back(resource: Resource, store: Store) -> None:
    column = stated_document(resource)
    assert stated(column) == (resource.stated, resource.children)
    assert (column is None) is (resource == Resource(url="u"))
    store.save([Outcome(source="times", resources=[resource])], NOW)
    assert store.resources([("times", "u")]) == {("times", "u"): resource}
