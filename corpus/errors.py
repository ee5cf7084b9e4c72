"""Everything wenbao raises on purpose.

    WenbaoError
    ├── ReadError            a file can't be read                       (corpus)
    ├── EncoderError         a model can't be loaded or doesn't fit     (index)
    ├── IndexFault          an index can't be used                     (index)
    │   ├── IndexMissing         there is none at this place
    │   ├── IndexMismatch        made by another format, encoder or tokenizer
    │   └── IndexDamaged         a file is missing or its checksum is wrong
    ├── QuestionError        a question is empty or too long            (search)
    ├── FilterError          a filter names something unknown           (search)
    ├── BatchError           a question file can't be used              (search)
    └── ModelError           a language model's reply can't be used; the extractive answer stands in (search)

Each carries a `code` for programs, a message for people, and a `remedy`: what to do about it.
`exit_code` is what the command line returns: 1 the input is no good, 2 wrong usage, 3 the index can't
be used (0 is success, 4 means done, but some files had problems).
"""

from __future__ import annotations

from typing import ClassVar


class WenbaoError(Exception):
    """A failure that the user can understand and mend.

    `code` is stable and machine-readable (kebab case), `message` says what happened, with the values
    that matter, `remedy` says what to do.
    """

    code: str = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class ReadError(WenbaoError):
    """A file can't be read; `code` says why (empty, encrypted, unknown-type, ...)."""

    code = "unreadable"
