"""A stopwatch for the stages that a screening goes through."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


class Stage(StrEnum):
    """A part of the way, in the order in which a listing takes them."""

    DECODE = "decode"
    """Bytes to message, checked and converted to a domain value."""
    READ = "read"
    """What the listing says it is, and the snapshot of what is known around it."""
    SIGNALS = "signals"
    RULES = "rules"
    RISK = "risk"
    """What the learned model says."""
    POLICY = "policy"
    """From hits to a verdict."""
    WRITE = "write"
    """Listing, prices, verdict and the answer for replays, commit included."""
    ENCODE = "encode"
    """Verdict to message, message to bytes."""
    BETWEEN = "between"
    """Whatever lies between the others."""


@dataclass
class Stopwatch:
    """Tells how long each stage took; a stage within another stops the other one's time."""

    clock: Callable[[], float] = time.perf_counter
    """`time.process_time` counts the processor's time alone."""
    seconds: defaultdict[Stage, float] = field(default_factory=lambda: defaultdict(float))
    _stage: Stage = Stage.BETWEEN
    _since: float = 0.0

    def start(self) -> None:
        """Begin with the time between the stages."""
        self._stage, self._since = Stage.BETWEEN, self.clock()

    def stop(self) -> None:
        """Count what has passed since."""
        self._switch(Stage.BETWEEN)

    @contextmanager
    def stage(self, stage: Stage) -> Generator[None]:
        """Count the time of the block for a stage."""
        before = self._switch(stage)
        try:
            yield
        finally:
            self._switch(before)

    def timed(self, stage: Stage, work: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
        """Count every call for a stage."""

        def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer:
            before = self._switch(stage)
            try:
                return work(*args, **kwargs)
            finally:
                self._switch(before)

        return call

    def _switch(self, stage: Stage) -> Stage:
        now = self.clock()
        before, self._stage = self._stage, stage
        self.seconds[before] += now - self._since
        self._since = now
        return before
