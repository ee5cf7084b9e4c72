"""The parts of a comparison, on the sample reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.query import Asker, understand
from search.records import Query
from search.service import Service, open_service


@pytest.fixture(scope="module")
def service(samples_index: Path) -> Iterator[Service]:
    with open_service(samples_index, today=lambda: 2024) as opened:
        yield opened


def parts(service: Service, question: str) -> tuple[Query, ...]:
    with service.reading() as view:
        return understand(question, view, Asker(today=2024)).parts


def forms(query: Query) -> set[str]:
    return {form for concept in query.concepts for form, _ in concept.forms}


def test_a_part_keeps_what_only_the_other_says(service: Service) -> None:
    """招生数 is asked of both, though it is said once; the other's name is not taken along."""
    left, right = parts(service, "云汀市的招生数和朔岩市的比，哪个更多？")
    assert "招生数" in forms(left) & forms(right)
    assert "朔岩市" not in forms(left)


def test_two_years_of_one_place_are_two_parts(service: Service) -> None:
    """No word joins them, still each is looked for by itself."""
    found = parts(service, "How far was the enrolment of Yunting in 2023 from what it was in 2021?")
    assert [part.years for part in found] == [(2021,), (2023,)]


def test_a_range_of_years_and_a_school_with_its_city_are_one(service: Service) -> None:
    """Neither compares anything."""
    assert parts(service, "云汀市2021-2023年的就业率") == ()
    assert parts(service, "云汀市栖鹭职高2023年的教师") == ()
