"""No method of any service crosses from one marketplace into another."""

import time
from collections.abc import Callable
from typing import Any

import grpc
import pytest

from callers import Caller, a_listing_message, a_supplier_message, a_vote_message, a_voter_message, an_id, screening
from telling import TOLD, record_an_incident, signals_of
from zhengpin.v1 import (
    catalog_service_pb2,
    onboarding_pb2,
    reputation_service_pb2,
    screening_service_pb2,
    supplier_service_pb2,
    verdict_pb2,
    vote_pb2,
)

Facts = catalog_service_pb2
Votes = reputation_service_pb2
Suppliers = supplier_service_pb2


def unseen(change: Callable[[Caller], Any]) -> Callable[[Caller, Caller], None]:
    """A write that one marketplace makes changes nothing that another one can see."""

    def cross(owner: Caller, stranger: Caller) -> None:
        before = signals_of(stranger)
        own_before = signals_of(owner)
        change(owner)
        assert signals_of(stranger) == before
        assert signals_of(owner) != own_before, "the write must be visible to its own marketplace"

    return cross


def get_listing(owner: Caller, stranger: Caller) -> None:
    owner.store(a_listing_message())
    _not_found(lambda: stranger.call("GetListing", Facts.GetListingRequest(listing_id="listing-1")))


def delete_listing(owner: Caller, stranger: Caller) -> None:
    owner.store(a_listing_message())
    request = Facts.DeleteListingRequest(request_id=an_id(), listing_id="listing-1")
    _not_found(lambda: stranger.call("DeleteListing", request))
    stranger.store(a_listing_message())
    stranger.call("DeleteListing", request)
    assert not owner.call("GetListing", Facts.GetListingRequest(listing_id="listing-1")).HasField("deleted_at")


def ingest_events(owner: Caller, stranger: Caller) -> None:
    page = Facts.IngestEventsRequest(
        stream_id="s", offset=1, listings=Facts.UpsertListingsRequest(listings=[a_listing_message()])
    )
    owner.catalog.IngestEvents(iter([page]), metadata=owner.metadata, timeout=20)
    asked = Facts.IngestEventsRequest(stream_id="s", offset=1)
    assert stranger.catalog.IngestEvents(iter([asked]), metadata=stranger.metadata, timeout=20).committed_offset == 0
    _not_found(lambda: stranger.call("GetListing", Facts.GetListingRequest(listing_id="listing-1")))


def screen_listing(owner: Caller, stranger: Caller) -> None:
    request_id = an_id()
    own = owner.screen(a_listing_message(), request_id=request_id)
    _not_found(lambda: stranger.screen("listing-1"))
    theirs = stranger.screen(a_listing_message(title="Something else"), request_id=request_id)
    assert theirs.verdict_id != own.verdict_id
    assert theirs.supersedes == ""


def batch_screen_listings(owner: Caller, stranger: Caller) -> None:
    owner.screen_batch(screening(a_listing_message()))
    by_id = screening_service_pb2.ScreenListingRequest(listing_id="listing-1")
    assert stranger.screen_batch(by_id).results[0].HasField("error")


def stream_screen_listings(owner: Caller, stranger: Caller) -> None:
    owner.store(a_listing_message())
    by_id = screening_service_pb2.ScreenListingRequest(listing_id="listing-1")
    page = screening_service_pb2.StreamScreenListingsRequest(
        page=screening_service_pb2.BatchScreenListingsRequest(request_id=an_id(), requests=[by_id])
    )
    (answer,) = stranger.screening.StreamScreenListings(iter([page]), metadata=stranger.metadata, timeout=20)
    assert answer.page.results[0].HasField("error")


def get_verdict(owner: Caller, stranger: Caller) -> None:
    verdict = owner.screen(a_listing_message())
    _not_found(
        lambda: stranger.call("GetVerdict", screening_service_pb2.GetVerdictRequest(verdict_id=verdict.verdict_id))
    )


