"""What the calls of `ModelService` do; it brings scikit-learn, and so it is loaded when the first of them comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import grpc

from zhengpin.service.call import call_of, marketplace_of
from zhengpin.service.convert.model import (
    STAGES,
    comparison_to_proto,
    model_to_proto,
    promotion_from_proto,
    story_to_proto,
    trained_to_proto,
)
from zhengpin.storage.store import Store
from zhengpin.usecases.compare_models import CompareModels
from zhengpin.usecases.model_examples import ModelExamples
from zhengpin.usecases.model_shelf import ListingRisks
from zhengpin.usecases.promote_model import PromoteModel
from zhengpin.usecases.read_models import ReadModels
from zhengpin.usecases.rollback_model import RollbackModel
from zhengpin.usecases.train_model import TrainedModel, TrainingOrder, TrainModel
from zhengpin.v1 import model_pb2
from zhengpin.v1 import model_service_pb2 as pb


@dataclass(frozen=True, slots=True)
class ModelUseCases:
    """What can be done with learned models."""

    read: ReadModels
    train: TrainModel
    compare: CompareModels
    promote: PromoteModel
    roll_back: RollbackModel


def model_use_cases(store: Store, registry: ListingRisks, clock: Callable[[], datetime]) -> ModelUseCases:
    """Put them together."""
    examples = ModelExamples(store)
    compare = CompareModels(store, registry, examples)
    return ModelUseCases(
        ReadModels(store, registry),
        TrainModel(store, registry, examples, compare, clock),
        compare,
        PromoteModel(store, registry, compare, clock),
        RollbackModel(store, registry, clock),
    )


class ModelCalls:
    """Learned models, from messages to messages."""

    def __init__(self, models: ModelUseCases) -> None:
        self._models = models

    def list_models(self, context: grpc.ServicerContext) -> pb.ListModelsResponse:
        """Every version."""
        found = self._models.read.all(marketplace_of(context))
        return pb.ListModelsResponse(
            models=[model_to_proto(entry) for entry in found.entries],
            live=found.live,
            shadow=found.shadow,
            unreadable=found.unreadable,
        )

    def get_model(self, request: pb.GetModelRequest, context: grpc.ServicerContext) -> pb.ModelDetails:
        """One version."""
        return story_to_proto(self._models.read.get(marketplace_of(context), request.version))

    def train_model(
        self, request: pb.TrainModelRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.TrainModelResponse]:
        """Train a version, and tell how far it is."""
        order = TrainingOrder(request.actor, request.note, request.seed)
        for step in self._models.train(call_of(context, "TrainModel", request), order):
            if isinstance(step, TrainedModel):
                yield pb.TrainModelResponse(trained=trained_to_proto(step))
            else:
                progress = pb.TrainingProgress(stage=step.stage, done=step.done, total=step.total)
                yield pb.TrainModelResponse(progress=progress)

    def compare_models(
        self, request: pb.CompareModelsRequest, context: grpc.ServicerContext
    ) -> model_pb2.ModelComparison:
        """Measure a version beside another."""
        comparison = self._models.compare(marketplace_of(context), request.version, request.baseline)
        return comparison_to_proto(comparison)

    def promote_model(self, request: pb.PromoteModelRequest, context: grpc.ServicerContext) -> pb.PromoteModelResponse:
        """Give a version a stage."""
        promoted = self._models.promote(call_of(context, "PromoteModel", request), promotion_from_proto(request))
        return pb.PromoteModelResponse(
            version=promoted.version,
            stage=STAGES.to_proto(promoted.stage),
            replaced=promoted.replaced,
            comparison=comparison_to_proto(promoted.comparison) if promoted.comparison else None,
        )

    def rollback_model(
        self, request: pb.RollbackModelRequest, context: grpc.ServicerContext
    ) -> pb.RollbackModelResponse:
        """Go back to the model before."""
        back = self._models.roll_back(call_of(context, "RollbackModel", request), request.actor, request.note)
        return pb.RollbackModelResponse(live=back.live, retired=back.retired)
