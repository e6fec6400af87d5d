"""The supplier service's methods: whom to let in."""

from __future__ import annotations

from zhengpin.v1 import onboarding_pb2, supplier_service_pb2, supplier_service_pb2_grpc
from zhengpin_client.connection import Connection

Application = onboarding_pb2.SupplierApplication | str
"""Who applies with what for what, or the id of a stored supplier, to be checked as it is."""


class Suppliers:
    """Suppliers, from their application on."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._suppliers = supplier_service_pb2_grpc.SupplierServiceStub(connection.channel)

    def check_supplier(self, application: Application) -> onboarding_pb2.OnboardingDecision:
        """Whether to let a supplier in, with every check; nothing is stored, and the supplier need not be."""
        if isinstance(application, str):
            application = onboarding_pb2.SupplierApplication(supplier_id=application)
        request = supplier_service_pb2.CheckSupplierRequest(application=application)
        return self._connection.call("CheckSupplier", self._suppliers.CheckSupplier, request)
