"""The wheel holds all that feedsvc needs, and works where no source tree is."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[1]
DOMAINS = ("cli", "faults", "labels", "pages")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the tree as it is."""
    folder = tmp_path_factory.mktemp("dist")
    [built] = WheelBuilder(str(ROOT)).build(
        directory=str(folder), versions=["standard"]
    )
    return Path(built)


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def feedsvc(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel beside the libraries that we have."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    # a plain path line: the editable finder in our own site-packages stays asleep
    ours = sysconfig.get_path("purelib")
    site.joinpath("libraries.pth").write_text(f"{ours}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", f"--python={home / 'bin' / 'python'}"]
    options = ["--no-deps", "--no-index", "--quiet", "--ignore-installed"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True, timeout=120)
    return home / "bin" / "feedsvc"


def run(command: Path, cwd: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [str(command), *argv],
        cwd=cwd,
        env=environ | {"FEEDSVC_LANG": "zh"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("language", ["zh", "en", "zh_Hant"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_catalog_is_in_the_wheel_compiled(
    names: set[str], domain: str, language: str
) -> None:
    assert f"feedsvc/bundled/locales/{language}/LC_MESSAGES/{domain}.mo" in names


@pytest.mark.parametrize("folder", ["config", "feedsvc"])
def test_no_file_of_the_tree_is_left_out(names: set[str], folder: str) -> None:
    into = "feedsvc/bundled/" if folder == "config" else ""
    tracked = subprocess.run(
        ["git", "ls-files", "--", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    files = [name for name in tracked.stdout.split() if (ROOT / name).is_file()]
    if not files:
        pytest.skip("no git tree to compare with")
    assert {f"{into}{name}" for name in files} <= names


@pytest.mark.parametrize(
    "holds",
    [
        "feedsvc/bundled/config/feedsvc.toml",
        "feedsvc/bundled/config/schema/source.json",
        "feedsvc/demo/config/feedsvc.toml",
        "feedsvc/demo/newsroom/city.toml",
        "feedsvc/demo/templates/city/list.html",
        "feedsvc/store/migrations/env.py",
        "feedsvc/py.typed",
    ],
)
def test_data_files_are_in_the_wheel(names: set[str], holds: str) -> None:
    assert holds in names


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    strangers = [
        name
        for name in names
        if not name.startswith("feedsvc") or name.endswith((".pyc", ".po"))
    ]
    assert strangers == []
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_it_checks_its_own_configuration_outside_the_tree(
    feedsvc: Path, tmp_path: Path
) -> None:
    ran = run(feedsvc, tmp_path, "check")
    assert ran.returncode == 0, ran.stderr
    shipped = feedsvc.parents[1]
    assert str(shipped) in ran.stdout  # the configuration in the wheel, not the tree's
    assert str(ROOT) not in ran.stdout + ran.stderr
    assert "./config" in ran.stderr


def test_it_runs_its_demonstration_outside_the_tree(
    feedsvc: Path, tmp_path: Path
) -> None:
    ran = run(feedsvc, tmp_path, "demo", "--once", "--port", "0")
    assert ran.returncode == 0, ran.stderr
    assert "zh/local" in ran.stdout
    assert list(tmp_path.iterdir()) == []
