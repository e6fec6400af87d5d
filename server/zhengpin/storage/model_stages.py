"""Which learned models serve a marketplace, how that came about, and what was found when they were looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, select

from zhengpin.domain.model_check import ModelCheck, ShadowTrial
from zhengpin.domain.model_stage import THE_SHIPPED_ONE, ServingModels, StageChange, serving_after
from zhengpin.storage import codec, tables
from zhengpin.storage.memory import Notes
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MODEL: Final = "listing_risk"
"""The one kind of model so far."""
CHECKS_SHOWN: Final = 30

_STAGES = tables.model_stages.c
_CHECKS = tables.model_checks.c
_TRIALS = tables.shadow_trials.c
_CHANGES = select(_STAGES.body).where(_STAGES.marketplace == HERE, _STAGES.model == MODEL).order_by(_STAGES.number)
_LAST = select(func.coalesce(func.max(_STAGES.number), 0)).where(_STAGES.marketplace == HERE, _STAGES.model == MODEL)
_LATEST_CHECKS = (
    select(_CHECKS.body)
    .where(
        _CHECKS.marketplace == HERE,
        _CHECKS.model == MODEL,
        (bindparam("version", type_=_CHECKS.version.type) == "") | (_CHECKS.version == bindparam("version")),
    )
    .order_by(_CHECKS.checked_at.desc())
    .limit(CHECKS_SHOWN)
)
_TRIAL = select(_TRIALS.body).where(
    _TRIALS.marketplace == HERE, _TRIALS.model == MODEL, _TRIALS.version == bindparam("version")
)


@dataclass(frozen=True, slots=True)
class ModelReader:
    """Models as a marketplace uses them."""

    scope: Scope

    def changes(self) -> tuple[StageChange, ...]:
        """Every change of a stage, the oldest first."""
        return tuple(codec.STAGE_CHANGE.from_text(row.body) for row in self.scope.rows(_CHANGES))

    def serving(self) -> ServingModels:
        """The versions that the marketplace has chosen."""
        return serving_after(self.changes())

    def checks(self, version: str = "") -> tuple[ModelCheck, ...]:
        """What was found when a version, or any, was looked at; the newest first, at most `CHECKS_SHOWN`."""
        return tuple(codec.MODEL_CHECK.from_text(row.body) for row in self.scope.rows(_LATEST_CHECKS, version=version))

    def trial(self, version: str) -> ShadowTrial | None:
        """How far a version has come in shadow; `None` if it never was there."""
        row = self.scope.row(_TRIAL, version=version)
        return None if row is None else codec.SHADOW_TRIAL.from_text(row.body)


@dataclass(frozen=True, slots=True)
class Models(ModelReader):
    """Models as a marketplace uses them, to be changed."""

    def change(self, changes: Sequence[StageChange]) -> None:
        """Note changes in this order; every process serves by them from its next screening on."""
        last = int(self.scope.rows(_LAST)[0][0])
        raise_revision(self.scope, Topic.MODELS)
        self.scope.insert(
            tables.model_stages,
            (
                {
                    "model": MODEL,
                    "number": number,
                    "version": change.version,
                    "stage": change.stage,
                    "changed_at": change.changed_at,
                    "body": codec.STAGE_CHANGE.to_text(change),
                }
                for number, change in enumerate(changes, start=last + 1)
            ),
        )

    def add_check(self, check: ModelCheck) -> None:
        """Note what was found."""
        row = {"model": MODEL, "checked_at": check.checked_at, "version": check.version}
        self.scope.upsert(tables.model_checks, [{**row, "body": codec.MODEL_CHECK.to_text(check)}])

    def keep_trial(self, trial: ShadowTrial) -> None:
        """Note how far a version has come in shadow."""
        row = {"model": MODEL, "version": trial.version, "body": codec.SHADOW_TRIAL.to_text(trial)}
        self.scope.upsert(tables.shadow_trials, [row])


def serving_models(scope: Scope, revision: int) -> ServingModels:
    """The versions that the marketplace has chosen, remembered until that changes."""
    notes: Notes[None, ServingModels] = scope.memory.notes("serving models", revision)
    return notes.look_up((None,), lambda _: {None: ModelReader(scope).serving()}, THE_SHIPPED_ONE)[None]
