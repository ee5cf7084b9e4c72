"""What shape of answer a question wants: a number, a list, a comparison, or text."""

from __future__ import annotations

import re

from search.records import Language, Wanted

_MEASURED = r"(?:高(?![校中职等级新])|低|多(?!少|种|个|项)|少(?!年)|大(?!学|赛|专)|小(?!学|组)|强|好|快|长)"
_COUNTERS = "个名人所家项门次年位篇台套节亩类种对件倍成天届期本条张场万亿千百元%点"
_NUMERALS = r"[两二三四五六七八九十\d]+"
_ENGLISH_NUMERALS = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_QUANTITIES = (
    r"(?:rate|ratio|number|share|proportion|percentage|percent|amount|total|sum|area|gap|size|value|cost|average)"
)
_PLURAL = r"[a-z]{3,}(?:ies|ers|ors|ons|nts|ses|als|ols|cts|res|mes|ams|eas|lds|tes|ces|ges|des|rds|rts|ngs|ums|pes)"
_WORDS = r"(?:(?!do|did|does|is|are|was|were|has|have|had)[\w-]+ )"


def _pattern(shape: Wanted, *patterns: str) -> tuple[Wanted, re.Pattern[str]]:
    return shape, re.compile("|".join(patterns))


_PATTERNS = {
    "zh": (
        _pattern(
            "compare",
            "相比|对比|比较|相差|差距|差别|差多少|差异|区别|有何不同|有什么不同|分别",
            rf"(?:哪[个边所家里方]|哪一[个所]|谁)(?:更|.{{0,8}}[更较最])?(?:人)?{_MEASURED}",
            rf"(?:哪[个边所家里方]|谁).{{1,6}}{_MEASURED}(?:些|一些|呢)?$",
            rf"比.{{1,20}}{_MEASURED}(?:多少|几|吗)",
        ),
        _pattern(
            "list",
            rf"哪些|哪几|哪{_NUMERALS}|有什么|都有谁|有谁|列出|列举|名单|包[括含]什么|分为?[哪几]|各是什么|分别是|都[是指]",
            rf"{_NUMERALS}[个种项类所家大张条点位](?:方面)?.{{0,16}}(?:是什么|指什么|是指|是谁)",
        ),
        _pattern(
            "number",
            rf"多少|几[{_COUNTERS}]|多[大高]|占比|比例|百分之|[率数额量值比](?:[是为有].{{0,2}})?$|(?:面积|人次|规模|经费|投入|收入)$",
        ),
    ),
    "en": (
        _pattern(
            "compare",
            r"\b(?:compare[ds]?|comparison|versus|vs|differ(?:s|ed|ence)?)\b",
            r"\b(?:which|who|whose)\b.*\b(?:more|fewer|less|higher|lower|larger|greater|bigger|smaller|better)\b",
            r"\b(?:more|fewer|higher|lower|larger|greater|smaller) than\b",
        ),
        _pattern(
            "number",
            r"\bhow (?:many|much|large|high|long|big|wide|far|old)\b",
            rf"\b(?:what|which) {_WORDS}{{0,3}}{_QUANTITIES}\b",
            rf"\bwhat (?:is|was|were|are) the {_WORDS}{{0,4}}?{_QUANTITIES}\b|\bnumber of\b",
        ),
        _pattern(
            "list",
            rf"^(?:list|name)\b|\b(?:which|what) {_WORDS}{{0,3}}{_ENGLISH_NUMERALS}\b|\bwhat are\b",
            rf"\b(?:which|what|whose) {_WORDS}{{0,3}}?{_PLURAL}\b",
        ),
    ),
}


def wanted(folded: str, language: Language) -> Wanted:
    """The shape of the answer that a folded question asks for; what nothing gives away is text."""
    plain = folded.rstrip("?。.! ")
    return next((shape for shape, pattern in _PATTERNS[language] if pattern.search(plain)), "text")
