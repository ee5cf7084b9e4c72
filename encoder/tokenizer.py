"""`python -m encoder.tokenizer --data FOLDER --work FOLDER`: the vocabulary, and the model to start distilling."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.console import Log, options
from encoder.gloss import glosses
from encoder.prepare import PAIRS
from encoder.records import read_pairs
from encoder.settings import TokenizerSettings, load_settings
from encoder.start import build_start
from encoder.teacher import teacher_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

START = "start"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LONGEST_PIECE = 12
"""Characters; longer pieces are whole phrases of statutes."""
WORDS = r"▁?[a-z]+|[0-9]{1,4}|[\u3400-\u9fff]+|."
"""Pieces never cross these: Latin words with their leading space, digits by fours, runs of Chinese, single marks."""
COMMON = range(0x4E00, 0x9FA6)
"""Chinese characters that get a piece of their own if the text has them at all."""


def main() -> None:
    """Writes the model folder `start/` into the work folder."""
    given = options(__doc__ or "", data=True)
    settings = load_settings(given.config).tokenizer
    log = Log(given.work / "tokenizer.log")
    lines = itertools.islice(_lines(given.work), settings.lines)
    tokenizer = train_tokenizer(list(lines), settings)
    log(f"{tokenizer.get_vocab_size()} pieces")
    build_start(tokenizer, teacher_folder(settings.teacher), glosses(given.data), given.work / START)
    log(f"{given.work / START}")


def train_tokenizer(lines: Sequence[str], settings: TokenizerSettings) -> Tokenizer:
    """One Unigram model (Kudo 2018) of both languages: NFKC, lower case, white space as one space."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(prepend_scheme="never"), pre_tokenizers.Split(Regex(WORDS), "isolated")]
    )
    seen = set("".join(lines))
    trainer = trainers.UnigramTrainer(
        vocab_size=settings.pieces,
        special_tokens=list(SPECIAL),
        unk_token="[UNK]",  # noqa: S106 - no password
        initial_alphabet=[chr(code) for code in COMMON if chr(code) in seen],
        max_piece_length=LONGEST_PIECE,
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    ends = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    tokenizer.enable_truncation(settings.positions)
    return tokenizer


def _lines(work: Path) -> Iterator[str]:
    for pair in read_pairs(work / PAIRS):
        yield pair.zh
        yield pair.en


if __name__ == "__main__":
    main()
