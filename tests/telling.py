"""What a marketplace tells a server, one kind of fact each, so that it shows in the signals of one listing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from callers import (
    Caller,
    a_listing_message,
    a_moment,
    a_price_message,
    a_supplier_message,
    an_authorisation_message,
    an_id,
    an_image_message,
    an_order_message,
)
from zhengpin.v1 import brand_pb2, catalog_service_pb2, listing_pb2, outcome_pb2, supplier_fact_pb2

Facts = catalog_service_pb2
PICTURE = listing_pb2.Image(uri="https://images.example/pan.jpg", sha256="c" * 64)


def signals_of(caller: Caller) -> dict[str, Any]:
    """What a marketplace knows around the listing that all facts here touch."""
    probe = a_listing_message("probe", supplier_id="supplier-1", images=[PICTURE])
    verdict = caller.screen(probe, dry_run=True, explain=True)
    return {each.name: each.value for each in verdict.explanation.signals if each.HasField("value")}


def upsert_suppliers(caller: Caller) -> None:
    supplier = a_supplier_message(state="SUPPLIER_STATE_TERMINATED")
    caller.call("UpsertSuppliers", Facts.UpsertSuppliersRequest(request_id=an_id(), suppliers=[supplier]))


def upsert_listings(caller: Caller) -> None:
    caller.store(*(a_listing_message(f"o-{number}", supplier_id=f"o-{number}") for number in range(5)))


def register_brands(caller: Caller) -> None:
    brand = brand_pb2.Brand(brand_id="haolin", name="Haolin", gated=True)
    caller.call("RegisterBrands", Facts.RegisterBrandsRequest(request_id=an_id(), brands=[brand]))


def record_authorisations(caller: Caller) -> None:
    register_brands(caller)
    letter = an_authorisation_message(
        brand_id="haolin", licensor_id="owner", valid_to={"year": 2090, "month": 1, "day": 1}
    )
    request = Facts.RecordAuthorisationsRequest(request_id=an_id(), authorisations=[letter])
    assert caller.call("RecordAuthorisations", request).accepted == 1


def record_prices(caller: Caller) -> None:
    caller.store(a_listing_message())
    products = [
        {
            "gtin": "6904235001013",
            "territory": "CN",
            "condition": "CONDITION_NEW",
            "platform": "else",
            "seller": f"s{number}",
        }
        for number in range(5)
    ]
    prices = [
        a_price_message(f"p-{number}", listing_id=None, product=product) for number, product in enumerate(products)
    ]
    assert caller.call("RecordPrices", Facts.RecordPricesRequest(request_id=an_id(), prices=prices)).accepted == 5


def record_orders(caller: Caller) -> None:
    caller.call(
        "RecordOrders", Facts.RecordOrdersRequest(request_id=an_id(), events=[an_order_message(listing_id="probe")])
    )


def record_outcomes(caller: Caller) -> None:
    caller.store(a_listing_message("probe"))
    outcome = outcome_pb2.Outcome(
        outcome_id="o",
        listing_id="probe",
        kind=outcome_pb2.OUTCOME_KIND_FAKE,
        source=outcome_pb2.OUTCOME_SOURCE_BRAND,
        found_at=a_moment(),
    )
    caller.call("RecordOutcomes", Facts.RecordOutcomesRequest(request_id=an_id(), outcomes=[outcome]))


def upsert_list_entries(caller: Caller) -> None:
    entry = outcome_pb2.ListEntry(
        entry_id="e",
        kind=outcome_pb2.LIST_KIND_DENY,
        subject_kind=outcome_pb2.LIST_SUBJECT_SUPPLIER,
        subject="supplier-1",
    )
    caller.call("UpsertListEntries", Facts.UpsertListEntriesRequest(request_id=an_id(), entries=[entry]))


def register_images(caller: Caller) -> None:
    image = an_image_message(sha256=PICTURE.sha256)
    caller.call("RegisterImages", Facts.RegisterImagesRequest(request_id=an_id(), images=[image]))


def record_supplier_facts(caller: Caller) -> None:
    upsert_suppliers(caller)
    record_an_incident(caller, "supplier-1")


def record_an_incident(caller: Caller, supplier_id: str) -> None:
    """Tell of a violation that was found and is not put right."""
    incident = supplier_fact_pb2.SupplierIncident(
        kind=supplier_fact_pb2.INCIDENT_KIND_TERMS, gravity=supplier_fact_pb2.INCIDENT_GRAVITY_HIGH, upheld=True
    )
    fact = supplier_fact_pb2.SupplierFact(
        fact_id="f", supplier_id=supplier_id, observed_at=a_moment(), incident=incident
    )
    request = Facts.RecordSupplierFactsRequest(request_id=an_id(), facts=[fact])
    assert caller.call("RecordSupplierFacts", request).accepted == 1


TOLD: Mapping[str, Callable[[Caller], None]] = {
    "UpsertSuppliers": upsert_suppliers,
    "UpsertListings": upsert_listings,
    "RegisterBrands": register_brands,
    "RecordAuthorisations": record_authorisations,
    "RecordPrices": record_prices,
    "RecordOrders": record_orders,
    "RecordOutcomes": record_outcomes,
    "UpsertListEntries": upsert_list_entries,
    "RegisterImages": register_images,
    "RecordSupplierFacts": record_supplier_facts,
}
"""By method: what tells of such a fact."""
