"""The tables of pinyin that benchmarks/make_pinyin.py made."""

from __future__ import annotations

import importlib
import subprocess
import sys
from types import ModuleType

import pytest

from corpus.gazetteer import english_names, resolve
from search.understand.pinyin import syllables


@pytest.fixture(scope="module")
def making() -> ModuleType:
    return importlib.import_module("benchmarks.make_pinyin")


@pytest.mark.parametrize("table", ["REGIONS", "SYLLABLES"])
def test_the_tables_are_what_pypinyin_says(making: ModuleType, table: str) -> None:
    """A change of data/regions.txt or of pypinyin shows; `python -m benchmarks.make_pinyin` writes them anew."""
    made = {"REGIONS": making.region_pinyin, "SYLLABLES": making.syllables}[table]
    kept = getattr(making, table).read_text(encoding="utf-8").splitlines()
    assert kept == [f"{key}\t{value}" for key, value in made()]


def test_places_are_known_by_the_pinyin_of_their_phrase() -> None:
    """都 is du in 成都, dou elsewhere; a name that is no pinyin comes from the list of places."""
    assert resolve("Chengdu")[0].city == "成都市"
    assert english_names("成都") == ("Chengdu",)
    assert english_names("内蒙古")[0] == "Inner Mongolia"


def test_a_character_stands_under_each_of_its_sounds() -> None:
    """行 is hang and xing; ü is written v."""
    assert "行" in syllables()["hang"]
    assert "行" in syllables()["xing"]
    assert "绿" in syllables()["lv"]
    assert "行" not in syllables()["han"]


def test_asking_in_either_language_loads_no_pypinyin() -> None:
    """Its tables take half a second, which a question from the shell would wait for."""
    code = (
        "import sys; from corpus.gazetteer import find_regions; from search.understand.spelling import ChineseSpelling;"
        "from search.understand.pinyin import PinyinNames;"
        "assert len(find_regions('Yiwu City 与杭州')) == 2;"
        "assert ChineseSpelling(['就业率'], lambda word: word in {'就业'}).mend('就业律') == '就业率';"
        "assert PinyinNames(['临湖校区']).find('linhu') == ('临湖',);"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
