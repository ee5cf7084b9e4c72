"""`wenbao mcp`: the index as tools for agents."""

from __future__ import annotations

from typing import Annotated

import typer

from search.terminal.options import DEFAULT_INDEX, IndexDir


def mcp(
    index: IndexDir = DEFAULT_INDEX,
    *,
    http: Annotated[bool, typer.Option("--http", help="Over HTTP instead of stdio. 用 HTTP 而非标准输入输出")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1, with --http. 端口")] = 8008,
) -> None:
    """供智能体使用的 MCP 工具。 Offer search, ask, read_section and list_reports to agents (MCP)."""
    from search.agents.mcp import serve_http, serve_stdio

    if http:
        serve_http(index, port)
    else:
        serve_stdio(index)
