"""Answering in several processes: the same answers, whatever happens to a process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from index.records import Filters
from search.errors import FilterError, QuestionError
from search.exchange import Asking, Direct, Threads
from search.pool import Pool
from search.service import open_service

Run = Callable[..., subprocess.CompletedProcess[str]]

QUESTIONS = ("双师型教师比例是多少", "which schools expanded 1+X pilots", "2022年在校生人数")


@pytest.fixture(scope="module")
def pool(samples_index: Path) -> Iterator[Pool]:
    """Two processes over the samples."""
    with Pool(samples_index, 2) as pool:
        yield pool


def timeless(body: bytes) -> dict[str, Any]:
    return {**json.loads(body), "took_ms": 0}


def test_processes_and_threads_say_what_the_service_says(pool: Pool, samples_index: Path) -> None:
    """Every way of asking gives the same object, with the id it was asked under."""
    asked = [Asking(question, id=str(number), top=3) for number, question in enumerate(QUESTIONS)]
    with open_service(samples_index) as service:
        ways = [[way.submit(one) for one in asked] for way in (pool, Direct(service), Threads(service))]
        bodies = [[timeless(future.result(60).body) for future in futures] for futures in ways]
    assert bodies[0] == bodies[1] == bodies[2]
    assert [body["id"] for body in bodies[0]] == ["0", "1", "2"]
    stages = ways[0][0].result().stages
    assert set(stages) == {"understand", "find", "answer", "mark"}
    assert all(milliseconds > 0 for milliseconds in stages.values())


def test_failures_come_back_as_they_were_raised(pool: Pool) -> None:
    """An empty question and an unknown school are told with message, remedy and code."""
    with pytest.raises(QuestionError) as empty:
        pool.submit(Asking("  ")).result(60)
    assert (empty.value.code, empty.value.remedy) == ("question", "Type a question or a few keywords.")
    with pytest.raises(FilterError, match="亚特兰蒂斯"):
        pool.submit(Asking("在校生", filters=Filters(regions=("亚特兰蒂斯",)))).result(60)


def test_a_process_that_dies_is_replaced(pool: Pool) -> None:
    """Killed between questions or during one, the pool answers all that was asked, in the end with two processes."""
    futures = [pool.submit(Asking(f"{QUESTIONS[number % 3]}？{number}")) for number in range(30)]
    for process in pool.processes:
        os.kill(process, signal.SIGKILL)
    assert all(future.result(120).json()["hits"] for future in futures)
    assert len(set(pool.processes)) == 2


def test_a_new_state_is_taken_up_while_questions_are_asked(samples_index: Path, tmp_path: Path, wenbao: Run) -> None:
    """No question fails while reports come and go, and what came is found once the command has returned."""
    index = tmp_path / "index"
    shutil.copytree(samples_index, index)
    report = tmp_path / "new.txt"
    report.write_text(
        "沅溪职业学校教育质量年度报告（2023年度）\n一、实训条件\n学校建有无人机实训基地4个。\n", encoding="utf-8"
    )
    answered: list[bytes] = []
    over = threading.Event()
    with Pool(index, 2) as workers, ThreadPoolExecutor(4) as users:

        def ask() -> None:
            while not over.is_set():
                answered.append(workers.submit(Asking(QUESTIONS[len(answered) % 3])).result(60).body)

        asking = [users.submit(ask) for _ in range(4)]
        wenbao("add", report, "--index", index)
        found = [workers.submit(Asking("沅溪职业学校有几个无人机实训基地")).result(60).json() for _ in range(4)]
        wenbao("remove", "new.txt", "--index", index)
        gone = [workers.submit(Asking("沅溪职业学校有几个无人机实训基地")).result(60).json() for _ in range(4)]
        over.set()
        for user in asking:
            user.result(60)
    assert len(answered) > 4
    assert {one["hits"][0]["title"] for one in found} == {"沅溪职业学校教育质量年度报告（2023年度）"}
    assert not any("沅溪" in hit["title"] for one in gone for hit in one["hits"])
