"""Failures of the index and the encoder; the whole tree is drawn in `corpus.errors`."""

from __future__ import annotations

from typing import ClassVar

from corpus.errors import WenbaoError


class EncoderError(WenbaoError):
    """A model can't be loaded, or its vectors are not what the index holds."""

    code = "encoder"
    exit_code: ClassVar[int] = 3


class IndexFault(WenbaoError):
    """An index can't be used."""

    code = "index"
    exit_code: ClassVar[int] = 3


class IndexMissing(IndexFault):
    """There is no index at this place."""

    code = "index-missing"


class IndexMismatch(IndexFault):
    """The index was made by another format, encoder, tokenizer or dictionary."""

    code = "index-mismatch"


class IndexDamaged(IndexFault):
    """A file of the index is missing, cut short, or its checksum is wrong."""

    code = "index-damaged"
