"""`wenbao batch`: a file of questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search.terminal.options import DEFAULT_INDEX, IndexDir, Top, Workers

if TYPE_CHECKING:
    from search.exchange import Answerer

PARTLY = 4

ALONE = 100
"""Rows up to which one process answers: in the time that another one takes to start it answers about as many."""


def batch(
    questions: Annotated[Path, typer.Argument(help=".txt .csv .tsv .jsonl .xlsx")],
    output: Annotated[Path | None, typer.Argument(help=".jsonl .csv .xlsx .html; a table on screen if none")] = None,
    index: IndexDir = DEFAULT_INDEX,
    top: Top = 10,
    workers: Workers = None,
    links: Annotated[
        str,
        typer.Option(envvar="WENBAO_LINKS", help="Address of a server that links to citations open. 出处链接的网址"),
    ] = "",
) -> None:
    """批量回答问题文件。 Answer a file of questions."""
    from index.snapshot import require_pointer
    from search.batch.questions import read_questions
    from search.batch.results import check_target
    from search.batch.run import Plan, batch_file, run_batch
    from search.terminal.progress import Bars
    from search.terminal.show import show_batch, show_batch_summary
    from search.tongue import of_environment

    rows = read_questions(questions)
    if output is not None:
        check_target(output)
    snapshot = require_pointer(index).name
    with _answerer(index, workers, len(rows)) as answerer:
        if output is None:
            failed = show_batch(run_batch(answerer, rows, top=top))
        else:
            with Bars() as bars:
                done = bars.counter("answering", len(rows))
                plan = Plan(rows, output, snapshot, top, links.rstrip("/"), of_environment())
                summary = batch_file(answerer, plan, done=done)
            show_batch_summary(summary, output)
            failed = summary.failed
    raise typer.Exit(PARTLY if failed else 0)


@contextmanager
def _answerer(index: Path, workers: int | None, rows: int) -> Iterator[Answerer]:
    from search.exchange import Direct
    from search.pool import Pool, preferred
    from search.service import open_service

    processes = workers or (preferred(index) if rows > ALONE else 1)
    if processes == 1:
        with open_service(index, soon=True) as service:
            yield Direct(service)
        return
    open_service(index).close()  # what is wrong with the index is said once, not by every row
    with Pool(index, processes) as pool:
        yield pool
