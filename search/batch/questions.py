"""Reads question files: .txt (a question a line), .csv, .tsv, .jsonl and .xlsx."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import ReadError, WenbaoError
from search.batch.records import BatchRow
from search.errors import BatchError
from search.given import filters_of

FORMATS = (".txt", ".csv", ".tsv", ".jsonl", ".xlsx")

NAMES = {
    "question": ("question", "问题", "提问", "题目", "query", "q"),
    "id": ("id", "编号", "序号", "题号", "qid"),
    "year": ("year", "年份", "年度"),
    "region": ("region", "地区", "区域"),
    "school": ("school", "学校"),
    "level": ("level", "层级"),
    "kind": ("kind", "报告类型", "报告种类"),
}
"""Column names by what they mean; compared without case and white space, the first that is there counts."""

PARTS = ("question", "问题", "提问", "query")
"""Where no column has such a name, the only one whose name holds one of these has the questions (问题内容)."""


def read_questions(path: Path) -> list[BatchRow]:
    """All rows of a question file, in order; blank questions stay as rows and fail on their own.

    Raises:
        BatchError: the file is missing, empty, of an unknown type, or has no question column.
    """
    if not path.is_file():
        raise BatchError(f"There is no question file {path}.", "Check the path.", code="batch-missing")
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise BatchError(
            f"{path.name} is not a question file wenbao knows.",
            f"Use one of {', '.join(FORMATS)}.",
            code="batch-type",
        )
    rows = [_row(number, record) for number, record in enumerate(_records(path, suffix), 1)]
    if not rows:
        raise BatchError(f"{path.name} has no questions.", "Write one question a line or row.", code="batch-empty")
    return rows


def _records(path: Path, suffix: str) -> Iterator[Mapping[str, Any]]:
    if suffix == ".xlsx":
        return _from_table(path.name, _sheet(path))
    text = _text(path)
    if suffix == ".txt":
        return ({"question": line.strip()} for line in text.splitlines() if line.strip())
    if suffix == ".jsonl":
        return _from_lines(path.name, text)
    return _from_table(path.name, _separated(text, suffix))


def _text(path: Path) -> str:
    from corpus.readers.encoding import decode

    try:
        return decode(path.read_bytes()).text
    except ReadError as error:
        raise BatchError(error.message, error.remedy, code="batch-encoding") from error


def _from_lines(name: str, text: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            yield {"question": "", "error": f"Line {number} of {name} is not JSON: {error.msg}."}
            continue
        yield record if isinstance(record, dict) else {"question": str(record)}


def _separated(text: str, suffix: str) -> Iterator[list[str]]:
    """Rows of a .csv or .tsv; the delimiter is the one that the first line has most of."""
    first = text.split("\n", 1)[0]
    delimiter = "\t" if suffix == ".tsv" else max(",;\t，", key=first.count)
    if delimiter == "，":
        return ([cell.strip() for cell in line.split("，")] for line in text.splitlines())
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _sheet(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise BatchError(
            f"{path.name} can't be opened as .xlsx: {error}.", "Save it again as .xlsx or .csv."
        ) from error
    for row in workbook.get_sheet_by_index(0).to_python():
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    """A spreadsheet's 2022.0 is the year 2022."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _from_table(name: str, table: Iterable[list[str]]) -> Iterator[Mapping[str, Any]]:
    rows = (row for row in table if any(cell.strip() for cell in row))
    header = next(rows, None)
    if header is None:
        return
    if _column(header, "question") is None:
        if len(header) > 1:
            raise BatchError(
                f"{name} has no question column; its columns are {', '.join(header)}.",
                "Name one column question or 问题.",
                code="batch-columns",
            )
        yield {"question": header[0]}
        header = ["question"]
    for row in rows:
        yield dict(zip(header, row, strict=False))


def _column(header: Iterable[str], meaning: str) -> str | None:
    known = {_plain(name): name for name in header}
    exact = next((known[name] for name in NAMES[meaning] if name in known), None)
    if exact is not None or meaning != "question":
        return exact
    like = [name for plain, name in known.items() if any(part in plain for part in PARTS) and not _numbers(plain)]
    return like[0] if len(like) == 1 else None


def _numbers(plain: str) -> bool:
    """Whether a column counts or sorts the questions rather than holding them."""
    return plain.endswith(("id", "no", "no.", "编号", "序号", "类型", "type", "数"))


def _plain(name: str) -> str:
    return "".join(name.split()).lower().lstrip("\ufeff")


def _row(number: int, record: Mapping[str, Any]) -> BatchRow:
    columns = {meaning: _column(record, meaning) for meaning in NAMES}
    values = {meaning: record[column] for meaning, column in columns.items() if column is not None}
    question = str(values.get("question") or "").strip()
    row_id = str(values.get("id") or number)
    used = {columns["question"], columns["id"]}
    extra = {name: value for name, value in record.items() if name not in used}
    try:
        filters = filters_of(
            **{name: _many(values.get(name)) for name in ("year", "region", "school", "level", "kind")}
        )
    except WenbaoError as error:
        return BatchRow(number, row_id, question, extra=extra, error=error)
    broken = BatchError(str(record["error"]), "Mend the line.") if not question and "error" in record else None
    return BatchRow(number, row_id, question, filters, extra, broken)


def _many(value: object) -> tuple[str, ...]:
    """A cell may hold several values, parted by semicolons or ideographic commas."""
    parts = value if isinstance(value, list) else str(value or "").replace("；", ";").replace("、", ";").split(";")
    return tuple(str(part).strip() for part in parts if str(part).strip())
