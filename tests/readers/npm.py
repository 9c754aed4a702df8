"""The npm packages of this folder, installed by their lock file when a test asks."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def installed(package: str) -> Path:
    """The folder of a package; skips the test where npm cannot provide it."""
    found = HERE / "node_modules" / package
    if not found.is_dir():
        if not shutil.which("npm"):
            pytest.skip(f"{package} comes with npm, which is not there")
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot install {package}: {done.stderr.decode()[-300:]}")
    return found
