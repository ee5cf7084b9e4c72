"""`wenbao serve`: the web page and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from search.generate.endpoint import TIMEOUT
from search.terminal.options import DEFAULT_INDEX, IndexDir, LlmModel, LlmTimeout, LlmUrl, Workers
from search.web.rules import Log


def serve(
    index: IndexDir = DEFAULT_INDEX,
    host: Annotated[str, typer.Option(envvar="WENBAO_HOST", help="Address to listen on. 监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="WENBAO_PORT", min=1, max=65535, help="Port. 端口")] = 8000,
    workers: Workers = None,
    *,
    allow_changes: Annotated[
        bool,
        typer.Option(
            "--allow-changes", envvar="WENBAO_ALLOW_CHANGES", help="Let reports be added and removed. 允许增删报告"
        ),
    ] = False,
    origin: Annotated[
        list[str] | None,
        typer.Option(envvar="WENBAO_ORIGIN", help="Site whose pages may call the API (CORS). 允许跨站调用的网站"),
    ] = None,
    rate: Annotated[
        int,
        typer.Option(envvar="WENBAO_RATE", min=0, help="Requests a minute for each key or address; 0: any. 每分钟限额"),
    ] = 0,
    log: Annotated[
        Log, typer.Option(envvar="WENBAO_LOG", help="JSON lines on standard error; questions: with them. 日志")
    ] = "off",
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_timeout: LlmTimeout = TIMEOUT,
) -> None:
    """启动网页和接口服务。 Serve the web page and the API until Ctrl-C."""
    from search.generate.settings import endpoint_of
    from search.pool import preferred
    from search.web.rules import Rules
    from search.web.server import LOOPBACK
    from search.web.server import serve as serve_web

    rules = Rules(
        index=index,
        hosts=LOOPBACK if host in LOOPBACK else (),
        changes=allow_changes,
        origins=tuple(origin or ()),
        rate=rate,
        log=log,
        endpoint=endpoint_of(llm_url, llm_model, llm_timeout),
    )
    serve_web(rules, host=host, port=port, workers=workers or preferred(index))
