"""Whether the passages that a sentence cites say it: its figures, its names, its direction, enough of its words.

Strict on purpose: what is dropped is still in the passages, what is kept must stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.fold import fold
from corpus.mentions import find_names
from search.answers.pieces import Piece
from search.answers.support import about
from search.answers.terms import Terms, weigh
from search.generate.binding import misbound
from search.generate.figures import held, is_held, stated
from search.generate.sources import Source
from search.query import concepts_of
from search.records import Citation, Query
from search.understand.english import FUNCTION_WORDS, words
from search.understand.language import language
from search.view import View

ENOUGH = {"zh": 0.6, "en": 0.4}
"""Share of a sentence's words, by rarity, that its evidence must have; an English one is met through the lexicon. On
60 sentences about the samples (tests/generate/claims.tsv) true Chinese ones have 0.84 and more, English ones 0.5."""
LITTLE = {"zh": 0.4, "en": 0.25}
"""The share that is enough where the sentences beside have the rest, or the encoder, too, finds the same meaning."""
BESIDE = {"zh": 0.8, "en": 0.6}
"""The share that the evidence and the sentences beside it must have then."""
ALIKE = {"zh": 0.7, "en": 0.45}
"""The cosine from which on the meaning is the same."""
ON_THE_MATTER, NEAR_IT = 0.15, 0.22
"""Share of the question that a sentence with its evidence must hold, or its cosine to the question: a passage may say
much that nobody asked, and be made to."""
NAMED = 0.6
"""How surely a passage must speak of a name, as `about` measures it: its report's region counts, elsewhere doesn't."""
CONTRIBUTES = 0.2
"""Share of a sentence that a passage must have to stand among several."""

_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_DENIED = re.compile(
    r"没有|并未|尚未|从未|未能|不再|不是|不设|未(?!来)|\b(?:not|no|never|none|without|neither|nor|cannot)\b|n't\b"
)
_DENYING = re.compile(r"没|未|不|无|非|否|零|\bno\b|\bnot\b")
_UP = re.compile(
    r"提高|上升|增长|增加|增至|扩大|提升|回升|上涨|\b(?:increas|r[io]se|grew|grow|climb|expand|higher|up from|went up)"
)
_DOWN = re.compile(
    r"下降|降低|降至|减少|缩减|下滑|回落|缩小|降到|\b(?:decreas|declin|fell|fall|drop|reduc|lower|shr[aiu]nk|cut\b)"
)
_FOREIGN = re.compile(r"[a-z][a-z0-9+.\-_/@:]*[a-z0-9+]")
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|\b[a-z0-9-]+\.(?:com|cn|net|org|io|example|test)\b\S*")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as it is compared; everything folded."""

    folded: str
    language: str
    terms: Terms = field(repr=False)
    numbers: tuple[float, ...]
    names: tuple[tuple[str, ...], ...]
    """Each with what else it is called."""
    unknown: float
    """Share of its English words that the lexicon has no Chinese for."""


