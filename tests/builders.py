"""Values for tests: complete and ordinary, unless the test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.edition import FIRED, Edition, PackVersion, RuleInForce
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.genuine_price import (
    REGULAR_SINGLE,
    Basis,
    Forecast,
    GenuinePrice,
    PriceForecast,
    WayOfSelling,
)
from zhengpin.domain.hit import ActionKind, Family, Proof, Severity, Text
from zhengpin.domain.image import ImageMatch, ImageRole, RegisteredImage
from zhengpin.domain.listing import Condition, Edit, Image, Listing, Offer, SaleKind
from zhengpin.domain.model_check import Drift, ModelCheck, Rate
from zhengpin.domain.model_stage import ModelStage, StageChange
from zhengpin.domain.money import Money
from zhengpin.domain.order import OrderEvent, OrderEventKind, OrderSummary
from zhengpin.domain.outcome import ListEntry, ListKind, Outcome, OutcomeKind, OutcomeSource, SubjectKind
from zhengpin.domain.price import Baseline, PriceChannel, PriceObservation, SellerPrice, Stratum
from zhengpin.domain.scored_supplier import ScoredSupplier, SupplierEvidence
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.supplier import Shop, Supplier, SupplierKind
from zhengpin.domain.supplier_fact import Deposit, SupplierFact
from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.domain.supplier_score import Band, EvidenceSums, ScorePoints
from zhengpin.domain.verdict import Decision, Reason, Verdict

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def yuan(amount: str | int) -> Money:
    """An amount in Chinese yuan."""
    return Money.of(amount, "CNY")


def a_supplier(supplier_id: str = "acme-factory", **changes: Any) -> Supplier:
    """A verified factory with one shop."""
    ordinary: dict[str, Any] = {
        "name": "Acme Factory",
        "kind": SupplierKind.FACTORY,
        "country": "CN",
        "verified_at": datetime(2025, 12, 1, tzinfo=UTC),
        "joined_at": datetime(2024, 3, 1, tzinfo=UTC),
        "shops": (Shop(f"{supplier_id}-shop", opened_at=datetime(2024, 4, 1, tzinfo=UTC)),),
    }
    return Supplier(supplier_id, **{**ordinary, **changes})


def a_brand(brand_id: str = "acme", **changes: Any) -> Brand:
    """A brand that nobody gates."""
    ordinary: dict[str, Any] = {"name": "Acme", "owner_id": "acme-owner"}
    return Brand(brand_id, **{**ordinary, **changes})


def an_authorisation(authorisation_id: str = "letter-1", **changes: Any) -> Authorisation:
    """A letter from the brand's owner to the factory, for one year."""
    ordinary: dict[str, Any] = {
        "brand_id": "acme",
        "licensor_id": "acme-owner",
        "licensee_id": "acme-factory",
        "valid_from": date(2025, 7, 1),
        "valid_to": date(2026, 6, 30),
    }
    return Authorisation(authorisation_id, **{**ordinary, **changes})


def a_listing(listing_id: str = "listing-1", *, price: str | int | None = "59.90", **changes: Any) -> Listing:
    """A new kettle of the factory at one price."""
    ordinary: dict[str, Any] = {
        "supplier_id": "acme-factory",
        "shop_id": "acme-factory-shop",
        "title": "Acme 1.5 l kettle K15",
        "category": "kitchen/kettles",
        "brand": "Acme",
        "model": "K15",
        "images": (Image("https://img.example/kettle.jpg", sha256="a" * 64),),
        "offer": Offer(single_price=None if price is None else yuan(price)),
        "units_per_pack": 1,
        "condition": Condition.NEW,
        "territory": "CN",
    }
    return Listing(listing_id, **{**ordinary, **changes})


def a_price(observation_id: str = "price-1", *, price: str | int = "59.90", **changes: Any) -> PriceObservation:
    """What one seller asked for the kettle, bought alone."""
    ordinary: dict[str, Any] = {
        "product_key": "acme k15",
        "seller": "acme-factory",
        "listing_id": "",
        "territory": "CN",
        "condition": Condition.NEW,
        "sale_kind": SaleKind.REGULAR,
        "channel": PriceChannel.SINGLE,
        "group_size": 1,
        "unit_price": yuan(price),
        "captured_at": NOW,
    }
    return PriceObservation(observation_id, **{**ordinary, **changes})


KETTLE = "bms:acme:k15:1500ml"
"""The product key of `a_listing()`."""


