"""The tools for agents, used by the client of the mcp package over stdio and HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from index.local import open_index
from search.agents.mcp import tongue_of

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

ROOT = Path(__file__).parents[2]
TOOLS = {"search", "ask", "read_section", "list_reports"}
SHARE = "栖鹭职高2023年的1+X证书通过率是多少？"

Json = dict[str, Any]
Work = Callable[[Any], Awaitable[None]]


def over_stdio(index: Path) -> Any:  # noqa: ANN401 - what the client of an untyped extra takes
    """A server of its own process, as agents start it."""
    return mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "search.cli", "mcp", "--index", str(index)], cwd=ROOT
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(samples_index: Path) -> Iterator[str]:
    """`wenbao mcp --http` on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "search.cli", "mcp", "--http", "--port", str(port), "--index", str(samples_index)]
    server = subprocess.Popen(command, cwd=ROOT)
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/mcp"
    server.terminate()
    assert server.wait(timeout=10) == 0


def use(server: Any, work: Work) -> None:  # noqa: ANN401 - see `over_stdio`
    """Runs `work` with a client of a server, in a thread of its own: a browser's loop may hold this one."""

    async def run() -> None:
        async with mcp.Client(server) as client:
            await work(client)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, run).result()


async def call(client: Any, tool: str, **arguments: object) -> Json:  # noqa: ANN401 - see `over_stdio`
    """What a tool returns; its structure and its text say the same."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    (content,) = result.content
    assert json.loads(content.text) == result.structured_content
    structure: Json = result.structured_content
    return structure


async def refused(client: Any, tool: str, **arguments: object) -> str:  # noqa: ANN401 - see `over_stdio`
    """The message of a call that fails."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_an_agent_asks_over_stdio_and_reads_on(samples_index: Path) -> None:
    """The tools describe themselves, the answer's quote is the text of its span, and its section can be read."""

    async def work(client: Any) -> None:  # noqa: ANN401 - see `over_stdio`
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        assert all(tool.annotations.read_only_hint and len(tool.description) > 100 for tool in tools)
        assert not any(line.startswith(" ") for tool in tools for line in tool.description.splitlines())
        told = await call(client, "ask", question=SHARE)
        assert told["answer"]["answered"]
        citation = told["answer"]["citations"][0]
        assert told["sources"][citation["report_id"]]
        read = await call(client, "read_section", passage_id=citation["passage_id"])
        assert citation["quote"] in read["text"]
        at = citation["start"] - read["start"]
        assert read["text"][at : at + len(citation["quote"])] == citation["quote"]

    use(over_stdio(samples_index), work)


def test_the_same_tools_over_http(address: str) -> None:
    """Searching with filters, listing and outlines work at http://127.0.0.1:PORT/mcp."""

    async def work(client: Any) -> None:  # noqa: ANN401 - see `over_stdio`
        found = await call(
            client, "search", question="Which schools expanded 1+X pilots?", filters={"year": [2022]}, top=3
        )
        assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
        assert {hit["year"] for hit in found["hits"]} == {2022}
        section = await call(
            client, "read_section", report_id=found["hits"][0]["report_id"], section_id=found["hits"][0]["section_id"]
        )
        assert found["hits"][0]["text"] in section["text"]
        listed = await call(client, "list_reports", filters={"level": "city"}, limit=2)
        assert listed["total"] > len(listed["reports"]) == 2
        named = await call(client, "list_reports", contains=listed["reports"][1]["title"])
        assert listed["reports"][1]["id"] in {report["id"] for report in named["reports"]}
        report = listed["reports"][0]
        outline = (await call(client, "read_section", report_id=report["id"]))["outline"]
        assert sum(section["characters"] for section in outline) == report["characters"]

    use(address, work)


def test_a_long_section_comes_in_parts_that_make_the_whole(address: str, samples_index: Path) -> None:
    """Following `next_offset` from the title down gives the report's whole text."""

    async def work(client: Any) -> None:  # noqa: ANN401 - see `over_stdio`
        with open_index(samples_index) as index:
            report = max(index.reports(), key=lambda one: one.characters)
            root = next(section.id for section in index.sections(report.id) if section.end > section.start)
            whole = index.text(report.id)
        parts, offset = "", 0
        while offset is not None:
            read = await call(client, "read_section", report_id=report.id, section_id=root, offset=offset)
            parts += read["text"]
            offset = read["next_offset"]
        assert parts == whole[: len(parts)]
        assert len(parts) == read["end"]

    use(address, work)


def test_mistakes_are_told_with_what_to_do(address: str) -> None:
    """Empty questions, unknown filters, ids and sections come back as errors that an agent can mend."""

    async def work(client: Any) -> None:  # noqa: ANN401 - see `over_stdio`
        listed = await call(client, "list_reports")
        known = listed["reports"][0]["id"]
        assert "empty" in await refused(client, "ask", question=" ")
        assert "2021" in await refused(client, "search", question="就业率", filters={"year": [1999]})
        assert "list_reports" in await refused(client, "read_section", report_id="000000000000")
        assert "outline" in await refused(client, "read_section", report_id=known, section_id=9999)
        assert f"{known}-0" in await refused(client, "read_section", passage_id=f"{known}-9999")
        assert "passage_id" in await refused(client, "read_section")
        assert "offset 0" in await refused(client, "read_section", report_id=known, section_id=0, offset=10**6)
        assert "top" in await refused(client, "search", question="就业率", top=1000)

    use(address, work)


def test_mistakes_are_told_in_the_language_of_the_question(address: str) -> None:
    """Whether the name that no report has is Chinese or not."""

    async def work(client: Any) -> None:  # noqa: ANN401 - see `over_stdio`
        filters = {"region": ["火星"]}
        assert "没有" in await refused(client, "ask", question="就业率是多少", filters=filters)
        assert "No report" in await refused(client, "ask", question="How high is the rate?", filters=filters)

    use(address, work)


@pytest.mark.parametrize(
    ("question", "locale", "tongue"),
    [("就业率", "en_US.UTF-8", "zh"), ("1+X pilots", "zh_CN.UTF-8", "en"), (" ", "zh_CN.UTF-8", "zh"), ("", "C", "en")],
)
def test_without_a_question_the_locale_speaks(
    monkeypatch: pytest.MonkeyPatch, question: str, locale: str, tongue: str
) -> None:
    """Reading on and listing take no words of the user's; the agent runs in the user's own environment."""
    monkeypatch.setenv("LC_ALL", locale)
    assert tongue_of(question) == tongue


def test_a_missing_index_is_told_before_the_agent_waits(tmp_path: Path) -> None:
    """Exit code 3 and the command that makes an index, on standard error."""
    command = [sys.executable, "-m", "search.cli", "mcp", "--index", str(tmp_path / "none")]
    failed = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=False)
    assert failed.returncode == 3
    assert "wenbao build" in failed.stderr


def test_a_missing_extra_names_its_pip_command(samples_index: Path) -> None:
    """Without the package the command says what to install."""
    hidden = "import sys; sys.modules['mcp'] = None; sys.argv = ['wenbao', 'mcp', '--index', sys.argv[1]]; "
    script = f"{hidden}from search.cli import main; main()"
    command = [sys.executable, "-c", script, str(samples_index)]
    failed = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "pip install 'wenbao[mcp]'" in failed.stderr
