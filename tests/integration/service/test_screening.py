"""A listing is judged end to end."""

import grpc
import pytest

from callers import Caller, a_listing_message, a_moment, an_id, an_order_message, screening, yuan_message
from zhengpin.v1 import catalog_service_pb2, listing_pb2, outcome_pb2, screening_service_pb2, verdict_pb2


def test_an_ordinary_listing_is_allowed_and_says_what_was_away(caller: Caller) -> None:
    verdict = caller.screen(a_listing_message())
    assert verdict.decision == verdict_pb2.DECISION_ALLOW
    assert verdict.degraded == ["model absent"]
    assert not verdict.HasField("risk")
    assert {pack.name for pack in verdict.pack_versions} >= {"price", "listing", "code"}
    assert all(len(pack.digest) == 64 for pack in verdict.pack_versions)
    assert verdict.valid_until.ToSeconds() > verdict.as_of.ToSeconds()


def test_an_impossible_code_is_blocked_with_its_reason_in_both_languages(caller: Caller) -> None:
    verdict = caller.screen(a_listing_message(gtin="6904235001014"))
    assert verdict.decision == verdict_pb2.DECISION_BLOCK
    (reason,) = verdict.reasons
    assert (reason.code, reason.ref) == ("gtin.impossible", "GTN-01")
    assert reason.proof == verdict_pb2.PROOF_DETERMINISTIC
    assert "条码" in reason.text.zh
    assert "GTIN" in reason.text.en
    assert reason.threshold == "gtin.present and not gtin.well_formed"
    assert {each.signal: each.value.boolean for each in reason.observed} == {
        "gtin.present": True,
        "gtin.well_formed": False,
    }


def test_a_contradiction_is_reviewed_with_the_sentence_as_evidence(caller: Caller) -> None:
    verdict = caller.screen(
        a_listing_message(
            authenticity_claim=listing_pb2.AUTHENTICITY_CLAIM_GENUINE,
            description="Great pan. This is a high quality replica of the original pan.",
        )
    )
    assert verdict.decision == verdict_pb2.DECISION_REVIEW
    quotes = [each.quote for reason in verdict.reasons for each in reason.evidence]
    assert any("replica of the original" in quote for quote in quotes)


def test_a_rule_whose_signals_are_missing_is_listed_and_not_taken_as_false(caller: Caller) -> None:
    verdict = caller.screen(a_listing_message())
    missing = {each.rule_id: list(each.missing) for each in verdict.not_evaluated}
    assert missing["brand.seller-not-authorised"] == ["brand.gated", "brand.authorised", "supplier.kind"]


def test_explain_adds_every_signal_and_every_rule(caller: Caller) -> None:
    plain, explained = caller.screen(a_listing_message()), caller.screen(a_listing_message(), explain=True)
    assert not plain.HasField("explanation")
    signals = {each.name: each for each in explained.explanation.signals}
    assert signals["price.paid"].value.number == 159
    assert not signals["brand.authorised"].HasField("value")
    assert signals["price.paid"].doc.zh
    truths = {each.rule_id: each.truth for each in explained.explanation.rules}
    assert truths["gtin.impossible"] == verdict_pb2.RULE_TRUTH_NOT_FIRED
    assert truths["brand.seller-not-authorised"] == verdict_pb2.RULE_TRUTH_UNKNOWN


def test_a_verdict_is_stored_as_it_was_answered(caller: Caller) -> None:
    verdict = caller.screen(a_listing_message(gtin="6904235001014"), explain=True)
    get = screening_service_pb2.GetVerdictRequest(verdict_id=verdict.verdict_id, explain=True)
    assert caller.call("GetVerdict", get) == verdict


def test_a_new_verdict_names_the_one_that_it_replaces(caller: Caller) -> None:
    first = caller.screen(a_listing_message())
    second = caller.screen("listing-1")
    assert (first.supersedes, second.supersedes) == ("", first.verdict_id)
    latest = caller.list_verdicts(filter=screening_service_pb2.VerdictFilter(latest_only=True)).verdicts
    assert [verdict.verdict_id for verdict in latest] == [second.verdict_id]


def test_a_dry_run_stores_nothing(caller: Caller) -> None:
    verdict = caller.screen(a_listing_message(), dry_run=True)
    assert verdict.decision == verdict_pb2.DECISION_ALLOW
    assert verdict.verdict_id == ""
    assert not caller.list_verdicts().verdicts
    assert "listing-1" in _refusal(caller, "listing-1")


def test_an_unknown_listing_names_itself(caller: Caller) -> None:
    assert _refusal(caller, "no-such-listing") == "listing 'no-such-listing' is not in this marketplace"


def test_a_deleted_listing_can_not_be_screened_by_its_id(caller: Caller) -> None:
    caller.store(a_listing_message())
    deleted = caller.call(
        "DeleteListing", catalog_service_pb2.DeleteListingRequest(request_id=an_id(), listing_id="listing-1")
    )
    assert deleted.HasField("deleted_at")
    assert "listing-1" in _refusal(caller, "listing-1")