def a_baseline(*prices: float, **changes: Any) -> Baseline:
    """What sellers of the kettle ask per unit, bought alone: one seller a price, none of them authorised."""
    ordinary: dict[str, Any] = {
        "product_key": KETTLE,
        "territory": "CN",
        "currency": "CNY",
        "condition": Condition.NEW,
        "sale_kind": SaleKind.REGULAR,
        "channel": PriceChannel.SINGLE,
    }
    sellers = (SellerPrice(f"seller-{nth}", price, NOW, authorised=False) for nth, price in enumerate(prices))
    return Baseline.of(Stratum(**{**ordinary, **changes}), sellers)


def a_snapshot(listing: Listing | None = None, **changes: Any) -> Snapshot:
    """The kettle with nothing known around it."""
    return Snapshot(as_of=NOW, listing=listing or a_listing(), **changes)


def a_forecast(expected: float = 100, *, without: Mapping[str, GenuinePrice | None] | None = None) -> PriceForecast:
    """What a genuine kettle costs, a fifth up or down: regularly, in promotions (less) and to groups."""
    reductions = {
        REGULAR_SINGLE: 1.0,
        WayOfSelling(SaleKind.PROMOTION, PriceChannel.SINGLE): 0.6,
        WayOfSelling(SaleKind.REGULAR, PriceChannel.GROUP): 0.9,
    }
    ways = {
        way: Forecast(a_genuine_price(expected * reduction), without or {}) for way, reduction in reductions.items()
    }
    return PriceForecast(NOW - timedelta(hours=9), ways)


def a_genuine_price(expected: float, **changes: Any) -> GenuinePrice:
    """An expected price, a fifth up or down, by eleven sellers."""
    ordinary: dict[str, Any] = {"low": expected * 0.8, "high": expected * 1.25}
    return GenuinePrice(expected, **{**ordinary, "basis": Basis.PRODUCT, "observations": 11, **changes})


def an_edit(*fields: str, units_sold_before: int = 0, edited_at: datetime = NOW) -> Edit:
    """A change of a listing's identity."""
    return Edit(edited_at, fields or ("brand",), units_sold_before)


def an_order_summary(**counts: int) -> OrderSummary:
    """A hundred orders of a month, all shipped in time and delivered, nobody complaining."""
    return OrderSummary(**{"window_days": 30, "orders": 100, "units": 100, "shipped": 100, "delivered": 100, **counts})


def an_order_event(event_id: str = "event-1", kind: OrderEventKind = OrderEventKind.PAID, **changes: Any) -> OrderEvent:
    """One step of an order of one kettle."""
    ordinary: dict[str, Any] = {
        "order_id": "order-1",
        "listing_id": "listing-1",
        "supplier_id": "acme-factory",
        "happened_at": NOW,
    }
    return OrderEvent(event_id=event_id, kind=kind, **{**ordinary, **changes})


def an_outcome(outcome_id: str = "outcome-1", **changes: Any) -> Outcome:
    """A test buy that was a fake."""
    ordinary: dict[str, Any] = {
        "listing_id": "listing-1",
        "kind": OutcomeKind.FAKE,
        "source": OutcomeSource.TEST_BUY,
        "found_at": NOW,
    }
    return Outcome(outcome_id, **{**ordinary, **changes})


PHASH = 0xF0F0_A5A5_3C3C_9966
"""Of the picture that Acme registered as its own."""


def a_registered_image(image_id: str = "image-1", **changes: Any) -> RegisteredImage:
    """An official picture of the kettle."""
    ordinary: dict[str, Any] = {
        "role": ImageRole.OFFICIAL,
        "brand_id": "acme",
        "uri": "https://acme.example/kettle.jpg",
        "sha256": "c" * 64,
        "phash": PHASH,
        "source": "brand portal",
    }
    return RegisteredImage(image_id, **{**ordinary, **changes})


def an_image_match(distance: int, image_id: str = "image-1", **changes: Any) -> ImageMatch:
    """A picture of the kettle that is a copy of a registered one, but for some bits."""
    registered = a_registered_image(image_id, **changes)
    copy = Image("https://img.example/copy.jpg", phash=PHASH ^ ((1 << distance) - 1))
    return ImageMatch(copy, registered, distance)


