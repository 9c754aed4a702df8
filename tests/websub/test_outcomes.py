"""What an answer means, and when a receiver is tried again."""

from datetime import timedelta

import pytest

from feedsvc.errors import Code
from feedsvc.fetch.faults import fault
from feedsvc.model.web import Answered, Failed, Hints
from feedsvc.websub import outcomes

FAILED = Failed(fault=fault(Code.E_CONNECT, "sub.example"))
HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "success", "gone", "another"),
    [
        (200, True, False, False),
        (204, True, False, False),
        (299, True, False, False),
        (302, False, False, False),
        (404, False, False, False),
        (410, False, True, False),
        (429, False, False, True),
        (500, False, False, True),
        (503, False, False, True),
    ],
)
def test_a_status_means_one_thing(
    status: int, *, success: bool, gone: bool, another: bool
) -> None:
    reply = Answered(status=status)
    assert outcomes.is_success(reply) is success
    assert outcomes.is_gone(reply) is gone
    assert outcomes.is_worth_another(reply, 0) is another
    assert outcomes.trouble(reply) == f"HTTP {status}"


def test_nobody_there_may_be_there_later_but_not_for_ever() -> None:
    assert not outcomes.is_success(FAILED)
    assert not outcomes.is_gone(FAILED)
    assert [outcomes.is_worth_another(FAILED, n) for n in range(3)] == [
        True,
        True,
        False,
    ]
    assert outcomes.trouble(FAILED) == "E_CONNECT"


def test_waits_grow_to_six_hours_and_are_spread() -> None:
    waits = [outcomes.wait(FAILED, n, "https://sub.example/") for n in range(1_000)]
    assert waits == sorted(waits)
    assert timedelta(seconds=10) <= waits[0] < timedelta(seconds=13)
    assert 6 * HOURS <= waits[-1] <= 7.5 * HOURS
    one = {outcomes.wait(FAILED, 3, f"https://sub.example/{n}") for n in range(100)}
    assert len(one) > 50


def test_what_a_receiver_asks_for_is_heeded() -> None:
    busy = Answered(status=503, hints=Hints(retry_after=9 * HOURS))
    assert outcomes.wait(busy, 0, "x") == 9 * HOURS
    soon = Answered(status=503, hints=Hints(retry_after=timedelta(seconds=1)))
    assert outcomes.wait(soon, 0, "x") >= timedelta(seconds=10)
