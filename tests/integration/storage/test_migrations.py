"""The schema's history: up, down and up again on both engines, and equal to the tables of this version."""

import json
import zlib
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import TypeAdapter
from sqlalchemy import inspect, text

from builders import AN_EDITION, NOW, PHASH, a_listing, a_price, a_supplier, a_verdict, an_order_event, an_outcome
from conftest import ON_POSTGRES
from zhengpin.domain.edition import FIRED, UNKNOWN, Edition, RuleInForce
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.image import RegisteredImage
from zhengpin.domain.listing import Image
from zhengpin.domain.money import Money
from zhengpin.domain.order import WITHDRAWN, CancelledBy, ComplaintCause, OrderEventKind
from zhengpin.domain.price import PriceObservation
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.verdict import Action, Decision, Restriction
from zhengpin.storage import Store
from zhengpin.storage.requests import StoredAnswer
from zhengpin.storage.tables import metadata


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """A store over a database without a schema."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'new.db'}")
        yield store
        store.close()
        return
    with request.getfixturevalue("postgres").new_database() as url:
        store = Store(url)
        yield store
        store.close()


def test_migrations_run_up_down_and_up_again(unmigrated: Store) -> None:
    assert unmigrated.current_revision() is None
    unmigrated.migrate()
    assert unmigrated.current_revision() == "0002"
    with unmigrated.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    unmigrated.downgrade("base")
    assert unmigrated.current_revision() is None
    assert set(inspect(unmigrated._engine).get_table_names()) <= {"alembic_version"}
    unmigrated.migrate()
    with unmigrated.read("here") as reader:
        assert not reader.suppliers.find_many(["acme-factory"])


def test_migrating_twice_changes_nothing(unmigrated: Store) -> None:
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    unmigrated.migrate()
    with unmigrated.read("here") as reader:
        assert reader.suppliers.find_many(["acme-factory"]) == {"acme-factory": a_supplier()}


def test_the_migrated_schema_is_the_one_of_the_tables(unmigrated: Store) -> None:
    unmigrated.migrate()
    with unmigrated._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == table.primary_key.columns.keys()


def test_orders_are_carried_from_one_form_to_the_other_and_back(unmigrated: Store) -> None:
    unmigrated.migrate()
    told = [
        an_order_event("1", happened_at=NOW, quantity=2),
        an_order_event("2", OrderEventKind.SHIPPED, happened_at=NOW - timedelta(microseconds=1)),
        an_order_event("3", OrderEventKind.DELIVERED, happened_at=NOW + timedelta(microseconds=500_000)),
        an_order_event("4", OrderEventKind.RETURNED, cause=ComplaintCause.FAKE, buyer_id="voter-1"),
        an_order_event("5", listing_id="listing-2", quantity=1),
        an_order_event("6", OrderEventKind.COMPLAINT, order_id="order-2", cause=ComplaintCause.NOT_AS_DESCRIBED),
        an_order_event("6a", order_id="order-3", promised_by=NOW + timedelta(days=2)),
        an_order_event("6b", OrderEventKind.CANCELLED, order_id="order-3", cancelled_by=CancelledBy.SUPPLIER),
    ]
    with unmigrated.begin("here") as unit:
        unit.orders.record_many(told)
    recorded = rows_of(unmigrated, "order_lines")
    unmigrated.downgrade("0001")
    states = {row["subject"]: json.loads(row["body"]) for row in rows_of(unmigrated, "order_states")}
    assert len(rows_of(unmigrated, "order_states")) == 7
    assert (states["listing-2"]["units"], states["listing-2"]["shipped"]) == (1, False)
    assert datetime.fromisoformat(states["listing-2"]["paid_at"]) == NOW
    unmigrated.migrate()
    assert rows_of(unmigrated, "order_lines") == recorded
    with unmigrated.begin("here") as unit:  # and the next event finds its order
        unit.orders.record_many([an_order_event("7", OrderEventKind.SCANNED)])
    days = [row for row in rows_of(unmigrated, "order_days") if row["subject"] == "acme-factory"]
    assert sum(row["units"] for row in days) == 4


def test_orders_that_were_cancelled_before_are_excused_after(unmigrated: Store) -> None:
    unmigrated.migrate()
    hour = timedelta(hours=1)
    told = [
        an_order_event("1", happened_at=NOW),
        an_order_event("2", OrderEventKind.CANCELLED, happened_at=NOW + hour, buyer_id="buyer"),
        an_order_event("3", happened_at=NOW, order_id="order-2"),
        an_order_event("4", OrderEventKind.CANCELLED, happened_at=NOW + 25 * hour, order_id="order-2"),
        an_order_event("5", OrderEventKind.SHIPPED, happened_at=NOW, order_id="order-3"),
        an_order_event("6", OrderEventKind.CANCELLED, happened_at=NOW, order_id="order-3"),
        # The listing's line is shipped, and so is the whole order.
        an_order_event("7", OrderEventKind.CANCELLED, happened_at=NOW, order_id="order-3", listing_id="listing-2"),
    ]
    with unmigrated.begin("here") as unit:
        unit.orders.record_many(told)
    recorded = rows_of(unmigrated, "order_days")
    by_buyer = rows_of(unmigrated, "buyer_days")
    assert [row["excused"] for row in by_buyer] == [1]
    assert {row["subject"]: row["excused"] for row in recorded} == {"listing-1": 1, "listing-2": 1, "acme-factory": 1}
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "order_days") == recorded
    assert rows_of(unmigrated, "buyer_days") == by_buyer


def test_why_orders_came_back_before_is_counted_after(unmigrated: Store) -> None:
    unmigrated.migrate()
    causes = list(ComplaintCause)
    kinds = [OrderEventKind.COMPLAINT, OrderEventKind.RETURNED, OrderEventKind.REFUNDED, *WITHDRAWN]
    told = [
        an_order_event(f"{kind}-{cause}-{number}", kind, cause=cause, order_id=f"order-{cause}-{kind}-{place}")
        for cause in causes
        for place, kind in enumerate(kinds)
        for number in range(2)
    ]
    told += [
        an_order_event("changed", OrderEventKind.RETURNED, cause=ComplaintCause.DEFECTIVE, order_id="changed"),
        an_order_event("back", OrderEventKind.RETURN_WITHDRAWN, cause=ComplaintCause.DEFECTIVE, order_id="changed"),
        an_order_event("scan", OrderEventKind.SCANNED, order_id="late"),
        an_order_event("late", OrderEventKind.COMPLAINT, cause=ComplaintCause.LATE, order_id="late"),
    ]
    with unmigrated.begin("here") as unit:
        unit.orders.record_many(told)
    recorded = {table: rows_of(unmigrated, table) for table in ("order_lines", "order_days")}
    names = ("called_defective", "called_late", "changed_mind", "other_cause", "with_faults", "late_by_word")
    assert [tuple(row[name] for name in names) for row in recorded["order_days"]] == [(3, 4, 3, 3, 11, 1)] * 2
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert {table: rows_of(unmigrated, table) for table in recorded} == recorded


def test_buyers_words_are_read_from_the_events_that_the_program_before_recorded(unmigrated: Store) -> None:
    unmigrated.migrate()
    told = [
        an_order_event("1", OrderEventKind.REVIEW, happened_at=NOW - timedelta(microseconds=1), text="很快。是假货！"),
        an_order_event("2", OrderEventKind.REVIEW, order_id="order-2", text="not a fake"),
    ]
    with unmigrated.begin("here") as unit:
        unit.orders.record_many(told)
    recorded = rows_of(unmigrated, "fake_allegations")
    assert [row["sentence"] for row in recorded] == ["是假货!"]
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "fake_allegations") == recorded


def test_verdicts_are_written_out_for_the_program_before_and_read_again_by_this_one(unmigrated: Store) -> None:
    values = {"price.vs_market": 0.1 + 0.2, "price.paid": 60}
    rules = (RuleInForce("price.far-below-market", ("price.vs_market",)), RuleInForce("price.new", ("price.was",)))
    edition = Edition(AN_EDITION.packs, ("price.paid", "price.vs_market", "price.was"), rules)
    explanation = Explanation(edition, values, FIRED + UNKNOWN, NOW)
    judged = a_verdict(
        explanation=explanation,
        not_evaluated=explanation.not_evaluated,
        actions=(Action(ActionKind.HOLD, NOW),),
        restrictions=(Restriction(ActionKind.HOLD, NOW),),
        lane_decision=Decision.WATCH,
        degraded=("model absent",),
    )
    ordinary = a_verdict("verdict-2", decision=Decision.ALLOW, lane_decision=Decision.ALLOW, reasons=())
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        unit.verdicts.add_many([judged, ordinary])
    unmigrated.downgrade("0001")
    bodies = [json.loads(zlib.decompress(row["body"])) for row in rows_of(unmigrated, "verdicts")]
    assert [body["packs"] for body in bodies] == [[{"name": "listing-screening", "version": 1, "digest": "d" * 64}]] * 2
    assert bodies[0]["not_evaluated"] == [{"rule_id": "price.new", "missing": ["price.was"]}]
    unmigrated.migrate()
    with unmigrated.read("here") as reader:
        for made in (judged, ordinary):
            read = reader.verdicts.get(made.verdict_id, with_explanation=True)
            assert replace(read, explanation=None) == replace(made, explanation=None)
            assert read.explanation is not None
            assert made.explanation is not None
            assert (read.explanation.signals, read.explanation.rules) == (
                made.explanation.signals,
                made.explanation.rules,
            )
    assert unmigrated.current_revision() == "0002"


def test_companies_that_were_terminated_before_are_known_after(unmigrated: Store) -> None:
    unmigrated.migrate()
    terminated = {"registration_code": "91350100M000100Y43", "state": SupplierState.TERMINATED}
    with unmigrated.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier(**terminated), a_supplier("active", name='"state":"terminated"')], NOW)
    known = rows_of(unmigrated, "terminated_companies")
    assert [row["supplier_id"] for row in known] == ["acme-factory"]
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "terminated_companies") == known


def test_companies_that_were_verified_before_are_known_after(unmigrated: Store) -> None:
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        told = a_supplier(registration_code="91350100M000100Y43")
        unit.suppliers.upsert_many([told, replace(told, supplier_id="claims", verified_at=None, shops=())], NOW)
    known = rows_of(unmigrated, "verified_companies")
    assert [(row["supplier_id"], row["company_key"]) for row in known] == [("acme-factory", "CN:91350100M000100Y43")]
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "verified_companies") == known


def test_pictures_that_were_told_before_are_compared_after(unmigrated: Store) -> None:
    shown = (Image("a", "a" * 64, PHASH), Image("b", phash=0), Image("c"), Image("d", "d" * 64))
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        fake, other = a_listing("fake", images=shown), a_listing("other", supplier_id="other", images=shown[:1])
        unit.listings.upsert_many([(fake, ""), (other, "")], NOW)
        unit.outcomes.record_many([an_outcome(listing_id="fake")])
    pictures, images = rows_of(unmigrated, "listing_pictures"), rows_of(unmigrated, "registered_images")
    assert [row["image_id"] for row in images] == ["outcome-1#0", "outcome-1#3"]
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "listing_pictures") == pictures
    again = rows_of(unmigrated, "registered_images")
    bodies = TypeAdapter(RegisteredImage)
    assert [bodies.validate_json(row.pop("body")) for row in again] == [
        bodies.validate_json(row.pop("body")) for row in images
    ]
    assert again == images
    copy = a_listing("copy", supplier_id="third", images=(Image("e", phash=PHASH ^ 3),))
    with unmigrated.read("here") as reader:
        (found,) = reader.snapshots.read_many([SnapshotQuery(copy)], NOW)
    assert found.duplicates is not None
    assert found.duplicates.suppliers_sharing_images == 2
    assert [(match.registered.image_id, match.distance) for match in found.image_matches or ()] == [("outcome-1#0", 2)]


def test_prices_and_answers_are_carried_from_one_form_to_the_other_and_back(unmigrated: Store) -> None:
    told = [
        a_price("1", unit_price=Money("IDR", 10**21 - 1), proof="https://proof.example/1", group_size=3),
        a_price("2", captured_at=NOW + timedelta(microseconds=1), listing_id="列表", seller="tmall:x", units_sold=7),
    ]
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        unit.prices.record_many(told)
        unit.requests.add("Upsert", "id-1", "digest", b"\0answer", NOW)
    recorded = rows_of(unmigrated, "price_observations"), rows_of(unmigrated, "requests")
    unmigrated.downgrade("0001")
    bodies = [json.loads(row["body"]) for row in rows_of(unmigrated, "price_observations")]
    assert [TypeAdapter(PriceObservation).validate_python(body) for body in bodies] == told
    unmigrated.migrate()
    assert (rows_of(unmigrated, "price_observations"), rows_of(unmigrated, "requests")) == recorded
    with unmigrated.begin("here") as unit:
        assert unit.requests.find("Upsert", "id-1") == StoredAnswer("digest", b"\0answer")
        assert unit.prices.record_many(told) == 0


def rows_of(store: Store, table: str) -> list[dict[str, Any]]:
    """A table as it lies in the database, in the order of its key."""
    with store._engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def test_what_stored_listings_offer_can_be_voted_on_after(unmigrated: Store) -> None:
    unmigrated.migrate()
    said = {"brand": "ACME®", "factory_id": "pots", "origin_place": "佛山"}
    with unmigrated.begin("here") as unit:
        unit.listings.upsert_many([(a_listing(**said), "acme k15"), (a_listing("odd", brand=""), "")], NOW)
        unit.listings.upsert_many([(a_listing("gone"), "")], NOW)
        unit.listings.delete("gone", NOW)
    offered = rows_of(unmigrated, "listing_targets")
    assert len(offered) == 5
    unmigrated.downgrade("0001")
    unmigrated.migrate()
    assert rows_of(unmigrated, "listing_targets") == offered


def test_tables_without_row_ids_are_made_so(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    store.migrate()
    with store._engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    without = {name for name, sql in made if "WITHOUT ROWID" in sql}
    assert without == {t.name for t in metadata.sorted_tables if t.dialect_options["sqlite"]["with_rowid"] is False}
    store.close()
