"""Sections as an agent reads them: outlines, and a section with everything under it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Section
from search.shapes import Json

LONGEST = 6_000
"""Characters of a section that are given at once: about 5,000 tokens of an agent's memory."""


def subtree(sections: Sequence[Section], root: Section) -> list[Section]:
    """A section and all that stand under it, which follow it without a gap."""
    inside = {root.id}
    found = [root]
    for section in sections[root.id + 1 :]:
        if section.parent not in inside:
            break
        inside.add(section.id)
        found.append(section)
    return found


def outline(sections: Sequence[Section]) -> list[Json]:
    """Each section's id, kind, level, heading and length in characters; those without any text left out."""
    return [
        {
            "section_id": section.id,
            "kind": section.kind,
            "level": section.level,
            "title": _label(section),
            "characters": section.end - section.start,
        }
        for section in sections
        if section.end > section.start
    ]


def opening(sections: Sequence[Section], section: Section) -> Json:
    """Where a section stands: its id, its headings from the top down, and the id of the one above it."""
    path: list[str] = []
    at: Section | None = section
    while at is not None:
        path.insert(0, _label(at))
        at = sections[at.parent] if at.parent is not None else None
    return {
        "section_id": section.id,
        "kind": section.kind,
        "path": [heading for heading in path if heading],
        "above": section.parent,
    }


def section_at(sections: Sequence[Section], number: int) -> int:
    """The section to read for a passage: a nameless one says little without the section it belongs to."""
    section = sections[number]
    alone = section.kind in {"lead", "table", "figure"} and section.parent is not None
    return section.parent if alone and section.parent is not None else number


def _label(section: Section) -> str:
    return f"{section.number} {section.title}".strip()
