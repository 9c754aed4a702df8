"""Imports run downhill: a file knows lower floors and its own room, nothing else."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "feedsvc"

FLOORS = {
    "errors": 0, "bundled": 0, "model": 0.5,
    "text": 1,
    "extract": 2, "normalize": 2, "decide": 2, "edition": 2, "render": 2,
    "config": 3, "fetch": 3, "store": 3, "output": 3, "pool": 3, "lock": 3,
    "collect": 4, "publish": 4, "websub": 4, "inspect": 4, "maintain": 4, "serve": 4, "demo": 4,
    "schedule": 5,
    "app": 6,
    "cli": 7, "__main__": 8,
}  # fmt: skip
"""Where each room stands (docs/design.md); a new file must say where."""

CLI_MAY_KNOW = ("app", "model", "errors", "bundled", "edition.words", "cli")

CLIENTS = {
    "httpx": ("fetch",),
    "httpx_aiohttp": ("fetch",),
    "aiohttp": ("fetch",),
    "feedgen": ("render",),
    "babel": ("edition", "text.dates"),
    "apscheduler": ("schedule.ticker",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "pydantic": ("config",),
    "opencc": ("text.traditional",),
    "obstore": ("output.bucket",),
    "granian": ("serve.fast",),
    "prometheus_client": ("inspect.metrics",),
}
"""One third-party client, one room."""

FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".")[1]


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module a file imports, wherever in it, with the line."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [
                (submodule(str(node.module), alias.name), node.lineno)
                for alias in node.names
            ]
    return found


def submodule(package: str, name: str) -> str:
    where = ROOT.joinpath(*package.split("."), name)
    is_module = where.is_dir() or where.with_suffix(".py").is_file()
    return f"{package}.{name}" if is_module else package


def ours(path: Path) -> list[tuple[str, int]]:
    return [(m, n) for m, n in imports(path) if m.startswith("feedsvc.")]


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_run_downhill(path: Path) -> None:
    me = module_name(path)
    if me == "feedsvc":
        assert not ours(path)
        return
    room = room_of(me)
    assert room in FLOORS, f"{me} must say on which floor it stands"
    for module, line in ours(path):
        other = room_of(module)
        assert other == room or FLOORS[other] < FLOORS[room], (
            f"{path}:{line}: {me} may not know {module}"
        )


@pytest.mark.parametrize(
    "path", [p for p in FILES if "cli" in p.parts], ids=module_name
)
def test_the_command_line_holds_no_logic(path: Path) -> None:
    for module, line in ours(path):
        known = module.removeprefix("feedsvc.")
        assert any(known == k or known.startswith(f"{k}.") for k in CLI_MAY_KNOW), (
            f"{path}:{line}: the command line may not know {module}"
        )


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_client_has_one_room(path: Path) -> None:
    me = module_name(path).removeprefix("feedsvc.")
    for module, line in imports(path):
        rooms = CLIENTS.get(module.split(".")[0])
        if rooms:
            assert any(me == r or me.startswith(f"{r}.") for r in rooms), (
                f"{path}:{line}: {module} belongs to {rooms}"
            )


def test_modules_form_no_cycle() -> None:
    known = {module_name(path) for path in FILES}
    graph: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        me = module_name(path)
        graph[me] = {m for m, _ in ours(path) if m in known and m != me}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail, module))
        if module not in done:
            for other in graph[module]:
                visit(other, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())
