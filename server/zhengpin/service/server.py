"""The gRPC server: our services beside health, reflection and channelz."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import grpc
from grpc_channelz.v1 import channelz
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from zhengpin.errors import InvalidSettings
from zhengpin.service.catalog import CatalogServicer
from zhengpin.service.interceptors import Around
from zhengpin.service.models import ModelServicer
from zhengpin.service.reputation import ReputationServicer
from zhengpin.service.screening import ScreeningServicer
from zhengpin.service.suppliers import SupplierServicer
from zhengpin.v1 import (
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    model_service_pb2,
    model_service_pb2_grpc,
    reputation_service_pb2,
    reputation_service_pb2_grpc,
    screening_service_pb2,
    screening_service_pb2_grpc,
    supplier_service_pb2,
    supplier_service_pb2_grpc,
)

LARGEST_MESSAGE = 16 * 1024 * 1024
CATALOG = catalog_service_pb2.DESCRIPTOR.services_by_name["CatalogService"].full_name
SCREENING = screening_service_pb2.DESCRIPTOR.services_by_name["ScreeningService"].full_name
MODELS = model_service_pb2.DESCRIPTOR.services_by_name["ModelService"].full_name
REPUTATION = reputation_service_pb2.DESCRIPTOR.services_by_name["ReputationService"].full_name
SUPPLIERS = supplier_service_pb2.DESCRIPTOR.services_by_name["SupplierService"].full_name
SERVICES = (CATALOG, SCREENING, REPUTATION, SUPPLIERS, MODELS)


@dataclass(frozen=True, slots=True)
class Servicers:
    """What answers the calls of each service."""

    catalog: CatalogServicer
    screening: ScreeningServicer
    reputation: ReputationServicer
    suppliers: SupplierServicer
    models: ModelServicer


@dataclass(frozen=True, slots=True)
class Room:
    """How much the server takes at once."""

    calls: int = 64
    streams: int = 16
    threads: int = 32
    """Threads for calls that answer once; each stream has one more of its own."""


class Server:
    """A gRPC server that drains before it stops."""

    def __init__(
        self,
        servicers: Servicers,
        stopping: threading.Event,
        room: Room,
        worker: int | None = None,
    ) -> None:
        """A `worker` shares its port with others, and is healthy under its own name too: `worker-2`."""
        self._stopping = stopping
        self._names = ("", *SERVICES) if worker is None else ("", *SERVICES, f"worker-{worker}")
        self._health = health.HealthServicer()
        self._server = grpc.server(
            ThreadPoolExecutor(room.threads + room.streams, thread_name_prefix="call"),
            interceptors=[Around(room.calls, room.streams)],
            options=[
                ("grpc.max_receive_message_length", LARGEST_MESSAGE),
                ("grpc.max_send_message_length", LARGEST_MESSAGE),
                ("grpc.so_reuseport", int(worker is not None)),
            ],
        )
        catalog_service_pb2_grpc.add_CatalogServiceServicer_to_server(servicers.catalog, self._server)
        screening_service_pb2_grpc.add_ScreeningServiceServicer_to_server(servicers.screening, self._server)
        reputation_service_pb2_grpc.add_ReputationServiceServicer_to_server(servicers.reputation, self._server)
        supplier_service_pb2_grpc.add_SupplierServiceServicer_to_server(servicers.suppliers, self._server)
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(servicers.models, self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        channelz.add_channelz_servicer(self._server)
        names = (*SERVICES, health.SERVICE_NAME, reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, self._server)

    def start(self, address: str) -> int:
        """Listen on `host:port` (port 0: any free one) and answer the port; raises `InvalidSettings` if it is taken."""
        try:
            port = self._server.add_insecure_port(address)
        except RuntimeError as problem:
            raise InvalidSettings(
                f"can't listen on {address}: is the port taken, or the host not of this machine?"
            ) from problem
        self._server.start()
        for name in self._names:
            self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        return port

    def stop(self, grace_seconds: float) -> None:
        """Refuse new calls, end the watchers, let the others finish for `grace_seconds`."""
        self._health.enter_graceful_shutdown()
        self._stopping.set()
        self._server.stop(grace_seconds).wait()
