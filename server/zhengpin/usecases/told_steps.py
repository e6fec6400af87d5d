"""Long work as a stream: what it tells on its way, and what comes of it last."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Ended:
    """Nothing more is told; the work failed, unless there is no error."""

    error: BaseException | None = None


def steps_of(work: Callable[[Callable[[Step], None]], Result], name: str) -> Iterator[Step | Result]:
    """Do work in a thread of its own; yield each step as it is told, then the result, or raise what the work raised.

    Whoever stops listening does not end the work: it must ask for itself whether anybody waits.
    """
    told: SimpleQueue[Step | Result | _Ended] = SimpleQueue()

    def run() -> None:
        try:
            told.put(work(told.put))
            told.put(_Ended())
        except BaseException as error:  # noqa: BLE001  it is raised where somebody listens
            told.put(_Ended(error))

    threading.Thread(target=run, name=name, daemon=True).start()
    while not isinstance(step := told.get(), _Ended):
        yield step
    if step.error is not None:
        raise step.error
