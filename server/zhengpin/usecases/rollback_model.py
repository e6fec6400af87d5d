"""Go back to the learned model that was live before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.model_stage import ModelStage, StageChange, way_back
from zhengpin.errors import WrongState
from zhengpin.storage.codec import Codec
from zhengpin.storage.store import Store
from zhengpin.usecases.call import Call, answered
from zhengpin.usecases.model_shelf import ListingRisks, ModelShelf


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What going back changed."""

    live: str
    """The version that serves now; empty if Zhengpin came with none."""
    retired: str


_ANSWER: Codec[RolledBack] = Codec(RolledBack)


class RollbackModel:
    """Go back one step; asked again and again, it ends at the model that came with Zhengpin."""

    def __init__(self, store: Store, registry: ListingRisks, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._clock = clock

    def __call__(self, call: Call, actor: str, note: str = "") -> RolledBack:
        """Retire the live version; nothing is measured, for going back must always be quick.

        Raises `WrongState` where no version was promoted, `InvalidModel` or `NotFound` where the former one is gone.
        """
        shelf = ModelShelf(self._registry, call.marketplace)
        with self._store.begin(call.marketplace) as unit:
            before = answered(unit.requests, call)
            if before is not None:
                return _ANSWER.from_text(before.decode())
            *others, live = way_back(unit.models.changes()) or ("",)
            if not live:
                raise WrongState("no model was promoted here: there is nothing to go back to")
            former, now = others[-1] if others else "", self._clock()
            back = [StageChange(live, ModelStage.RETIRED, actor, now, note, going_back=True)]
            if former:
                shelf.load(former)
                back.append(StageChange(former, ModelStage.LIVE, actor, now, note, going_back=True))
            unit.models.change(back)
            rolled_back = RolledBack(former or self._registry.current(), live)
            answer = _ANSWER.to_text(rolled_back).encode()
            unit.requests.add(call.method, call.request_id, call.payload_digest, answer, now)
            call.check_deadline()
        return rolled_back
