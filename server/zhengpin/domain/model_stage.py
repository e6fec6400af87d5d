"""Which version of the learned model does what in a marketplace, and how that came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.word import Word


class ModelStage(Word):
    """What a marketplace does with a version."""

    CANDIDATE = "candidate"
    """It is there, and nobody has given it a stage yet."""
    SHADOW = "shadow"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class StageChange:
    """One step of a version's life in a marketplace."""

    version: str
    stage: ModelStage
    actor: str
    changed_at: datetime
    note: str = ""
    going_back: bool = False
    """Whether it is part of going back to the version that was live before."""


@dataclass(frozen=True, slots=True)
class ServingModels:
    """The versions that a marketplace has chosen."""

    live: str = ""
    """Empty: the one that ships."""
    shadow: str = ""
    """Empty: none."""


THE_SHIPPED_ONE = ServingModels()
"""Where nobody has chosen another."""


def serving_after(changes: Iterable[StageChange]) -> ServingModels:
    """What serves after changes, the oldest first: of each version the newest one decides."""
    stages = {change.version: change.stage for change in changes}
    by_stage = {stage: version for version, stage in stages.items()}
    return ServingModels(by_stage.get(ModelStage.LIVE, ""), by_stage.get(ModelStage.SHADOW, ""))


def way_back(changes: Iterable[StageChange]) -> tuple[str, ...]:
    """The versions that serve one after the other if somebody goes back, step by step; the last is the live one.

    A promotion to live goes on top of those before it, and going back takes it away again. Below the first lies the
    model that ships.
    """
    promoted: list[str] = []
    for change in changes:
        if change.stage is ModelStage.LIVE and not change.going_back:
            promoted.append(change.version)
        elif change.stage is ModelStage.RETIRED and change.going_back:
            promoted.pop()
    return tuple(promoted)
