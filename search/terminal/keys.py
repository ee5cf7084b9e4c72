"""`wenbao keys`: who may use a server."""

from __future__ import annotations

from typing import Annotated

import typer

from search.terminal.options import DEFAULT_INDEX, IndexDir
from search.web.rules import Role

keys = typer.Typer(name="keys", help="管理接口密钥。 Keys of the API: once there is one, every caller needs one.")


@keys.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is. 密钥归谁")],
    index: IndexDir = DEFAULT_INDEX,
    role: Annotated[Role, typer.Option(help="read asks, admin also adds and removes reports. 权限")] = "read",
) -> None:
    """新建密钥，只显示这一次。 Make a key; it is shown this once."""
    from search.web.keys import KeyFile

    typer.echo(KeyFile(index).add(name, role))


@keys.command("list")
def list_keys(index: IndexDir = DEFAULT_INDEX) -> None:
    """列出密钥。 Show names, roles and ages, never the keys."""
    from search.web.keys import KeyFile

    for key in KeyFile(index).all():
        typer.echo(f"{key.id}  {key.role:5}  {key.made[:10]}  {key.name}")


@keys.command("remove")
def remove(
    key: Annotated[str, typer.Argument(help="Id of a key, as `wenbao keys list` shows it. 密钥编号")],
    index: IndexDir = DEFAULT_INDEX,
) -> None:
    """作废密钥，立即生效。 Take a key back; servers that run refuse it from now on."""
    from search.web.keys import KeyFile

    KeyFile(index).remove(key)
