"""What the documents promise is what the program has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from search.cli import app

ROOT = Path(__file__).parents[1]
USAGE = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
GROUP: Any = get_command(app)
COMMANDS: dict[str, Any] = {
    **{name: command for name, command in GROUP.commands.items() if not hasattr(command, "commands")},
    **{
        f"{name} {below}": command
        for name, group in GROUP.commands.items()
        for below, command in getattr(group, "commands", {}).items()
    },
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_setting_is_documented(name: str) -> None:
    """Commands, options and environment variables all stand in docs/usage.md."""
    missing = [] if f"`wenbao {name}" in USAGE else [name]
    for parameter in COMMANDS[name].params:
        names = [*(o for o in parameter.opts if o.startswith("--")), *([parameter.envvar] if parameter.envvar else [])]
        missing += [option for option in names if option != "--help" and f"`{option}`" not in USAGE]
    assert missing == []


def test_no_option_is_documented_that_does_not_exist() -> None:
    """Every `--option` of the document belongs to some command."""
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)`", USAGE)) <= known | {"--help"}


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_between_documents_lead_somewhere(document: str) -> None:
    """Every relative link names a file of the project."""
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []
