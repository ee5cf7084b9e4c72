"""Values that are worked out in a thread before they are asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest

from index.ahead import Ahead


def test_a_value_is_worked_out_once_for_all_who_ask() -> None:
    """However many threads ask at once."""
    numbers = count()
    value = Ahead(lambda: next(numbers))
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: value.get(), range(50))) == {0}
    assert next(numbers) == 1


def test_it_begins_when_told_and_not_before() -> None:
    """The thread that starts it goes on meanwhile."""
    begun, told = Event(), Event()

    def make() -> str:
        begun.set()
        return "told" if told.wait(10) else "never"

    value = Ahead(make)
    assert not begun.wait(0.05)
    value.start()
    assert begun.wait(10)
    told.set()
    assert value.get() == "told"


def test_what_went_wrong_is_raised_where_it_is_asked_for() -> None:
    """Not in the thread, where nobody would hear of it."""
    value: Ahead[int] = Ahead(lambda: int("seven"))
    value.start()
    for _ in range(2):
        with pytest.raises(ValueError, match="seven"):
            value.get()
