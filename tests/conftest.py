"""What several test folders need: the shared folder, the samples, one index over them, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "corpus" / "samples"

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `shared` are skipped where the folder is not."""
    if not SHARED.is_dir():
        skip = pytest.mark.skip(reason="needs the folder `shared` beside the project")
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def wenbao() -> Run:
    """Runs the command line in a process of its own: `wenbao("ask", ..., status=0)`."""

    def run(*arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "search.cli", *map(str, arguments)]
        environment = {**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, f"exit code {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
        return done

    return run


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory, wenbao: Run) -> Path:
    """An index over the sample reports, built by the command line once a session."""
    index = tmp_path_factory.mktemp("samples") / "index"
    wenbao("build", SAMPLES / "reports", "--index", index)
    return index


@pytest.fixture(scope="session")
def shared_index(tmp_path_factory: pytest.TempPathFactory, wenbao: Run) -> Path:
    """An index over the real reports beside the project, built once a session."""
    index = tmp_path_factory.mktemp("shared") / "index"
    wenbao("build", SHARED / "reports" / "vocational", SHARED / "reports" / "government", "--index", index)
    return index
