"""The small marketplace: the same for the same seed, complete, and true to the contract."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import protovalidate
from google.protobuf import json_format
from stdnum import ean
from stdnum.cn import uscc

from zhengpin.simulation.goods import houses
from zhengpin.simulation.market import FILES, market, write_market
from zhengpin.v1 import brand_pb2, listing_pb2, order_pb2, outcome_pb2, price_pb2, supplier_pb2

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MESSAGES = {
    "supplier": supplier_pb2.Supplier,
    "brand": brand_pb2.Brand,
    "authorisation": brand_pb2.Authorisation,
    "listing": listing_pb2.Listing,
    "price": price_pb2.PriceObservation,
    "order_event": order_pb2.OrderEvent,
    "outcome": outcome_pb2.Outcome,
}


def test_the_same_seed_makes_the_same_market_and_another_another() -> None:
    assert list(market(1, NOW)) == list(market(1, NOW))
    assert list(market(1, NOW)) != list(market(2, NOW))


def test_every_record_fits_the_contract() -> None:
    for record in market(1, NOW):
        ((kind, fields),) = record.items()
        if kind != "truth":
            message = json_format.ParseDict(fields, MESSAGES[kind]())
            assert not protovalidate.collect_violations(message), fields


def test_every_listing_has_a_truth_and_a_supplier() -> None:
    records = list(market(1, NOW))
    listings = [record["listing"] for record in records if "listing" in record]
    truths = {record["truth"]["listingId"] for record in records if "truth" in record}
    suppliers = {record["supplier"]["supplierId"] for record in records if "supplier" in record}
    assert {listing["listingId"] for listing in listings} == truths
    assert len(listings) == len(truths)
    assert {listing["supplierId"] for listing in listings} <= suppliers


def test_codes_are_right_where_they_should_be() -> None:
    suppliers = [record["supplier"] for record in market(1, NOW) if "supplier" in record]
    assert all(uscc.is_valid(supplier["registrationCode"]) for supplier in suppliers)
    assert all(ean.is_valid(goods.gtin) for house in houses() for goods in house.goods)


def test_the_files_hold_what_they_are_named_for(tmp_path: Path) -> None:
    count = write_market(tmp_path, seed=1, now=NOW)
    kinds = {
        name: Counter(next(iter(json.loads(line))) for line in (tmp_path / name).read_text("utf-8").splitlines())
        for name in FILES
    }
    assert kinds["listings.jsonl"] == {"listing": count}
    assert kinds["truth.jsonl"] == {"truth": count}
    assert set(kinds["parties.jsonl"]) == {"supplier", "brand", "authorisation"}
    assert set(kinds["trade.jsonl"]) == {"price", "order_event", "outcome"}
