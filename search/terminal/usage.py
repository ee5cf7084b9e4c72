"""Wrong usage, told in Chinese where the locale is: typer tells it in English alone."""

from __future__ import annotations

import re
import sys

import typer
from typer.exceptions import TyperException

from search.tongue import of_environment

PROGRAM = "wenbao"
"""What usage calls the command, however it was started."""

CHINESE = (
    (r"No such option: (.+?) \(Possible options: (.+)\)", "没有选项 {}（相近的有 {}）。"),
    (r"No such option: (.+?) Did you mean (.+)\?", "没有选项 {}（是不是 {}？）。"),
    (r"No such option: (.+?)", "没有选项 {}。"),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", "没有命令 {}（是不是 {}？）。"),
    (r"No such command '(.+?)'\.", "没有命令 {}。"),
    (r"Missing command\.", "缺少命令。"),
    (r"Missing argument '(.+?)'\.", "缺少参数 {}。"),
    (r"Missing (?:option|parameter) '(.+?)'\.", "缺少选项 {}。"),
    (r"Option '(.+?)' requires an argument\.", "选项 {} 需要一个值。"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "多出了 {}；有空格的问题请加引号。"),
    (r"Invalid value for '?([^' ]+)'?(?: \(env var: '.+?'\))?: (.+)", "{} 的值不对：{}"),
    (r"(?:Value error, )?'(.+)' is not one of (.+?)\.?", "{} 不在 {} 之中。"),
    (r"Input should be greater than or equal to (.+)", "应不小于 {}。"),
    (r"Input should be less than or equal to (.+)", "应不大于 {}。"),
    (r"Input should be a valid (?:integer|number).*", "应为数字。"),
    (r"Input should be (.+)", "应为 {}。"),
)
"""What typer says, and the same in Chinese; a value that is such a sentence itself is turned too."""


def run(app: typer.Typer) -> None:
    """Runs the command line and ends the process with its exit code.

    Raises:
        WenbaoError: whatever a command raised.
    """
    if of_environment() != "zh":
        app(prog_name=PROGRAM)
        return
    try:
        sys.exit(app(prog_name=PROGRAM, standalone_mode=False) or 0)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        told = error.format_message()
        help_ = f"用 `{context.command_path} --help` 查看用法。" if context is not None and told else ""
        typer.secho(f"{in_chinese(told)}{help_}", fg=typer.colors.RED, err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(1)


def in_chinese(text: str) -> str:
    """A message of typer's in Chinese, or as it is where none of the known ones fits."""
    for pattern, chinese in CHINESE:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match:
            return chinese.format(*map(in_chinese, match.groups()))
    return text
