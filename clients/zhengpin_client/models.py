"""The model service's methods: learned models."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import grpc

from zhengpin.v1 import model_pb2, model_service_pb2, model_service_pb2_grpc
from zhengpin_client.connection import Connection


class Models:
    """Learned models: trained, looked at, promoted and rolled back."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._models = model_service_pb2_grpc.ModelServiceStub(connection.channel)

    def list_models(self) -> model_service_pb2.ListModelsResponse:
        """Every version, the newest first, and which of them serve."""
        request = model_service_pb2.ListModelsRequest()
        return self._connection.call("ListModels", self._models.ListModels, request)

    def get_model(self, version: str) -> model_service_pb2.ModelDetails:
        """One version with its card, its history and what was found when it was looked at."""
        request = model_service_pb2.GetModelRequest(version=version)
        return self._connection.call("GetModel", self._models.GetModel, request)

    def train_model(
        self, actor: str, *, note: str = "", seed: int = 0, request_id: str | None = None
    ) -> Iterator[model_service_pb2.TrainModelResponse]:
        """Train a version; yields how far it is, and last what came of it. To stop listening ends the training."""
        request = model_service_pb2.TrainModelRequest(request_id=_id(request_id), actor=actor, note=note, seed=seed)
        try:
            yield from self._models.TrainModel(request, metadata=self._connection.metadata)
        except grpc.RpcError as error:
            raise self._connection.failure(error, "TrainModel") from error

    def compare_models(self, version: str, baseline: str = "") -> model_pb2.ModelComparison:
        """Measure a version beside the live one, or beside another, on labelled listings new to both."""
        request = model_service_pb2.CompareModelsRequest(version=version, baseline=baseline)
        return self._connection.call("CompareModels", self._models.CompareModels, request)

    def promote_model(
        self,
        version: str,
        stage: model_pb2.ModelStage.ValueType,
        actor: str,
        *,
        note: str = "",
        force: bool = False,
        request_id: str | None = None,
    ) -> model_service_pb2.PromoteModelResponse:
        """Put a version in shadow or have it serve; `force` with a note if it isn't proven to be as good."""
        request = model_service_pb2.PromoteModelRequest(
            request_id=_id(request_id), version=version, stage=stage, actor=actor, note=note, force=force
        )
        return self._connection.call("PromoteModel", self._models.PromoteModel, request)

    def rollback_model(
        self, actor: str, *, note: str = "", request_id: str | None = None
    ) -> model_service_pb2.RollbackModelResponse:
        """Go back to the model that was live before."""
        request = model_service_pb2.RollbackModelRequest(request_id=_id(request_id), actor=actor, note=note)
        return self._connection.call("RollbackModel", self._models.RollbackModel, request)


def _id(request_id: str | None) -> str:
    return request_id or str(uuid.uuid4())
