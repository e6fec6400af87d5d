"""Train a version of the learned model on what a marketplace knows, and keep it as a candidate."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.model_stage import ModelStage
from zhengpin.errors import AlreadyRunning
from zhengpin.risk.card import card_of
from zhengpin.risk.examples import Example
from zhengpin.risk.manifest import Labels, Manifest, Training
from zhengpin.risk.training import Progress, Trained, train
from zhengpin.storage.codec import Codec
from zhengpin.storage.store import Store
from zhengpin.usecases.call import Call, answered
from zhengpin.usecases.compare_models import CompareModels, Comparison
from zhengpin.usecases.model_examples import ModelExamples, Told
from zhengpin.usecases.model_shelf import ListingRisks, ModelEntry
from zhengpin.usecases.told_steps import steps_of


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """What is asked, and by whom."""

    actor: str
    note: str = ""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What came of a training."""

    entry: ModelEntry
    comparison: Comparison


_ANSWER: Codec[Comparison] = Codec(Comparison)


class TrainModel:
    """Train one version at a time in a process."""

    def __init__(
        self,
        store: Store,
        registry: ListingRisks,
        examples: ModelExamples,
        compare_models: CompareModels,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._registry = registry
        self._examples = examples
        self._compare_models = compare_models
        self._clock = clock
        self._turn = threading.Lock()

    def __call__(self, call: Call, order: TrainingOrder) -> Iterator[Progress | TrainedModel]:
        """Tell how far it is, and last what came of it.

        Raises `AlreadyRunning` while another training runs, and what `train` raises where there are too few examples.
        If the caller is gone, it ends at its next step and keeps nothing.
        """
        before = self._answered(call)
        if before is not None:
            yield before
            return
        if not self._turn.acquire(blocking=False):
            raise AlreadyRunning("a model is being trained by this server: wait until it is done")

        # The thread gives the turn back, for its work goes on until it sees that nobody waits.
        def train_in_turn(told: Told) -> TrainedModel:
            try:
                return self._train(call, order, told)
            finally:
                self._turn.release()

        yield from steps_of(train_in_turn, "training")

    def _train(self, call: Call, order: TrainingOrder, tell: Told) -> TrainedModel:
        def told(progress: Progress) -> None:
            call.check_deadline()
            tell(progress)

        examples = self._examples.all(call.marketplace, order.seed, told)
        trained = train(examples, seed=order.seed, told=told)
        call.check_deadline()
        manifest = self._kept(call.marketplace, order, trained, examples)
        comparison = self._compare_models.on(examples, call.marketplace, manifest.version)
        with self._store.begin(call.marketplace) as unit:
            if answered(unit.requests, call) is None:
                answer = _ANSWER.to_text(comparison).encode()
                unit.requests.add(call.method, call.request_id, call.payload_digest, answer, self._clock())
        return TrainedModel(ModelEntry(manifest, ModelStage.CANDIDATE), comparison)

    def _kept(self, marketplace: str, order: TrainingOrder, trained: Trained, examples: Sequence[Example]) -> Manifest:
        labels = [example.fake for example in examples]
        training = Training(
            trained_at=self._clock(),
            trained_by=order.actor,
            marketplace=marketplace,
            seed=order.seed,
            labels=Labels(fake=labels.count(True), genuine=labels.count(False), unlabelled=labels.count(None)),
            metrics=trained.worth,
            held_out_from=trained.held_out_from,
            reference=trained.reference,
            note=order.note,
        )
        return self._registry.save(trained.risk.state(), training, card_of)

    def _answered(self, call: Call) -> TrainedModel | None:
        """What was answered to this call before; a version never changes, so its name is enough to keep."""
        with self._store.read(call.marketplace) as reader:
            before = answered(reader.requests, call)
        if before is None:
            return None
        comparison = _ANSWER.from_text(before.decode())
        return TrainedModel(ModelEntry(self._registry.manifest(comparison.version), ModelStage.CANDIDATE), comparison)
