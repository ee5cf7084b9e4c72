"""The floors of reading on the real reports beside the project, measured as the benchmark measures them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpus.read import read_path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="no reports beside the project")]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reading_benchmark", ROOT / "benchmarks" / "reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_floors(benchmark: ModuleType) -> None:
    """Outlines, levels, table cells and charts are all right, nothing is invented or misfiled, and it is quick."""
    score = benchmark.measure(SHARED)
    assert (score.outline, score.levels, score.cells, score.charts) == (1, 1, 1, 1)
    assert (score.invented, score.missed, score.misfiled) == ((), (), ())
    assert score.megabytes_per_second > 1


@pytest.mark.parametrize("path", sorted((SHARED / "reports" / "government").glob("*.txt")), ids=lambda path: path.stem)
def test_government_reports(path: Path) -> None:
    """Every government report has its title, two to five chapters that count up, and no words of the web page."""
    (report,) = read_path(path).reports
    assert "政府工作报告" in report.sections[0].title
    chapters = [section for section in report.sections if section.kind == "heading" and section.level == 1]
    assert 2 <= len(chapters) <= 8
    numbers = [chapter.number.strip("（）") for chapter in chapters if chapter.number]
    assert numbers == list("一二三四五六七八")[: len(numbers)]
    assert not {"下载", "打印", "收藏", "减小", "】", "相关报道："} & set(report.text.split("\n"))


def test_office_files() -> None:
    """Sections and tables of the real .docx, .pdf and .html files, as they were checked by eye."""
    folder = SHARED / "reports" / "office"
    expected = {
        "示例公文_通知.docx": (9, 0),
        "政务公开年报模版.docx": (6, 3),
        "职业教育新闻专题.docx": (8, 0),
        "政府信息公开年度报告_2024.pdf": (11, 6),
    }
    for name, (headings, tables) in expected.items():
        (report,) = read_path(folder / name).reports
        assert sum(section.kind == "heading" for section in report.sections) == headings, name
        assert len(report.tables) == tables, name
