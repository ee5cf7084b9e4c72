"""Makes the English → Chinese word lists of search/data from a dictionary and from aligned sentences.

usage: make_lexicon.py TRAINING [--pairs NAME ...]

TRAINING holds `cedict_glosses.tsv.xz` (CC-CEDICT: word, gloss) and sentence pairs `NAME.tsv[.xz]` (Chinese, English).
Two files are written: `dictionary.tsv.gz`, CC-CEDICT turned round, and `alignment.tsv.gz`, the words that stand for
each other in the pairs by IBM Model 1 (Brown et al. 1993). Both have the form `english<TAB>chinese weight<TAB>...`.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, cast

import numpy as np
from numpy.typing import NDArray

from index.words import term_spans
from search.understand.english import FUNCTION_WORDS, singular, words

DATA = Path(__file__).parents[1] / "search" / "data"
PAIRS = ("law_tw", "law_tw_titles", "law_prc", "tatoeba", "un_v1_dev", "domain_pairs", "domain_handwritten")

MOST_WORDS = 4
"""Longer glosses explain a word rather than name it."""
MOST_TRANSLATIONS = 12
LONGEST_WORD = 8
LONGEST_ALIGNED = 4
"""Characters; longer words are terms of several words, and those are what an English word stands for."""
SENTENCE_WORDS = 60
RARE = 3
"""Words of fewer sentences are left to the dictionary: chance pairs them with anything."""
ROUNDS = 6
LEAST_LINK = 0.06
"""Geometric mean of p(zh|en) and p(en|zh) below which a link is noise, judged by eye on 100 words."""

_NOTE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_REFERENCE = re.compile(
    r"^(?:variant of|old variant|see |used in|abbr|surname|cl:|erhua|also written|same as)", re.IGNORECASE
)
_HAN = re.compile(r"[\u3400-\u9fff]+")

Pair = tuple[list[str], list[str]]
Weighted = dict[str, list[tuple[str, float]]]


def dictionary(glosses: Iterable[str]) -> Weighted:
    """Each gloss of at most four words as a key; a word's first senses and shortest glosses weigh most."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for line in glosses:
        word, gloss = line.rstrip("\n").split("\t")
        if not _HAN.fullmatch(word) or len(word) > LONGEST_WORD:
            continue
        for sense, text in enumerate(re.split(r"[;/]", gloss)):
            key = _key(text)
            if key:
                weight = 1.0 / (1.0 + 0.3 * sense)
                found[key][word] = max(weight, found[key].get(word, 0.0))
    return {key: _heaviest(weights.items()) for key, weights in found.items()}


def _key(gloss: str) -> str:
    text = _NOTE.sub(" ", gloss).strip()
    if _REFERENCE.match(text):
        return ""
    kept = [singular(word) for word in words(text.lower())]
    while kept and kept[0] in FUNCTION_WORDS:
        kept.pop(0)
    return " ".join(kept) if len(kept) <= MOST_WORDS else ""


def read_pairs(folder: Path, names: Sequence[str]) -> Iterator[Pair]:
    """Chinese and English words of each sentence pair that isn't too long."""
    for name in names:
        with _open(folder, name) as lines:
            for line in lines:
                chinese, english, *_ = line.rstrip("\n").split("\t")
                pair = _whole_words(chinese), [singular(w) for w in words(english.lower())]
                if all(0 < len(side) <= SENTENCE_WORDS for side in pair):
                    yield pair


def _whole_words(chinese: str) -> list[str]:
    """Chinese words of a sentence: those inside a longer one are left out, and so are terms made of several words."""
    kept: list[str] = []
    reached = 0
    short = [span for span in term_spans(chinese) if len(span[0]) <= LONGEST_ALIGNED]
    for term, _, end in sorted(short, key=lambda span: (span[1], -span[2])):
        if end > reached and _HAN.match(term):
            kept.append(term)
            reached = end
    return kept


