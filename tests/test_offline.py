"""With the embedded encoder nothing ever leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

GUARD = '''
import socket, sys

LOCAL = {"127.0.0.1", "::1", "localhost", "", None}

def refuse(event, args):
    """Every connection of every library passes Python's audit hooks, C extensions' sockets through `socket` too."""
    if event == "socket.connect" and args[1] and not isinstance(args[1], (str, bytes)) and args[1][0] not in LOCAL:
        raise SystemExit(f"outgoing connection to {args[1]}")
    if event == "socket.getaddrinfo" and args[0] not in LOCAL:
        raise SystemExit(f"host name looked up: {args[0]}")

sys.addaudithook(refuse)
'''

USE = """
from pathlib import Path
from index.build import build
from index.encoder import load_encoder
from search.service import open_service

folder = Path(sys.argv[1])
encoder = load_encoder()
build([Path(sys.argv[2])], folder, encoder=encoder)
result = open_service(folder).ask("which schools expanded 1+X pilots")
assert result.hits, "the question found nothing"
print("asked", len(result.hits))
"""

TRESPASS = """
import socket
with socket.socket() as caller:
    caller.settimeout(1)
    caller.connect_ex(("192.0.2.1", 80))
print("nobody stopped it")
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "TRANSFORMERS_", "SENTENCE_"))}
    command = [sys.executable, "-c", GUARD + script, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_building_and_asking_make_no_connection(tmp_path: Path) -> None:
    """Index two sample reports and ask in English, with every outgoing connection and name lookup fatal."""
    reports = tmp_path / "reports"
    reports.mkdir()
    samples = sorted((ROOT / "corpus" / "samples" / "reports").glob("*.txt"))[:2]
    assert samples
    for sample in samples:
        (reports / sample.name).write_bytes(sample.read_bytes())
    done = run(USE, str(tmp_path / "index"), str(reports))
    assert done.returncode == 0, done.stderr
    assert "asked" in done.stdout


def test_the_guard_sees_a_connection() -> None:
    """The guard of the test above stops a program that does try to connect."""
    done = run(TRESPASS)
    assert done.returncode != 0
    assert "outgoing connection" in done.stderr
