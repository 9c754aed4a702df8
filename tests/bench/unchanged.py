"""CPU milliseconds that a cycle spends on a source which did not change.

    python -m tests.bench.unchanged CONFIG DATA

Start-up is left out: one cycle opens the connections, the next ones are measured.
"""

import asyncio
import sys
import time
from pathlib import Path

from feedsvc.app import house
from feedsvc.app.place import Place, choose, load
from feedsvc.collect.cycle import collect

_CYCLES = 7


async def measure(kept: house.Shelves) -> float:
    """The least of several cycles, by source."""
    sources = choose(kept.config, [])
    spent = []
    async with house.egress(kept.config) as way, house.tools(kept, way) as tools:
        for _ in range(_CYCLES):
            began = time.process_time()
            reports = await collect(sources, tools)
            spent.append((time.process_time() - began) / len(sources))
            assert {report.state for report in reports} == {"unchanged"}
    return min(spent[1:]) * 1000


if __name__ == "__main__":
    where = Place(config=Path(sys.argv[1]), data=Path(sys.argv[2]), environ={})
    with house.shelves(where, load(where)) as shelves:
        print(f"{asyncio.run(measure(shelves)):.2f}")
