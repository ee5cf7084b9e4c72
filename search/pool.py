"""Answering in several processes: the work is Python's, and one process keeps no more than one core busy with that.

Each process has the index open, memory-mapped where it can be, and answers one question at a time; what waits stands in
one queue. A process that dies is replaced, and the question that it was answering is asked once more.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from corpus.errors import WenbaoError
from index.encoder import EMBEDDED
from index.errors import IndexFault
from index.snapshot import read_manifest, read_pointer
from search.exchange import Asking, Reply, reply
from search.service import Service, open_service

log = logging.getLogger("wenbao.pool")

WARM_UP = Asking("报告 report", top=1)
"""Asked once before a process calls itself ready: it brings in what the first question of a user would wait for."""

MOST = 4
"""Processes that are started unasked, however many cores there are: each needs about 300 MB."""


def cores() -> int:
    """Processor cores that this process may use, `MOST` at most."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST)


def preferred(directory: Path) -> int:
    """How many processes an index is best asked with: one a core, or one alone where torch runs a model of its own.

    Such a model is large, and several questions at once go through it together (`index.together`).
    """
    with suppress(IndexFault):
        pointer = read_pointer(directory)
        if pointer is not None and read_manifest(directory, pointer).maker.name != EMBEDDED:
            return 1
    return cores()


@dataclass(frozen=True, slots=True)
class _Task:
    asking: Asking
    future: Future[Reply]


class Pool:
    """An `Answerer` over processes; call `close`, or use as a context manager."""

    def __init__(self, directory: Path, processes: int) -> None:
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._ready = Event()
        self._lanes = [_Lane(directory, self._queue, self._ready, number) for number in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def lanes(self) -> int:
        """How many questions are answered at once."""
        return len(self._lanes)

    @property
    def processes(self) -> list[int]:
        """Their ids, as the system counts them."""
        return [lane.process for lane in self._lanes]

    @property
    def waiting(self) -> int:
        """Questions that no process has taken on yet."""
        return self._queue.qsize()

    def submit(self, asking: Asking) -> Future[Reply]:
        """The reply, soon; the future raises what the service raised."""
        task = _Task(asking, Future())
        self._queue.put(task)
        return task.future

    def wait(self, seconds: float) -> bool:
        """Waits until the first process can answer; False where none could in time."""
        return self._ready.wait(seconds)

    def close(self) -> None:
        """Answers what waits and ends the processes."""
        for _ in self._lanes:
            self._queue.put(None)
        for lane in self._lanes:
            lane.join()


class _Lane(Thread):
    """Feeds one process with what waits in the queue."""

    def __init__(self, directory: Path, queue: SimpleQueue[_Task | None], ready: Event, number: int) -> None:
        super().__init__(name=f"wenbao-lane-{number}", daemon=True)
        self._directory = directory
        self._queue = queue
        self._ready = ready
        self._process, self._pipe = _started(directory)
        self.start()

    @property
    def process(self) -> int:
        """The id of the process it feeds."""
        return self._process.pid or 0

    def run(self) -> None:
        """Until the queue says that there is nothing more."""
        self._get_ready()
        while (task := self._queue.get()) is not None:
            if task.future.set_running_or_notify_cancel():
                self._answer(task)
        self._pipe.close()
        self._process.join()

    def _answer(self, task: _Task) -> None:
        outcome = self._asked(task.asking) or self._asked(task.asking)
        if isinstance(outcome, Reply):
            task.future.set_result(outcome)
        else:
            task.future.set_exception(outcome or _lost())

    def _asked(self, asking: Asking) -> Reply | WenbaoError | None:
        """What the process says; None where it has died over it, and another one has taken its place."""
        try:
            self._pipe.send(asking)
            outcome: Reply | WenbaoError = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            self._process, self._pipe = _started(self._directory)
            self._get_ready()
            return None
        return outcome

    def _get_ready(self) -> None:
        try:
            self._pipe.recv()
        except EOFError:
            return
        self._ready.set()


def _started(directory: Path) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(directory, there), name="wenbao-answers", daemon=True)
    process.start()
    there.close()
    return process, here


def _serve(directory: Path, there: Connection) -> None:
    """The life of a process: opens the index, says so, answers until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    desk = _Desk(directory)
    desk.outcome(WARM_UP)
    hold_to_one_thread()
    there.send(None)
    while True:
        try:
            asking: Asking = there.recv()
        except EOFError:
            return
        there.send(desk.outcome(asking))


def hold_to_one_thread() -> None:
    """Keeps the libraries that are loaded from sharing a question's small matrices among threads.

    The other cores have processes of their own, and threads that wait for each other spin as long as they work.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().limit(limits=1)


class _Desk:
    """What a process answers with; an index that can't be opened is tried again at the next question."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._service: Service | None = None

    def outcome(self, asking: Asking) -> Reply | WenbaoError:
        """The reply, or why there is none."""
        try:
            if self._service is None:
                self._service = open_service(self._directory)
            return reply(self._service, asking)
        except WenbaoError as error:
            error.__cause__ = None  # it may hold what can't travel
            return error
        except Exception:  # a fault over one question must not end the process
            log.exception("a question failed")
            return WenbaoError("Something went wrong inside wenbao.", "The log says what.", code="crash")


def _lost() -> WenbaoError:
    return WenbaoError(
        "The process that was answering ended twice over this question.",
        "Ask it in other words; the log may say more.",
        code="answer-lost",
    )
