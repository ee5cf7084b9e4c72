"""The import layers of docs/architecture.md, held against the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "search": {"corpus", "index", "search"},
    "encoder": {"corpus", "index", "search", "encoder"},
}

OWNERS = {
    "ahocorasick": "corpus/wordfinder.py",
    "faiss": "index/vectors.py",
    "http": "search/generate/chat.py",
    "jieba": "index/words.py",
    "mcp": "search/agents/mcp.py",
    "mcp_types": "search/agents/mcp.py",
    "onnxruntime": "index/light.py",
    "rjieba": "index/words.py",
    "tantivy": "index/postings.py",
    "sentence_transformers": "index/encoder.py",
    "pymilvus": "index/milvus.py",
    "pypdfium2": "corpus/readers/pdfium.py",
    "rapidocr": "corpus/readers/ocr.py",
}
"""The one file that may import a heavy library."""

HEAVY = {"docx", "faiss", "jieba", "rjieba", "numba", "opencc", "pandas", "pdfplumber", "pymilvus", "pypdfium2"} | {
    "mcp",
    "onnxruntime",
    "sentence_transformers",
    "tantivy",
    "tokenizers",
    "torch",
    "transformers",
    "xlsxwriter",
}
"""Never imported at the top of a module."""


def modules(package: str) -> Iterator[Path]:
    return (path for path in (ROOT / package).rglob("*.py"))


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def everywhere(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))}


def at_the_top(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name.split(".")[0] for name in imported(iter(tree.body))}


@pytest.mark.parametrize("package", LAYERS)
def test_imports_go_one_way(package: str) -> None:
    """A package imports itself and the layers below it, never one above."""
    above = set(LAYERS) - LAYERS[package]
    guilty = {
        str(path.relative_to(ROOT)): sorted(found) for path in modules(package) if (found := everywhere(path) & above)
    }
    assert guilty == {}


BESIDE = {
    "sentence_transformers": {"index/reranker.py", "encoder/dense.py"},
    "jieba": {"encoder/swapped.py"},
}
"""Other parts of a library: models that read two texts at once; a module that the recipe writes; kinds of words."""


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_a_heavy_library_has_one_owner(library: str, owner: str) -> None:
    """Only the owner's file imports it, so that it can be replaced in one place."""
    users = {str(p.relative_to(ROOT)) for package in LAYERS for p in modules(package) if library in everywhere(p)}
    assert users <= {owner} | BESIDE.get(library, set())


def test_fastapi_stays_in_the_web_layer() -> None:
    """Nothing outside search/web knows of FastAPI or Starlette."""
    users = {p for package in LAYERS for p in modules(package) if {"fastapi", "starlette"} & everywhere(p)}
    assert {p for p in users if (ROOT / "search" / "web") not in p.parents} == set()


@pytest.mark.parametrize("package", LAYERS)
def test_heavy_libraries_are_imported_where_they_are_used(package: str) -> None:
    """No module pays for a heavy library by being imported."""
    guilty = {
        str(path.relative_to(ROOT)): sorted(found) for path in modules(package) if (found := at_the_top(path) & HEAVY)
    }
    assert guilty == {}
