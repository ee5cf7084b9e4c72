"""The loop that both stages share: rate, step, moving average, log, checkpoints; it goes on where it stopped."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from encoder import checkpoints
from encoder.checkpoints import Checkpoint
from encoder.console import Log
from encoder.settings import Pace
from encoder.student import Student

if TYPE_CHECKING:
    import torch

ROWS = "embeddings.word_embeddings.weight"
SAID_EVERY = 10
"""Steps between two lines of the log."""


class Stage(Protocol):
    """What is learned: losses for each step."""

    name: str

    def losses(self, step: int) -> dict[str, torch.Tensor]:
        """What is added up, by its name in the log; the same step draws the same texts in every run."""
        ...


def train(stage: Stage, student: Student, pace: Pace, work: Path) -> None:
    """Takes every step that is left; leaves `NAME.pt` and `NAME.log` in the work folder."""
    import torch

    torch.set_num_threads(pace.threads)
    run = _Run(student, pace, work / f"{stage.name}.pt", Log(work / f"{stage.name}.log"))
    run.resume()
    while run.step < pace.steps:
        run.take(stage.losses(run.step))


class _Run:
    """Weights, optimiser and counters of one run."""

    def __init__(self, student: Student, pace: Pace, file: Path, log: Log) -> None:
        self.step = 0
        self._seconds = 0.0
        self._body = student.body
        self._pace = pace
        self._file = file
        self._log = log
        self._optimiser = _optimiser(student, pace)
        self._average = {name: tensor.clone() for name, tensor in self._body.state_dict().items()}
        self._recent: dict[str, list[float]] = {}
        self._since = self._saved = time.monotonic()

    def take(self, losses: dict[str, torch.Tensor]) -> None:
        """One step down the gradient of the losses' sum."""
        import torch

        for group in self._optimiser.param_groups:
            group["lr"] = group["full"] * share_of_rate(self.step, self._pace)
        self._optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()  # type: ignore[no-untyped-call]  # theirs
        torch.nn.utils.clip_grad_norm_(self._body.parameters(), 1.0)
        self._optimiser.step()
        # Early on the average follows closely, so that it doesn't remember the start.
        decay = min(self._pace.average, (1 + self.step) / (10 + self.step))
        checkpoints.averaged(self._average, self._body.state_dict(), decay)
        self.step += 1
        for kind, loss in losses.items():
            self._recent.setdefault(kind, []).append(float(loss.detach()))
        self._report()

    def resume(self) -> None:
        """Takes up the file's checkpoint if there is one; the rates are the settings' own."""
        found = checkpoints.load(self._file)
        if found is None:
            return
        self._body.load_state_dict(found.weights)
        full = [group["full"] for group in self._optimiser.param_groups]
        self._optimiser.load_state_dict(found.optimiser)
        for group, rate in zip(self._optimiser.param_groups, full, strict=True):
            group["full"] = rate
        self._average = found.average
        self.step, self._seconds = found.step, found.seconds
        self._log(f"going on at step {found.step}")

    def _report(self) -> None:
        now = time.monotonic()
        seconds = self._seconds + now - self._since
        last = self.step == self._pace.steps
        if self.step % SAID_EVERY == 0 or last:
            said = " ".join(f"{kind} {np.mean(losses[-10:]):.3f}" for kind, losses in sorted(self._recent.items()))
            self._log(f"step {self.step}/{self._pace.steps}, {seconds:.0f} s: {said}")
        if last or now - self._saved > self._pace.minutes * 60:
            state = self._optimiser.state_dict()
            weights = self._body.state_dict()
            checkpoints.save(Checkpoint(self.step, seconds, weights, self._average, state), self._file)
            self._log(f"checkpoint at step {self.step}")
            self._saved = now


def share_of_rate(step: int, pace: Pace) -> float:
    """Share of the full rate: up over the warm-up, level, down over the cool-down."""
    return min(1.0, (step + 1) / max(1, pace.warmup), (pace.steps - step) / max(1, pace.cooldown))


def _optimiser(student: Student, pace: Pace) -> torch.optim.Optimizer:
    import torch

    rows: list[torch.nn.Parameter] = []
    rest: list[torch.nn.Parameter] = []
    for name, parameter in student.body.named_parameters():
        if parameter.requires_grad:
            (rows if name == ROWS else rest).append(parameter)
    groups = [{"params": rest, "full": pace.rate}]
    if rows:
        groups.append({"params": rows, "full": pace.row_rate})
    return torch.optim.AdamW(groups, lr=pace.rate, weight_decay=0.01, fused=True)
