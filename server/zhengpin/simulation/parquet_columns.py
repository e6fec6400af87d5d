"""The columns of each kind of record in Parquet, named as the contract's fields."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

_TEXT = pa.string()
_TIME = pa.timestamp("s", tz="UTC")
_MONEY = pa.struct({"currency_code": _TEXT, "units": pa.int64(), "nanos": pa.int32()})
_SHOP = pa.struct(
    {
        "shop_id": _TEXT,
        "name": _TEXT,
        "opened_at": _TIME,
        "official_store": pa.bool_(),
        "reputation": pa.float64(),
        "completed_orders": pa.int64(),
    }
)
_IMAGE = pa.struct({"uri": _TEXT, "sha256": _TEXT, "phash": pa.uint64()})
_OFFER = pa.struct(
    {
        "single_price": _MONEY,
        "group_tiers": pa.list_(pa.struct({"size": pa.int32(), "price": _MONEY})),
        "was_price": _MONEY,
        "platform_subsidy": _MONEY,
        "unit_cost": _MONEY,
        "sale_kind": _TEXT,
    }
)
_PRODUCT = pa.struct(
    dict.fromkeys(("gtin", "brand", "model", "spec", "condition", "territory", "seller", "platform"), _TEXT)
)
_TARGET = pa.struct(dict.fromkeys(("product_key", "brand_id", "factory_id", "origin"), _TEXT))
_DATE = pa.date32()
_FACTS = {
    "audit": {"scheme": _TEXT, "grade": _TEXT, "audited_on": _DATE, "document_sha256": _TEXT},
    "sample": {
        "lot_size": pa.int64(),
        **dict.fromkeys(("sample_size", "critical", "major", "minor"), pa.int32()),
    },
    "token": {"kind": _TEXT, "token": _TEXT, "verified": pa.bool_()},
    "document": {
        **dict.fromkeys(("kind", "number", "sha256", "brand_id"), _TEXT),
        **dict.fromkeys(("issued_on", "valid_to"), _DATE),
        **dict.fromkeys(("verified", "edited"), pa.bool_()),
    },
    "trader_detail": {"field": _TEXT, "verified": pa.bool_()},
    "deposit": {"amount": _MONEY},
    "sales": {"day": _DATE, "sales": _MONEY, "open_claims": _MONEY},
    "service": {"day": _DATE, **dict.fromkeys(("contacts", "answered", "resolved"), pa.int64())},
    "termination": {"reason": _TEXT},
    "referral": {
        "referrer_id": _TEXT,
        **dict.fromkeys(("paid_by_head", "entry_fee", "paid_from_downline"), pa.bool_()),
    },
    "succession": {"successor_id": _TEXT, "verified": pa.bool_()},
    "incident": {"kind": _TEXT, "gravity": _TEXT, "upheld": pa.bool_(), "settled_at": _TIME},
}
"""What a fact about a supplier may be, one of them a row."""
_PURCHASE = pa.struct(dict.fromkeys(("order_id", "proof"), _TEXT))


def _columns(**columns: Any) -> Any:
    """A schema of columns, in their order; those named `texts` come first."""
    texts = columns.pop("texts").split()
    return pa.schema([*((name, _TEXT) for name in texts), *columns.items()])


SCHEMAS = {
    "supplier": _columns(
        texts="supplier_id name kind country registration_code state address",
        licence_valid_until=pa.date32(),
        verified_at=_TIME,
        joined_at=_TIME,
        monthly_capacity=pa.int64(),
        shops=pa.list_(_SHOP),
    ),
    "brand": _columns(
        texts="brand_id name owner_id",
        aliases=pa.list_(_TEXT),
        gated=pa.bool_(),
        reference_price=_MONEY,
        gtin_prefixes=pa.list_(_TEXT),
        categories=pa.list_(_TEXT),
    ),
    "authorisation": _columns(
        texts="authorisation_id brand_id licensor_id licensee_id document_sha256",
        valid_from=pa.date32(),
        valid_to=pa.date32(),
        sublicensable=pa.bool_(),
    ),
    "image": _columns(texts="image_id role brand_id gtin model uri sha256 source", phash=pa.uint64()),
    "listing": _columns(
        texts="listing_id supplier_id shop_id title description category brand gtin model spec origin_place factory_id "
        "condition authenticity_claim territory customs_declaration",
        attributes=pa.map_(_TEXT, _TEXT),
        images=pa.list_(_IMAGE),
        offer=_OFFER,
        units_per_pack=pa.int32(),
        stock=pa.int64(),
        authorisation_ids=pa.list_(_TEXT),
        created_at=_TIME,
        edited_at=_TIME,
    ),
    "price": _columns(
        texts="observation_id listing_id sale_kind", product=_PRODUCT, paid=_MONEY, units=pa.int32(), captured_at=_TIME
    ),
    "order_event": _columns(
        texts="event_id order_id listing_id supplier_id buyer_id kind cause text cancelled_by",
        happened_at=_TIME,
        promised_by=_TIME,
        quantity=pa.int32(),
        paid=_MONEY,
        stars=pa.int32(),
    ),
    "outcome": _columns(texts="outcome_id listing_id kind source note", found_at=_TIME),
    "list_entry": _columns(texts="entry_id kind subject_kind subject reason"),
    "supplier_fact": _columns(
        texts="fact_id supplier_id",
        observed_at=_TIME,
        **{name: pa.struct(fields) for name, fields in _FACTS.items()},
    ),
    "supplier_truth": _columns(texts="supplier_id truth ring circle manner", shares=pa.list_(_TEXT)),
    "truth": _columns(texts="listing_id supplier_id kind looks_like supplier ring", fake=pa.bool_(), clever=pa.bool_()),
    "voter": _columns(texts="voter_id supplier_id invited_by", registered_at=_TIME),
    "vote": _columns(texts="vote_id voter_id opinion", target=_TARGET, cast_at=_TIME, purchase=_PURCHASE),
    "vote_truth": _columns(texts="vote_id voter_id story looks_like plot", arranged=pa.bool_()),
    "link": _columns(texts="kind ring", honest=pa.bool_(), shared=pa.list_(_TEXT), suppliers=pa.list_(_TEXT)),
}
"""The columns of each kind of record."""
