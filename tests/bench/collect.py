"""Cold and warm cycles over the synthetic origin, beside a peer in the same run.

    python -m tests.bench.collect [--sources 50] [--articles 20] [--no-peer]

Needs nginx and ``../shared/bench``; the peer needs ``pip install scrapy``. Trust the
ratios, not the digits.
"""

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import Cost, measure

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"

SETTINGS = """
[site]
base_url = "http://127.0.0.1:8000"
authority = "bench.example,2026"
timezone = "UTC"
[collect]
host_gap = "0s"
allow_networks = ["127.0.0.0/8"]
robots = false
"""
CATEGORIES = "\n".join(
    f"[{key}]"
    for key in ("economy", "culture", "science", "health", "sport", "politics")
)
RULES = """
[list]
item = "ul.listing li.item"
link = "a.title"
date = { select = "time", attribute = "datetime" }
summary = ".summary"
[article]
title = "h1.headline"
date = { select = ".byline time", attribute = "datetime" }
author = ".byline a"
section = ".breadcrumbs a:last-child"
content = ".article-body"
remove = [".ad-slot"]
"""


def main() -> None:
    """Print one table."""
    options = _options()
    # As an installation finds itself, the peer among them: pip compiles what it installs.
    compileall.compile_dir(ROOT / "feedsvc", quiet=1)
    with tempfile.TemporaryDirectory() as scratch, _origin(scratch, options) as origin:
        sources = json.loads((origin / "sources.json").read_text(encoding="utf-8"))
        rows = [
            *_ours("with rules", RULES, sources, Path(scratch)),
            *_ours("without rules", "", sources, Path(scratch)),
        ]
        if not options.no_peer:
            rows.append(("scrapy + trafilatura", _peer(origin, options, Path(scratch))))
        unchanged = _unchanged(Path(scratch) / "with-rules")
    for name, cost in rows:
        print(
            f"{name:28} cpu {cost.cpu:6.2f} s  wall {cost.wall:6.2f} s  "
            f"peak {cost.peak:5.0f} MiB"
        )
    print(f"an unchanged source beyond start-up: {unchanged} ms CPU")
    costs = dict(rows)
    if "scrapy + trafilatura" in costs:
        peer = costs["scrapy + trafilatura"]
        for name in ("cold with rules", "cold without rules"):
            print(f"{name}: {costs[name].cpu / peer.cpu:.2f} × the peer's CPU")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--no-peer", action="store_true")
    return parser.parse_args()


@contextmanager
def _origin(scratch: str, options: argparse.Namespace) -> Iterator[Path]:
    out = Path(scratch) / "origin"
    subprocess.run(
        [sys.executable, str(SHARED / "gen_origin.py"), str(out),
         "--sources", str(options.sources), "--articles", str(options.articles)],
        check=True,
    )  # fmt: skip
    subprocess.run(["nginx", "-c", str(out / "nginx.conf")], check=True)
    try:
        yield out
    finally:
        pid = (out / "nginx.pid").read_text(encoding="ascii").strip()
        subprocess.run(["kill", pid], check=True)


def _ours(
    name: str, rules: str, sources: Sequence[dict[str, str]], scratch: Path
) -> Iterator[tuple[str, Cost]]:
    config = _configuration(scratch / name.replace(" ", "-"), rules, sources)
    for pass_ in ("cold", "warm"):
        cost = _collect(config)
        yield f"{pass_} {name}", cost


def _configuration(
    directory: Path, rules: str, sources: Sequence[dict[str, str]]
) -> Path:
    (directory / "sources").mkdir(parents=True)
    (directory / "feedsvc.toml").write_text(SETTINGS, encoding="utf-8")
    (directory / "categories.toml").write_text(CATEGORIES, encoding="utf-8")
    for source in sources:
        language = "en" if source["kind"] == "en" else "zh"
        text = f'url = "{source["base"]}"\nlanguage = "{language}"\nkind = "html"\n'
        path = directory / "sources" / f"{source['id']}.toml"
        path.write_text(text + rules, encoding="utf-8")
    return directory


def _collect(config: Path, *names: str) -> Cost:
    data = config.with_suffix(".data")
    command = [sys.executable, "-m", "feedsvc", "--config", str(config),
               "--data", str(data), "collect", *names]  # fmt: skip
    cost = measure(command, {"PYTHONPATH": str(ROOT)})
    if "failed" in cost.output:
        print(cost.output)
    return cost


def _unchanged(config: Path) -> str:
    """CPU milliseconds of one more unchanged source."""
    data = config.with_suffix(".data")
    command = [sys.executable, "-m", "tests.bench.unchanged", str(config), str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _peer(origin: Path, options: argparse.Namespace, scratch: Path) -> Cost:
    if shutil.which("scrapy") is None and _missing("scrapy"):
        sys.exit("the peer is missing: pip install scrapy (or --no-peer)")
    command = [sys.executable, str(SHARED / "scrapy_peer.py"), str(options.sources),
               str(scratch / "peer")]  # fmt: skip
    return measure(command, {"ORIGIN": str(origin)})


def _missing(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is None


if __name__ == "__main__":
    os.environ.setdefault("LANG", "C.UTF-8")
    main()
