"""The command line: every command checks its words, calls one function of the project, and prints.

Exit codes: 0 done; 1 the input is no good; 2 wrong usage; 3 the index can't be used; 4 done, but some files or rows
had problems (they are listed on standard error).
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from corpus.errors import WenbaoError
from search.generate.endpoint import TIMEOUT
from search.terminal.batch import PARTLY, batch
from search.terminal.evaluate import evaluate
from search.terminal.keys import keys
from search.terminal.mcp import mcp
from search.terminal.once import uncollected
from search.terminal.options import (
    DEFAULT_INDEX,
    AsJson,
    Generate,
    IndexDir,
    Kind,
    Level,
    LlmModel,
    LlmTimeout,
    LlmUrl,
    Model,
    PassagePrompt,
    QueryPrompt,
    Region,
    School,
    Sources,
    Top,
    Year,
)
from search.terminal.serve import serve
from search.terminal.usage import run

if TYPE_CHECKING:
    from search.service import Service

app = typer.Typer(
    name="wenbao",
    help="问报: ask questions of a pile of Chinese reports. 向一堆报告提问，答案句句有出处。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.command()
def build(
    source: Sources,
    index: IndexDir = DEFAULT_INDEX,
    model: Model = None,
    query_prompt: QueryPrompt = None,
    passage_prompt: PassagePrompt = None,
) -> None:
    """读取报告，建立索引。 Read reports and make the index of exactly these."""
    from index.build import build as build_index
    from index.encoder import load_encoder
    from search.terminal.progress import Bars
    from search.terminal.show import show_summary

    encoder = load_encoder(model, query_prompt=query_prompt, passage_prompt=passage_prompt)
    with Bars() as bars:
        summary = build_index(source, index, encoder=encoder, progress=bars)
    show_summary(summary)
    _finish(problems=bool(summary.problems))


@app.command()
def add(
    source: Sources,
    index: IndexDir = DEFAULT_INDEX,
) -> None:
    """把报告加入索引。 Add reports to an index; they can be found once this returns."""
    from index.build import add as add_reports
    from search.terminal.progress import Bars
    from search.terminal.show import show_summary

    with Bars() as bars:
        summary = add_reports(source, index, progress=bars)
    show_summary(summary)
    _finish(problems=bool(summary.problems))


@app.command()
def remove(
    report: Annotated[list[str], typer.Argument(help="Report ids, as `wenbao list` shows them. 报告编号")],
    index: IndexDir = DEFAULT_INDEX,
) -> None:
    """从索引中移除报告。 Take reports out; they are never found again."""
    from index.build import remove as remove_reports
    from search.terminal.show import show_summary

    show_summary(remove_reports(report, index))


@app.command("list")
def list_reports(
    index: IndexDir = DEFAULT_INDEX,
    *,
    stats: Annotated[bool, typer.Option("--stats", help="How large the index is instead. 显示索引大小")] = False,
    as_json: AsJson = False,
) -> None:
    """列出索引中的报告。 Show what is indexed."""
    from index.local import open_index
    from index.maintenance import stats as measure
    from search.shapes import report_json
    from search.terminal.show import print_json, show_reports, show_stats, show_troubles

    if stats:
        sizes = measure(index)
        print_json(sizes) if as_json else show_stats(sizes)
        return
    with open_index(index) as opened:
        reports, troubles = opened.reports(), opened.troubles()
    if as_json:
        print_json([report_json(report) for report in reports])
    else:
        show_reports(reports)
        show_troubles(troubles)


@app.command()
@uncollected
def ask(
    question: Annotated[str, typer.Argument(help="Chinese or English. 中文或英文问题")],
    index: IndexDir = DEFAULT_INDEX,
    top: Top = 10,
    *,
    year: Year = None,
    region: Region = None,
    school: School = None,
    level: Level = None,
    kind: Kind = None,
    explain: Annotated[bool, typer.Option(help="Show what made each score. 显示得分来源")] = False,
    generate: Generate = False,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_timeout: LlmTimeout = TIMEOUT,
    as_json: AsJson = False,
) -> None:
    """提一个问题。 Ask one question."""
    from search.given import filters_of

    filters = filters_of(year=year, region=region, school=school, level=level, kind=kind)
    if generate:
        from search.generate.settings import endpoint_of, require_endpoint
        from search.terminal.generated import ask_generated

        endpoint = require_endpoint(endpoint_of(llm_url, llm_model, llm_timeout))
        ask_generated(index, question, filters, top, endpoint, as_json=as_json)
        return
    result = _service(index).ask(question, filters=filters, top=top)

    from search.shapes import result_json
    from search.terminal.show import print_json, show_result

    if as_json:
        print_json(result_json(result))
    else:
        show_result(result, explain=explain)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="One report or archive. 一份报告或压缩包")], *, as_json: AsJson = False
) -> None:
    """查看一份报告是怎样被读懂的。 Show how one file is read: metadata, sections, tables, passages."""
    from corpus.inspect import as_json as reading_json
    from corpus.read import read_path
    from search.terminal.show import print_json, show_problems, show_reading

    reading = read_path(file)
    if not reading.reports:
        show_problems(reading.problems)
        raise typer.Exit(WenbaoError.exit_code)
    if as_json:
        print_json(reading_json(reading))
    else:
        show_reading(reading)


@app.command()
def verify(index: IndexDir = DEFAULT_INDEX) -> None:
    """检查索引是否完好。 Read all of an index and compare its checksums."""
    from index.errors import IndexDamaged
    from index.maintenance import verify as verify_index
    from search.terminal.show import show_verification

    found = verify_index(index)
    show_verification(found)
    if found.damage:
        raise typer.Exit(IndexDamaged.exit_code)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A folder that doesn't exist yet. 备份文件夹")],
    index: IndexDir = DEFAULT_INDEX,
) -> None:
    """备份索引，读写照常。 Copy an index while it is in use."""
    from index.maintenance import backup as copy_index
    from search.terminal.show import show_copied

    show_copied(index, copy_index(index, target))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A folder that `wenbao backup` wrote. 备份文件夹")],
    index: IndexDir = DEFAULT_INDEX,
) -> None:
    """用备份恢复索引。 Put a backup in the place of an index, after checking it."""
    from index.maintenance import restore as restore_index
    from search.terminal.show import show_verification

    show_verification(restore_index(source, index))


app.command()(batch)
app.command()(evaluate)
app.command()(serve)
app.command()(mcp)
app.add_typer(keys)


def _service(index: Path) -> Service:
    from search.service import open_service

    return open_service(index, soon=True)


def _finish(*, problems: bool) -> NoReturn:
    raise typer.Exit(PARTLY if problems else 0)


def main() -> None:
    """Run the command line; a failure the user can mend is one line on standard error, without a traceback."""
    try:
        run(app)
    except WenbaoError as error:
        from search.tongue import of_environment, told

        typer.secho(told(error, of_environment()), fg=typer.colors.RED, err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    finally:
        gc.freeze()  # what is still there goes with the process; to look for garbage in it takes a tenth of a second


if __name__ == "__main__":
    main()