class Checker:
    """Checks sentences against the sources of one question."""

    def __init__(self, query: Query, sources: Sequence[Source], view: View) -> None:
        self._sources = {source.number: source for source in sources}
        self._view = view
        self._asked = weigh(query, view.index)
        self._dense = query.dense

    def citations(self, text: str, numbers: Sequence[int]) -> tuple[Citation, ...]:
        """What bears a sentence out among the passages it names; () where they don't say it.

        A passage that says all of it stands alone; otherwise all that it names together must.
        """
        if not numbers or any(number not in self._sources for number in numbers):
            return ()
        claim = self._claim(text)
        cited = [self._sources[number] for number in numbers]
        alone = [source for source in cited if self._says(claim, [source])]
        found = alone or (cited if len(cited) > 1 and self._says(claim, cited) else [])
        return tuple(_cite(source, claim) for source in found)

    def _claim(self, text: str) -> Claim:
        folded = _SEPARATOR.sub("", fold(text))
        speech = language(folded)
        concepts = concepts_of(folded, self._view)
        query = Query(question=text, language=speech, wanted="text", dense=folded, terms={}, concepts=concepts)
        unknown = _unknown(folded, " ".join(concept.text for concept in concepts)) if speech == "en" else 0.0
        return Claim(folded, speech, weigh(query, self._view.index), tuple(stated(folded)), self._names(text), unknown)

    def _names(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Schools, companies and places: those that look like names, and those that the reports are known to have."""
        register = self._view.names
        looking = [(name.text,) for name in find_names(text) if name.kind in {"school", "company", "place"}]
        known = [one for one in register.mentions(text) if one.canonical]
        return (*looking, *((one.text, one.canonical, *register.aliases(one.canonical)) for one in known))

    def _says(self, claim: Claim, sources: Sequence[Source]) -> bool:
        if not _holds(claim, sources):
            return False
        if len(sources) > 1 and any(_share(claim, source.folded) < CONTRIBUTES for source in sources):
            return False
        evidence = [piece for source in sources for piece in _evidence(source, claim)]
        above = [source.above for source in sources]
        near = _joined(evidence, above)
        if not evidence or _contradicts(claim.folded, near) or not self._answers(claim, evidence):
            return False
        whole = [piece for source in sources for piece in source.sentences]
        if claim.language == "zh" and misbound(claim.folded, claim.terms, whole):
            return False
        share = _share(claim, near)
        if share >= ENOUGH[claim.language] or share < LITTLE[claim.language]:
            return share >= ENOUGH[claim.language]
        around = _joined([piece for source in sources for piece in _beside(source, evidence)], above)
        return _share(claim, around) >= BESIDE[claim.language] or self._alike(claim, evidence) >= ALIKE[claim.language]

    def _answers(self, claim: Claim, evidence: Sequence[Piece]) -> bool:
        """Whether a sentence speaks of what was asked; what stands above its evidence does not count."""
        if self._asked.coverage(f"{claim.folded}\n{_joined(evidence, ())}") >= ON_THE_MATTER:
            return True
        question, own = self._view.encoder.encode_queries([self._dense, claim.folded])
        return float(question @ own) >= NEAR_IT

    def _alike(self, claim: Claim, evidence: Sequence[Piece]) -> float:
        """The greatest cosine of the sentence to one of the passages' sentences, or to them all together."""
        texts = [*(piece.folded for piece in evidence), " ".join(piece.folded for piece in evidence)]
        vectors = self._view.encoder.encode_queries([claim.folded, *texts])
        return float((vectors[1:] @ vectors[0]).max())


def _holds(claim: Claim, sources: Sequence[Source]) -> bool:
    """Whether the sources have every figure, name and address of a claim, wherever."""
    whole = "\n".join(source.folded for source in sources)
    numbers = held(whole)
    return (
        all(is_held(number, numbers) for number in claim.numbers)
        and all(_speaks_of(names, sources) for names in claim.names)
        and _writes(claim, whole)
    )


def _evidence(source: Source, claim: Claim) -> tuple[Piece, ...]:
    """The sentences that may bear a claim out: those with its figures, where it has any beside years."""
    figures = [number for number in claim.numbers if not _YEAR.fullmatch(str(number))]
    if not figures:
        return source.sentences
    found = [piece for piece in source.sentences if any(is_held(one, held(piece.folded)) for one in figures)]
    return tuple(found) or source.sentences


def _beside(source: Source, evidence: Sequence[Piece]) -> Iterator[Piece]:
    """The evidence in a source with the sentences before and behind it."""
    places = {place for place, piece in enumerate(source.sentences) if piece in evidence}
    yield from (piece for place, piece in enumerate(source.sentences) if places & {place - 1, place, place + 1})


def _joined(pieces: Sequence[Piece], above: Sequence[str]) -> str:
    return "\n".join([*(piece.folded for piece in pieces), *above])


def _cite(source: Source, claim: Claim) -> Citation:
    """The sentence of a passage that holds most of a claim."""
    evidence = _evidence(source, claim)
    best = max(evidence, key=lambda piece: (_share(claim, piece.folded), -piece.start))
    passage = source.passage
    return Citation(passage.id, passage.report.id, best.start, best.end, best.text)


def _share(claim: Claim, folded: str) -> float:
    return claim.terms.coverage(folded) * (1 - claim.unknown)


def _unknown(folded: str, known: str) -> float:
    """Share of the content words of an English sentence that no concept was made from."""
    content = [word for word in words(folded) if word not in FUNCTION_WORDS and not word[0].isdigit()]
    met = set(known.replace("-", " ").split())
    return sum(not met & set(word.split("-")) for word in content) / len(content) if content else 0.0


def _speaks_of(names: Sequence[str], sources: Sequence[Source]) -> bool:
    """Whether one of the sources has a name in one of its forms."""
    return any(
        fold(name) in source.folded or about([name], source.setting.passage, source.setting) >= NAMED
        for source in sources
        for name in names
    )


def _writes(claim: Claim, whole: str) -> bool:
    """Addresses in any sentence, and foreign words in a Chinese one, must stand in the passages as they are."""
    written = _ADDRESS.findall(claim.folded)
    if claim.language == "zh":
        written += _FOREIGN.findall(claim.folded)
    return all(word in whole for word in written)


def _contradicts(claim: str, near: str) -> bool:
    """Whether a sentence denies what nothing near denies, or says up where the passage only says down."""
    if _DENIED.search(claim) and not _DENYING.search(near):
        return True
    rises, falls = bool(_UP.search(claim)), bool(_DOWN.search(claim))
    if rises == falls:
        return False
    same, other = (_UP, _DOWN) if rises else (_DOWN, _UP)
    return bool(other.search(near)) and not same.search(near)
