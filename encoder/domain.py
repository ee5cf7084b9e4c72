"""The questions and passages written for this project: schools, students, money, cases, in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from encoder.altered import altered
from encoder.datafiles import records
from encoder.records import Group, Query
from index.context import encoded_text

_SCHOOL = re.compile(
    r"(?:^|[，。：、（“\s]|在|与|由|年|是|到|从|和)"
    r"([\u4e00-\u9fff]{2,4}(?:[\u4e00-\u9fff]{0,4})(?:中等专业学校|职业高级中学|职业技术学院|职业学校|技师学院|职教中心|商贸职校|职业中专|职高|中专))"
)
_EN_SCHOOL = re.compile(
    r"\b(?!(?:Did|Does|Is|Has|The|At|In|Which|What|How) )([A-Z][a-z']+)"
    r"(?: (?:[A-Z][a-z]+|and|of))* (?:School|College|Center|Centre)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
REPORTS = ("{}年度质量报告", "{}质量年报", "{}工作总结", "{}中等职业教育质量年度报告", "{}教育发展报告", "{}案例集")
COPIES = 3
"""Groups made of each passage: the bare one, and others under an invented report's title."""


def domain(folder: Path, rng: np.random.Generator) -> Iterator[Group]:
    """Every passage `COPIES` times: bare, or with a title, a year and the topic's name as heading in front."""
    rows = list(records(folder, "domain_question_passage.jsonl"))
    zh_names = sorted({name for row in rows for name in _SCHOOL.findall(row["passage_zh"])})
    en_names = sorted({name for row in rows for name in _EN_SCHOOL.findall(row["q_en"])})
    headings: dict[str, str] = defaultdict(str, {row["topic"]: row["topic"] for row in rows})
    for copy in range(COPIES):
        for row in rows:
            context = _context(row["passage_zh"], headings[row["topic"]], rng) if copy else ""
            queries = (
                _query(row["q_zh"], row["weak_zh"], zh_names, rng),
                _query(row["q_en"], False, en_names, rng),
            )
            yield Group("domain", f"domain {row['topic']}", encoded_text(context, row["passage_zh"]), queries)


def _query(text: str, lenient: bool, names: list[str], rng: np.random.Generator) -> Query:  # noqa: FBT001 - a row's field
    swaps = [(_stem(name), _stem(str(rng.choice(names)))) for name in names if _stem(name) in text]
    folded = encoded_text("", text)
    forms = tuple(encoded_text("", form) for form in altered(text, rng, names=swaps))
    return Query(folded, lenient=lenient, altered=tuple(form for form in forms if form != folded))


def _stem(name: str) -> str:
    """What is the school's own in its name: two characters, or the English word."""
    return name if name.isascii() else name[:2]


def _context(passage: str, heading: str, rng: np.random.Generator) -> str:
    """A line like `index.context.context_of` gives: title, year, publisher, headings."""
    school = next(iter(_SCHOOL.findall(passage)), "")
    years = _YEAR.findall(passage)
    year = max(years) if years else str(int(rng.integers(2015, 2026)))
    title = str(rng.choice(REPORTS)).format(f"{school}{year}" if rng.random() < 0.6 else f"{school}")
    parts = [title, "" if year in title else f"{year}年", school if school not in title else "", heading]
    if rng.random() < 0.3:
        parts = parts[:-1]
    return " ".join(part for part in parts if part)
