"""Keeps passages: catalog, vectors and postings in durable snapshots."""

from __future__ import annotations

from importlib import import_module

PUBLIC = {
    "add": "index.build",
    "build": "index.build",
    "remove": "index.build",
    "load_encoder": "index.encoder",
    "open_index": "index.local",
    "backup": "index.maintenance",
    "restore": "index.maintenance",
    "stats": "index.maintenance",
    "verify": "index.maintenance",
    "terms": "index.words",
    "term_spans": "index.words",
}


def __getattr__(name: str) -> object:
    """Finds a public function in its module when it is first asked for, so that importing `index` costs nothing."""
    if name not in PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(PUBLIC[name]), name)
