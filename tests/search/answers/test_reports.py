"""Lists of the places and reports that say something."""

from __future__ import annotations

from collections.abc import Callable

from index.records import Index
from search.answers import answer
from search.records import Hit, Query

Asking = Callable[..., tuple[Query, list[Hit]]]


def test_cities_that_say_it_are_the_items(shelf: Index, asking: Asking) -> None:
    """Which cities do something is answered by the places of the reports that say so, each with its own citation."""
    query, hits = asking(shelf, "哪些城市的职校办了茶艺社团？", "茶艺 社团", "list")
    found = answer(query, hits, shelf)
    assert {item.name for item in found.items} == {"青溪市", "白河市"}
    for item in found.items:
        assert item.text in shelf.text(item.citations[0].report_id)


def test_figures_of_the_question_must_be_there(shelf: Index, asking: Asking) -> None:
    """A report whose sentence has other figures than the question's is no item."""
    query, hits = asking(shelf, "哪些城市的中职招生5120人？", "招生 在校生", "list")
    assert {item.name for item in answer(query, hits, shelf).items} <= {"白河市"}


def test_what_counts_a_list_is_no_part_of_it(shelf: Index, asking: Asking) -> None:
    """The number of items behind the last one is left off: 物流服务等4个专业."""
    query, hits = asking(shelf, "云台职校开设哪些专业？", "云台 专业 开设", "list")
    assert answer(query, hits, shelf).items[-1].name == "物流服务"
