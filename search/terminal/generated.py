"""Shows what a language model writes, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.text import Text

from index.records import Filters
from search.generate.answer import Step, generate, whole
from search.generate.endpoint import Endpoint
from search.generate.records import Generated, Said
from search.generate.shapes import with_generated
from search.records import Result
from search.service import open_service
from search.terminal.show import out, print_json, show_result


def ask_generated(index: Path, question: str, filters: Filters, top: int, endpoint: Endpoint, *, as_json: bool) -> None:
    """Asks one question of the reports, then the model, and prints both as they come.

    Raises:
        WenbaoError: as `Service.ask`; a model that fails is told in the output.
    """
    with open_service(index, soon=True) as service:
        result = service.ask(question, filters=filters, top=top)
        steps = generate(service, result, endpoint)
        if as_json:
            print_json(with_generated(result, whole(steps)))
        else:
            show_result(result)
            show_generated(steps, result)


def show_generated(steps: Iterator[Step], result: Result) -> None:
    """Each sentence with the ranks of the passages that bear it out, and last what became of the rest."""
    ranks = {hit.passage.id: hit.rank for hit in result.hits}
    for step in steps:
        if isinstance(step, Said):
            out.print(_sentence(step, ranks))
        else:
            out.print(_ending(step))


def _sentence(said: Said, ranks: Mapping[str, int]) -> Text:
    marks = "".join(f"[{ranks[citation.passage_id]}]" for citation in said.citations)
    return Text(said.text, style="green").append(f" {marks}", style="dim")


def _ending(generated: Generated) -> Text:
    if generated.fallback:
        return Text(f"生成 generated: {generated.fallback.message}", style="yellow")
    dropped = f"；{generated.dropped} 句无据未用 sentences left out" if generated.dropped else ""
    return Text(f"生成 generated: {generated.model}{dropped}", style="dim")
