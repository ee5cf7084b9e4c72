"""From files to an index: build, add, remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.read import find_files
from corpus.records import Problem
from index.encoder import load_maker
from index.errors import IndexDamaged, IndexFault
from index.gather import Gathered, gather
from index.progress import Progress, silent
from index.records import Encoder
from index.snapshot import CATALOG, require_pointer
from index.stored import Maker, Member, require_encoder
from index.uploads import still_held, uploaded
from index.writer import Writer, writer


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that holds a report which is there already, and the name that one goes by."""

    name: str
    of: str
    likeness: float = 1.0
    """The share of their wording in common. Of equal texts one is kept, of nearly equal ones both are."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a change did, reports by name; `reports` and `passages` are what the index holds now."""

    snapshot: str
    reports: int
    passages: int
    added: tuple[str, ...]
    updated: tuple[str, ...]
    """Same name, other content."""
    removed: tuple[str, ...]
    encoded: int
    """Passages that went through the encoder; the vectors of the others were known."""
    duplicates: tuple[Duplicate, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The reports that the index is to hold, and what was noticed on the way."""

    members: tuple[Member, ...]
    duplicates: tuple[Duplicate, ...] = ()
    problems: tuple[Problem, ...] = ()


def build(paths: Sequence[Path], directory: Path, *, encoder: Encoder, progress: Progress = silent) -> BuildSummary:
    """Makes the index hold exactly the reports under `paths`, with work in proportion to what has changed.

    What was uploaded into the index stays (`index.uploads`).
    A file that can't be read is a problem in the summary and stops nothing. An index that is damaged or of another
    format is made anew; where its catalog is sound nothing is encoded twice.

    Raises:
        ReadError: one of `paths` isn't there.
        IndexFault: the index can't be written.
    """
    files = find_files(paths)
    try:
        return _build(files, directory, encoder, progress)
    except IndexDamaged:
        catalog = directory / CATALOG
        if not catalog.is_file():
            raise
        catalog.replace(catalog.with_suffix(".damaged"))
        return _build(files, directory, encoder, progress)


def _build(files: Sequence[Path], directory: Path, encoder: Encoder, progress: Progress) -> BuildSummary:
    with writer(directory, mend=True) as index:
        came = gather(uploaded(directory), index.catalog, silent)
        gathered = gather(files, index.catalog, progress)
        plan = _plan(index, still_held(came.members, index.members()), gathered)
        summary = _encode_and_publish(index, plan, encoder, progress)
        index.catalog.troubles.keep((*came.troubles, *gathered.troubles))
        return summary


def add(
    paths: Sequence[Path], directory: Path, *, encoder: Encoder | None = None, progress: Progress = silent
) -> BuildSummary:
    """Adds the reports under `paths`; they can be found as soon as this returns.

    What an earlier version of the same files gave is replaced. Without `encoder` the one that made the index is loaded.

    Raises:
        ReadError: one of `paths` isn't there.
        IndexMissing: there is no index.
        IndexMismatch: another encoder made it.
    """
    require_pointer(directory)
    files = find_files(paths)
    with writer(directory) as index:
        encoder = encoder or load_maker(index.maker())
        require_encoder(index.maker(), encoder, directory)
        replaced = {str(file.absolute()) for file in files}
        kept = [member for member in index.members() if member.path not in replaced]
        gathered = gather(files, index.catalog, progress)
        summary = _encode_and_publish(index, _plan(index, kept, gathered), encoder, progress)
        index.catalog.troubles.keep(gathered.troubles, replaced)
        return summary


def remove(reports: Sequence[str], directory: Path, *, progress: Progress = silent) -> BuildSummary:
    """Removes reports by id or name; none of them is found again once this returns.

    The name of a file that could not be read makes the index forget that it was tried.

    Raises:
        IndexMissing: there is no index.
        IndexFault: a report isn't in it; then nothing is removed.
    """
    require_pointer(directory)
    with writer(directory) as index:
        labels = {member: {member.name, listing.id} for member, listing in index.listings()}
        known = {label for names in labels.values() for label in names}
        known |= {trouble.problem.file for trouble in index.catalog.troubles.all()}
        for report in reports:
            if report not in known:
                raise IndexFault(
                    f"No report in {directory} has the id or name {report}.",
                    f"`wenbao list --index {directory}` shows what there is.",
                    code="report-unknown",
                )
        kept = tuple(member for member, names in labels.items() if names.isdisjoint(reports))
        summary = _publish(index, _Plan(kept), index.maker(), progress, encoded=0)
        index.catalog.troubles.forget(reports)
        return summary


def _plan(index: Writer, kept: Sequence[Member], gathered: Gathered) -> _Plan:
    """Each text once: the first report that has it stays; the others, and near copies of it, are told."""
    first: dict[str, Member] = {}
    duplicates: list[Duplicate] = []
    keys = index.catalog.text_keys()
    for member in (*kept, *gathered.members):
        same = first.setdefault(keys[member.serial], member)
        if same is not member:
            duplicates.append(Duplicate(member.name, same.name))
    members = tuple(first.values())
    return _Plan(members, (*duplicates, *_near(index, members)), gathered.problems)


def _near(index: Writer, members: Sequence[Member]) -> Iterator[Duplicate]:
    """Reports that are new and say nearly what another one says."""
    before, names = {m.serial for m in index.members()}, {m.serial: m.name for m in members}
    serials = sorted(names, key=lambda serial: serial not in before)
    new = [serial for serial in serials if serial not in before]
    for found in index.catalog.sketches.alike(new, serials):
        yield Duplicate(names[found.report], names[found.other], found.share)


def _encode_and_publish(index: Writer, plan: _Plan, encoder: Encoder, progress: Progress) -> BuildSummary:
    encoded = index.encode(plan.members, encoder, progress)
    return _publish(index, plan, Maker.of(encoder), progress, encoded=encoded)


def _publish(index: Writer, plan: _Plan, maker: Maker, progress: Progress, *, encoded: int) -> BuildSummary:
    before = index.members()
    manifest = index.publish(plan.members, maker, progress)
    index.clean()
    old, new = {m.serial for m in before}, {m.serial for m in plan.members}
    came = [member.name for member in plan.members if member.serial not in old]
    went = [member.name for member in before if member.serial not in new]
    return BuildSummary(
        snapshot=manifest.name,
        reports=manifest.reports,
        passages=manifest.passages,
        added=tuple(name for name in came if name not in went),
        updated=tuple(name for name in came if name in went),
        removed=tuple(name for name in went if name not in came),
        encoded=encoded,
        duplicates=plan.duplicates,
        problems=plan.problems,
    )
