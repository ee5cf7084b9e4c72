"""Sums, differences, ratios and the like, where a question asks for them, with the formula shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from search.answers.values import Value
from search.records import Language

Operation = Literal["difference", "sum", "ratio", "growth", "average", "share"]

_OPERATIONS: tuple[tuple[Operation, str, str], ...] = (
    (
        "ratio",
        r"几倍|多少倍|倍数",
        r"how many times (?:as|more|larger|higher|the|that)|times as (?:many|much|large|high)",
    ),
    (
        "growth",
        r"(?:增长|增加|提高|上升|下降|减少|降低|多|少)了?(?:百分之几|多少%|百分之多少)|增长率|增幅|降幅",
        (
            r"by what (?:percent|percentage|share|rate)|percent(?:age)? (?:increase|growth|change|rise|drop|decrease)"
            r"|what percent(?:age)? (?:\S+ )*?(?:more|increase|growth|grow|rise|drop|fall)"
        ),
    ),
    (
        "difference",
        (
            r"相差|差多少|差(?:了)?几|差距|[多少高低快慢大小]了?(?:出|上)?(?:多少|几(?!个?学校))"
            r"|(?:增加|增长|提高|提升|上升|扩大|减少|下降|降低|缩小|回落)了?(?:多少|几个?)"
        ),
        r"by how (?:much|many)|how (?:much|many) (?:more|fewer|less|higher|lower|larger|smaller)|difference|\bgap\b",
    ),
    (
        "average",
        r"(?:平均每年|年平均|每年平均|年均)|平均(?:值|数)?(?:是|为)?多少",
        r"averages? (?:over|across|per year|of)|yearly average",
    ),
    (
        "sum",
        r"一共|合计|总共|共计|加起来|总和|之和|两者共",
        r"\b(?:combined|altogether|together|in total|sum of|total)\b",
    ),
    ("share", r"占(?![地用]).{0,16}?(?:比例|比重|百分之|多少|几成)", r"(?:what|which) (?:share|percentage|proportion)"),
)
"""The likeliest first: how a folded question asks for each in Chinese and in English."""
_CUES = tuple((operation, re.compile(f"{zh}|{en}")) for operation, zh, en in _OPERATIONS)
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_UNITS = {
    **dict.fromkeys(("人", "名"), "people"),
    **dict.fromkeys(("个", "台", "册", "项"), ""),
    **dict.fromkeys(("个百分点", "百分点"), "percentage points"),
    "人次": "person-times",
    "元": "yuan",
    "万元": "× 10,000 yuan",
    "亿元": "× 100 million yuan",
    "万亿元": "trillion yuan",
    "亿斤": "× 100 million jin",
    "万人": "× 10,000 people",
    "平方米": "square metres",
    "亩": "mu",
    "所": "schools",
}
"""English for the units of a result."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure to compute with: `number` in `unit`, the unit with its scale (万元, 亿斤), "" if none."""

    number: Decimal
    unit: str


@lru_cache(maxsize=256)
def operations(question: str) -> tuple[Operation, ...]:
    """What a folded question wants computed, the likeliest first; () where it asks for no computing."""
    found = tuple(operation for operation, cue in _CUES if cue.search(question))
    return found if found == ("share",) else tuple(one for one in found if one != "share")


def amount(value: Value, unit: str = "") -> Amount | None:
    """A figure as an amount; `unit` is the heading's, for the cell of a table. None where it is no plain number."""
    found = _NUMBER.match(value.text)
    if found is None or value.kind in {"date", "ratio"} or value.worded:
        return Amount(Decimal(str(value.number)), unit) if value.kind == "ratio" else None
    written = value.text[found.end() :].strip()
    return Amount(Decimal(found.group().replace(",", "")), re.sub(r"^(?:余|多|来)", "", written) or unit)


def computed(operation: Operation, amounts: Sequence[Amount], language: Language) -> str:
    """The formula with its result: "1,234 − 1,100 = 134人"; "" where the amounts don't go together."""
    if len(amounts) < 2 or len({one.unit for one in amounts}) > 1:
        return ""
    formula, number, unit = _worked(operation, [one.number for one in amounts], amounts[0].unit)
    if language == "en" and unit != "%":
        unit = " ×" if unit == "倍" else f" {_UNITS.get(unit, unit)}".rstrip()
    return f"{formula} = {_put(number)}{unit}" if formula else ""


def _worked(operation: Operation, numbers: Sequence[Decimal], unit: str) -> tuple[str, Decimal, str]:
    """The formula, its result and the result's unit; an empty formula where it makes no sense."""
    first, last, total = numbers[0], numbers[-1], sum(numbers, Decimal(0))
    added = " + ".join(map(_put, numbers))
    high, low = max(numbers), min(numbers)
    points = "个百分点" if unit in {"%", "个百分点", "百分点"} else unit
    worked: dict[Operation, Callable[[], tuple[str, Decimal, str]]] = {
        "difference": lambda: (f"{_put(high)} − {_put(low)}", high - low, points),
        "sum": lambda: ("" if unit == "%" else added, total, unit),
        "average": lambda: (f"({added}) ÷ {len(numbers)}", total / len(numbers), unit),
        "ratio": lambda: (f"{_put(first)} ÷ {_put(last)}", first / last, "倍"),
        "growth": lambda: (f"({_put(last)} − {_put(first)}) ÷ {_put(first)}", 100 * (last - first) / first, "%"),
        "share": lambda: (f"{_put(first)} ÷ {_put(last)}", 100 * first / last, "%"),
    }
    impossible = {"ratio": not last, "share": not last or unit == "%", "growth": not first or unit == "%"}
    return ("", Decimal(0), unit) if impossible.get(operation) else worked[operation]()


def result(formula: str) -> str:
    """What a formula comes to, without marks between thousands: "134人"."""
    return formula.rpartition(" = ")[2].replace(",", "")


def _put(number: Decimal) -> str:
    """With at most two decimals where it doesn't come out even, and marks between thousands."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        number = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