def test_one_bad_item_leaves_its_neighbours_judged(caller: Caller) -> None:
    answer = caller.screen_batch(
        screening(a_listing_message("good-1")),
        screening(a_listing_message("bad id with spaces")),
        screening_service_pb2.ScreenListingRequest(listing_id="unknown"),
        screening(a_listing_message("good-2")),
    )
    assert [result.WhichOneof("outcome") for result in answer.results] == ["verdict", "error", "error", "verdict"]
    assert [result.index for result in answer.results] == [0, 1, 2, 3]
    assert len(caller.list_verdicts().verdicts) == 2


def test_a_change_of_identity_after_sales_is_seen_by_the_screening_that_makes_it(caller: Caller) -> None:
    caller.store(a_listing_message(brand="Haolin"))
    orders = [an_order_message(f"event-{number}", order_id=f"order-{number}", quantity=10) for number in range(6)]
    caller.call("RecordOrders", catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=orders))
    verdict = caller.screen(a_listing_message(brand="Lumora"))
    assert "listing.identity-changed-after-sales" in {reason.code for reason in verdict.reasons}


def test_a_confirmed_fake_is_blocked_from_then_on(caller: Caller) -> None:
    assert caller.screen(a_listing_message()).decision == verdict_pb2.DECISION_ALLOW
    outcome = outcome_pb2.Outcome(
        outcome_id="report-7",
        listing_id="listing-1",
        kind=outcome_pb2.OUTCOME_KIND_FAKE,
        source=outcome_pb2.OUTCOME_SOURCE_LABORATORY,
        found_at=a_moment(),
    )
    caller.call("RecordOutcomes", catalog_service_pb2.RecordOutcomesRequest(request_id=an_id(), outcomes=[outcome]))
    verdict = caller.screen("listing-1")
    assert verdict.decision == verdict_pb2.DECISION_BLOCK
    assert [each.reference for each in verdict.reasons[0].evidence] == ["report-7"]


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        (outcome_pb2.LIST_KIND_DENY, verdict_pb2.DECISION_BLOCK),
        (outcome_pb2.LIST_KIND_WATCH, verdict_pb2.DECISION_WATCH),
    ],
)
def test_a_list_entry_about_the_supplier_counts_for_its_listings(
    caller: Caller, kind: outcome_pb2.ListKind.ValueType, decision: verdict_pb2.Decision.ValueType
) -> None:
    _enter(caller, kind)
    assert caller.screen(a_listing_message()).decision == decision


def test_an_allow_entry_shields_from_statistics_and_the_verdict_says_so(caller: Caller) -> None:
    replica = a_listing_message(title="Haolin pan 高仿")
    assert caller.screen(replica).decision == verdict_pb2.DECISION_REVIEW
    _enter(caller, outcome_pb2.LIST_KIND_ALLOW)
    verdict = caller.screen(replica)
    assert verdict.decision == verdict_pb2.DECISION_ALLOW
    assert verdict.reasons[0].adjustments == [verdict_pb2.ADJUSTMENT_SHIELDED_BY_ALLOW_LIST]


def test_a_price_far_below_the_market_is_seen_per_unit(caller: Caller) -> None:
    market = [
        a_listing_message(f"usual-{number}", supplier_id=f"usual-{number}", offer=_offer(150 + number))
        for number in range(12)
    ]
    caller.store(*market)
    cheap = caller.screen(a_listing_message("cheap", supplier_id="cheap", offer=_offer(40)), explain=True)
    pack = caller.screen(
        a_listing_message(
            "pack", supplier_id="pack", units_per_pack=3, title="Haolin pan HL-24 3件装", offer=_offer(465)
        )
    )
    assert "price.low-outlier" in {reason.code for reason in cheap.reasons}
    assert not pack.reasons
    signals = {each.name: each.value for each in cheap.explanation.signals}
    assert signals["price.market_sellers"].integer == 12
    assert signals["price.vs_market"].number == pytest.approx(40 / 155.5, rel=1e-3)


def _offer(price: int) -> listing_pb2.Offer:
    return listing_pb2.Offer(single_price=yuan_message(price))


def _enter(caller: Caller, kind: outcome_pb2.ListKind.ValueType) -> None:
    entry = outcome_pb2.ListEntry(
        entry_id="entry-1", kind=kind, subject_kind=outcome_pb2.LIST_SUBJECT_SUPPLIER, subject="supplier-1"
    )
    caller.call("UpsertListEntries", catalog_service_pb2.UpsertListEntriesRequest(request_id=an_id(), entries=[entry]))


def _refusal(caller: Caller, listing_id: str) -> str:
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(listing_id)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    return str(caught.value.details())
