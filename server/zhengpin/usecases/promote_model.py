"""Give a version of the learned model a stage: in shadow, or live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.model_check import ShadowTrial
from zhengpin.domain.model_stage import ModelStage, ServingModels, StageChange
from zhengpin.errors import FieldViolation, InvalidInput, WrongState
from zhengpin.storage.codec import Codec
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.call import Call, answered
from zhengpin.usecases.compare_models import CompareModels, Comparison
from zhengpin.usecases.model_shelf import ListingRisks, ModelShelf


@dataclass(frozen=True, slots=True)
class Promotion:
    """What is asked, by whom and why."""

    version: str
    stage: ModelStage
    actor: str
    note: str = ""
    force: bool = False
    """Have it serve though it is not proven to be as good as the live one, or to be worth anything."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """What a promotion changed."""

    version: str
    stage: ModelStage
    replaced: str
    """Another version that had the stage until now; empty if none had."""
    comparison: Comparison | None
    """By which it was decided; `None` for a promotion to shadow, and of the shipped version where it serves already."""


_ANSWER: Codec[Promoted] = Codec(Promoted)


class PromoteModel:
    """Put a version in shadow, or have it serve."""

    def __init__(
        self, store: Store, registry: ListingRisks, compare_models: CompareModels, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._registry = registry
        self._compare_models = compare_models
        self._clock = clock

    def __call__(self, call: Call, promotion: Promotion) -> Promoted:
        """Change the stage; every process serves by it from its next screening on.

        Raises `NotFound` for a version that this marketplace can't use, `InvalidModel` for one that can't serve, and
        `WrongState` where it has the stage already, or would serve without being proven and without `force`.
        """
        with self._store.read(call.marketplace) as reader:
            before = _answered(reader, call)
            serving = reader.models.serving()
        if before is not None:
            return before
        shelf = ModelShelf(self._registry, call.marketplace)
        _check_stage(promotion, serving, shelf.live(serving))
        shelf.load(promotion.version)  # what can't be loaded can't serve
        comparison = self._proof(call.marketplace, promotion, shelf.live(serving))
        with self._store.begin(call.marketplace) as unit:
            before = _answered(unit, call)
            if before is not None:
                return before
            serving = unit.models.serving()
            live = shelf.live(serving)
            _check_stage(promotion, serving, live)
            replaced = live if promotion.stage is ModelStage.LIVE else serving.shadow
            self._change(unit, promotion, serving)
            promoted = Promoted(
                promotion.version, promotion.stage, "" if replaced == promotion.version else replaced, comparison
            )
            answer = _ANSWER.to_text(promoted).encode()
            unit.requests.add(call.method, call.request_id, call.payload_digest, answer, self._clock())
            call.check_deadline()
        return promoted

    def _proof(self, marketplace: str, promotion: Promotion, live: str) -> Comparison | None:
        """Compare what is to serve with what serves; raises `WrongState` unless it is proven, or forced.

        The shipped version, where it serves already, is only given leave to ask for looks.
        """
        if promotion.stage is not ModelStage.LIVE or promotion.version == live:
            return None
        comparison = self._compare_models(marketplace, promotion.version)
        if comparison.unproven and not promotion.force:
            raise WrongState(
                f"{promotion.version} is not proven to be fit to serve: {comparison.finding}: put it in shadow, "
                "record more outcomes, or set force and say in the note why"
            )
        return comparison

    def _change(self, unit: UnitOfWork, promotion: Promotion, serving: ServingModels) -> None:
        now, live = self._clock(), promotion.stage is ModelStage.LIVE
        displaced = serving.live if live else serving.shadow
        retired = f"replaced by {promotion.version}"
        changes = [StageChange(displaced, ModelStage.RETIRED, promotion.actor, now, retired)] if displaced else []
        new = StageChange(promotion.version, promotion.stage, promotion.actor, now, promotion.note)
        unit.models.change([*changes, new])
        if not live:  # what it will say counts from here on
            unit.models.keep_trial(ShadowTrial(promotion.version, unit.verdicts.last_cursor()))


def _check_stage(promotion: Promotion, serving: ServingModels, live: str) -> None:
    """The shipped version may be chosen though it serves already: until then it only advises."""
    if promotion.force and not promotion.note.strip():
        raise InvalidInput(FieldViolation("note", "is missing: with force it must say why"))
    if promotion.version == serving.live:
        raise WrongState(f"{promotion.version} is live already")
    if promotion.stage is ModelStage.SHADOW and promotion.version == live:
        raise WrongState(f"{promotion.version} serves: what serves can't run in shadow beside itself")
    if promotion.stage is ModelStage.SHADOW and promotion.version == serving.shadow:
        raise WrongState(f"{promotion.version} is in shadow already")


def _answered(reader: Reader, call: Call) -> Promoted | None:
    before = answered(reader.requests, call)
    return None if before is None else _ANSWER.from_text(before.decode())
