"""Cuts a reply into sentences with their markers, while it is still being written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CHARACTERS = 4_000
"""Of a reply that are read: five sentences are asked for."""

_NUMBERS = r"[\[【［]\s*\^?\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*\s*[\]】］]"
MARKER = re.compile(_NUMBERS)
_END = r"(?:[。！？!?；;]|\.(?=[\s\[【［”\"'’)）]|$)|\n)"
_SENTENCE = re.compile(
    rf"(?P<text>.*?{_END}+[”\"'’』」）)]*(?:\s*{_NUMBERS})*)(?P<after>\s*)(?=(?P<next>.?))", re.DOTALL
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|nos|co|ltd|inc|st|dr|mr|ms|vs|fig|approx|e\.g|i\.e|[a-z])|(?:^|\n)\s*\d{1,2})\.$", re.IGNORECASE
)
_OPENING, _CLOSING = ("[", "【", "［"), ("]", "】", "］")
_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|\d{1,2}[.、)）]\s*(?=\D))")
_THOUGHT, _THOUGHT_END = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its markers, and the passages they name, in order."""

    text: str
    numbers: tuple[int, ...]


class Cutter:
    """Takes a reply piece by piece and gives back what is complete; a thought before the reply is passed over."""

    def __init__(self) -> None:
        self._rest = ""
        self._read = 0
        self._thinking: bool | None = None

    @property
    def full(self) -> bool:
        """Whether more has come than is read."""
        return self._read > MOST_CHARACTERS

    def feed(self, piece: str) -> list[Marked]:
        """The sentences that `piece` completes."""
        self._rest += piece
        self._pass_thoughts()
        if self._thinking is not False:
            return []
        self._read += len(piece)
        return list(self._cut(last=False))

    def finish(self) -> list[Marked]:
        """The rest, at the end of the reply; half a sentence is none."""
        if self._thinking:
            return []
        return list(self._cut(last=True))

    def _pass_thoughts(self) -> None:
        if self._thinking is None:
            start = self._rest.lstrip()
            if start.startswith(_THOUGHT) or not _THOUGHT.startswith(start):
                self._thinking = start.startswith(_THOUGHT)
        if self._thinking and _THOUGHT_END in self._rest:
            self._rest = self._rest.partition(_THOUGHT_END)[2]
            self._thinking = False

    def _cut(self, *, last: bool) -> Iterator[Marked]:
        """Whole sentences; before the end only those behind which something else begins than a marker."""
        while (end := self._end(last=last)) > 0:
            whole, self._rest = self._rest[:end], self._rest[end:]
            if text := _plain(whole):
                yield Marked(text, _numbers(whole))

    def _end(self, *, last: bool) -> int:
        start = 0
        while match := _SENTENCE.match(self._rest, start):
            text = match["text"]
            if _ABBREVIATION.search(self._rest[: match.start() + len(text)]) and match["next"]:
                start = match.end()
                continue
            return match.end() if last or match["next"] not in {"", *_OPENING} else 0
        return len(self._rest) if last and self._rest.rstrip().endswith(_CLOSING) else 0


def _plain(text: str) -> str:
    bare = _BULLET.sub("", MARKER.sub("", text).replace("**", ""))
    tidy = re.sub(r"\s+(?=[。！？!?；;，,.])", "", " ".join(bare.split()))
    return tidy if re.search(r"\w", tidy) else ""


def _numbers(text: str) -> tuple[int, ...]:
    named = (int(number) for marker in MARKER.findall(text) for number in re.findall(r"\d+", marker))
    return tuple(dict.fromkeys(named))
