"""From files to reports in the catalog; what was read before is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import corpus
from corpus.read import read_path
from corpus.records import Problem, Reading
from index.catalog import Catalog
from index.progress import Progress
from index.stored import Member, Outcome
from index.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports that some files hold, in the order of the files, and what went wrong."""

    members: tuple[Member, ...]
    problems: tuple[Problem, ...]
    troubles: tuple[Trouble, ...] = ()
    """The same problems, each with its file."""


def gather(files: Sequence[Path], catalog: Catalog, progress: Progress) -> Gathered:
    """Reads each file unless this version of the reader knows its bytes, under whatever name."""
    members: list[Member] = []
    troubles: list[Trouble] = []
    for done, file in enumerate(files):
        progress("reading", done, len(files))
        outcome = _outcome(file, catalog)
        members += _members(outcome, file, catalog)
        troubles += _troubles(outcome, file)
    if files:
        progress("reading", len(files), len(files))
    return Gathered(tuple(members), tuple(trouble.problem for trouble in troubles), tuple(troubles))


def _outcome(file: Path, catalog: Catalog) -> Outcome:
    digest = _digest(file)
    known = catalog.outcome(digest, reader_fingerprint()) if digest else None
    if known and all(catalog.serial(key) is not None for _, key in known.reports):
        return _renamed(known, file.name)
    reading = read_path(file)
    if not digest or not reading.reports:
        return Outcome(file.name, (), reading.problems)
    return _keep(reading, file.name, digest, catalog)


def _keep(reading: Reading, name: str, digest: str, catalog: Catalog) -> Outcome:
    with catalog.transaction():
        reports = tuple((report.name, catalog.keep_report(report, reader_fingerprint())) for report in reading.reports)
        outcome = Outcome(name, reports, reading.problems)
        catalog.keep_outcome(digest, reader_fingerprint(), outcome)
    return outcome


def _members(outcome: Outcome, file: Path, catalog: Catalog) -> list[Member]:
    found = [(name, catalog.serial(key)) for name, key in outcome.reports]
    return [Member(serial, name, str(file.absolute())) for name, serial in found if serial is not None]


def _troubles(outcome: Outcome, file: Path) -> Iterator[Trouble]:
    read = {name for name, _ in outcome.reports}
    return (Trouble(str(file.absolute()), problem, problem.file not in read) for problem in outcome.problems)


def _renamed(outcome: Outcome, name: str) -> Outcome:
    """The same outcome for the same bytes under another name; what is inside an archive keeps its own."""
    if outcome.file == name:
        return outcome

    def new(old: str) -> str:
        return name + old.removeprefix(outcome.file) if old.startswith(outcome.file) else old

    return Outcome(
        name,
        tuple((new(report), key) for report, key in outcome.reports),
        tuple(replace(problem, file=new(problem.file)) for problem in outcome.problems),
    )


def _digest(file: Path) -> str:
    """SHA-256 of a file's bytes; "" where it can't be opened, which reading it will report."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def reader_fingerprint() -> str:
    """Hash of everything that decides how a file is read: the code and the data of `corpus`."""
    root = Path(corpus.__file__).parent
    files = (p for p in sorted(root.rglob("*")) if p.is_file() and p.suffix in {".py", ".tsv", ".txt", ".json"})
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
