"""Nothing that was acknowledged is lost, whenever the writing process is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

KILLS = int(os.environ.get("WENBAO_TEST_KILLS", "20"))
"""Random kills; a long run sets WENBAO_TEST_KILLS=300."""


def crash(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.index.crash", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """After each kill the index opens with the last acknowledged state or the one that was being made, complete."""
    assert f"{KILLS} kills" in crash("random", str(tmp_path), str(KILLS), "1")


def test_killed_at_every_step(tmp_path: Path) -> None:
    """The same when a build, an addition and a removal are killed at each file and catalog operation they do."""
    said = crash("steps", str(tmp_path))
    assert all(f"{change}: killed at each of" in said for change in ("build", "add", "remove"))
