"""One example of a signal."""

from dataclasses import dataclass

from zhengpin.domain.hit import Value
from zhengpin.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """In this snapshot the signal has this value; `None` is unknown."""

    signal: str
    value: Value | None
    snapshot: Snapshot
