"""The service over the sample reports, on a real index."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build import remove
from index.encoder import load_encoder
from index.errors import IndexFault, IndexMismatch
from index.records import Filters
from search.errors import FilterError, QuestionError
from search.service import Service, open_service

SCHOOL = "云汀市栖鹭职业高级中学"


@pytest.fixture(scope="module")
def service(samples_index: Path) -> Iterator[Service]:
    with open_service(samples_index, today=lambda: 2024) as opened:
        yield opened


def test_ranks_count_from_one_and_scores_fall(service: Service) -> None:
    """Hits come best first, with scores between 0 and 1 and the parts that made them."""
    hits = service.search("双师型教师比例").hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {"dense", "words", "cover"} <= hits[0].features.keys()


@pytest.mark.parametrize(
    "question", ["双师型教师比例", "云汀市和朔岩市哪个大", "Which schools expanded 1+X pilots?", "🙂"]
)
def test_the_parts_of_a_score_add_up_to_it(service: Service, question: str) -> None:
    """Every feature has its part, and nothing else made the score."""
    for hit in service.search(question).hits:
        assert sum(hit.parts.values()) == pytest.approx(hit.score)
        assert hit.parts.keys() == hit.features.keys()


def test_matches_say_by_which_word_and_where(service: Service) -> None:
    """An English word with its Chinese form; a word of the heading; the form stands where it is said to stand."""
    hit = service.search("Which schools expanded 1+X pilots?").hits[0]
    forms = {match.text: match.form for match in hit.matches if match.field == "passage"}
    assert forms["1+x"] == "1+x"
    assert forms["pilots"] in hit.passage.text
    assert hit.sentence is not None
    assert 0 <= hit.sentence[0] < hit.sentence[1] <= len(hit.passage.text)


@pytest.mark.parametrize("question", ["栖鹭职高2023年的1+X证书通过率是多少？", "Which schools expanded 1+X pilots?"])
def test_highlights_are_words_of_the_passage(service: Service, question: str) -> None:
    """Spans lie inside the passage, sorted and apart; an English question marks Chinese words."""
    hit = service.search(question).hits[0]
    ends = [0, *(end for _, end in hit.highlights)]
    assert hit.highlights
    assert all(
        before <= start < end <= len(hit.passage.text)
        for before, (start, end) in zip(ends, hit.highlights, strict=False)
    )


def test_a_filter_holds_and_a_reading_only_weighs(service: Service) -> None:
    """With a filter every hit is of that year; without, the question's year is shown and can be dropped."""
    held = service.search("就业率", filters=Filters(years=(2022,)))
    assert {hit.passage.report.metadata.year.value for hit in held.hits if hit.passage.report.metadata.year} == {2022}
    read = service.search("2022年的就业率")
    assert [(reading.field, reading.value) for reading in read.query.readings] == [("year", "2022")]
    assert service.search("2022年的就业率", drop=["year:2022"]).query.readings == ()
    assert service.search("2022年的就业率", drop=["year"]).query.years == ()


def test_last_year_is_counted_from_today(service: Service) -> None:
    """Today is in 2024 here."""
    assert service.search("去年的就业率").query.years == (2023,)


def test_a_school_is_known_by_its_short_name(service: Service) -> None:
    """The reading gives the full name, and its own report comes first."""
    result = service.search("栖鹭职高的双师型教师占比")
    assert SCHOOL in result.query.names
    school = result.hits[0].passage.report.metadata.school
    assert school is not None
    assert school.value == SCHOOL


def test_both_sides_of_a_comparison_are_at_the_top(service: Service) -> None:
    """The first two hits are of two reports, one for each side."""
    result = service.search("双师型教师占比，云汀市2022年和朔岩市2022年哪个高？")
    assert [part.names[0] for part in result.query.parts] == ["云汀市", "朔岩市"]
    regions = [hit.passage.report.metadata.region for hit in result.hits[:2]]
    assert [region.value.city for region in regions if region] == ["云汀市", "朔岩市"]


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_refused(service: Service, question: str) -> None:
    """Nothing is not searched for."""
    with pytest.raises(QuestionError, match="empty"):
        service.ask(question)


def test_a_question_that_is_too_long_says_how_long_it_may_be(service: Service) -> None:
    """Ten thousand characters are a document."""
    with pytest.raises(QuestionError, match=r"10,000 characters; at most 2,000"):
        service.ask("问" * 10_000)


@pytest.mark.parametrize(
    ("filters", "known"),
    [
        (Filters(years=(1999,)), "2021"),
        (Filters(regions=("云汀区",)), "云汀市"),
        (Filters(schools=("栖露职业高级中学",)), SCHOOL),
        (Filters(levels=("schol",)), "school"),
        (Filters(kinds=("质量报告",)), "质量年报"),
    ],
)
def test_an_unknown_filter_names_what_is_near(service: Service, filters: Filters, known: str) -> None:
    """A slip in a filter is not taken for silence."""
    with pytest.raises(FilterError) as caught:
        service.search("就业率", filters=filters)
    assert known in caught.value.remedy


def test_filters_take_any_name_of_a_school_or_place(service: Service) -> None:
    """Short names are made full before they filter."""
    hits = service.search("专业", filters=Filters(schools=("栖鹭职高",), regions=("云汀",))).hits
    assert {hit.passage.report.metadata.school.value for hit in hits if hit.passage.report.metadata.school} == {SCHOOL}


def test_a_closed_service_says_so(samples_index: Path) -> None:
    """Asking after `close` is a mistake with a name."""
    opened = open_service(samples_index)
    opened.close()
    with pytest.raises(IndexFault, match="closed"):
        opened.search("专业")


@pytest.mark.parametrize("question", ["？？？", "🙂", "a", "的", "x" * 2000, "\x00", "(((", "2022", "1+X"])
def test_odd_questions_get_a_result(service: Service, question: str) -> None:
    """Whatever is typed, there is an answer or an honest silence, never a failure."""
    assert service.ask(question).took_ms > 0


def test_many_threads_get_the_same_hits(service: Service) -> None:
    """The service is shared between threads."""
    questions = ["双师型教师比例", "1+X试点", "Which schools expanded 1+X pilots?"] * 4
    alone = [[hit.passage.id for hit in service.search(question).hits] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = [[hit.passage.id for hit in result.hits] for result in pool.map(service.search, questions)]
    assert together == alone


def test_a_removed_report_is_never_found_again(samples_index: Path, tmp_path: Path) -> None:
    """The open service moves to the new snapshot by itself."""
    copy = tmp_path / "index"
    shutil.copytree(samples_index, copy)
    with open_service(copy) as opened:
        first = opened.search("双师型教师比例").hits[0].passage.report
        before = opened.index.snapshot
        remove([first.id], copy)
        after = opened.search("双师型教师比例")
        assert opened.index.snapshot != before
        assert first.id not in {hit.passage.report.id for hit in after.hits}


def test_an_index_of_another_encoder_is_refused_and_let_go(
    samples_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is tried: a server waits for a new one with the same few files open."""
    other = load_encoder(query_prompt="other: ")
    monkeypatch.setattr("search.service.load_maker", lambda _: other)

    def held() -> int:
        gc.collect()
        return sum("samples" in str(link) for link in map(linked, Path("/proc/self/fd").iterdir()))

    before = held()
    for _ in range(3):
        with pytest.raises(IndexMismatch, match="wenbao build"):
            open_service(samples_index)
    assert held() == before


def linked(path: Path) -> Path | None:
    """What an open file is; it may be closed by now."""
    return path.readlink() if path.is_symlink() else None
