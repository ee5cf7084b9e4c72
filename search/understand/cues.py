"""Words by which reports introduce what some questions ask for: reasons, problems, plans."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.records import Concept

WEIGHT = 0.5
"""What a cue counts beside the subject of the question."""


@dataclass(frozen=True, slots=True)
class _Cue:
    asked: re.Pattern[str]
    forms: tuple[tuple[str, float], ...]


_CUES = (
    _Cue(
        re.compile(r"为什么|为何|为啥|缘何|原因|凭什么|(?<![a-z])(?:why|reasons?|causes?|because)(?![a-z])"),
        (("由于", 1.0), ("因为", 1.0), ("原因", 0.8), ("导致", 0.8), ("制约", 0.6), ("为了", 0.6), ("影响", 0.5)),
    ),
    _Cue(
        re.compile(
            r"问题|毛病|短板|不足|困难|难点|瓶颈|挑战|薄弱|欠缺|缺陷"
            r"|(?<![a-z])(?:problems?|weakness(?:es)?|shortcomings?|challenges?|difficult(?:y|ies)?|obstacles?)(?![a-z])"
        ),
        (
            *(("不足", 1.0), ("问题", 0.9), ("困难", 0.9), ("短板", 0.9), ("制约", 0.9), ("亟待", 0.8), ("有待", 0.8)),
            *(("瓶颈", 0.8), ("薄弱", 0.8), ("缺乏", 0.8), ("滞后", 0.7), ("难以", 0.7), ("不高", 0.6), ("挑战", 0.6)),
        ),
    ),
    _Cue(
        re.compile(
            r"打算|计划|下一步|今后|未来|准备怎么|将要?(?:怎么|如何)"
            r"|(?<![a-z])(?:plan(?:s|ned|ning)?|intends?|future|next|going to)(?![a-z])"
        ),
        (("下一步", 1.0), ("计划", 0.9), ("今后", 0.8), ("力争", 0.8), ("拟", 0.6), ("将", 0.5), ("进一步", 0.5)),
    ),
)


def cues(folded: str) -> tuple[Concept, ...]:
    """A concept for each kind of thing that a folded question in either language asks for."""
    found = ((cue, cue.asked.search(folded)) for cue in _CUES)
    return tuple(Concept(asked.group(), cue.forms, WEIGHT) for cue, asked in found if asked)
