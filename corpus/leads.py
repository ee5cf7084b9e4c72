"""Lead sentences: a short first sentence that serves its paragraph as a title, without a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.layout import Line, Sheet
from corpus.numbering import parse
from corpus.records import SectionKind

_LEAD = re.compile(r"(?:——|—|[●•■◆▪])?\s?([^。！？；：:;\n]{4,34})[。！](?=.)")
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[，,、]|首先|其次|再次|最后)")
_TELLING = re.compile(
    r"\d{2,}|\d\s?[年月日个人名项所家%％万亿]"
    r"|^(?:我[市校省区县局院国们]|本[市校次年届]|全[市省校县区国]|学[校院]|该|其[中他次]|目前|今[年后]|去年|近[年期]|一年来|[这那此]|同时|此外"
    r"|另外|通过|根据|按照|截至|截止|各位|同志|现在|例如|比如|但|而|并|由于|因此|为了|为此|由)"
    r"|^.{2,18}(?:学校|中学|学院|大学|职高|职校|公司|集团|教育局|政府|委员会)(?!.{0,4}$)|^[“‘《].{0,30}[”’》]$"
)
_MIN_REST = 30


def lead_of(text: str) -> re.Match[str] | None:
    """The lead sentence that opens `text`: group 1 is its wording, the match ends behind its full stop."""
    match = _LEAD.match(text)
    if match is None or len(text) - match.end() < _MIN_REST or parse(text) is not None:
        return None
    return None if _TELLING.search(match.group(1)) else match


def is_ordinal(text: str) -> bool:
    """`text` counts in words ("一是…", "首先…"): it goes on with what stands before it."""
    return _ORDINAL.match(text) is not None


def leads(lines: Sequence[Line | Sheet], kinds: Mapping[int, SectionKind]) -> dict[int, re.Match[str]]:
    """Lead sentences by their place among the lines, `kinds` telling which lines open a section already.

    A lead needs company: another one under the same heading, or a case or table that it parts its paragraph from.
    """
    found: dict[int, re.Match[str]] = {}
    here: dict[int, re.Match[str]] = {}
    parted = False
    for at, line in enumerate(lines):
        kind = kinds.get(at)
        if kind == "heading":
            found |= here if parted or len(here) > 1 else {}
            here, parted = {}, False
        elif kind is not None or isinstance(line, Sheet):
            parted = True
        elif line.paragraph.style != "title" and (match := lead_of(line.paragraph.text)):
            here[at] = match
    return found | (here if parted or len(here) > 1 else {})
