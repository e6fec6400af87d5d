from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from builders import KETTLE, a_brand, a_listing, a_snapshot, an_authorisation, an_edit, an_order_summary
from snapshots import snapshots
from vote_builders import a_window
from votes_around import votes_around, votes_on
from zhengpin.detectors.contacts import MASK
from zhengpin.domain.hit import Evidence, Value
from zhengpin.domain.listing import AuthenticityClaim
from zhengpin.domain.order import Allegation, FakeAllegations
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.votes_around import FakeWords
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.observe import observe
from zhengpin.signals.signal import Signal, SignalType

TYPES = {
    SignalType.BOOLEAN: bool,
    SignalType.INTEGER: int,
    SignalType.NUMBER: float,
    SignalType.CHOICE: str,
    SignalType.SET: tuple,
}


def keeps_its_declaration(signal: Signal, value: Value) -> bool:
    if type(value) is not TYPES[signal.type]:
        return False
    if isinstance(value, tuple):
        return list(value) == sorted(set(value) & set(signal.choices))
    if isinstance(value, str):
        return value in signal.choices
    low = -math.inf if signal.low is None else signal.low
    high = math.inf if signal.high is None else signal.high
    return math.isfinite(value) and low <= value <= high


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(snapshots)
def test_whatever_is_observed_keeps_its_declaration(snapshot: Snapshot) -> None:
    observation = observe(snapshot)
    wrong = {
        name: value for name, value in observation.values.items() if not keeps_its_declaration(CATALOGUE[name], value)
    }
    assert wrong == {}
    assert observation.evidence.keys() <= observation.values.keys()
    assert observe(snapshot) == observation


def test_sentences_are_quoted_with_their_field() -> None:
    listing = a_listing(description="Ferve rápido. Base vazia.", authenticity_claim=AuthenticityClaim.GENUINE)
    evidence = observe(a_snapshot(listing)).evidence
    sentence = Evidence("sentence", "description", "Base vazia")
    assert evidence["text.says_empty"] == (sentence,)
    assert evidence["text.contradicts_claim"] == (sentence,)


def test_what_buyers_wrote_is_quoted_with_its_event() -> None:
    told = FakeAllegations(2, (Allegation("event-2", "绝对是假货!"), Allegation("event-1", "It is a fake.")))
    evidence = observe(a_snapshot(listing_orders=an_order_summary(), fake_allegations=told)).evidence
    quotes = (Evidence("order_event", "event-2", "绝对是假货!"), Evidence("order_event", "event-1", "It is a fake."))
    assert evidence["orders.fake_allegations_90d"] == evidence["orders.fake_allegation_share_lower"] == quotes


def test_what_buyers_wrote_is_quoted_without_ways_to_reach_anybody() -> None:
    told = FakeAllegations(1, (Allegation("event-1", "假货!加微信lihua1988,电话138 0013 8000"),))
    evidence = observe(a_snapshot(listing_orders=an_order_summary(), fake_allegations=told)).evidence
    assert evidence["orders.fake_allegations_90d"] == (
        Evidence("order_event", "event-1", f"假货!加微信{MASK},电话{MASK}"),
    )


@pytest.mark.parametrize(
    ("gtin", "fault"),
    [
        ("69-36983 800013", None),
        ("6936983800014", "its check digit is 4, and 3 would be right"),
        ("6936 9838 000", "it has 11 digits, and a GTIN has 8, 12, 13 or 14"),
        ("69369838000l3", "it has signs other than the digits 0 to 9"),
    ],
)
def test_a_code_that_is_impossible_is_shown_with_what_is_wrong_with_it(gtin: str, fault: str | None) -> None:
    told = observe(a_snapshot(a_listing(gtin=gtin))).evidence.get("gtin.well_formed")
    assert told == (fault and (Evidence("gtin", gtin, fault),))


def test_what_votes_rest_on_can_be_looked_up_and_who_voted_can_not() -> None:
    said = FakeWords(6, 2.4, ("绝对是假货!加微信lihua1988,电话138 0013 8000",))
    votes = replace(votes_on(), undecided=(a_window(),), fake_words=said)
    evidence = observe(a_snapshot(votes=votes_around(votes))).evidence
    (standing,) = evidence["votes.product_board"]
    assert standing.reference == f"product:{KETTLE}"
    assert standing.quote == "90% recommend it (80% to 95%); 20.0 effective votes of 12 circles"
    window = Evidence("vote_window", "window-1", "20 votes within an hour")
    assert evidence["votes.product_alarms"] == (window,)
    assert evidence["votes.product_fake_weight"] == (
        Evidence("vote_text", "votes.product", "绝对是假货!加微信***,电话***"),
    )


def test_an_authorisation_names_every_letter_of_its_path() -> None:
    first = an_authorisation("a", licensee_id="agent", sublicensable=True)
    letters = (first, an_authorisation("b", licensor_id="agent"))
    evidence = observe(a_snapshot(brand=a_brand(), authorisations=letters)).evidence
    assert [each.reference for each in evidence["brand.authorised"]] == ["a", "b"]


def test_an_edit_names_its_time_and_fields() -> None:
    edit = an_edit("brand", "title", units_sold_before=90)
    (evidence,) = observe(a_snapshot(edits=(edit,))).evidence["listing.units_sold_before_identity_edit"]
    assert evidence == Evidence("edit", edit.edited_at.isoformat(), "brand, title")
