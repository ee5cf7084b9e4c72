"""Laws in Markdown: articles in passages, asked for by heading, by clause and by questions made from their wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from encoder.altered import altered
from encoder.datafiles import records
from encoder.records import Group, Query
from encoder.texts import clauses
from index.context import encoded_text

PER_LAW = 4
"""Passages taken of a law, at most: neighbours are good negatives, but thousands of laws are better than long ones."""
SIZE = (150, 420)
"""Characters of a passage."""
IN_CONTEXT = 0.75
"""Share of passages with title, year and chapter in front."""

_DATED = re.compile(r"\((\d{4})-\d\d-\d\d\)")
_PLACE = re.compile(r"^(?:中华人民共和国|[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|自治县|经济特区))(?:实施)?")
"""What is cut off a title, so that laws of two provinces on one subject are of one cluster."""
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百]+[章节编]\s*|^[一二三四五六七八九十]+、")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百千零]+条(?:之[一二三四五])?\s*")
_BY_HEADING = (
    "{title} {heading}",
    "{title}关于{heading}是怎么规定的？",
    "{title}对{heading}有什么要求",
    "{heading}有哪些规定？",
    "{title}里{heading}讲了什么？",
    "{heading}方面的内容",
)
_BY_CLAUSE = ("{clause}", "{title}：{clause}", "哪里提到{clause}？", "关于{clause}，{title}怎么说？", "怎样{clause}？")
_ASKING = (
    (
        re.compile(
            r"([^，。；：]{2,30}?)(?:应当|必须|须|可以|有权|有)?(具备|符合|履行|提交|包括|享有|遵守|采取|载明|行使)下列([^，。；：]{1,12})："
        ),
        r"\1\2哪些\3？",
    ),
    (re.compile(r"([^，。；：]{4,30}?)有下列(情形|行为|情况)之一的"), r"\1哪些\2会受到处理？"),
    (re.compile(r"(?:^|，)由([^，。；：]{2,20}?)(负责|组织|制定|审批|决定|批准)([^，。；：]{2,24})"), r"\3由谁\2？"),
    (re.compile(r"([^，。；：]{2,20}?)，?(?:，|是)指([^。；：]{6,})"), r"什么是\1？"),
    (re.compile(r"([^，。；：]{4,40}?)的，[^。；]{0,40}(?:处|罚款)"), r"\1的会怎么处罚？"),
    (re.compile(r"([^，。；：]{2,20}?)不得([^，。；：]{3,30})"), r"\1不能做什么？"),
    (re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日)起施行"), "从什么时候开始施行？"),
    (re.compile(r"应当在([^，。；：]{2,16}?(?:日|月|年)(?:以|之)?内)([^，。；：]{3,24})"), r"多久之内要\2？"),
    (
        re.compile(r"不(?:低于|少于|超过|高于)([^，。；：]{0,3}\d[^，。；：]{0,12}|百分之[^，。；：]{1,8})"),
        "比例或者标准是多少？",
    ),
)
"""Wording of a law, and the question that it answers."""


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    text: str


def laws(folder: Path, rng: np.random.Generator) -> Iterator[Group]:
    """Up to `PER_LAW` passages of each law, with three questions each."""
    for row in records(folder, "laws_zh.jsonl"):
        title = _DATED.sub("", row["title"]).strip()
        year = _DATED.search(row["title"])
        parts = [part for part in _parts(row["text"]) if len(part.text) >= SIZE[0] // 2]
        if not parts or len(title) > 60:
            continue
        chosen = sorted(rng.permutation(len(parts))[:PER_LAW])
        for part in (parts[at] for at in chosen):
            above = " ".join(filter(None, (title, f"{year[1]}年" if year else "", part.heading)))
            context = above if rng.random() < IN_CONTEXT else ""
            queries = tuple(_queries(title, part, rng, known=bool(context)))
            if queries:
                subject = _PLACE.sub("", title)
                yield Group("laws", f"laws {subject}", encoded_text(context, part.text), queries)


def _parts(text: str) -> Iterator[_Part]:
    """Consecutive articles under one heading, packed to a passage's size."""
    heading, held = "", ""
    for line in text.partition("<!-- INFO END -->")[2].splitlines():
        if line.startswith("#"):
            if held:
                yield _Part(heading, held)
            heading, held = _CHAPTER.sub("", line.lstrip("# ")).strip(), ""
            continue
        if not line.strip():
            continue
        if held and len(held) + len(line) > SIZE[1]:
            yield _Part(heading, held[: 2 * SIZE[1]])
            held = ""
        held = f"{held}\n{line.strip()}" if held else line.strip()
    if held:
        yield _Part(heading, held[: 2 * SIZE[1]])


def _queries(title: str, part: _Part, rng: np.random.Generator, *, known: bool) -> Iterator[Query]:
    """By heading, by clause and by wording. `known` tells whether the passage itself says which law it is."""
    named = title if known and rng.random() < 0.7 else ""
    if known and part.heading:
        template = str(rng.choice(_BY_HEADING))
        text = template.format(title=_short(title, rng), heading=part.heading)
        yield _query(text, rng, lenient=True)
    found = clauses(part.text, shortest=7, longest=26)
    if found:
        clause = _ARTICLE.sub("", str(rng.choice(found)))
        yield _query(str(rng.choice(_BY_CLAUSE)).format(clause=clause, title=named).lstrip("：，"), rng, answer=clause)
    asked = _asked(part.text, rng)
    if asked:
        yield _query(f"{named}{'，' if named and rng.random() < 0.4 else ''}{asked}", rng, lenient=not named)


def _asked(text: str, rng: np.random.Generator) -> str:
    """A question made from the wording of one sentence; empty where none of the forms is there."""
    plain = "\n".join(_ARTICLE.sub("", line) for line in text.splitlines())
    made = [match.expand(form) for pattern, form in _ASKING for match in pattern.finditer(plain)]
    made = [question for question in made if len(question) < 50]
    return str(rng.choice(made)) if made else ""


def _short(title: str, rng: np.random.Generator) -> str:
    short = title.removeprefix("中华人民共和国")
    return short if rng.random() < 0.6 else title


def _query(text: str, rng: np.random.Generator, *, answer: str = "", lenient: bool = False) -> Query:
    folded = encoded_text("", text)
    return Query(folded, encoded_text("", answer), lenient, altered(folded, rng))
