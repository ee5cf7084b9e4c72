"""The command line as a user meets it: real processes, real files."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"

Run = Callable[..., subprocess.CompletedProcess[str]]

HIT = {"rank", "score", "passage_id", "report_id", "title", "publisher", "year", "section", "kind", "text"} | {
    "start",
    "end",
    "highlights",
}
ANSWER = {"answered", "kind", "text", "confidence", "items", "citations"}
CITATION = {"passage_id", "report_id", "start", "end", "quote"}


def test_help_answers_at_once(wenbao: Run) -> None:
    """The best of five runs takes at most 0.3 s more than Python's own start: nothing heavy is imported."""

    def seconds(*command: str) -> float:
        best = 60.0
        for _ in range(5):
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            best = min(best, time.perf_counter() - started)
        return best

    bare = seconds(sys.executable, "-c", "")
    assert seconds(sys.executable, "-m", "search.cli", "--help") - bare < 0.3
    assert "build" in wenbao("--help").stdout


def test_an_answer_has_the_shape_of_the_contract(wenbao: Run, samples_index: Path) -> None:
    """Every field of DESIGN's reply is there and citations quote the hits' reports to the character."""
    reply = json.loads(wenbao("ask", "双师型教师比例是多少", "--index", samples_index, "--json").stdout)
    assert {"id", "question", "language", "filters", "took_ms", "hits", "answer"} <= set(reply)
    assert reply["language"] == "zh"
    assert len(reply["hits"]) == 10
    assert all(set(hit) >= HIT for hit in reply["hits"])
    assert [hit["rank"] for hit in reply["hits"]] == list(range(1, 11))
    assert set(reply["answer"]) == ANSWER
    assert all(set(citation) == CITATION for citation in reply["answer"]["citations"])
    scores = [hit["score"] for hit in reply["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in reply["hits"]:
        assert len(hit["text"]) == hit["end"] - hit["start"]
        assert all(0 <= start < end <= len(hit["text"]) for start, end in hit["highlights"])


def test_an_english_question_finds_chinese_passages(wenbao: Run, samples_index: Path) -> None:
    """The readable output names the report and marks what the question was taken for."""
    printed = wenbao("ask", "which schools expanded 1+X pilots", "--index", samples_index).stdout
    assert "1+X" in printed


def test_filters_are_strict(wenbao: Run, samples_index: Path) -> None:
    """With --year every hit is of that year."""
    reply = json.loads(wenbao("ask", "在校生人数", "--year", "2022", "--index", samples_index, "--json").stdout)
    assert reply["hits"]
    assert {hit["year"] for hit in reply["hits"]} == {2022}


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("ask", ""), 1, "empty"),
        (("ask", "   "), 1, "empty"),
        (("ask", "问" * 10_000), 1, "10,000"),
        (("ask", "在校生", "--year", "1066"), 2, "1066"),
        (("ask", "在校生", "--year", "last"), 2, "last"),
        (("ask", "在校生", "--region", "亚特兰蒂斯"), 2, "亚特兰蒂斯"),
        (("ask", "在校生", "--level", "galaxy"), 2, "galaxy"),
        (("batch", "no-such-file.csv"), 1, "no-such-file.csv"),
    ],
)
def test_bad_input_says_what_to_do(
    wenbao: Run, samples_index: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    """A clear message on standard error, the documented exit code, no traceback."""
    failed = wenbao(*arguments, "--index", samples_index, status=status)
    assert message in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("command", [("ask", "问题"), ("list",), ("batch", str(SAMPLES / "questions.jsonl"))])
def test_a_missing_index_names_the_command_that_makes_one(
    wenbao: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Exit code 3 and `wenbao build` in the message."""
    failed = wenbao(*command, "--index", tmp_path / "nowhere", status=3)
    assert "wenbao build" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_bad_files_do_not_keep_good_ones_out(wenbao: Run, tmp_path: Path) -> None:
    """Unreadable files are named with their reasons, the exit code is 4, the good report is indexed."""
    reports = tmp_path / "reports"
    reports.mkdir()
    good = next((SAMPLES / "reports").glob("*.txt"))
    (reports / good.name).write_bytes(good.read_bytes())
    (reports / "empty.txt").write_bytes(b"")
    (reports / "noise.pdf").write_bytes(bytes(range(256)) * 40)
    (reports / "strange.xyz").write_bytes(b"\x00\x01\x02" * 500)
    (reports / "cut.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 60)
    built = wenbao("build", reports, "--index", tmp_path / "index", status=4)
    for name in ("empty.txt", "noise.pdf", "strange.xyz", "cut.docx"):
        assert name in built.stderr
    listed = json.loads(wenbao("list", "--index", tmp_path / "index", "--json").stdout)
    assert [report["name"] for report in listed] == [good.name]


def test_nothing_to_read_is_an_error(wenbao: Run, tmp_path: Path) -> None:
    """A missing path is named, exit code 1."""
    failed = wenbao("build", tmp_path / "gone", "--index", tmp_path / "index", status=1)
    assert "gone" in failed.stderr


def test_inspect_shows_how_a_file_is_read(wenbao: Run) -> None:
    """The object has the contract's parts and passages are slices of its sections."""
    file = next((SAMPLES / "reports").glob("*.docx"))
    shape = json.loads(wenbao("inspect", file, "--json").stdout)
    assert set(shape) >= {"report", "sections", "tables", "passages", "problems"}
    assert {"id", "kind", "level", "number", "title", "start", "end", "line"} <= set(shape["sections"][0])
    sections = {section["id"]: section for section in shape["sections"]}
    for passage in shape["passages"]:
        section = sections[passage["section"]]
        assert section["start"] <= passage["start"] < passage["end"] <= section["end"]
        assert len(passage["text"]) == passage["end"] - passage["start"]


def test_inspect_of_an_unreadable_file_fails_with_one_line(wenbao: Run, tmp_path: Path) -> None:
    """Exit code 1 and one line that names the file."""
    (tmp_path / "empty.docx").write_bytes(b"")
    failed = wenbao("inspect", tmp_path / "empty.docx", "--json", status=1)
    assert failed.stdout == ""
    (line,) = failed.stderr.strip().splitlines()
    assert "empty.docx" in line


def test_a_batch_writes_every_format(wenbao: Run, samples_index: Path, tmp_path: Path) -> None:
    """All rows come out in order with their own columns, a bad row carries its error, exit code 4 says so."""
    questions = tmp_path / "q.csv"
    questions.write_text(
        "id,问题,年份,负责人\na,在校生有多少人,2022,王\nb,,,李\nc,which schools run 1+X pilots,,赵\n", encoding="utf-8"
    )
    for suffix in ("jsonl", "csv", "xlsx", "html"):
        wenbao("batch", questions, tmp_path / f"out.{suffix}", "--index", samples_index, status=4)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    assert [line["负责人"] for line in lines] == ["王", "李", "赵"]
    assert {hit["year"] for hit in lines[0]["hits"]} == {2022}
    assert "empty" in lines[1]["error"]["message"]
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["负责人"] for row in rows] == ["王", "李", "赵"]
    assert "在校生有多少人" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.partial"))


def test_a_batch_without_output_is_a_readable_table(wenbao: Run, samples_index: Path, tmp_path: Path) -> None:
    """Questions and answers stand on the screen."""
    (tmp_path / "q.txt").write_text("在校生有多少人？\n", encoding="utf-8")
    assert "在校生有多少人" in wenbao("batch", tmp_path / "q.txt", "--index", samples_index).stdout


def test_an_interrupted_batch_goes_on_where_it_stopped(samples_index: Path, tmp_path: Path) -> None:
    """After SIGKILL the same command finishes the file, and rows that were done are not asked again."""
    count = 400
    (tmp_path / "q.txt").write_text("".join(f"第{n}所学校的在校生有多少人？\n" for n in range(count)), encoding="utf-8")
    command = [sys.executable, "-m", "search.cli", "batch", "q.txt", "out.jsonl", "--index", str(samples_index)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    journal = tmp_path / "out.jsonl.partial"
    first = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    while first.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") > 20):
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    finished = journal.read_bytes().rsplit(b"\n", 1)[0].split(b"\n")[1:]
    assert 0 < len(finished) < count
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert lines[: len(finished)] == finished
    assert [json.loads(line)["id"] for line in lines] == [str(n + 1) for n in range(count)]


def test_evaluate_measures_the_samples(wenbao: Run, samples_index: Path) -> None:
    """Recall and answers on the sample questions are no worse than when this was written."""
    shape = json.loads(wenbao("evaluate", SAMPLES / "questions.jsonl", "--index", samples_index, "--json").stdout)
    (whole,) = [group for group in shape["groups"] if group["name"] == "all"]
    assert whole["measures"]["R@5"] >= 0.9
    assert whole["measures"]["ans_exact"] >= 0.6
    assert whole["measures"]["answered"] >= 0.85
    assert whole["measures"]["abstain"] >= 0.6
