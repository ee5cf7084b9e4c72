"""Makes the tables of pinyin that reading and asking look up, from pypinyin, whose own take half a second to load.

    python -m benchmarks.make_pinyin

`corpus/data/region_pinyin.tsv` has the short names of places that data/regions.txt gives no English name, each with its
pinyin;
`search/data/syllables.tsv` has the syllables without tones, each with all characters that can be pronounced so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus.localities import localities

ROOT = Path(__file__).parents[1]
REGIONS = ROOT / "corpus" / "data" / "region_pinyin.tsv"
SYLLABLES = ROOT / "search" / "data" / "syllables.tsv"
CHARACTERS = range(0x3400, 0xA000)
"""Han characters of the basic block and of extension A."""


def region_pinyin() -> Iterator[tuple[str, str]]:
    """Short names of places and their pinyin as phrases are read (重庆 Chongqing), each once, in order."""
    from pypinyin import lazy_pinyin

    for short in sorted({place.short for place in localities() if not place.english}):
        yield short, "".join(lazy_pinyin(short)).capitalize()


def syllables() -> Iterator[tuple[str, str]]:
    """Syllables, v for ü, and their characters, in order; what has no known reading is left out."""
    from pypinyin import Style, pinyin

    found: dict[str, set[str]] = defaultdict(set)
    for character in map(chr, CHARACTERS):
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            if syllable != character:
                found[syllable.replace("ü", "v")].add(character)
    for syllable in sorted(found):
        yield syllable, "".join(sorted(found[syllable]))


def main() -> None:
    """Writes both tables."""
    for path, lines in ((REGIONS, region_pinyin()), (SYLLABLES, syllables())):
        path.write_text("".join(f"{key}\t{value}\n" for key, value in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
