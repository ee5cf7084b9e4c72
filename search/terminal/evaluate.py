"""`wenbao evaluate`: figures on questions with gold quotes, and how two settings differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search.terminal.options import DEFAULT_INDEX, AsJson, IndexDir

if TYPE_CHECKING:
    from search.evaluate import Difference, Evaluation
    from search.gold import GoldQuestion

MEASURES = ("R@1", "R@5", "R@10", "nDCG@10", "RR", "ans_rec", "ans_exact", "item_prec", "answered", "abstain")
SURE = 0.05
"""Chance below which a difference is marked."""


def evaluate(
    questions: Annotated[Path, typer.Argument(help=".jsonl with gold quotes. 带标准答案的问题文件")],
    index: IndexDir = DEFAULT_INDEX,
    *,
    results: Annotated[
        Path | None,
        typer.Option(help="Judge a .jsonl that `wenbao batch` wrote, ask nothing. 评测已有的结果文件"),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(help="Another index or results file, with significance. 与另一索引或结果比较")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for qrels.txt, run.txt (TREC) and results.jsonl. 输出文件夹")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """评测检索与回答。 Measure recall, nDCG and answers, by language, type and report."""
    from search.evaluate import compare as differences
    from search.evaluate import evaluation_json, read_gold
    from search.terminal.show import print_json
    from search.trec import write_trec

    gold = read_gold(questions)
    evaluation = _evaluated(results or index, gold)
    compared = differences(evaluation, _evaluated(compare, gold)) if compare else ()
    if out:
        write_trec(evaluation, out)
    if as_json:
        print_json(evaluation_json(evaluation, compared))
        return
    show_evaluation(evaluation)
    if compare:
        show_differences(compared, str(results or index), str(compare))


def _evaluated(place: Path, gold: Sequence[GoldQuestion]) -> Evaluation:
    """Of the results in a file, or of asking an index."""
    from search.evaluate import evaluate as ask_all
    from search.evaluate import evaluate_returned
    from search.returned import read_results
    from search.service import open_service
    from search.terminal.progress import Bars

    if place.is_file():
        return evaluate_returned(read_results(place), gold)
    with open_service(place, soon=True) as service, Bars() as bars:
        return ask_all(service, gold, done=bars.counter("asking", len(gold)))


def show_evaluation(evaluation: Evaluation) -> None:
    """Measures by group, then the questions that went worst."""
    from rich.table import Table
    from rich.text import Text

    from search.terminal.show import out

    table = Table("", "n", *MEASURES, box=None)
    for group in evaluation.groups:
        cells = (group.measures.get(measure) for measure in MEASURES)
        table.add_row(group.name, str(group.questions), *("–" if cell is None else f"{cell:.3f}" for cell in cells))
    out.print(table)
    if evaluation.worst:
        out.print("\n最差的问题 worst questions")
    for question in evaluation.worst:
        scores = "  ".join(f"{name} {score:.2f}" for name, score in question.measures.items())
        out.print(Text(f"  {question.id}  {question.question}  {scores}", style="dim"))


def show_differences(differences: Sequence[Difference], first: str, second: str) -> None:
    """Each measure of both settings, the change, and the chance of one as large without a difference."""
    from rich.table import Table

    from search.terminal.show import out

    table = Table("", "1", "2", "2 - 1", "p", box=None)
    for one in differences:
        change = f"{one.second - one.first:+.3f}" + (" *" if one.p < SURE else "")
        table.add_row(one.measure, f"{one.first:.3f}", f"{one.second:.3f}", change, f"{one.p:.3f}")
    out.print(f"\n比较 compared: 1 {first}, 2 {second} (* p < {SURE})")
    out.print(table)
