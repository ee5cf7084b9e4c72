"""Logs as JSON lines: what happened, when, and to which request; what was asked only where that is wanted."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from search.web.rules import Log


class Lines(logging.Formatter):
    """A record as one JSON object; the message of `wenbao.web` may be an object itself, whose fields are taken in."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        shape: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, "fields", None)
        shape |= fields if isinstance(fields, dict) else {"message": record.getMessage()}
        if record.exc_info:
            shape["exception"] = self.formatException(record.exc_info)
        return json.dumps(shape, ensure_ascii=False)


def configure(log: Log) -> None:
    """Warnings in plain words, or with `log` JSON lines with every request; all on standard error."""
    handler = logging.StreamHandler()
    if log != "off":
        handler.setFormatter(Lines())
        logging.getLogger("wenbao").setLevel(logging.INFO)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold the questions
