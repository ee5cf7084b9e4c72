"""Run as a program by test_crash.py: changes an index again and again in children that are killed, and checks it.

    crash.py random FOLDER ROUNDS SEED    kills each child after a random time
    crash.py steps FOLDER                 kills a child at every step of build, add and remove

Children are forked, so that each starts at once. Before each change a child writes down the state it is about to make,
and after the change has returned, that it has: after the kill the index must hold the one state or the other.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from corpus.read import read_path
from index.build import add, build, remove
from index.catalog import Catalog
from index.database import Database
from index.local import open_index
from index.words import terms
from tests.index.conftest import LetterEncoder, report_text

State = dict[str, str]
"""Reports by name, each with the mark that its text carries."""

WRITES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.copyfile", "shutil.rmtree", "open"}
"""Audit events at which a program may be about to change a file."""


class Pile:
    """A folder of reports, the index over it, and the log of what was promised."""

    def __init__(self, folder: Path) -> None:
        self.reports = folder / "reports"
        self.index = folder / "index"
        self.log = folder / "log"
        self.reports.mkdir(parents=True, exist_ok=True)

    def write(self, number: int, mark: str) -> Path:
        """Puts a report into the folder, its text marked."""
        path = self.reports / f"{number:03d}.txt"
        text = report_text(number).replace("订单班", f"订单班{mark}号")
        path.write_text(text, encoding="utf-8")
        return path

    def note(self, what: str, state: State) -> None:
        """Writes a line of the log that no crash can take back."""
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, state]) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def promised(self) -> list[State]:
        """The states that the index may be in now: the last acknowledged one and the one under way."""
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        acknowledged = [state for what, state in lines if what == "done"]
        return [acknowledged[-1], lines[-1][1]]

    def found(self) -> State:
        """What the index holds, seen through every way of reading it."""
        with open_index(self.index) as index:
            state = {}
            for report in index.reports():
                text = index.text(report.id)
                state[report.name] = text.split("订单班")[1].split("号")[0]
                rows = index.passages(index.rows_of(report.id))
                assert all(text[row.start : row.end] == row.text for row in rows)
            question = LetterEncoder().encode_queries(["专任教师和就业率"])[0]
            near = index.nearest(question, len(index))
            match = index.matching(dict.fromkeys(terms("学校教师就业投入"), 1.0), len(index))
            assert len(near) == len(index)
            assert {p.report.name for p in index.passages([c.row for c in (*near, *match)])} == set(state)
            return state

    def build(self, state: State) -> None:
        """Makes folder and index hold exactly these reports."""
        for path in self.reports.iterdir():
            path.unlink()
        for name, mark in state.items():
            self.write(int(name[:3]), mark)
        self.change(state, lambda: build([self.reports], self.index, encoder=LetterEncoder()))

    def add(self, state: State, number: int, mark: str) -> State:
        """Adds one report, or a newer version of it."""
        path = self.write(number, mark)
        after = {**state, path.name: mark}
        self.change(after, lambda: add([path], self.index, encoder=LetterEncoder()))
        return after

    def remove(self, state: State, name: str) -> State:
        """Takes one report out."""
        after = {other: mark for other, mark in state.items() if other != name}
        self.change(after, lambda: remove([name], self.index))
        return after

    def change(self, after: State, act: Callable[[], object]) -> None:
        """Makes a change between the two lines of the log that stand for it."""
        self.note("begun", after)
        act()
        self.note("done", after)


def say(line: str) -> None:
    """Tells the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def forked(act: Callable[[], None]) -> int:
    """Runs in a child; returns its process id."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - a forked child must never run on in its parent's code
            say(f"{type(error).__name__}: {error}")
            os._exit(1)
        os._exit(0)
    return child


def ended(child: int) -> int:
    """Exit status of a child, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def check(pile: Pile) -> None:
    """In a child, so that no thread of the check lives on in the parent."""

    def compare() -> None:
        found, promised = pile.found(), pile.promised()
        assert found in promised, f"found {found}, promised {promised}"
        pile.note("done", found)

    if ended(forked(compare)):
        sys.exit("the index is not what was promised")


