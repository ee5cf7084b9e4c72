"""Failures of a question; the whole tree is drawn in `corpus.errors`."""

from __future__ import annotations

from typing import ClassVar

from corpus.errors import WenbaoError


class QuestionError(WenbaoError):
    """A question is empty or too long."""

    code = "question"


class FilterError(WenbaoError):
    """A filter names something that does not exist."""

    code = "filter"
    exit_code: ClassVar[int] = 2


class BatchError(WenbaoError):
    """A question file can't be used at all; a bad row is reported in its own result instead."""

    code = "batch"
