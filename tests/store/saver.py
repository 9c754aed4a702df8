"""A process that saves batches until it is killed, and tells of each when it is kept."""

import sys
from itertools import count
from pathlib import Path

from feedsvc.model.visit import Outcome
from feedsvc.store import open_store
from tests.store.samples import NOW, make_article, make_fault, make_outcome, make_visit

BATCH = 20


def batch(number: int) -> list[Outcome]:
    """One transaction: twenty articles in two outcomes, the visit with the second."""
    articles = [make_article(number * BATCH + n) for n in range(BATCH)]
    source = f"s{number}"
    return [
        make_outcome(*articles[:10], source=source),
        make_outcome(
            *articles[10:],
            source=source,
            visit=make_visit(source, items=BATCH),
            faults=[make_fault()],
        ),
    ]


def main(url: str, data: Path) -> None:
    """Save for ever, from the first number that is not there yet."""
    store = open_store(url, data)
    for number in count(len(store.status().sources)):
        store.save(batch(number), NOW)
        print(number, flush=True)  # noqa: T201 -- what the test reads


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
