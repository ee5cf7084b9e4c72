"""Other figures that reports or sections give for the same thing of the same year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.fold import fold
from index.records import StoredPassage
from search.answers.cell import Place
from search.answers.inquiry import Inquiry, Reply
from search.answers.narrowness import counted, told_year
from search.answers.number import Figure
from search.answers.sides import Choice
from search.answers.statements import bare
from search.records import Citation

_SHORTEST, _ASKED = 3, 0.4
"""Characters of a label that names a thing, and the share of the question that it must hold."""
_BOUND = re.compile(r"以上|以下|以内|左右|[余多约超近]")
"""A figure with such a word is no exact one: it contradicts nothing."""
_SURE = 0.8
"""From how surely a figure is of the school or place asked about it may contradict."""
_FAR = 0.8
"""How much worse than the answer a figure may fit that contradicts it."""
_ROUNDED = 0.01
"""Share by which two figures may differ and still be one, rounded."""
_CHANGED = re.compile(r"增加|增长|提高|减少|下降|降低|新增|上升")
_PART = re.compile(r"其中|最[高低多少]")
_MOST, _LONGEST = 2, 380


def with_conflicts(inquiry: Inquiry, reply: Reply, best: Figure | Place, found: Sequence[Choice]) -> Reply:
    """What `best` says with those of all figures that contradict it and where they stand; as it is where none does."""
    if not inquiry.query.names or inquiry.asked.change:
        return reply
    answer = next((one for one in found if one.place == best.place), None)
    asked = [one for one in found if inquiry.terms.coverage(fold(one.label)) >= _ASKED]
    others = list(_contradicting(answer, asked))[:_MOST] if answer else []
    text = reply.text + "".join(_said(inquiry, one) for one in others)
    if not others or len(text) > _LONGEST:
        return reply
    return replace(reply, text=text, citations=(*reply.citations, *(_cite(one) for one in others)))


def _contradicting(answer: Choice, found: Sequence[Choice]) -> Iterator[Choice]:
    known = [answer.value.number]
    for one in sorted(found, key=lambda choice: -choice.score):
        if _is_same_thing(answer, one) and all(_differ(one.value.number, number) for number in known):
            known.append(one.value.number)
            yield one


def _is_same_thing(answer: Choice, one: Choice) -> bool:
    """Whether two figures tell of one thing, place and year, in different passages."""
    same = (one.value.kind, one.value.unit) == (answer.value.kind, answer.value.unit)
    return (
        same
        and one.value.kind != "none"
        and one.score > answer.score - _FAR
        and _passage(one).id != _passage(answer).id
        and one.grounds.named >= _SURE
        and not one.source.narrower
        and _year(one) is not None
        and _year(one) == _year(answer)
        and _state(one) == _state(answer)
        and len(_thing(one)) >= _SHORTEST
        and _thing(one) == _thing(answer)
        and not _BOUND.search(one.source.written)
    )


def _thing(one: Choice) -> str:
    """What a figure measures, without the words that only count."""
    return counted(bare(fold(one.label))).replace("总", "").strip()


def _state(one: Choice) -> tuple[bool, bool, bool]:
    """Whether a figure tells a change or a part, a plan, or what was before."""
    if isinstance(one.source, Figure):
        stated = one.source.stated
        changed = stated.change or bool(_CHANGED.search(stated.label))
        return changed or bool(_PART.search(stated.label)), one.source.planned, stated.old
    return False, False, False


def _year(one: Choice) -> int | None:
    """The year of a figure: its own, else the one its report tells of."""
    own = one.source.stated.year if isinstance(one.source, Figure) else one.source.year
    meta = _passage(one).report.metadata
    return own or told_year(_passage(one)) or (meta.year.value if meta.year else None)


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > _ROUNDED * max(abs(one), abs(other))


def _passage(one: Choice) -> StoredPassage:
    return one.source.evidence.hit.passage if isinstance(one.source, Figure) else one.source.hit.passage


def _cite(one: Choice) -> Citation:
    if isinstance(one.source, Figure):
        return one.source.evidence.cite(one.source.clause)
    return one.source.cite()


def _said(inquiry: Inquiry, one: Choice) -> str:
    """The other figure with its report and heading."""
    passage = _passage(one)
    title = passage.report.metadata.title
    where = "，".join([f"《{title.value if title else passage.report.name}》", *passage.path[-1:]])
    if inquiry.query.language == "zh":
        return f"另一处数字不同：{one.source.written}（{where}）。"
    return f" Elsewhere the figure differs: {one.source.written} ({where})."