def list_verdicts(owner: Caller, stranger: Caller) -> None:
    owner.screen_batch(*(screening(a_listing_message(f"l-{number}")) for number in range(3)))
    assert not stranger.list_verdicts().verdicts
    token = owner.list_verdicts(page_size=1).next_page_token
    with pytest.raises(grpc.RpcError) as caught:
        stranger.list_verdicts(page_size=1, page_token=token)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def watch_verdicts(owner: Caller, stranger: Caller) -> None:
    owner.screen(a_listing_message("owner's".replace("'", "-")))
    stranger.screen(a_listing_message("strangers-own"))
    request = screening_service_pb2.WatchVerdictsRequest(cursor="0")
    watch = stranger.screening.WatchVerdicts(request, metadata=stranger.metadata, timeout=20)
    assert [verdict.listing_id for verdict in next(watch).verdicts] == ["strangers-own"]
    watch.cancel()


def open_polls(caller: Caller) -> None:
    caller.store(a_listing_message())
    caller.welcome(a_voter_message())
    assert caller.cast(a_vote_message()).accepted == 1


def upsert_voters(owner: Caller, stranger: Caller) -> None:
    open_polls(stranger)
    owner.store(a_listing_message())
    owner.welcome(a_voter_message(banned=True))
    assert stranger.standing(listing_id="listing-1").counted_recommend_votes == 1
    assert not owner.cast(a_vote_message()).accepted


def cast_votes(owner: Caller, stranger: Caller) -> None:
    stranger.store(a_listing_message())
    open_polls(owner)
    assert stranger.standing(listing_id="listing-1").recommend_votes == 0
    stranger.welcome(a_voter_message())
    assert stranger.cast(a_vote_message(opinion=vote_pb2.OPINION_WARN)).accepted == 1, "the vote's id is another one's"
    assert owner.standing(listing_id="listing-1").warn_votes == 0


def get_standing(owner: Caller, stranger: Caller) -> None:
    open_polls(owner)
    _not_found(lambda: stranger.standing(listing_id="listing-1"))
    _not_found(lambda: stranger.standing(gtin="6904235001013"))


def list_standings(owner: Caller, stranger: Caller) -> None:
    open_polls(owner)
    target = vote_pb2.VoteTarget(product_key="gtin:06904235001013")
    asked = Votes.ListStandingsRequest(page_size=1)
    assert [each.target for each in owner.call("ListStandings", asked).standings] == [target]
    assert not stranger.call("ListStandings", asked).standings


def get_voter_trust(owner: Caller, stranger: Caller) -> None:
    open_polls(owner)
    asked = Votes.GetVoterTrustRequest(voter_id="voter-1")
    assert owner.call("GetVoterTrust", asked).votes == 1
    _not_found(lambda: stranger.call("GetVoterTrust", asked))


def list_excluded_vote_windows(owner: Caller, stranger: Caller) -> None:
    open_polls(owner)
    asked = Votes.ListExcludedVoteWindowsRequest(target=vote_pb2.VoteTarget(listing_id="listing-1"))
    assert not owner.call("ListExcludedVoteWindows", asked).windows
    _not_found(lambda: stranger.call("ListExcludedVoteWindows", asked))


def decide_vote_window(owner: Caller, stranger: Caller) -> None:
    open_polls(owner)
    lifted = vote_pb2.VOTE_WINDOW_DECISION_LIFTED
    asked = Votes.DecideVoteWindowRequest(request_id=an_id(), window_id="w", decision=lifted, actor="a moderator")
    _not_found(lambda: stranger.call("DecideVoteWindow", asked))


def know_a_supplier(caller: Caller, supplier_id: str = "supplier-1") -> None:
    request = Facts.UpsertSuppliersRequest(request_id=an_id(), suppliers=[a_supplier_message(supplier_id)])
    assert caller.call("UpsertSuppliers", request).accepted == 1


def of_a_supplier(method: str, request: Callable[..., Any]) -> Callable[[Caller, Caller], None]:
    """What can be asked of a supplier that one marketplace knows is not found in another."""

    def cross(owner: Caller, stranger: Caller) -> None:
        know_a_supplier(owner)
        assert owner.call(method, request(supplier_id="supplier-1")).supplier_id == "supplier-1"
        _not_found(lambda: stranger.call(method, request(supplier_id="supplier-1")))

    return cross


def check_supplier(owner: Caller, stranger: Caller) -> None:
    know_a_supplier(owner)
    stored = Suppliers.CheckSupplierRequest(application=onboarding_pb2.SupplierApplication(supplier_id="supplier-1"))
    assert owner.call("CheckSupplier", stored).supplier_id == "supplier-1"
    _not_found(lambda: stranger.call("CheckSupplier", stored))


