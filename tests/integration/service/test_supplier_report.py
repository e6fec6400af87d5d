"""Suppliers' reports over gRPC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import grpc
import pytest

from callers import Caller, a_listing_message, a_moment, a_supplier_message, an_id, an_order_message, status_of_error
from zhengpin.v1 import catalog_service_pb2, order_pb2
from zhengpin.v1 import supplier_report_pb2 as pb
from zhengpin.v1.supplier_service_pb2 import GetSupplierReportRequest


def report_on(caller: Caller, supplier_id: str) -> pb.SupplierReport:
    report: pb.SupplierReport = caller.call("GetSupplierReport", GetSupplierReportRequest(supplier_id=supplier_id))
    return report


def test_a_supplier_is_told_of_its_orders_and_what_would_raise_its_score(caller: Caller) -> None:
    supplier = a_supplier_message("acme", name="Acme Kettles")
    caller.call("UpsertSuppliers", catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=[supplier]))
    caller.store(a_listing_message("kettle", supplier_id="acme"))
    yesterday = a_moment(datetime.now(UTC) - timedelta(days=1))
    paid = an_order_message("paid", supplier_id="acme", listing_id="kettle", happened_at=yesterday)
    back = an_order_message(
        "back",
        supplier_id="acme",
        listing_id="kettle",
        happened_at=yesterday,
        kind=order_pb2.ORDER_EVENT_KIND_RETURNED,
        cause=order_pb2.COMPLAINT_CAUSE_FAKE,
    )
    caller.call("RecordOrders", catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=[paid, back]))
    report = report_on(caller, "acme")
    assert (report.supplier_id, report.name, report.orders) == ("acme", "Acme Kettles", 1)
    assert {each.trouble for each in report.troubles if each.orders} == {
        pb.ORDER_TROUBLE_COMPLAINED_OF,
        pb.ORDER_TROUBLE_RETURNED,
        pb.ORDER_TROUBLE_CALLED_FAKE,
    }
    assert not any(each.HasField("usual_share") for each in report.troubles)
    assert [(each.listing_id, each.units, each.HasField("market_price")) for each in report.products] == [
        ("kettle", paid.quantity or 1, False)
    ]
    assert report.improvements[0] == report.score.next_improvement
    assert report.as_of.seconds > yesterday.seconds


def test_each_cause_is_told_of_so_many_orders_until_it_is_withdrawn(caller: Caller) -> None:
    supplier = a_supplier_message("acme")
    caller.call("UpsertSuppliers", catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=[supplier]))
    caller.store(a_listing_message("kettle", supplier_id="acme"))

    def told(kind: order_pb2.OrderEventKind.ValueType, cause: order_pb2.ComplaintCause.ValueType) -> set[int]:
        event = an_order_message(f"{kind}-{cause}", supplier_id="acme", listing_id="kettle", kind=kind, cause=cause)
        caller.call("RecordOrders", catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=[event]))
        report = report_on(caller, "acme")
        assert all(each.share == each.orders / report.orders for each in report.troubles)
        return {each.trouble for each in report.troubles if each.orders}

    for cause, trouble in (
        (order_pb2.COMPLAINT_CAUSE_DEFECTIVE, pb.ORDER_TROUBLE_CALLED_DEFECTIVE),
        (order_pb2.COMPLAINT_CAUSE_LATE, pb.ORDER_TROUBLE_CALLED_LATE),
        (order_pb2.COMPLAINT_CAUSE_CHANGED_MIND, pb.ORDER_TROUBLE_CHANGED_MIND),
        (order_pb2.COMPLAINT_CAUSE_OTHER, pb.ORDER_TROUBLE_OTHER_CAUSE),
    ):
        assert told(order_pb2.ORDER_EVENT_KIND_REFUNDED, cause) == {pb.ORDER_TROUBLE_REFUNDED, trouble}
        assert told(order_pb2.ORDER_EVENT_KIND_REFUND_WITHDRAWN, cause) == set()


def test_nobody_reads_a_neighbours_report(caller: Caller, neighbour: Caller) -> None:
    supplier = a_supplier_message("mine")
    caller.call("UpsertSuppliers", catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=[supplier]))
    assert report_on(caller, "mine").score.points == 200
    with pytest.raises(grpc.RpcError) as refusal:
        report_on(neighbour, "mine")
    assert status_of_error(refusal.value).code == grpc.StatusCode.NOT_FOUND.value[0]