def a_list_entry(entry_id: str = "entry-1", **changes: Any) -> ListEntry:
    """A deny entry about the factory, without an end."""
    ordinary: dict[str, Any] = {
        "kind": ListKind.DENY,
        "subject_kind": SubjectKind.SUPPLIER,
        "subject": "acme-factory",
    }
    return ListEntry(entry_id, **{**ordinary, **changes})


def a_supplier_fact(fact_id: str = "fact-1", **changes: Any) -> SupplierFact:
    """The factory has deposited 50,000 yuan, a month ago."""
    ordinary: dict[str, Any] = {
        "supplier_id": "acme-factory",
        "observed_at": NOW - timedelta(days=30),
        "fact": Deposit(yuan(50_000)),
    }
    return SupplierFact(fact_id, **{**ordinary, **changes})


def a_scored_supplier(supplier_id: str = "acme-factory", *, points: int = 400, **changes: Any) -> ScoredSupplier:
    """A supplier of kettles as it stood today, after some orders without a fault."""
    sums = EvidenceSums((30.0, 300.0, 300.0, 0, 0, 0, 0, 0), (0.0,) * 8)
    evidence = SupplierEvidence(sums, category="kitchen/kettles", due_on=NOW.date())
    stands = ScorePoints(points, points - 50, points + 50, Band.GOOD if points >= 400 else Band.AT_RISK)
    ordinary: dict[str, Any] = {"evidence": evidence, "stands": stands, "scored_at": NOW, "priors": "today"}
    return ScoredSupplier(supplier_id, **{**ordinary, **changes})


def a_supplier_profile(**changes: Any) -> SupplierProfile:
    """As of now; nothing is told unless it is named."""
    return SupplierProfile(NOW, **changes)


def a_reason(code: str = "price.far-below-market", **changes: Any) -> Reason:
    """A statistical finding about a price."""
    ordinary: dict[str, Any] = {
        "ref": "PRC-01",
        "rule_version": "listing-screening/1",
        "family": Family.PRICE,
        "severity": Severity.MEDIUM,
        "proof": Proof.STATISTICAL,
        "proposed": ActionKind.OPEN_CASE,
        "taken": ActionKind.OPEN_CASE,
        "observed": (("price.vs_market", 0.42), ("price.market_sellers", 12)),
        "threshold": "price.vs_market < 0.5",
        "text": Text(zh="价格过低", en="The price is far below the market."),
    }
    return Reason(code, **{**ordinary, **changes})


AN_EDITION = Edition(
    packs=(PackVersion("listing-screening", 1, "d" * 64),),
    signals=("price.paid", "price.vs_market"),
    rules=(RuleInForce("price.far-below-market", ("price.vs_market",)),),
)
"""A rule book of one rule."""


def a_verdict(verdict_id: str = "verdict-1", **changes: Any) -> Verdict:
    """A review of the kettle for its price, with its explanation."""
    ordinary: dict[str, Any] = {
        "listing_id": "listing-1",
        "supplier_id": "acme-factory",
        "decision": Decision.REVIEW,
        "actions": (),
        "reasons": (a_reason(),),
        "lane_decision": Decision.REVIEW,
        "packs": AN_EDITION.packs,
        "not_evaluated": (),
        "degraded": (),
        "evaluated_at": NOW,
        "as_of": NOW,
        "valid_until": datetime(2026, 3, 8, 12, tzinfo=UTC),
        "explanation": Explanation(AN_EDITION, {"price.vs_market": 0.42}, FIRED, NOW),
    }
    return Verdict(verdict_id, **{**ordinary, **changes})


def a_stage_change(version: str = "version-1", stage: ModelStage = ModelStage.LIVE, **changes: Any) -> StageChange:
    """An analyst has a model serve."""
    ordinary: dict[str, Any] = {"actor": "an analyst", "changed_at": NOW, "note": "better on the last weeks"}
    return StageChange(version, stage, **{**ordinary, **changes})


def a_model_check(version: str = "version-1", **changes: Any) -> ModelCheck:
    """A look at a model that has moved in one signal and is calibrated."""
    ordinary: dict[str, Any] = {
        "checked_at": NOW,
        "verdicts": 900,
        "drifts": (Drift("score", 0.02, 0.05), Drift("price.vs_market", 0.31, 0.05)),
        "calibration": (Rate(date(2026, 2, 23), 40, 0.1, 0.125, 0.055, 0.261),),
        "is_calibrated": True,
    }
    return ModelCheck(version, **{**ordinary, **changes})