def batch_get_supplier_scores(owner: Caller, stranger: Caller) -> None:
    know_a_supplier(owner)
    asked = Suppliers.BatchGetSupplierScoresRequest(supplier_ids=["supplier-1"])
    assert owner.call("BatchGetSupplierScores", asked).results[0].HasField("score")
    assert stranger.call("BatchGetSupplierScores", asked).results[0].HasField("error")


def list_supplier_scores(owner: Caller, stranger: Caller) -> None:
    know_a_supplier(owner)
    owned = _scores_once_they_are_there(owner)
    assert [score.supplier_id for score in owned] == ["supplier-1"]
    assert not stranger.call("ListSupplierScores", Suppliers.ListSupplierScoresRequest()).scores


def _scores_once_they_are_there(caller: Caller) -> list[Any]:
    for _ in range(100):
        if scores := caller.call("ListSupplierScores", Suppliers.ListSupplierScoresRequest()).scores:
            return list(scores)
        time.sleep(0.1)
    return []


def watch_supplier_scores(owner: Caller, stranger: Caller) -> None:
    for caller, supplier_id in ((owner, "supplier-1"), (stranger, "strangers-own")):
        know_a_supplier(caller, supplier_id)
        record_an_incident(caller, supplier_id)
    request = Suppliers.WatchSupplierScoresRequest(cursor="0")
    watch = stranger.suppliers.WatchSupplierScores(request, metadata=stranger.metadata, timeout=20)
    assert {change.supplier_id for change in next(watch).changes} == {"strangers-own"}
    watch.cancel()


CROSSINGS: dict[str, Callable[[Caller, Caller], None]] = {
    **{method: unseen(tell) for method, tell in TOLD.items()},
    "GetListing": get_listing,
    "DeleteListing": delete_listing,
    "IngestEvents": ingest_events,
    "ScreenListing": screen_listing,
    "BatchScreenListings": batch_screen_listings,
    "StreamScreenListings": stream_screen_listings,
    "GetVerdict": get_verdict,
    "ListVerdicts": list_verdicts,
    "WatchVerdicts": watch_verdicts,
    "UpsertVoters": upsert_voters,
    "CastVotes": cast_votes,
    "GetStanding": get_standing,
    "ListStandings": list_standings,
    "GetVoterTrust": get_voter_trust,
    "ListExcludedVoteWindows": list_excluded_vote_windows,
    "DecideVoteWindow": decide_vote_window,
    "CheckSupplier": check_supplier,
    "GetSupplierScore": of_a_supplier("GetSupplierScore", Suppliers.GetSupplierScoreRequest),
    "GetSupplierReport": of_a_supplier("GetSupplierReport", Suppliers.GetSupplierReportRequest),
    "GetSupplierLinks": of_a_supplier("GetSupplierLinks", Suppliers.GetSupplierLinksRequest),
    "BatchGetSupplierScores": batch_get_supplier_scores,
    "ListSupplierScores": list_supplier_scores,
    "WatchSupplierScores": watch_supplier_scores,
}
"""How each method would be used to reach into another marketplace."""

METHODS = [
    method.name
    for file in (catalog_service_pb2, screening_service_pb2, reputation_service_pb2, supplier_service_pb2)
    for service in file.DESCRIPTOR.services_by_name.values()
    for method in service.methods
]


@pytest.mark.parametrize("method", METHODS)
def test_no_method_reaches_into_another_marketplace(caller: Caller, neighbour: Caller, method: str) -> None:
    CROSSINGS[method](caller, neighbour)


def test_a_call_that_names_no_marketplace_belongs_to_the_default_one(caller: Caller) -> None:
    request = screening_service_pb2.ScreenListingRequest(request_id=an_id(), listing=a_listing_message())
    verdict: verdict_pb2.Verdict = caller.screening.ScreenListing(request, timeout=20)
    named = screening_service_pb2.GetVerdictRequest(verdict_id=verdict.verdict_id)
    assert caller.screening.GetVerdict(named, metadata=(("zhengpin-marketplace", "default"),), timeout=20) == verdict


def _not_found(call: Callable[[], Any]) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
