"""What an agent can do with an index: search, ask, read a section, list the reports.

Plain functions from words to the JSON of `search.shapes`; `search.agents.mcp` offers them to agents, and the names,
types and descriptions of their parameters are what an agent reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from corpus.fold import fold
from corpus.records import Section
from index.records import Index, StoredReport
from search.agents.reading import LONGEST, opening, outline, section_at, subtree
from search.errors import FilterError, QuestionError
from search.filters import settle
from search.records import Hit, Result
from search.service import Service
from search.shapes import Json, hit_json, report_json, report_title, result_json
from search.web.facets import matching
from search.web.requests import FilterFields

READ = ("rank", "score", "passage_id", "report_id", "title", "publisher", "year", "section", "kind", "text", "page")
"""What an agent is told of a hit; each word costs some of its memory."""

MOST_PASSAGES = 30
MOST_REPORTS = 200

ASKED = "In Chinese or English, e.g. 2022年双师型教师比例是多少？ or Which schools expanded 1+X pilots?"
NARROWED = (
    "Only search reports that fit: year (report year, [2022]), region (province, city or county, 金华), school (any of "
    "its names), level (school, district, city, province, nation), kind (质量年报, 工作总结, 工作计划, 政府工作报告, "
    "other), report (ids). Leave it out unless the user asks for it: years and names are read from the question itself."
)
NOTHING = FilterFields()

Question = Annotated[str, Field(description=ASKED)]
Filters = Annotated[FilterFields, Field(description=NARROWED)]
Passages = Annotated[int, Field(ge=1, le=MOST_PASSAGES, description="How many passages to return.")]


class Toolbox:
    """The tools over one open service; safe to use from many threads."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def search(self, question: Question, filters: Filters = NOTHING, top: Passages = 8) -> Json:
        """Find passages of the reports by meaning, best first.

        Use it to look around or to collect evidence, e.g. 校企合作 订单班, 1+X证书 试点, mental health education. Each
        hit has its text, report title, year, section path, score (0 to 1, comparable between questions), `passage_id`
        and `section_id`; give these to read_section for what stands around it. Chinese and English questions both find
        Chinese passages.
        """
        result = self._service.search(question, filters=filters.filters(), top=top)
        return {"filters": result_json(result)["filters"], "hits": [_hit(hit) for hit in result.hits]}

    def ask(self, question: Question, filters: Filters = NOTHING, top: Passages = 5) -> Json:
        """Answer a question from the reports, with exact citations, or say that they don't tell.

        Use it for facts: a figure (毕业生就业率是多少？), a list (哪些学校扩大了1+X试点？), a comparison
        (云汀市和朔岩市2022年双师型教师占比哪个高？), a how or why. `answer.answered` is false where the reports don't
        say: then say so, and don't guess. Every citation quotes its report to the character.
        """
        result = self._service.ask(question, filters=filters.filters(), top=top)
        shape = result_json(result)
        return {
            "answer": shape["answer"],
            "filters": shape["filters"],
            "sources": self._titles(result),
            "hits": [_hit(hit) for hit in result.hits],
        }

    def read_section(
        self,
        report_id: Annotated[str, Field(description="From a hit, a citation or list_reports.")] = "",
        section_id: Annotated[int | None, Field(ge=0, description="From a hit or from the outline.")] = None,
        passage_id: Annotated[str, Field(description="From a hit or a citation, instead of the other two.")] = "",
        offset: Annotated[int, Field(ge=0, description="Where to go on: `next_offset` of the reply before.")] = 0,
    ) -> Json:
        """Read a section of a report in full, with what stands under it, or a report's outline.

        With `passage_id` alone: the section that the passage stands in. With `report_id` and `section_id`: that one.
        With `report_id` alone: the outline, where each section has its id and its length in characters. A long section
        comes in parts.
        """
        with self._service.reading() as view:
            report = _report(view.index, report_id or passage_id.rpartition("-")[0], passage_id)
            sections = view.index.sections(report.id)
            if passage_id:
                section = sections[_section_of(view.index, report, passage_id)]
            elif section_id is not None:
                section = _section(sections, section_id, report)
            else:
                return {"report": report_json(report), "outline": outline(sections)}
            return _read(view.index, report, section, offset)

    def list_reports(
        self,
        filters: Filters = NOTHING,
        contains: Annotated[str, Field(description="Only reports whose title, publisher or file has this.")] = "",
        limit: Annotated[int, Field(ge=1, le=MOST_REPORTS)] = 50,
        offset: Annotated[int, Field(ge=0)] = 0,
    ) -> Json:
        """List the reports that can be searched, with title, publisher, year, region, school, level and kind.

        Use it to see what there is before asking, e.g. which years or places are covered (contains: 栖鹭).
        """
        with self._service.reading() as view:
            found = matching(view.index, settle(filters.filters(), view))
        if contains:
            found = [report for report in found if fold(contains) in fold(_named(report))]
        page = found[offset : offset + limit]
        return {"total": len(found), "offset": offset, "reports": [report_json(report) for report in page]}

    def _titles(self, result: Result) -> dict[str, str]:
        """The titles of the reports that an answer cites, by id."""
        answer = result.answer
        cited = {one.report_id for one in (*answer.citations, *(c for item in answer.items for c in item.citations))}
        with self._service.reading() as view:
            return {report.id: report_title(report) for report in view.index.reports() if report.id in cited}


