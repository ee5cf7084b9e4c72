"""Whether a sentence speaks of the schools, places and years that the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.fold import fold
from index.records import StoredPassage

_PLACE = re.compile(r"^(?:[^省市区县]{2,7}(?:省|自治区))?(?:[^省市区县]{2,6}市)?(?:[^省市区县]{1,6}[区县])?(?=.{2})")
_TYPE = re.compile(
    r"(?:职业技术教育中心|职业技术学校|职业技术学院|职业高级中学|职业高中|职业中等专业学校|职业中专|中等职业技术学校|中等职业学校|"
    r"中等专业学校|职业教育中心|职教中心|职业学校|职业学院|技工学校|技师学院|职高|职校|中职|中专|技校|学校|学院)(?:校)?$"
)
_SCHOOLISH = r"[^，。；、\s]{0,5}(?:职|校|中专|学院|技师|中心)"
_SENTENCE, _PASSAGE, _REPORT, _REGION = 1.0, 0.9, 0.85, 0.6
"""How surely a sentence speaks of a name that stands in it, in its passage or headings, in what the report says of its
publisher, or among the places that the report's region lies in."""


def about(names: Sequence[str], passage: StoredPassage | None, sentence: str) -> float:
    """How surely a folded sentence (of a passage) speaks of one of the names, 0 to 1; 1 if there are none.

    Where schools are named, places only say where these are.
    """
    schools = [name for name in names if _TYPE.search(name)]
    return max((_one(name, passage, sentence) for name in schools or names), default=1.0)


def _one(name: str, passage: StoredPassage | None, sentence: str) -> float:
    pattern = _pattern(fold(name))
    if pattern.search(sentence):
        return _SENTENCE
    if passage is None:
        return 0.0
    if pattern.search(fold(passage.text)) or pattern.search(fold(" ".join(passage.path))):
        return _PASSAGE
    meta = passage.report.metadata
    if any(pattern.search(fold(found.value)) for found in (meta.publisher, meta.school, meta.title) if found):
        return _REPORT
    region = meta.region.value.names if meta.region else ()
    return _REGION if any(pattern.search(fold(place)) for place in region) else 0.0


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    """What a name looks like in running text: itself, or its core with another word for school behind it."""
    kind = _TYPE.search(name)
    if not kind:
        place = re.sub(r"(?<=..)(?:省|市|区|县|自治区|自治州)$", "", name)
        return re.compile(re.escape(place))
    core = _PLACE.sub("", name[: kind.start()]) or name[: kind.start()]
    return re.compile(f"{re.escape(name)}|{re.escape(core)}{_SCHOOLISH}")


def dated(years: Sequence[int], passage: StoredPassage, sentence: str) -> float:
    """How surely a folded sentence speaks of one of the years, 0 to 1; 1 if there are none."""
    if not years:
        return 1.0
    stated = _years(sentence)
    if stated:
        return 1.0 if stated & set(years) else 0.2
    if set(years) & _years(fold(passage.text) + " ".join(passage.path)):
        return 0.9
    reported = passage.report.metadata.year
    if reported is not None:
        return 0.85 if reported.value in years else 0.1
    return 0.5


def _years(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d|\.\d)", text)}
