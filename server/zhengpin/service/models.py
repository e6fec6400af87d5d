"""`ModelService`: learned models."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import grpc

from zhengpin.v1 import model_pb2, model_service_pb2_grpc
from zhengpin.v1 import model_service_pb2 as pb

if TYPE_CHECKING:
    from zhengpin.service.model_calls import ModelCalls


class ModelServicer(model_service_pb2_grpc.ModelServiceServicer):
    """Learned models over gRPC."""

    def __init__(self, open_calls: Callable[[], ModelCalls]) -> None:
        """Open what answers at the first call: it takes seconds to import, and most servers are never asked."""
        self._open_calls = open_calls
        self._opened: ModelCalls | None = None
        self._opening = threading.Lock()

    def ListModels(self, request: pb.ListModelsRequest, context: grpc.ServicerContext) -> pb.ListModelsResponse:  # noqa: ARG002
        """Every version."""
        return self._calls().list_models(context)

    def GetModel(self, request: pb.GetModelRequest, context: grpc.ServicerContext) -> pb.ModelDetails:
        """One version."""
        return self._calls().get_model(request, context)

    def TrainModel(
        self, request: pb.TrainModelRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.TrainModelResponse]:
        """Train a version, and tell how far it is."""
        return self._calls().train_model(request, context)

    def CompareModels(
        self, request: pb.CompareModelsRequest, context: grpc.ServicerContext
    ) -> model_pb2.ModelComparison:
        """Measure a version beside another."""
        return self._calls().compare_models(request, context)

    def PromoteModel(self, request: pb.PromoteModelRequest, context: grpc.ServicerContext) -> pb.PromoteModelResponse:
        """Give a version a stage."""
        return self._calls().promote_model(request, context)

    def RollbackModel(
        self, request: pb.RollbackModelRequest, context: grpc.ServicerContext
    ) -> pb.RollbackModelResponse:
        """Go back to the model before."""
        return self._calls().rollback_model(request, context)

    def _calls(self) -> ModelCalls:
        with self._opening:
            if self._opened is None:
                self._opened = self._open_calls()
        return self._opened
