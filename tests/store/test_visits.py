"""What is known of every source between visits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.errors import Code
from feedsvc.model.visit import Outcome, Rhythm, Visit
from feedsvc.model.web import Resource, Validators
from feedsvc.store import Store
from tests.store.samples import NOW, make_fault, make_visit

HOUR = timedelta(hours=1)


def faults(store: Store, source: str = "times") -> list[tuple[Code, bool]]:
    """Codes, newest first, with whether each is cleared."""
    [one] = [s for s in store.status().sources if s.visit.source == source]
    return [(i.fault.code, i.cleared_at is not None) for i in one.faults]


def failed(*codes: Code) -> Outcome:
    visit = make_visit(failures=1)
    return Outcome(source="times", visit=visit, faults=[make_fault(c) for c in codes])


def test_a_source_never_visited_has_a_fresh_visit(store: Store) -> None:
    assert store.visits(["new"]) == {"new": Visit(source="new")}


def test_a_visit_comes_back_as_it_was_saved(store: Store) -> None:
    visit = make_visit(failures=3, items=7, blocked_until=NOW + HOUR)
    store.save([Outcome(source="times", visit=visit)], NOW)
    assert store.visits(["times", "new"])["times"] == visit
    store.save([Outcome(source="times", visit=make_visit(due=None))], NOW)
    assert store.visits(["times"])["times"] == make_visit(due=None)


def test_a_rhythm_comes_back_as_it_was_learned_and_stays(store: Store) -> None:
    rhythm = Rhythm(at=NOW, days=20.1982, cells=(0.1, 0.0003, 7.0) * 16, requests=1 / 3)
    learned = make_visit(rhythm=rhythm)
    store.save([Outcome(source="times", visit=learned)], NOW)
    assert store.visits(["times"])["times"] == learned
    assert store.rhythms() == {"times": rhythm}
    later = replace(learned, last_attempt=NOW + HOUR, failures=1)
    store.save([Outcome(source="times", visit=later)], NOW + HOUR)
    assert store.visits(["times"])["times"] == later
    assert [row.visit for row in store.status().sources] == [later]


def test_of_two_visits_in_a_batch_the_later_stays(store: Store) -> None:
    visits = [make_visit(items=1), make_visit(items=2)]
    store.save([Outcome(source="times", visit=v) for v in visits], NOW)
    assert store.visits(["times"])["times"].items == 2


def test_of_the_sources_that_are_asked_about_alone_some_are_due(store: Store) -> None:
    visits = [make_visit(f"gone{n}", due=NOW - 2 * HOUR) for n in range(5)]
    visits += [make_visit(f"s{n:04}", due=NOW - HOUR) for n in range(600)]
    store.save([Outcome(source=v.source, visit=v) for v in visits], NOW)
    assert store.due(NOW, 5) == [f"gone{n}" for n in range(5)]
    mine = {f"s{n:04}" for n in range(1, 600)} | {"unknown"}
    assert store.due(NOW, 3, mine) == ["s0001", "s0002", "s0003"]
    assert len(store.due(NOW, 1000, mine)) == 599
    assert store.due(NOW, 5, ()) == []


def test_an_address_too_long_for_an_index_is_remembered(store: Store) -> None:
    url = "https://example.org/" + "".join(f"{n:x}" for n in range(1000))
    resource = Resource(url=url, validators=Validators(etag='"1"'))
    store.save([Outcome(source="times", resources=[resource])], NOW)
    assert store.resources([("times", url)]) == {("times", url): resource}


def test_lists_that_nothing_leads_to_any_more_are_forgotten(store: Store) -> None:
    def remembered(*days: int, is_whole: bool = False) -> Outcome:
        found = [Resource(url=f"https://example.org/{day}.xml") for day in days]
        return Outcome(source="times", resources=found, is_whole=is_whole)

    def known() -> list[int]:
        asked = [("times", f"https://example.org/{day}.xml") for day in range(1, 5)]
        return [int(url[20]) for _, url in store.resources(asked)]

    other = Outcome(source="other", resources=[Resource(url="https://example.org/")])
    store.save([remembered(1, 2), other], NOW)
    store.save([remembered(3)], NOW)
    assert sorted(known()) == [1, 2, 3]
    store.save([remembered(3, 4, is_whole=True)], NOW)
    assert sorted(known()) == [3, 4]
    assert store.resources([("other", "https://example.org/")])


def test_a_release_holds_that_was_said_while_a_visit_was_under_way(
    store: Store,
) -> None:
    store.save([Outcome(source="times", visit=make_visit())], NOW)
    said = replace(make_visit(), due=NOW, is_released=True)
    store.release_list(said)
    late = replace(make_visit(), due=NOW + HOUR, failures=1)
    store.save([Outcome(source="times", visit=late)], NOW)
    kept = store.visits(["times"])["times"]
    assert (kept.is_released, kept.due, kept.failures) == (True, NOW, 1)
    after = replace(make_visit(), due=NOW + HOUR)
    store.save([Outcome(source="times", visit=after, is_heeded=True)], NOW)
    assert store.visits(["times"])["times"] == after


@pytest.mark.parametrize(
    ("blocked", "due"),
    [(HOUR, HOUR), (-HOUR, timedelta()), (25 * HOUR, timedelta())],
    ids=["the server's wish", "over", "by a wrong clock"],
)
def test_a_release_is_heeded_when_the_server_lets_us(
    store: Store, blocked: timedelta, due: timedelta
) -> None:
    visit = make_visit(blocked_until=NOW + blocked)
    store.save([Outcome(source="times", visit=visit)], NOW)
    store.release_list(Visit(source="times", due=NOW))
    kept = store.visits(["times"])["times"]
    assert (kept.is_released, kept.due) == (True, NOW + due)


def test_sources_are_due_longest_first_and_not_before_their_time(store: Store) -> None:
    hours = {"b": -1, "a": -2, "now": 0, "later": 1}
    visits = [make_visit(s, due=NOW + h * HOUR) for s, h in hours.items()]
    visits.append(make_visit("never", due=None))
    store.save([Outcome(source=v.source, visit=v) for v in visits], NOW)
    assert store.due(NOW, 10) == ["a", "b", "now"]
    assert store.due(NOW, 1) == ["a"]


def test_resources_come_back_by_source_and_address(store: Store) -> None:
    url = "https://news.example/list"
    full = Resource(
        url=url,
        validators=Validators(etag='W/"1"', last_modified="Tue, 24 Nov 2026"),
        body_digest="abc",
        fetched_at=NOW,
    )
    store.save([Outcome(source="times", resources=[full, Resource(url="u")])], NOW)
    pairs = [("times", url), ("other", url), ("times", "never")]
    assert store.resources(pairs) == {("times", url): full}
    store.save([Outcome(source="times", resources=[Resource(url=url)])], NOW)
    assert store.resources(pairs) == {("times", url): Resource(url=url)}


def test_more_sources_than_one_statement_takes_are_asked_for(store: Store) -> None:
    names = [f"s{n}" for n in range(1201)]
    visits = [make_visit(name, items=1) for name in names]
    store.save([Outcome(source=v.source, visit=v) for v in visits], NOW)
    assert [v.items for v in store.visits(names).values()] == [1] * 1201


def test_a_fault_comes_back_as_it_was_saved(store: Store) -> None:
    fault = make_fault()
    visit = make_visit(failures=1)
    store.save([Outcome(source="times", visit=visit, faults=[fault])], NOW)
    [source] = store.status().sources
    [incident] = source.faults
    assert (incident.fault, incident.at, incident.cleared_at) == (fault, NOW, None)


def test_a_success_clears_what_was_open_but_not_its_own_warnings(store: Store) -> None:
    store.save([failed(Code.E_DNS)], NOW)
    store.save([failed(Code.E_TLS)], NOW + HOUR)
    assert faults(store) == [(Code.E_TLS, False), (Code.E_DNS, False)]
    success = replace(failed(Code.W_EMPTY), visit=make_visit())
    store.save([success], NOW + 2 * HOUR)
    assert faults(store) == [
        (Code.W_EMPTY, False),
        (Code.E_TLS, True),
        (Code.E_DNS, True),
    ]


def warned(*codes: Code) -> Outcome:
    return replace(failed(*codes), visit=make_visit())


def test_a_warning_that_lasts_is_one_record_and_stands_since_it_came(
    store: Store,
) -> None:
    store.save([warned(Code.W_MOVED)], NOW)
    store.save([warned(Code.W_MOVED, Code.W_BOZO)], NOW + HOUR)
    later = warned(Code.W_MOVED)
    store.save([later], NOW + 2 * HOUR)
    store.save([later], NOW + 2 * HOUR)
    [one] = store.status().sources
    told = {i.fault.code: (i.at, i.cleared_at) for i in one.faults}
    assert len(one.faults) == 2
    assert told == {
        Code.W_MOVED: (NOW, None),
        Code.W_BOZO: (NOW + HOUR, NOW + 2 * HOUR),
    }


def test_a_warning_that_went_and_came_is_told_twice(store: Store) -> None:
    for hour, outcome in enumerate(
        [warned(Code.W_MOVED), warned(), warned(Code.W_MOVED)]
    ):
        store.save([outcome], NOW + hour * HOUR)
    assert faults(store) == [(Code.W_MOVED, False), (Code.W_MOVED, True)]


def test_the_fault_of_one_source_is_not_cleared_by_another(store: Store) -> None:
    store.save([failed(Code.E_DNS)], NOW)
    store.save([Outcome(source="other", visit=make_visit("other"))], NOW + HOUR)
    assert faults(store) == [(Code.E_DNS, False)]


@pytest.mark.parametrize("visit", [make_visit(), make_visit(failures=1)])
def test_a_save_repeated_adds_no_fault(store: Store, visit: Visit) -> None:
    outcome = replace(failed(Code.W_EMPTY, Code.W_BOZO, Code.W_EMPTY), visit=visit)
    store.save([outcome], NOW)
    store.save([outcome], NOW)
    assert faults(store) == [(Code.W_EMPTY, False), (Code.W_BOZO, False)]


def test_the_last_twenty_faults_are_kept(store: Store) -> None:
    for hour in range(25):
        store.save([failed(Code.E_DNS)], NOW + hour * HOUR)
    store.save([Outcome(source="other", faults=[make_fault()])], NOW)
    [other, times] = store.status().sources
    assert [f.at for f in times.faults] == [NOW + h * HOUR for h in range(24, 4, -1)]
    assert len(other.faults) == 1


def test_many_like_faults_leave_the_newest_of_other_codes(store: Store) -> None:
    store.save([failed(Code.E_DNS)], NOW)
    many = [make_fault(Code.W_ARTICLE, place=f"p{n}") for n in range(30)]
    store.save([Outcome(source="times", faults=many)], NOW + HOUR)
    [times] = store.status().sources
    assert len(times.faults) == 20
    assert {f.fault.code for f in times.faults} == {Code.E_DNS, Code.W_ARTICLE}


def test_what_is_open_stays_before_what_is_newer_and_over(store: Store) -> None:
    told = [make_fault(Code.W_GARBLED, place=f"p{n}") for n in range(3)]
    store.save([Outcome(source="times", visit=make_visit(), faults=told)], NOW)
    unread = Outcome(source="times", visit=make_visit(), is_unread=True)
    for hour in range(1, 25):
        store.save([failed(Code.E_DNS)], NOW + hour * HOUR)
        store.save([unread], NOW + hour * HOUR + HOUR / 2)
    assert faults(store).count((Code.W_GARBLED, False)) == 3
    assert faults(store).count((Code.E_DNS, True)) == 17


def test_a_visit_of_many_faults_keeps_its_first_twenty(store: Store) -> None:
    many = [make_fault(place=f"p{n}") for n in range(30)]
    store.save([Outcome(source="times", faults=many)], NOW)
    [times] = store.status().sources
    assert [f.fault.place for f in times.faults] == [f"p{n}" for n in range(20)]
