"""Requests a second of each server, one worker, beside nginx in the same run.

``python -m tests.bench.serve`` needs wrk and nginx (``make tools``). A feed of 30 kB is
published once; nginx serves the tree with the shipped configuration, we serve it by
uvicorn and by granian, each alone on one core while wrk has the other. Rounds alternate,
the median counts, and of that the share of nginx: of its requests a second, which wrk
bounds as much as nginx does, and of the requests that a second of CPU is good for, which
does not depend on what else the machine has to do.
"""

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx

from feedsvc.model.feed import Document
from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree
from feedsvc.serve import build, serving
from tests.bench.measure import spent
from tests.serve import static

PATH = "/zh/local/feed.rss"
SIZE = 30_000
ROUNDS = 5
SECONDS = 3
WORDS = [
    "新闻",
    "经济",
    "本地",
    "河流",
    "report",
    "river",
    "water",
    "today",
    "council",
    "opens",
    "bridge",
    "2026",
]


class Rate(NamedTuple):
    """Requests answered in a second, and in a second of CPU."""

    by_clock: float
    by_cpu: float


Server = Callable[[Path, Path], AbstractContextManager[str]]


def publish(tree: Path) -> None:
    """Publish one feed whose text compresses as news does."""
    chance = random.Random(1)
    items: list[bytes] = []
    while sum(map(len, items)) < SIZE:
        told = " ".join(chance.choice(WORDS) for _ in range(40))
        number = chance.randrange(10**9)
        items.append(
            f"<item><guid>{number}</guid><title>{told}</title></item>".encode()
        )
    kind = "application/rss+xml; charset=utf-8"
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    feed = Document(
        name="feed.rss", body=b"\n".join(items)[:SIZE], media_type=kind, updated=moment
    )
    Directory(tree).switch("zh/local", [feed])


async def ourselves(tree: Path, *, fast: bool) -> None:
    """Serve a tree until killed; says where."""
    app = build(Tree(tree), ["zh", "en"], "https://feeds.example.org")
    app.refresh()
    async with serving(app, "127.0.0.1", 0, fast=fast) as running:
        print(running.url, flush=True)
        await running.finished


def of(kind: str) -> Server:
    """Our own server, of a kind, in a process of its own."""

    @contextmanager
    def start(tree: Path, _: Path) -> Iterator[str]:
        command = [sys.executable, "-m", "tests.bench.serve", kind, str(tree)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            yield process.stdout.readline().strip()
            process.kill()

    return start


SERVERS: dict[str, Server] = {
    "nginx": static.nginx,
    "uvicorn": of("uvicorn"),
    "granian": of("granian"),
}


def rate(url: str, headers: dict[str, str]) -> Rate:
    """Requests that wrk gets answered."""
    asked = [part for k, v in headers.items() for part in ("-H", f"{k}: {v}")]
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", *asked, f"{url}{PATH}"]
    last = os.cpu_count() or 1
    before = spent()
    told = subprocess.run(
        ["taskset", "-c", str(last - 1), *command],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    cpu = spent() - before
    found = re.search(r"Requests/sec:\s*([\d.]+)", told)
    answered = re.search(r"(\d+) requests in", told)
    assert found, told
    assert answered, told
    assert "Non-2xx" not in told or "if-none-match" in headers, told
    return Rate(float(found[1]), int(answered[1]) / cpu)


def measured(tree: Path, home: Path) -> dict[tuple[str, str], list[Rate]]:
    """The rates of every server and question, round by round."""
    rates: dict[tuple[str, str], list[Rate]] = {}
    for _ in range(ROUNDS):
        for name, start in SERVERS.items():
            with start(tree, home) as url:
                plain = {"accept-encoding": "gzip"}
                answer = httpx.get(f"{url}{PATH}", headers=plain, trust_env=False)
                assert answer.headers["content-encoding"] == "gzip"
                known = {**plain, "if-none-match": answer.headers["etag"]}
                for question, asked in (("200 gzip", plain), ("304", known)):
                    rates.setdefault((question, name), []).append(rate(url, asked))
    return rates


def middle(rates: list[Rate]) -> Rate:
    """The median of either."""
    clock, cpu = zip(*rates, strict=True)
    return Rate(statistics.median(clock), statistics.median(cpu))


def main() -> None:
    """Print the table."""
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as scratch:
        tree, home = Path(scratch) / "public", Path(scratch) / "home"
        home.mkdir()
        publish(tree)
        rates = measured(tree, home)
    for question, name in rates:
        ours, its = middle(rates[question, name]), middle(rates[question, "nginx"])
        print(
            f"{question:8}  {name:8}"
            f" {ours.by_clock:8.0f} req/s {ours.by_clock / its.by_clock:5.2f}"
            f" {ours.by_cpu:8.0f} req/CPU s {ours.by_cpu / its.by_cpu:5.2f}"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(ourselves(Path(sys.argv[2]), fast=sys.argv[1] == "granian"))
    else:
        main()