def align(pairs: Sequence[Pair]) -> Weighted:
    """English words with the Chinese words they are aligned to, by p(zh|en) and p(en|zh) after IBM Model 1."""
    chinese, english = _vocabulary(p[0] for p in pairs), _vocabulary(p[1] for p in pairs)
    cells, places = _cells(pairs, chinese, english)
    kinds, cells = np.unique(cells, return_inverse=True)
    of_english, of_chinese = kinds // (len(chinese) + 1), kinds % (len(chinese) + 1)
    chance: NDArray[np.float64] = np.full(len(kinds), 1.0)
    for _ in range(ROUNDS):
        share = chance[cells]
        share /= np.bincount(places, share)[places]
        counts = np.bincount(cells, share, len(kinds))
        chance = counts / np.bincount(of_english, counts)[of_english]
    link = np.sqrt(chance * counts / np.bincount(of_chinese, counts)[of_chinese])
    names_zh, names_en = list(chinese), ["", *english]
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for kind in np.flatnonzero((link >= LEAST_LINK) & (of_english > 0)):
        found[names_en[of_english[kind]]].append((names_zh[of_chinese[kind] - 1], float(link[kind])))
    return {word: _heaviest(weights) for word, weights in found.items() if word not in FUNCTION_WORDS}


def _cells(
    pairs: Sequence[Pair], chinese: dict[str, int], english: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every English word of a pair (and the empty word, 0) with every Chinese one, and the latter's place."""
    cells, places, place = [], [], 0
    for zh, en in pairs:
        zh_ids = np.array([chinese[w] for w in zh if w in chinese], dtype=np.int64)
        en_ids = np.array([0, *(english[w] for w in en if w in english)], dtype=np.int64)
        cells.append((en_ids[:, None] * (len(chinese) + 1) + zh_ids[None, :]).ravel())
        places.append(np.tile(np.arange(place, place + len(zh_ids), dtype=np.int32), len(en_ids)))
        place += len(zh_ids)
    return np.concatenate(cells), np.concatenate(places)


def _vocabulary(sentences: Iterable[list[str]]) -> dict[str, int]:
    counts = Counter(word for sentence in sentences for word in set(sentence))
    kept = (word for word, count in counts.items() if count >= RARE)
    return {word: number for number, word in enumerate(kept, start=1)}


def _heaviest(weights: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(weights, key=lambda item: (-item[1], item[0]))[:MOST_TRANSLATIONS]


def write(path: Path, weighted: Weighted) -> None:
    """One line for each English word or phrase, hyphens dissolved, sorted; the same input gives the same bytes."""
    merged: dict[str, dict[str, float]] = defaultdict(dict)
    for english in sorted(weighted):
        for chinese, weight in weighted[english]:
            found = merged[english.replace("-", " ")]
            found[chinese] = max(weight, found.get(chinese, 0.0))
    entries = {key: _heaviest(merged[key].items()) for key in sorted(merged)}
    lines = ("\t".join([key, *(f"{zh} {weight:.2f}" for zh, weight in entry)]) for key, entry in entries.items())
    text = "".join(line + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {len(entries)} entries, {path.stat().st_size / 1e6:.2f} MB")


def _open(folder: Path, name: str) -> TextIO:
    packed = folder / f"{name}.tsv.xz"
    if packed.exists():
        return cast(TextIO, lzma.open(packed, "rt", encoding="utf-8"))
    return (folder / f"{name}.tsv").open(encoding="utf-8")


def main() -> None:
    """Makes both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("--pairs", nargs="+", default=PAIRS)
    parser.add_argument("--out", type=Path, default=DATA)
    given = parser.parse_args()
    with _open(given.training, "cedict_glosses") as glosses:
        write(given.out / "dictionary.tsv.gz", dictionary(glosses))
    write(given.out / "alignment.tsv.gz", align(list(read_pairs(given.training, given.pairs))))


if __name__ == "__main__":
    main()
