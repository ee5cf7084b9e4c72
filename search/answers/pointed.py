"""The short answer inside a sentence: the date asked for by "when", the document, the company, the person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.answers.cues import Focus
from search.answers.pieces import Piece
from search.answers.terms import Terms
from search.answers.wording import english_date
from search.records import Language

_NEAR = 25
"""Characters on either side in which the question's words speak for a part."""
_EDGE = r"(?<![^，、：；。“”由是和与）\s])"
_ROLES = r"同志|老师|教师|校长|书记|主任|大师|先生|女士|局长|院长|教授|选手|同学"
_OFFICE = (
    r"(?<=市长|省长|主席|县长|区长|校长|书记|局长|院长)\s*[\u4e00-\u9fff](?:[ \u3000·]*[\u4e00-\u9fff]){1,5}(?=\n|$)"
)
"""A name that ends its line behind an office, as those who report sign: 市长 王 明."""
_YEAR, _DAY = r"(?:19|20)\d\d\s*年", r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|份)?"
_SHAPES: dict[Focus, re.Pattern[str]] = {
    "when": re.compile(rf"{_YEAR}(?:\s*{_DAY})?|{_DAY}"),
    "day": re.compile(rf"(?:{_YEAR}\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"),
    "document": re.compile(r"《[^《》]{2,60}》"),
    "company": re.compile(r"(?<=[与和由对向，、：将入给是为“])[^，。；、“”（）与和由]{2,24}?(?:有限公司|公司|集团)"),
    "who": re.compile(rf"{_EDGE}[\u4e00-\u9fff·]{{2,3}}(?={_ROLES})|{_OFFICE}"),
}


def pointed(focus: Focus, sentences: Sequence[Piece], terms: Terms) -> Piece | None:
    """The part of some sentences that names what is asked for; of several the one nearest to the question's words."""
    shape = _SHAPES.get(focus)
    if shape is None:
        return None
    found = [
        (terms.coverage(_around(sentence, *match.span())), sentence.part(*match.span()).strip())
        for sentence in sentences
        for match in shape.finditer(sentence.text)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def names_something(focus: Focus) -> bool:
    """Whether a question of this kind wants a name or a date that can be recognised by its form."""
    return focus in _SHAPES


def put(part: Piece, focus: Focus, language: Language) -> str:
    """The short answer in the question's language: dates also in English form."""
    english = english_date(part.text) if focus in {"when", "day"} and language == "en" else ""
    return f"{english} ({part.text})" if english else part.text


def _around(sentence: Piece, start: int, end: int) -> str:
    return sentence.folded[max(0, start - _NEAR) : start] + "\n" + sentence.folded[end : end + _NEAR]
