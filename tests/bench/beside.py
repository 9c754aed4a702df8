"""How long readers wait while a cold collect runs in the same service, and while not.

    python -m tests.bench.beside [--sources 50] [--articles 20] [--server granian]

``feedsvc run`` meets the synthetic origin for the first time; meanwhile, and as long again
afterwards, a client asks it for a feed 100 times a second, and nginx for the same file of
the same tree: what nginx loses is the machine's, what we lose beyond it is ours. Needs
nginx and ``../shared/bench``.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import httpx

from tests.bench import collect
from tests.serve import static
from tests.service.installation import Installation, Process, eventually
from tests.service.origin import Press

PATH = "/zh/all/feed.rss"
PAUSE = 0.01


def main() -> None:
    """Print the 99th percentiles in both times, and what they are to each other."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as scratch,
        collect._origin(scratch, options) as origin,
        httpx.Client(trust_env=False) as client,
    ):
        sources = json.loads((origin / "sources.json").read_text(encoding="utf-8"))
        home = Path(scratch)
        installed = _installed(home, sources, options.server)
        (home / "nginx").mkdir()
        with (
            installed.starting("run") as service,
            static.nginx(installed.public, home / "nginx") as nginx,
        ):
            eventually(partial(_serves, client, installed.base), 60)
            both = {
                name: f"{base}{PATH}"
                for name, base in (("feedsvc", installed.base), ("nginx", nginx))
            }
            began = time.monotonic()
            cold = _waits(client, both, lambda: _visited(service) < len(sources))
            end = 2 * time.monotonic() - began
            idle = _waits(client, both, lambda: time.monotonic() < end)
    for name in both:
        alone, beside = _p99(idle[name]), _p99(cold[name])
        print(
            f"{name:8} idle {alone:.1f} ms, beside a cold collect {beside:.1f} ms: {beside / alone:.1f} ×"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--server", default="uvicorn")
    return parser.parse_args()


def _installed(
    home: Path, sources: Sequence[dict[str, str]], server: str
) -> Installation:
    """An installation over the origin."""
    installed = Installation(home, Press({}))
    made = collect._configuration(home / "made", collect.RULES, sources)
    shutil.copytree(made, installed.config, dirs_exist_ok=True)
    with (installed.config / "feedsvc.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[serve]\nport = {installed.port}\nserver = "{server}"\n')
    return installed


def _serves(client: httpx.Client, base: str) -> bool:
    try:
        return client.get(f"{base}/healthz").is_success
    except httpx.TransportError:
        return False


def _visited(service: Process) -> int:
    """Sources whose first visit is over."""
    return service.said.count(" changed: ")


def _waits(
    client: httpx.Client, addresses: dict[str, str], going: Callable[[], bool]
) -> dict[str, list[float]]:
    """Milliseconds that each answer took, as long as it is ``going`` on."""
    found: dict[str, list[float]] = {name: [] for name in addresses}
    while going():
        for name, address in addresses.items():
            began = time.perf_counter()
            client.get(address).raise_for_status()
            found[name].append((time.perf_counter() - began) * 1000)
            time.sleep(PAUSE / len(addresses))
    return found


def _p99(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=100)[98]


if __name__ == "__main__":
    main()
