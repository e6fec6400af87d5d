"""Which of the simulated votes are told: those that a marketplace could take."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from markets import NOW, a_market
from zhengpin.detectors.codes import read_gtin
from zhengpin.simulation import Marketplace, load_parameters
from zhengpin.simulation.records import Record, stamp
from zhengpin.simulation.write import write_market


class Kept:
    """Keeps what is written in memory, part by part."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Record]] = {}

    def write(self, part: str, records: Sequence[Record]) -> None:
        self.parts.setdefault(part, []).extend(records)

    def close(self) -> None:
        pass

    def of(self, part: str, kind: str) -> list[Any]:
        """The fields of every record of a kind."""
        return [record[kind] for record in self.parts[part] if kind in record]


@pytest.fixture(scope="module")
def kept() -> Kept:
    kept = Kept()
    write_market(a_market(1000), kept)
    return kept


def test_every_vote_is_on_something_that_was_told(kept: Kept) -> None:
    listings = kept.of("listings", "listing")
    known = {
        "brandId": {each["brandId"] for each in kept.of("parties", "brand")},
        "factoryId": {each["supplierId"] for each in kept.of("parties", "supplier")},
        "origin": {each.get("originPlace") for each in listings},
        "productKey": {f"gtin:{read_gtin(each.get('gtin', '')).digits}" for each in listings},
    }
    votes = kept.of("votes", "vote")
    assert {name for vote in votes for name in vote["target"]} == set(known)
    assert all(key in known[name] for vote in votes for name, key in vote["target"].items())


def test_every_voter_is_told_once_before_its_first_vote(kept: Kept) -> None:
    told: set[str] = set()
    for record in kept.parts["votes"]:
        if "voter" in record:
            assert record["voter"]["voterId"] not in told
            assert record["voter"]["registeredAt"] <= stamp(NOW)
            told.add(record["voter"]["voterId"])
        else:
            assert record["vote"]["voterId"] in told


def test_who_bought_names_an_earlier_order_of_it_alone_or_a_receipt(kept: Kept) -> None:
    paid = {
        each["orderId"]: each for each in kept.of("trade", "order_event") if each["kind"] == "ORDER_EVENT_KIND_PAID"
    }
    offers = {each["listingId"]: json.dumps(each, ensure_ascii=False) for each in kept.of("listings", "listing")}
    bought = [vote for vote in kept.of("votes", "vote") if "purchase" in vote]
    ordered = [vote for vote in bought if "orderId" in vote["purchase"]]
    assert max(Counter(vote["purchase"]["orderId"] for vote in ordered).values()) == 1
    for vote in ordered:
        order = paid[vote["purchase"]["orderId"]]
        assert order["happenedAt"] < vote["castAt"]
        if "productKey" in vote["target"]:
            assert vote["target"]["productKey"].removeprefix("gtin:0") in offers[order["listingId"]]
    assert len(ordered) > len(bought) / 10, "orders of the last 90 days are told, votes of the last 400"
    assert all("proof" in vote["purchase"] for vote in bought if vote not in ordered)


def buyers_of(kept: Kept) -> dict[str, set[str]]:
    """Who bought, by order, as its events tell."""
    buyers: dict[str, set[str]] = {}
    for event in kept.of("trade", "order_event"):
        buyers.setdefault(event["orderId"], set()).add(event["buyerId"])
    return buyers


def assert_orders_are_the_voters_own(kept: Kept) -> None:
    buyers = buyers_of(kept)
    named = {
        vote["purchase"]["orderId"]: vote["voterId"]
        for vote in kept.of("votes", "vote")
        if "orderId" in vote.get("purchase", {})
    }
    assert named
    assert {order_id: buyers[order_id] for order_id in named} == {key: {voter} for key, voter in named.items()}


def test_who_names_an_order_is_its_buyer_and_other_orders_have_other_buyers(kept: Kept) -> None:
    assert_orders_are_the_voters_own(kept)
    buyers = buyers_of(kept)
    assert {len(each) for each in buyers.values()} == {1}
    named = {vote["purchase"].get("orderId") for vote in kept.of("votes", "vote") if "purchase" in vote}
    others = Counter(next(iter(each)) for order_id, each in buyers.items() if order_id not in named)
    assert max(others.values()) == 1
    assert not others.keys() & {each["voterId"] for each in kept.of("votes", "voter")}


def test_buyers_are_right_however_many_quarters_tell_of_them_later(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text("[quarter]\nlistings = 60\n[votes]\nvoters = 60\n[votes.voter]\nreach = 2\nat_home = 0.2\n")
    market, kept = Marketplace(load_parameters(file), seed=1, now=NOW, listings=300), Kept()
    write_market(market, kept)
    assert_orders_are_the_voters_own(kept)
    told = [list(each.trade()) for each in market.offers()]
    assert len(kept.of("trade", "order_event")) == sum("order_event" in record for trade in told for record in trade)


def test_each_vote_has_its_truth(kept: Kept) -> None:
    truth = {each["voteId"]: each for each in kept.of("votes_truth", "vote_truth")}
    assert {each["voteId"] for each in kept.of("votes", "vote")} == set(truth)
    arranged = {each["story"] for each in truth.values() if each["arranged"]}
    honest = {each["story"] for each in truth.values() if not each["arranged"]}
    assert arranged <= {"burst", "drip", "farm", "ring"}
    assert {"usual", "acquaintances"} <= honest
    assert arranged
    assert {each["looksLike"] for each in truth.values() if each["story"] == "acquaintances"} == {"ring"}
