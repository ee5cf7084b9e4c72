"""The whole way from a question to its answer, top to bottom: understand, retrieve, rank, answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from index.encoder import load_maker
from index.errors import IndexFault
from index.local import LocalIndex, open_index
from index.locks import released_on_failure
from index.records import Encoder, Filters
from index.snapshot import read_pointer
from search.filters import settle
from search.highlight import marked
from search.query import Asker, understand
from search.rank import find
from search.records import Answer, Hit, Query, Result
from search.stopwatch import Stopwatch
from search.view import View

TOP = 10
NO_FILTERS = Filters()
UNANSWERED = Answer(answered=False, kind="none", text="", confidence=0.0)

WIDE = 30
"""Passages that an answer is drawn from, however few are shown: a list needs that many to be complete."""


def open_service(index: Path, *, today: Callable[[], int] | None = None, soon: bool = False) -> Service:
    """Opens an index for questions; `today` gives the year that 去年 counts from, this year by default.

    Where a question comes `soon`, the encoder's weights are read while the rest is opened, else with the question.

    Raises:
        IndexFault: there is no usable index.
        EncoderError: its encoder can't be loaded.
    """
    return Service(index, today=today or _this_year, soon=soon)


class Service:
    """Answers questions about one index; safe to use from many threads.

    A new snapshot is taken up at the next question after the switch; questions under way end on the old one.
    """

    def __init__(self, directory: Path, *, today: Callable[[], int], soon: bool = False) -> None:
        self._directory = directory
        self._today = today
        self._lock = Lock()
        self._closed = False
        self._shelf = _Shelf(open_index(directory), soon=soon)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the index; questions under way are finished."""
        self._closed = True
        self._shelf.retire()

    @property
    def index(self) -> LocalIndex:
        """The current snapshot."""
        return self._current().index

    def ask(self, question: str, *, filters: Filters = NO_FILTERS, top: int = TOP, drop: Sequence[str] = ()) -> Result:
        """Ranked passages and an answer drawn from them.

        `filters` hold; what is read from the question only weighs, and `drop` leaves readings out: a field ("year") or
        one value of it ("year:2022").

        Raises:
            QuestionError: the question is empty or too long.
            FilterError: a filter names something that isn't in the index.
        """
        return self._reply(question, Asker(filters, drop, self._today()), top, answered=True)

    def search(
        self, question: str, *, filters: Filters = NO_FILTERS, top: int = TOP, drop: Sequence[str] = ()
    ) -> Result:
        """As `ask`, without the answer."""
        return self._reply(question, Asker(filters, drop, self._today()), top, answered=False)

    def _reply(self, question: str, asker: Asker, top: int, *, answered: bool) -> Result:
        watch = Stopwatch()
        with self.reading() as view:
            with watch.timing("understand"):
                query = understand(question, view, replace(asker, filters=settle(asker.filters, view)))
            with watch.timing("find"):
                found = find(query, view, top=max(top, WIDE))
            with watch.timing("answer"):
                answer = _answer(query, found, view) if answered else UNANSWERED
            with watch.timing("mark"):
                shown = marked(query, found[:top], view)
        return Result(query, shown, answer, watch.total, stages=watch.stages)

    @contextmanager
    def reading(self) -> Iterator[View]:
        """The current view, kept open until the question is answered."""
        shelf = self._current()
        while not shelf.take():
            shelf = self._current()
        try:
            yield shelf.view
        finally:
            shelf.give_back()

    def _current(self) -> _Shelf:
        if self._closed:
            raise IndexFault("The service is closed.", "Open it again with open_service.")
        pointer = read_pointer(self._directory)
        if pointer is not None and pointer.name != self._shelf.index.snapshot:
            with self._lock:
                self._take_up(pointer.name)
        return self._shelf

    def _take_up(self, snapshot: str) -> None:
        old = self._shelf
        if old.index.snapshot != snapshot:
            self._shelf = _Shelf(open_index(self._directory), old)
            old.retire()


class _Shelf:
    """An open snapshot with its users counted, so that it is closed after the last of them."""

    def __init__(self, index: LocalIndex, before: _Shelf | None = None, *, soon: bool = False) -> None:
        self.index = index
        with released_on_failure(index.close):
            encoder = _encoder(index, before, soon=soon)
            self.view: View = View(index, encoder)
            index.require(encoder)  # last, since its files are hashed meanwhile
        self._users = 0
        self._retired = False
        self._lock = Lock()

    def take(self) -> bool:
        """One more user; False when it is closed already."""
        with self._lock:
            if self._retired:
                return False
            self._users += 1
            return True

    def give_back(self) -> None:
        """One user less; the last one closes what is retired."""
        with self._lock:
            self._users -= 1
            done = self._retired and not self._users
        if done:
            self.index.close()

    def retire(self) -> None:
        """No new users; closed once there are none."""
        with self._lock:
            done = not self._retired and not self._users
            self._retired = True
        if done:
            self.index.close()


def _encoder(index: LocalIndex, before: _Shelf | None, *, soon: bool) -> Encoder:
    if before is not None and before.index.encoder_fingerprint == index.encoder_fingerprint:
        return before.view.encoder
    encoder = load_maker(index.manifest.maker)
    encoder.start(weights=soon)
    return encoder


def _answer(query: Query, found: tuple[Hit, ...], view: View) -> Answer:
    from search.answers import answer

    return answer(query, found, view.index)


def _this_year() -> int:
    return datetime.now(UTC).year
