"""What a model wants to stand before a question and before a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts put before a query and before a passage; "" for none."""

    query: str = ""
    passage: str = ""


KNOWN = (
    # https://huggingface.co/intfloat/multilingual-e5-base: "Each input text should start with query: or passage: "
    (re.compile(r"\be5-(small|base|large)(-v2)?$"), Prompts("query: ", "passage: ")),
    # https://huggingface.co/BAAI/bge-base-zh-v1.5: an instruction for queries, none for passages; bge-m3 wants none
    (re.compile(r"\bbge-(small|base|large)-zh\b"), Prompts("为这个句子生成表示以用于检索相关文章：")),
    (
        re.compile(r"\bbge-(small|base|large)-en\b"),
        Prompts("Represent this sentence for searching relevant passages: "),
    ),
)
"""Families whose published folders don't state their prompts, by the end of the model's name."""

PASSAGE_NAMES = ("passage", "document", "corpus")
"""Names under which sentence-transformers models keep the prompt of a passage, the first found counts."""


def prompts_of(folder: Path, name: str) -> Prompts:
    """The prompts that the model's own configuration states, else those its family is known for, else none."""
    config = folder / "config_sentence_transformers.json"
    stated = orjson.loads(config.read_bytes()).get("prompts") or {} if config.is_file() else {}
    passages = [stated[key] for key in PASSAGE_NAMES if stated.get(key)]
    own = Prompts(stated.get("query") or "", passages[0] if passages else "")
    if own != Prompts():
        return own
    known = [prompts for pattern, prompts in KNOWN if pattern.search(name.lower().rstrip("/"))]
    return known[0] if known else own
