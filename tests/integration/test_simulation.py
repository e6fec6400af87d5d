"""The simulated marketplace in a store: true to the contract, and its clever fakes told by no single signal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from math import inf

import pytest
from google.protobuf import json_format
from google.protobuf.message import Message

from areas import LEAST, MOST, Judged, area, areas
from markets import NOW, a_market, trade_of
from zhengpin.domain.policy import Policy
from zhengpin.domain.verdict import Decision
from zhengpin.pretraining.simulated_examples import screened
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.service import validation
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.v1 import (
    brand_pb2,
    image_pb2,
    listing_pb2,
    order_pb2,
    outcome_pb2,
    price_pb2,
    supplier_fact_pb2,
    supplier_pb2,
)

MESSAGES: dict[str, type[Message]] = {
    "supplier": supplier_pb2.Supplier,
    "supplier_fact": supplier_fact_pb2.SupplierFact,
    "brand": brand_pb2.Brand,
    "authorisation": brand_pb2.Authorisation,
    "image": image_pb2.RegisteredImage,
    "listing": listing_pb2.Listing,
    "price": price_pb2.PriceObservation,
    "order_event": order_pb2.OrderEvent,
    "outcome": outcome_pb2.Outcome,
    "list_entry": outcome_pb2.ListEntry,
}
"""What each kind of the simulation's records becomes."""


@pytest.fixture(scope="module")
def judged() -> Sequence[Judged]:
    """A market with many fakes, so that what is measured on them is sure to a few hundredths."""
    rulebook, ids = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE)), count()
    judge = JudgeListing(rulebook, Policy(), lambda: NOW, lambda: str(next(ids)))
    with closing(rulebook):
        return [
            Judged(each.offer, dict(each.example.values), judge(each.snapshot).decision)
            for each in screened(a_market(2000, fakes=0.2, clever=0.75), NOW, rulebook)
        ]


def test_no_single_signal_tells_a_clever_fake(judged: Sequence[Judged]) -> None:
    clever = [each for each in judged if each.offer.kind.clever]
    genuine = [each for each in judged if not each.offer.kind.fake]
    assert len(clever) > 250
    found = dict(areas(clever, genuine))
    assert len(found) > len(CATALOGUE)
    assert {name: each for name, each in found.items() if not LEAST <= each <= MOST} == {}


def test_single_signals_tell_obvious_fakes(judged: Sequence[Judged]) -> None:
    obvious = [each for each in judged if each.offer.kind.fake and not each.offer.kind.clever]
    genuine = [each for each in judged if not each.offer.kind.fake]
    assert any(not LEAST <= each <= MOST for _, each in areas(obvious, genuine))


def test_the_rules_catch_obvious_fakes_and_leave_honest_trade_in_peace(judged: Sequence[Judged]) -> None:
    caught: defaultdict[str, list[bool]] = defaultdict(list)
    for each in judged:
        caught[each.offer.kind.group].append(each.decision in {Decision.REVIEW, Decision.BLOCK})
    shares = {group: sum(found) / len(found) for group, found in caught.items()}
    assert shares["obvious"] > 0.98
    assert shares["clever"] < 0.5
    assert shares["genuine"] < 0.06
    assert shares["look-alike"] < 0.06


def test_the_area_under_a_curve_is_counted_right() -> None:
    assert area([2, 3], [0, 1]) == 1
    assert area([1, 1], [1, 1]) == 0.5
    assert area([0, 3], [1, 2, 2, 1]) == 0.5
    assert area([-inf, 1], [1, 2]) == 0.125


def test_every_record_is_what_the_contract_asks_for() -> None:
    market = a_market(500, fakes=0.4)
    records = [*market.parties(), *market.supplier_facts(), *trade_of(market)]
    for offer in market.offers():
        records.append({"listing": offer.listing})
        records.extend(each for each in offer.history() if "listing" in each)
    seen: set[str] = set()
    for record in records:
        ((kind, fields),) = record.items()
        validation.check(json_format.ParseDict(fields, MESSAGES[kind]()))
        seen.add(kind)
    assert seen == MESSAGES.keys()
