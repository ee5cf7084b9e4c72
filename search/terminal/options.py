"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_INDEX = Path(".wenbao/index")

Sources = Annotated[list[Path], typer.Argument(help="Files or folders of reports. 报告文件或文件夹")]
IndexDir = Annotated[Path, typer.Option("--index", "-i", envvar="WENBAO_INDEX", help="Folder of the index. 索引文件夹")]
Top = Annotated[int, typer.Option(min=1, max=100, help="How many passages. 返回几条")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON")]
Year = Annotated[list[str] | None, typer.Option(help="Report year, may be repeated. 报告年份")]
Region = Annotated[list[str] | None, typer.Option(help="Province, city or county. 地区")]
School = Annotated[list[str] | None, typer.Option(help="School, any of its names. 学校")]
Level = Annotated[list[str] | None, typer.Option(help="school, district, city, province or nation. 层级")]
Kind = Annotated[list[str] | None, typer.Option(help="质量年报, 工作总结, 工作计划, 政府工作报告 or other. 报告种类")]
Model = Annotated[
    str | None,
    typer.Option(envvar="WENBAO_MODEL", help="sentence-transformers model, name or folder; the embedded one if none."),
]
QueryPrompt = Annotated[str | None, typer.Option(envvar="WENBAO_QUERY_PROMPT", help="Put before questions.")]
PassagePrompt = Annotated[str | None, typer.Option(envvar="WENBAO_PASSAGE_PROMPT", help="Put before passages.")]
Generate = Annotated[bool, typer.Option("--generate", help="Also let a language model write. 另请语言模型作答")]
LlmUrl = Annotated[
    str | None, typer.Option(envvar="WENBAO_LLM_URL", help="OpenAI-compatible endpoint, http://127.0.0.1:11434/v1.")
]
LlmModel = Annotated[str | None, typer.Option(envvar="WENBAO_LLM_MODEL", help="Its model. 模型名")]
LlmTimeout = Annotated[
    float, typer.Option(envvar="WENBAO_LLM_TIMEOUT", min=1, max=600, help="Seconds for an answer. 超时秒数")
]
Workers = Annotated[
    int | None,
    typer.Option(
        envvar="WENBAO_WORKERS", min=1, max=64, help="Processes that answer; one for each core if none. 回答进程数"
    ),
]
