"""What the commands of the recipe share: their options and a log that is also progress."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Given:
    """Options of a command; `data` is the working directory where a command doesn't read data."""

    config: Path
    work: Path
    data: Path


def options(about: str, *, data: bool = False) -> Given:
    """--config, --work and, where a command reads data, --data; the work folder is made."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("recipe.toml"), help="settings (TOML)")
    parser.add_argument("--work", type=Path, required=True, help="folder for what the steps make")
    parser.add_argument("--data", type=Path, required=data, default=Path(), help="folder of the training data")
    found = parser.parse_args()
    found.work.mkdir(parents=True, exist_ok=True)
    return Given(found.config, found.work, found.data)


class Log:
    """Writes a line to the end of a file and to stderr, with the time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, message: str) -> None:
        """Says one thing."""
        line = f"{time.strftime('%H:%M:%S')} {message}\n"
        sys.stderr.write(line)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line)
