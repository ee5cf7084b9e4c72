"""Answers questions: understanding, ranking, answers, and the ways to ask.

>>> from search import open_service
>>> open_service("my-index").ask("双师型教师比例是多少").answer.text
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.service import Service


def open_service(index: Path | str) -> Service:
    """Opens an index for questions; the service is safe to use from many threads.

    Raises:
        IndexFault: there is no usable index.
        EncoderError: its encoder can't be loaded.
    """
    from search.service import open_service

    return open_service(Path(index))
