"""The records that the catalog keeps, and how they are made from a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

from corpus.records import Metadata, Passage, PassageKind, Problem, Report
from index.context import context_of, encoded_text
from index.errors import IndexMismatch
from index.prompts import Prompts
from index.records import Encoder


@dataclass(frozen=True, slots=True)
class Listing:
    """A report without its text, and without the name it has in this or that snapshot."""

    id: str
    digest: str
    metadata: Metadata
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class PassageBody:
    """A passage as it is stored; `context` is what `index.context` says of it."""

    section: int
    path: tuple[str, ...]
    kind: PassageKind
    text: str
    context: str
    start: int
    end: int
    page: int | None
    table: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file gave: its reports' content keys with their names, and problems."""

    file: str
    reports: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A report in a snapshot, by its row in the catalog; `path` is the file it came from, absolute."""

    serial: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Maker:
    """The encoder that made an index's vectors, with what is needed to load it again."""

    name: str
    fingerprint: str
    dimension: int
    prompts: Prompts

    @classmethod
    def of(cls, encoder: Encoder) -> Maker:
        """Describes an encoder; one that knows no prompts has none."""
        return cls(encoder.name, encoder.fingerprint, encoder.dimension, getattr(encoder, "prompts", Prompts()))


def members_digest(members: Iterable[Member]) -> str:
    """Hash over the reports of a snapshot, their names and where they came from."""
    lines = (f"{member.serial}\t{member.name}\t{member.path}" for member in members)
    return sha256("\n".join(lines).encode()).hexdigest()


def listing_of(report: Report) -> Listing:
    """What `wenbao list` shows of a report."""
    return Listing(report.id, report.digest, report.metadata, len(report.text), len(report.passages))


def body_of(report: Report, passage: Passage) -> PassageBody:
    """A passage with its text and what is known of it."""
    return PassageBody(
        section=passage.section,
        path=report.path(passage.section),
        kind=passage.kind,
        text=report.slice(passage),
        context=context_of(report, passage),
        start=passage.start,
        end=passage.end,
        page=passage.page,
        table=passage.table,
    )


def text_hash(body: PassageBody) -> bytes:
    """16 bytes that stand for what is encoded for a passage: equal hashes need one vector only."""
    return blake2b(encoded_text(body.context, body.text).encode(), digest_size=16).digest()


def require_encoder(maker: Maker, encoder: Encoder, directory: Path) -> None:
    """Makes sure that an encoder gives the vectors that an index holds.

    Raises:
        IndexMismatch: it is another one, or it has other weights or prompts.
    """
    if encoder.fingerprint != maker.fingerprint:
        raise IndexMismatch(
            f"The index in {directory} was made with the encoder {maker.name} ({maker.fingerprint[:12]}), "
            f"not with {encoder.name} ({encoder.fingerprint[:12]}).",
            f"Use that encoder, or run `wenbao build SOURCE... --index {directory}` again with this one.",
        )
