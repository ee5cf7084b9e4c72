"""Reads everything that a snapshot needs of the catalog, to find what is damaged."""

from __future__ import annotations

from collections.abc import Iterator

from index.catalog import Catalog
from index.errors import IndexDamaged
from index.seal import REPAIR


def catalog_damages(catalog: Catalog, snapshot: str, encoder: str) -> Iterator[str]:
    """What is wrong with what a snapshot needs, one sentence each: every row is read."""
    for serial in [None, *(member.serial for member in catalog.members(snapshot))]:
        try:
            if serial is None:
                _check_file(catalog, snapshot)
            else:
                _check_report(catalog, serial, encoder)
        except IndexDamaged as damage:
            yield damage.message


def _check_file(catalog: Catalog, snapshot: str) -> None:
    complaints = catalog.complaints()
    if complaints:
        raise IndexDamaged(f"SQLite finds the catalog damaged: {complaints[0]}.", REPAIR)
    catalog.listings(snapshot)
    catalog.gists.of(snapshot)


def _check_report(catalog: Catalog, serial: int, encoder: str) -> None:
    catalog.text(serial)
    catalog.sections(serial)
    catalog.tables(serial)
    catalog.places(serial)
    catalog.passages(serial)
    catalog.vectors(serial, encoder)
