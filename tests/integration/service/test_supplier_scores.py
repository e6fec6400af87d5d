"""Suppliers' scores over gRPC: one, many, the ranking, and as they change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest

from callers import Caller, a_moment, a_supplier_message, an_id, fields_of, status_of_error
from zhengpin.v1 import catalog_service_pb2, supplier_fact_pb2, supplier_score_pb2
from zhengpin.v1 import supplier_service_pb2 as pb

MOST_SECONDS = 30


def welcome(caller: Caller, *supplier_ids: str) -> None:
    suppliers = [a_supplier_message(each) for each in supplier_ids]
    request = catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=suppliers)
    assert caller.call("UpsertSuppliers", request).accepted == len(supplier_ids)


def accuse(caller: Caller, supplier_id: str) -> None:
    """Tell of an incident that nobody has settled."""
    fact = supplier_fact_pb2.SupplierFact(
        fact_id=f"incident-{supplier_id}",
        supplier_id=supplier_id,
        observed_at=a_moment(datetime.now(UTC) - timedelta(days=1)),
        incident=supplier_fact_pb2.SupplierIncident(
            kind=supplier_fact_pb2.INCIDENT_KIND_TERMS, gravity=supplier_fact_pb2.INCIDENT_GRAVITY_HIGH, upheld=True
        ),
    )
    request = catalog_service_pb2.RecordSupplierFactsRequest(request_id=an_id(), facts=[fact])
    assert caller.call("RecordSupplierFacts", request).accepted == 1


def score_of(caller: Caller, supplier_id: str, **asked: Any) -> supplier_score_pb2.SupplierScore:
    answer: supplier_score_pb2.SupplierScore = caller.call(
        "GetSupplierScore", pb.GetSupplierScoreRequest(supplier_id=supplier_id, **asked)
    )
    return answer


def watch(caller: Caller, **asked: Any) -> Any:
    request = pb.WatchSupplierScoresRequest(**asked)
    return caller.suppliers.WatchSupplierScores(request, metadata=caller.metadata, timeout=MOST_SECONDS)


def refused(caller: Caller, method: str, request: Any) -> tuple[int, dict[str, str]]:
    with pytest.raises(grpc.RpcError) as refusal:
        caller.call(method, request)
    status = status_of_error(refusal.value)
    return status.code, fields_of(status)


def test_a_newcomer_has_two_hundred_points_at_once_and_is_told_what_would_raise_them(caller: Caller) -> None:
    welcome(caller, "newcomer")
    score = score_of(caller, "newcomer", with_trend=True)
    assert (score.points, score.band) == (200, supplier_score_pb2.SCORE_BAND_NORMAL)
    assert score.low <= score.points <= score.high
    assert [each.n for each in score.components] == [0] * 8
    assert sum(each.weight for each in score.components) == pytest.approx(1)
    assert score.next_improvement.gain > 0
    assert score.next_improvement.how.zh
    assert not score.trend


def test_nobody_knows_the_score_of_an_unknown_supplier_or_a_neighbours(caller: Caller, neighbour: Caller) -> None:
    welcome(caller, "mine")
    request = pb.GetSupplierScoreRequest(supplier_id="mine")
    assert refused(neighbour, "GetSupplierScore", request)[0] == grpc.StatusCode.NOT_FOUND.value[0]


def test_many_are_answered_each_by_itself_in_their_order(caller: Caller) -> None:
    welcome(caller, "one", "two")
    request = pb.BatchGetSupplierScoresRequest(supplier_ids=["two", "nobody", "one", "two"])
    results = caller.call("BatchGetSupplierScores", request).results
    assert [each.index for each in results] == [0, 1, 2, 3]
    assert [each.score.supplier_id for each in results] == ["two", "", "one", "two"]
    assert results[1].error.code == grpc.StatusCode.NOT_FOUND.value[0]


def test_a_score_changes_by_itself_once_evidence_came_and_watchers_see_it(caller: Caller) -> None:
    welcome(caller, "acme", "other")
    changes = watch(caller, supplier_ids=["acme"])
    assert not next(changes).changes
    accuse(caller, "other")
    accuse(caller, "acme")
    seen = next(changes)
    changes.cancel()
    (change,) = seen.changes
    assert (change.supplier_id, change.points_before, change.points) == ("acme", 200, 199)
    assert change.band_before == supplier_score_pb2.SCORE_BAND_NORMAL
    assert change.band == supplier_score_pb2.SCORE_BAND_AT_RISK
    score = score_of(caller, "acme", with_trend=True)
    assert [cap.code for cap in score.caps] == ["open-high-incident"]
    assert [cap.evidence for cap in score.caps] == [["incident-acme"]]
    assert [(point.points, point.as_of) for point in score.trend] == [(199, change.changed_at)]
    resumed = watch(caller, cursor=seen.cursor)
    welcome(caller, "third")
    accuse(caller, "third")
    assert [each.supplier_id for each in next(resumed).changes] == ["third"]
    resumed.cancel()

    def ranked(**asked: Any) -> list[str]:
        page = caller.call("ListSupplierScores", pb.ListSupplierScoresRequest(**asked))
        return [each.supplier_id for each in page.scores]

    assert ranked() == ["third", "other", "acme"]
    assert ranked(bands=[supplier_score_pb2.SCORE_BAND_PREFERRED]) == []
    assert ranked(page_size=1) == ["third"]


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("GetSupplierScore", pb.GetSupplierScoreRequest(), "supplier_id"),
        ("GetSupplierScore", pb.GetSupplierScoreRequest(supplier_id="a b"), "supplier_id"),
        ("BatchGetSupplierScores", pb.BatchGetSupplierScoresRequest(), "supplier_ids"),
        ("BatchGetSupplierScores", pb.BatchGetSupplierScoresRequest(supplier_ids=["a"] * 1001), "supplier_ids"),
        ("ListSupplierScores", pb.ListSupplierScoresRequest(page_size=-1), "page_size"),
        ("ListSupplierScores", pb.ListSupplierScoresRequest(page_token="x"), "page_token"),  # noqa: S106 - of a list
        (
            "ListSupplierScores",
            pb.ListSupplierScoresRequest(bands=[supplier_score_pb2.SCORE_BAND_UNSPECIFIED]),
            "bands[0]",
        ),
    ],
)
def test_what_can_not_be_asked_is_refused_by_its_field(caller: Caller, method: str, request_: Any, field: str) -> None:
    code, fields = refused(caller, method, request_)
    assert code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
    assert set(fields) == {field}
