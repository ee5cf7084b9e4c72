"""Running text without questions: one of its own sentences asks, with a question word in place of what it tells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from encoder.altered import query_of
from encoder.datafiles import records
from encoder.records import Group
from encoder.texts import packed, sentences
from index.context import encoded_text

SIZE = (180, 440)
"""Characters of a passage, about."""
PER_TEXT = 3
"""Passages taken of one text, at most."""
QUESTIONS = 4
"""Questions made of one passage, at most."""
LENGTH = (11, 56)
"""Characters of a question."""

_HAN = r"[\u4e00-\u9fff]"
_TOLD = (
    (re.compile(r"(?:公元前?)?\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"), ("哪一年", "什么时候", "何时", "哪年")),
    (re.compile(r"\d{1,2}月\d{1,2}日"), ("哪一天", "几月几日")),
    (re.compile(rf"(?<![A-Za-z\d.,:/-])\d[\d,.]*[万亿多余]*(?=(?![年月日号时点]){_HAN})"), ("多少", "几")),
    (re.compile(r"\d[\d,.]*%"), ("百分之几", "多少")),
    (re.compile(r"《[^《》]{2,20}》"), ("哪部作品", "什么", "哪份文件")),
    (re.compile(r"[“「『][^“”「」『』]{2,16}[”」』]"), ("什么", "哪个")),
    (re.compile(rf"{_HAN}{{1,6}}(?:·{_HAN}{{1,8}})+"), ("谁", "哪个人", "何人")),
    (re.compile(rf"(?<=由){_HAN}{{2,10}}(?=创[立办]|设计|建造|主[持办]|担任|导演|编写|负责|提出)"), ("谁",)),
    (re.compile(rf"(?:位于|来自|前往|抵达|出生于|毕业于)({_HAN}{{2,12}})(?=[，。；、])"), ("哪里", "什么地方", "何处")),
    (re.compile(rf"(?:称为|名为|叫做|成为|属于|改为|获得|包括|就是)({_HAN}{{2,14}})(?=[，。；])"), ("什么", "哪个")),
    (re.compile(rf"(?<=[是为]){_HAN}{{2,14}}(?=[。；]|$)"), ("什么",)),
)  # fmt: skip
"""What a sentence tells (the pattern's group if it has one), and the words that ask for it."""
_CLAUSES = re.compile(r"[^，；：]+[，；：]?")
_LEADING = re.compile(
    r"^(?:此外|另外|同时|后来|其中|因此|但是|不过|而且|并且|随后|据悉|据了解|据介绍|而|但|并|且|也|又)[，,]?"
)


def clozes(folder: Path, name: str, limit: int, rng: np.random.Generator) -> Iterator[Group]:
    """Groups of the texts of `name`.jsonl (`text`), at most `limit`.

    Such a question shares its rarest words with the passage, names above all: what a small encoder tells apart worst.
    """
    made = (group for at, row in enumerate(records(folder, f"{name}.jsonl")) for group in _groups(name, at, row, rng))
    yield from itertools.islice(made, limit)


def question(sentence: str, rng: np.random.Generator) -> tuple[str, str] | None:
    """A question that the sentence answers, and the answer; None where nothing in it can be asked for."""
    told = [(m.span(m.lastindex or 0), words) for pattern, words in _TOLD for m in pattern.finditer(sentence)]
    if not told:
        return None
    (first, last), words = told[int(rng.integers(len(told)))]
    clauses = list(_CLAUSES.finditer(sentence))
    own = next(at for at, clause in enumerate(clauses) if first < clause.end())
    before, after = (int(rng.random() < share) for share in (0.5, 0.25))
    start = clauses[max(0, own - before)].start()
    end = clauses[min(len(clauses) - 1, own + after)].end()
    asked = sentence[start:first] + str(rng.choice(words)) + sentence[last : max(end, last)]
    asked = _LEADING.sub("", asked).strip(" ，。；：、！!“”「」\n")
    return (f"{asked}？", sentence[first:last]) if LENGTH[0] <= len(asked) <= LENGTH[1] else None


def _groups(name: str, at: int, row: dict[str, str], rng: np.random.Generator) -> Iterator[Group]:
    parts = sentences(row["text"])
    spans = list(packed(parts, int(rng.integers(*SIZE))))
    for start, end in (spans[chosen] for chosen in rng.permutation(len(spans))[:PER_TEXT]):
        order = rng.permutation(np.arange(start, end))
        found = (question(parts[part].strip(), rng) for part in order)
        queries = [query_of(*made, rng) for made in found if made][:QUESTIONS]
        if queries:
            yield Group(f"cloze {name}", f"{name} {at}", encoded_text("", "".join(parts[start:end])), tuple(queries))
