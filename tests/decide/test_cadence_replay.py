"""What visits cost: policies replayed over made-up histories, in a time of its own.

``python -m tests.bench.cadence`` replays more of them, and longer.
"""

import pytest

from tests.bench.histories import MIXES, Mix, made_up
from tests.bench.replay import Policy, entry_frequency, fixed, ours, requests_at

HALF_AN_HOUR = 30
SOURCES, DAYS, SEED = 16, 21, 2026


@pytest.mark.parametrize("other", [fixed, entry_frequency], ids=["fixed", "frequency"])
@pytest.mark.parametrize("mix", MIXES.values(), ids=MIXES)
def test_the_same_delay_takes_two_thirds_of_another_policys_requests_at_most(
    mix: Mix, other: Policy
) -> None:
    histories = made_up(mix, SOURCES, DAYS, SEED)
    mine = requests_at(HALF_AN_HOUR, histories, ours)
    theirs = requests_at(HALF_AN_HOUR, histories, other)
    assert mine is not None
    assert theirs is None or mine <= theirs * 2 / 3