def _hit(hit: Hit) -> Json:
    """A hit without what only a screen needs."""
    shape = hit_json(hit)
    return {name: shape[name] for name in READ} | {"section_id": hit.passage.section}


def _read(index: Index, report: StoredReport, section: Section, offset: int) -> Json:
    sections = index.sections(report.id)
    below = subtree(sections, section)
    start, end = section.start, below[-1].end
    if offset >= end - start and offset:
        raise QuestionError(
            f"The section has {end - start} characters, none from {offset} on.", "Start at offset 0 again."
        )
    until = min(end, start + offset + LONGEST)
    return {
        "report": {"id": report.id, "title": report_title(report)},
        "section": opening(sections, section),
        "text": index.text(report.id)[start + offset : until],
        "start": start + offset,
        "end": until,
        "next_offset": until - start if until < end else None,
        "under_it": outline(below[1:]),
    }


def _report(index: Index, report_id: str, passage_id: str) -> StoredReport:
    if not report_id:
        told = f"The passage id “{passage_id}” is not one." if passage_id else "Neither report nor passage was named."
        raise QuestionError(told, "Give report_id or passage_id as search, ask or list_reports show them.")
    found = next((report for report in index.reports() if report.id == report_id), None)
    if found is None:
        raise FilterError(f"There is no report {report_id}.", "list_reports shows the ids there are.", code="report")
    return found


def _section(sections: Sequence[Section], section_id: int, report: StoredReport) -> Section:
    if section_id >= len(sections):
        raise FilterError(
            f"The report {report.id} has no section {section_id}; its last is {len(sections) - 1}.",
            "read_section with report_id alone shows the outline.",
            code="section",
        )
    return sections[section_id]


def _section_of(index: Index, report: StoredReport, passage_id: str) -> int:
    """The section that a passage stands in."""
    rows = index.rows_of(report.id)
    number = passage_id.rpartition("-")[2]
    if passage_id.rpartition("-")[0] != report.id or not number.isdecimal() or int(number) >= len(rows):
        raise FilterError(
            f"There is no passage {passage_id} in the report {report.id}.",
            f"Its passages are {report.id}-0 to {report.id}-{len(rows) - 1}; search shows them.",
            code="passage",
        )
    return section_at(index.sections(report.id), index.passages([rows[int(number)]])[0].section)


def _named(report: StoredReport) -> str:
    metadata = report.metadata
    parts: Iterable[str] = (found.value for found in (metadata.publisher, metadata.school) if found)
    return " ".join((report_title(report), report.name, *parts))