def wander(pile: Pile, seed: int) -> None:
    """Changes the index without end."""
    draw = random.Random(seed)  # noqa: S311 - nothing to keep secret
    state = pile.promised()[0]
    while True:
        number, mark = draw.randrange(6), f"甲{draw.randrange(10_000)}"
        kind = draw.choice(["build", "add", "remove"])
        if kind == "remove" and state:
            state = pile.remove(state, draw.choice(sorted(state)))
        elif kind == "add":
            state = pile.add(state, number, mark)
        else:
            state = {f"{n:03d}.txt": mark if n == number else state.get(f"{n:03d}.txt", mark) for n in range(3)}
            pile.build(state)


def random_kills(folder: Path, rounds: int, seed: int) -> None:
    pile = Pile(folder)
    draw = random.Random(seed)  # noqa: S311 - nothing to keep secret
    start = {"000.txt": "甲0"}
    assert ended(forked(lambda: pile.build(start))) == 0
    acknowledged = 0
    for turn in range(rounds):
        before = pile.log.read_text(encoding="utf-8").count('"done"')
        child = forked(partial(wander, pile, seed + turn))
        time.sleep(draw.uniform(0.01, 1.2))
        os.kill(child, signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL, "the child ended by itself"
        acknowledged += pile.log.read_text(encoding="utf-8").count('"done"') - before
        check(pile)
    say(f"{rounds} kills, {acknowledged} changes acknowledged")


def kill_at(step: int) -> None:
    """Ends this process at its `step`-th chance of changing a file or the catalog."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        reading = event == "open" and arguments[1] in {"r", "rb", None}
        if event in WRITES and not reading:
            count()

    sys.addaudithook(hook)
    for name in ("run", "run_many", "insert"):
        plain = getattr(Database, name)

        def counted(self: Database, *arguments: object, plain: Callable[..., object] = plain) -> object:
            count()
            return plain(self, *arguments)

        setattr(Database, name, counted)


def every_step(folder: Path) -> None:
    base = Pile(folder / "base")
    start = {"000.txt": "甲0", "001.txt": "甲0"}
    assert ended(forked(lambda: base.build(start))) == 0
    acts: dict[str, Callable[[Pile], object]] = {
        "build": lambda pile: pile.build({"001.txt": "甲1", "002.txt": "甲1"}),
        "add": lambda pile: pile.add(start, 3, "甲1"),
        "remove": lambda pile: pile.remove(start, "000.txt"),
    }
    for name, act in acts.items():
        status, step = -signal.SIGKILL, 0
        while status == -signal.SIGKILL:
            step += 1
            shutil.rmtree(folder / "pile", ignore_errors=True)
            shutil.copytree(base.reports.parent, folder / "pile")
            pile = Pile(folder / "pile")

            def attempt(pile: Pile = pile, step: int = step, act: Callable[[Pile], object] = act) -> None:
                kill_at(step)
                act(pile)

            status = ended(forked(attempt))
            check(pile)
        assert status == 0, f"{name} failed by itself at step {step}"
        say(f"{name}: killed at each of {step - 1} steps")


def warm_up(folder: Path) -> None:
    """Loads what every child would load anew, without starting a thread, which no fork would survive."""
    for library in ("faiss", "tantivy"):
        import_module(library)
    terms("词典先读好")
    pile = Pile(folder)
    (report,) = read_path(pile.write(0, "甲")).reports
    catalog = Catalog(folder / "catalog.sqlite", writable=True)
    key = catalog.keep_report(report)
    catalog.passages(catalog.serial(key) or 0)
    catalog.close()


if __name__ == "__main__":
    warm_up(Path(sys.argv[2]) / "warm")
    if sys.argv[1] == "random":
        random_kills(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        every_step(Path(sys.argv[2]))
