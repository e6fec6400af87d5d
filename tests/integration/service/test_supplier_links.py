"""Links of suppliers over gRPC: kept up to date by the server itself, and told without what they share."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import grpc
import pytest

from callers import Caller, a_moment, a_supplier_message, an_id
from zhengpin.v1 import catalog_service_pb2, ring_pb2, supplier_fact_pb2, supplier_pb2
from zhengpin.v1 import supplier_service_pb2 as pb

SECRET = "ab" * 32
SECONDS = 20


def tokens(supplier_id: str) -> list[supplier_fact_pb2.SupplierFact]:
    kinds = (supplier_fact_pb2.TOKEN_KIND_PERSON, supplier_fact_pb2.TOKEN_KIND_PAYOUT_ACCOUNT)
    return [
        supplier_fact_pb2.SupplierFact(
            fact_id=f"{kind}-{supplier_id}",
            supplier_id=supplier_id,
            observed_at=a_moment(datetime.now(UTC)),
            token=supplier_fact_pb2.KeyedToken(kind=kind, token=SECRET, verified=True),
        )
        for kind in kinds
    ]


def links(caller: Caller, supplier_id: str) -> ring_pb2.SupplierLinks:
    answer: ring_pb2.SupplierLinks = caller.call(
        "GetSupplierLinks", pb.GetSupplierLinksRequest(supplier_id=supplier_id)
    )
    return answer


def linked(caller: Caller, supplier_id: str) -> ring_pb2.SupplierLinks:
    """As soon as the server has linked the supplier."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = links(caller, supplier_id)
        if found.links:
            return found
        time.sleep(0.1)
    raise AssertionError(f"the server has linked nobody with {supplier_id} in {SECONDS} seconds")


def test_a_server_links_suppliers_by_itself_and_shows_no_token(caller: Caller) -> None:
    gone = a_supplier_message("gone", state=supplier_pb2.SUPPLIER_STATE_TERMINATED)
    suppliers = catalog_service_pb2.UpsertSuppliersRequest(
        request_id=an_id(), suppliers=[gone, a_supplier_message("back", name="Back & Sons")]
    )
    facts = catalog_service_pb2.RecordSupplierFactsRequest(request_id=an_id(), facts=[*tokens("gone"), *tokens("back")])
    caller.call("UpsertSuppliers", suppliers)
    caller.call("RecordSupplierFacts", facts)
    found = linked(caller, "back")
    (link,) = found.links
    assert (link.supplier_id, link.certain, link.probability) == ("gone", True, 1.0)
    assert link.state == supplier_pb2.SUPPLIER_STATE_TERMINATED
    assert [(each.attribute, each.certain, each.shared_by) for each in link.evidence] == [
        ("person", True, 2),
        ("payout_account", True, 2),
    ]
    assert [(each.supplier_id, each.role) for each in found.ring.members] == [
        ("back", ring_pb2.CHAIN_ROLE_SHOP),
        ("gone", ring_pb2.CHAIN_ROLE_SHOP),
    ]
    assert found.ring.members[0].name == "Back & Sons"
    assert found.ring.shape == ring_pb2.CHAIN_SHAPE_NONE
    assert SECRET.encode() not in found.SerializeToString()


def test_a_supplier_of_whom_nothing_was_told_is_not_found(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        links(caller, "nobody")
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    assert refused.value.details() == "supplier 'nobody' is not in this marketplace"
