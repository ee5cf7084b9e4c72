"""Questions with gold quotes: how they are read and how one result is judged.

A passage *covers* a quote when it contains it, or one of its alternatives, after NFKC, lower case and without white
space. The cell of a table is covered when its value stands there beside the row label or the caption. Quotes come
from the raw files, so the measures don't depend on how a report was cut into passages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import orjson

from index.records import Filters
from search.errors import BatchError
from search.measures import gains, item_precision, recall, reciprocal_rank
from search.records import Language
from search.returned import Returned

COUNTED_CHARACTERS = 900
"""Only this much of a passage counts, so that a giant passage gains nothing."""
LONGEST_ANSWER = 400
"""A right answer that is longer than this is not exact."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class GoldCell:
    """The table cell that a question asks for; empty where the gold doesn't say."""

    value: str
    row: str
    caption: str


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quote that a passage must contain, in any of its forms, all normalised."""

    forms: tuple[str, ...]
    cell: GoldCell | None = None

    def covered(self, text: str) -> bool:
        """Whether a normalised passage contains it."""
        if self.cell is None:
            return any(form in text for form in self.forms)
        labels = [label for label in (self.cell.row, self.cell.caption) if label]
        return self.cell.value in text and any(label in text for label in labels)


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is known of its answer; `type` "none" can't be answered from the reports."""

    id: str
    question: str
    language: Language
    type: str
    reports: tuple[str, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    need: Literal["all", "any"] = "all"
    keys: tuple[tuple[str, ...], ...] = ()
    """Strings that a right answer contains, each with its accepted other forms, all normalised."""
    filters: Filters = field(default_factory=Filters)

    @property
    def answerable(self) -> bool:
        """False where the right answer is that the reports don't say."""
        return self.type != "none"


def read_gold(path: Path) -> list[GoldQuestion]:
    """The questions of a JSONL file.

    Raises:
        BatchError: the file can't be read or a line of it is no question with gold.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BatchError(f"{path} can't be read: {error.strerror}.", "Check the name of the question file.") from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    return [_question(line, f"{path.name}, line {number}") for number, line in numbered]


def judge(gold: GoldQuestion, returned: Returned) -> dict[str, float]:
    """The measures of one question, by name."""
    texts = counted_texts(returned)
    if not gold.answerable:
        return {"abstain": float(not returned.answered)}
    return {
        "answered": float(returned.answered),
        **_ranking(gold, texts),
        **_answer(gold, normalise(" ".join([returned.text, *(name for name, _ in returned.items)])), returned),
    }


def counted_texts(returned: Returned) -> list[str]:
    """The passages as they are judged: normalised, cut where a giant one would gain."""
    return [normalise(passage.text)[:COUNTED_CHARACTERS] for passage in returned.passages]


def first_ranks(gold: GoldQuestion, texts: Sequence[str]) -> list[int | None]:
    """For each quote the rank, from 1, of the first normalised passage that covers it."""
    return [next((r for r, text in enumerate(texts, start=1) if quote.covered(text)), None) for quote in gold.quotes]


def normalise(text: str) -> str:
    """NFKC, no white space, lower case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _ranking(gold: GoldQuestion, texts: Sequence[str]) -> dict[str, float]:
    ranks = first_ranks(gold, texts)
    any_of = gold.need == "any"
    return {
        **{f"R@{k}": recall(ranks, k, any_of=any_of) for k in (1, 5, 10)},
        "nDCG@10": gains(ranks, any_of=any_of),
        "RR": reciprocal_rank(ranks),
    }


def _answer(gold: GoldQuestion, said: str, returned: Returned) -> dict[str, float]:
    if not gold.keys:
        return {}
    if not returned.answered:
        return {"ans_rec": 0.0, "ans_exact": 0.0}
    found = sum(any(form in said for form in forms) for forms in gold.keys) / len(gold.keys)
    measures = {"ans_rec": found, "ans_exact": float(found == 1.0 and len(said) <= LONGEST_ANSWER)}
    if gold.type == "list" and returned.items:
        items = [normalise(f"{name} {text}") for name, text in returned.items]
        measures["item_prec"] = item_precision(items, gold.keys)
    return measures


def _question(line: bytes, where: str) -> GoldQuestion:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BatchError(f"{where} is no JSON: {error}.", "Each line must be one JSON object.") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BatchError(f"{where} has no question.", 'Each line needs at least "question", "type" and "evidence".')
    return _from_row(row)


def _from_row(row: Mapping[str, Any]) -> GoldQuestion:
    keys = row.get("answer_keys") or []
    others = row.get("answer_key_alts") or {}
    return GoldQuestion(
        id=str(row.get("id", "")),
        question=row["question"],
        language=cast(Language, row.get("lang", "zh")),
        type=str(row.get("type", "fact")),
        reports=tuple(map(str, row.get("report") or ())),
        quotes=_quotes(row),
        need="any" if row.get("need") == "any" else "all",
        keys=tuple((normalise(str(key)), *map(normalise, others.get(key, ()))) for key in keys),
        filters=_filters(row.get("filters") or {}),
    )


def _quotes(row: Mapping[str, Any]) -> tuple[GoldQuote, ...]:
    quotes = row.get("evidence") or []
    alternatives = row.get("evidence_alt") or [[]] * len(quotes)
    cells = row.get("cell")
    cells = cells if isinstance(cells, list) else [cells] * len(quotes)
    return tuple(
        GoldQuote((normalise(quote), *_forms(others)), _cell(cell))
        for quote, others, cell in zip(quotes, alternatives, cells, strict=False)
    )


def _forms(alternatives: list[Any] | str | None) -> list[str]:
    listed = alternatives if isinstance(alternatives, list) else [alternatives]
    texts = [form if isinstance(form, str) else form.get("quote", "") for form in listed if form]
    return [normalise(text) for text in texts if text]


def _cell(cell: Mapping[str, Any] | None) -> GoldCell | None:
    if not cell:
        return None
    value, row, caption = (normalise(str(cell.get(name) or "")) for name in ("value", "row", "caption"))
    return GoldCell(value, row, caption)


def _filters(row: Mapping[str, Any]) -> Filters:
    return Filters(
        years=tuple(map(int, row.get("year", ()))),
        regions=tuple(row.get("region", ())),
        schools=tuple(row.get("school", ())),
        levels=tuple(row.get("level", ())),
        kinds=tuple(row.get("kind", ())),
    )
