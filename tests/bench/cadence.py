"""Requests a day and source at equal mean delay, policy by policy.

    python -m tests.bench.cadence [CORPUS/feeds]

The last column is the better of the others' requests, as a share of which ours stand.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.histories import ALIKE, MIXES, History, made_up, recorded
from tests.bench.replay import POLICIES, requests_at

_SOURCES = 40
_DAYS = 42
_SEED = 2026
_DELAYS = (15, 30, 60)


def mixes(feeds: Sequence[str]) -> Mapping[str, Sequence[History]]:
    """Every set of histories by its name."""
    made = {n: made_up(m, _SOURCES, _DAYS, _SEED) for n, m in (MIXES | ALIKE).items()}
    return made | {f"recorded: {f}": recorded(Path(f)) for f in feeds}


def line(delay: float, histories: Sequence[History]) -> str:
    """A row of the table."""
    at = {name: requests_at(delay, histories, p) for name, p in POLICIES.items()}
    mine = at.pop("ours")
    shares = [mine / other if mine and other else None for other in at.values()]
    numbers = [*(_shown(n) for n in (*at.values(), mine)), *map(_shown, shares)]
    return f"| {delay:g} | " + " | ".join(numbers) + " |"


def _shown(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"


if __name__ == "__main__":
    for title, replayed in mixes(sys.argv[1:]).items():
        print(f"{title}: {len(replayed)} sources")
        for minutes in _DELAYS:
            print(line(minutes, replayed), flush=True)
