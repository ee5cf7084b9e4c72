"""From the catalog to the files of a snapshot: what the one before has is carried over, what is new is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.contents import Entry, read_contents, write_contents
from index.files import FileSum, carry, damage_of
from index.merging import DEAD_POSTINGS, Size, merged_from
from index.postings import Posting, write_postings
from index.progress import Progress
from index.records import Vectors
from index.segments import Segment, kept, open_segment, segment_names, serials_of, write_segment
from index.snapshot import POSTINGS, VECTORS
from index.stored import Maker, Member
from index.words import terms


@dataclass(frozen=True, slots=True)
class Base:
    """The snapshot before, sound and made alike: its folder, its reports, and what its manifest says."""

    folder: Path
    serials: frozenset[int]
    passages: int
    removed: int
    files: tuple[FileSum, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """What was put into a folder."""

    passages: int
    removed: int
    """Passages that the postings' statistics still count though they are gone."""


def derive(folder: Path, members: Sequence[Member], maker: Maker, sources: Sources) -> Derived:
    """Fills a new folder with the vectors and postings of these reports, which are in the order of their serials."""
    serials = [member.serial for member in members]
    counts = sources.catalog.counts(serials)
    folder.mkdir()
    write_contents(folder, _contents(members, sources))
    _vectors(folder / VECTORS, serials, maker, sources)
    removed = _postings(folder / POSTINGS, counts, sources)
    return Derived(sum(counts.values()), removed)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the content of a new snapshot comes from."""

    catalog: Catalog
    base: Base | None
    progress: Progress


def _contents(members: Sequence[Member], sources: Sources) -> list[Entry]:
    base = read_contents(sources.base.folder) if sources.base else ()
    known = {entry.member.serial: entry.listing for entry in base}
    return [Entry(m, known.get(m.serial) or sources.catalog.listing(m.serial)) for m in members]


def _vectors(folder: Path, serials: Sequence[int], maker: Maker, sources: Sources) -> None:
    base, wanted = sources.base, set(serials)
    segments: list[Segment] = []
    if base is None:
        folder.mkdir(parents=True)
    else:
        carry(base.folder / VECTORS, folder)
        segments = [open_segment(folder, name, maker.dimension) for name in segment_names(folder)]
    new = sorted(wanted - serials_of(segments))
    sizes = [_size(segment, wanted) for segment in segments]
    rows = sum(sources.catalog.counts(new).values())
    first = merged_from(sizes, rows)
    merged = segments[first:]
    whole = [segment for segment in merged if base and _is_whole(segment, base)]
    again = sorted(wanted & serials_of(merged) - serials_of(whole))
    if new or merged:
        blocks = [*(block for segment in whole for block in kept(segment, wanted))]
        write_segment(folder, folder.parent.name.split("-")[0], _joined(blocks, [*again, *new], maker, sources.catalog))
    for segment in merged:
        for path in folder.glob(f"{segment.name}.*"):
            path.unlink()


def _size(segment: Segment, wanted: set[int]) -> Size:
    return Size(len(segment), sum(count for serial, count in segment.reports.tolist() if serial in wanted))


def _is_whole(segment: Segment, base: Base) -> bool:
    """Whether a segment is still what was written, so that its vectors may be copied."""
    own = (entry for entry in base.files if entry.path.startswith(f"{VECTORS}/{segment.name}."))
    return not any(any(damage_of(base.folder, entry)) for entry in own)


def _joined(
    blocks: Iterable[tuple[int, Vectors]], serials: Sequence[int], maker: Maker, catalog: Catalog
) -> Iterator[tuple[int, Vectors]]:
    yield from blocks
    for serial in serials:
        yield serial, catalog.vectors(serial, maker.fingerprint)


def _postings(folder: Path, counts: dict[int, int], sources: Sources) -> int:
    """Returns how many passages the postings still count though they are gone."""
    base = sources.base
    gone = sorted(base.serials - counts.keys()) if base else []
    removed = base.removed + sum(sources.catalog.counts(gone).values()) if base else 0
    if base is None or removed > DEAD_POSTINGS * (base.passages + base.removed):
        folder.mkdir(parents=True)
        write_postings(folder, _cut(list(counts), counts, sources))
        return 0
    carry(base.folder / POSTINGS, folder)
    new = sorted(counts.keys() - base.serials)
    if gone or new:
        write_postings(folder, _cut(new, counts, sources), gone)
    return removed


def _cut(serials: Sequence[int], counts: dict[int, int], sources: Sources) -> Iterator[Posting]:
    """The passages of these reports, cut into terms; tells progress."""
    done, total = 0, sum(counts[serial] for serial in serials)
    for serial in serials:
        sources.progress("writing", done, total)
        context, context_terms = "", terms("")
        for number, body in enumerate(sources.catalog.passages(serial)):
            if body.context != context:
                context, context_terms = body.context, terms(body.context)
            yield Posting(serial, number, terms(body.text), context_terms)
        done += counts[serial]
    if total:
        sources.progress("writing", total, total)
