"""Run by a test: children switch a feed for ever and are killed at random moments.

After each death the tree is looked at as a reader would, before and after the sweep.
Prints how many deaths there were and how many left the one or the other state.
"""

import os
import random
import signal
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree
from tests.output import documents

TEXTS = tuple(f"{word} " * 4000 for word in ("one", "two", "three"))


def child(root: Path, first: int, told: int) -> None:
    """Switch and place without end, from the ``first`` text on; tell of each round."""
    output = Directory(root)
    for text in islice(cycle(TEXTS), first, None):
        output.switch("zh/local", documents.folder(text))
        output.place(documents.single("zh/index.html", text))
        os.write(told, b".")


def look(root: Path) -> set[str]:
    """What a reader finds; every file, twin and format must agree."""
    tree = Tree(root)
    seen = set()
    for unit, stamp in tree.stamps().items():
        files = tree.read(unit, stamp)
        bodies = {file.bodies["identity"].decode() for file in files}
        if unit == "zh/local":
            assert len(files) == len(documents.NAMES), files
            assert all(
                set(f.bodies) == {"identity", "br", "zstd", "gzip"} for f in files
            )
        assert len(bodies) == 1, unit
        assert bodies <= set(TEXTS), unit
        seen |= bodies
    return seen


def main(root: Path, deaths: int, seed: int) -> None:
    """Kill ``deaths`` children, looking each time."""
    chance = random.Random(seed)
    states = set()
    for death in range(deaths):
        heard, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            child(root, death % len(TEXTS), told)
        for _ in range(chance.randrange(4)):  # rounds, however slow the machine is
            os.read(heard, 1)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(heard)
        os.close(told)
        states |= look(root)
        assert Directory(root).folders() <= {"zh/local"}
        states |= look(root)
        left = sum(1 for entry in (root / ".generations").iterdir())
        assert left == len(Directory(root).folders()), "the sweep left something"
    sys.stdout.write(str(len(states)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
