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
    before: str = ""
    """Where going back leads from a live version: the one that was live before; empty for the one that ships."""


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
