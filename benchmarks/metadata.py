"""Metadata of the real reports beside the project against what a person reads in them.

    python benchmarks/metadata.py [FOLDER]

FOLDER defaults to ../shared/reports. Prints, for each field, how many values are right (null where there is nothing to
find among them), wrong, and null by mistake; then every difference.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.read import read_path  # noqa: E402 — the project need not be installed to be measured
from corpus.records import Found, Metadata, Region  # noqa: E402 — the same

FIELDS = ("title", "publisher", "kind", "level", "region", "school", "year", "date")
EXPECTED = Path(__file__).with_name("metadata_expected.tsv")


def expected() -> Iterator[dict[str, str]]:
    """One row for each file, "-" where its text doesn't say; a region is province/city/county."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def shown(metadata: Metadata, field: str) -> str:
    """A value as the table of expected values writes it."""
    found: Found[object] | None = getattr(metadata, field)
    if found is None:
        return "-"
    if isinstance(found.value, Region):
        return "/".join(part or "" for part in (found.value.province, found.value.city, found.value.county))
    return str(found.value)


def main(folder: Path) -> int:
    """Print the table; the exit status says whether all values that were given are right."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    differences: list[str] = []
    for row in expected():
        (report,) = read_path(folder / row["file"]).reports
        for field in FIELDS:
            got = shown(report.metadata, field)
            verdict = "right" if got == row[field] else "null" if got == "-" else "wrong"
            counts[field][verdict] += 1
            if verdict != "right":
                differences.append(f"{row['file']}: {field} is {got!r}, expected {row[field]!r}")
    print(f"{'field':<10}{'right':>7}{'wrong':>7}{'null':>7}")
    for field, count in counts.items():
        print(f"{field:<10}{count['right']:>7}{count['wrong']:>7}{count['null']:>7}")
    print(*differences, sep="\n")
    return int(any(count["wrong"] for count in counts.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "reports"))
