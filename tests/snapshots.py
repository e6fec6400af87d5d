"""Any snapshot that a store may hand out: hypothesis strategies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

from hypothesis import strategies as st

from zhengpin.detectors.images.phash import RADIUS
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.genuine_price import Basis, Forecast, GenuinePrice, PriceForecast, WayOfSelling
from zhengpin.domain.image import ImageMatch, ImageRole, RegisteredImage
from zhengpin.domain.listing import AuthenticityClaim, Condition, Edit, GroupTier, Image, Listing, Offer, SaleKind
from zhengpin.domain.look_alike import Imitation, LookAlike
from zhengpin.domain.money import Money
from zhengpin.domain.order import Allegation, FakeAllegations, OrderSummary
from zhengpin.domain.outcome import ListEntry, ListKind, Outcome, OutcomeKind, OutcomeSource, SubjectKind
from zhengpin.domain.price import Baseline, PriceChannel, SellerPrice, Stratum
from zhengpin.domain.snapshot import DuplicateUse, OwnPrice, Snapshot
from zhengpin.domain.standing import Board, Proposal, Standing, VoteCounts
from zhengpin.domain.supplier import Shop, Supplier, SupplierKind, SupplierState
from zhengpin.domain.supplier_fact import TraderField
from zhengpin.domain.supplier_profile import (
    Audits,
    Incidents,
    Invoiced,
    Papers,
    ReferralTree,
    Service,
    SupplierProfile,
    TraderDetails,
)
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.domain.votes_around import FakeWords, VoterMix, VotesAround, VotesOn

_GOODS = ["Acme K15 kettle", "Acme", "Акме", "アクメ", "kit 2", "3 pcs", "1,5 l", "xl", "preto e colorido", "1:1"]
_SAYINGS = ["réplica", "não", "vazio", "usado", "高仿", "不是", "二手", "compatível com", "适用", "gift", "Ａ货"]
_SIGNS = ["+", ". ", ", ", "whatsapp (11) 98765-4321", "①", "İ", "ß"]
texts = st.text(max_size=80) | st.lists(st.sampled_from([*_GOODS, *_SAYINGS, *_SIGNS]), max_size=12).map(" ".join)
ids = st.sampled_from(["acme-owner", "acme-factory", "agent", "other"])
currencies = st.sampled_from(["CNY", "BRL"])
moneys = st.builds(Money, currencies, st.integers(0, 10**21))
moments = st.integers(40_000_000, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
days = st.dates(date(1971, 1, 1), date(2200, 1, 1))
counts = st.integers(0, 10**9)
places = st.sampled_from(["", "CN", "BR"])
categories = st.sampled_from(["", "kitchen", "kitchen/kettles", "food"])


T = TypeVar("T")


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[T], most: int = 4) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


offers = st.builds(
    Offer,
    single_price=maybe(moneys),
    group_tiers=several(st.builds(GroupTier, st.integers(2, 100_000), moneys)),
    was_price=maybe(moneys),
    merchant_discount=maybe(moneys),
    platform_subsidy=maybe(moneys),
    campaign_floor=maybe(moneys),
    unit_cost=maybe(moneys),
    sale_kind=st.sampled_from(SaleKind),
)
images = st.builds(
    Image, st.just("https://img.example/1"), st.sampled_from(["", "a" * 64]), maybe(st.sampled_from([0, 2**32 - 1]))
)
registered_images = st.builds(
    RegisteredImage,
    ids,
    st.sampled_from(ImageRole),
    ids,
    uri=texts,
    sha256=st.sampled_from(["", "a" * 64]),
    phash=maybe(st.just(2**32 - 1)),
    first_shown_at=maybe(moments),
)
listings = st.builds(
    Listing,
    listing_id=st.just("listing-1"),
    supplier_id=ids,
    title=texts,
    description=texts,
    category=categories,
    brand=texts,
    gtin=st.sampled_from(["", "6936983800013", "2001234567893", "12", "9780306406157"]),
    model=texts,
    spec=texts,
    attributes=several(st.tuples(texts, texts), most=2),
    origin_place=texts,
    images=several(images),
    offer=offers,
    units_per_pack=maybe(st.integers(0, 10**6)),
    condition=st.sampled_from(Condition),
    authenticity_claim=st.sampled_from(AuthenticityClaim),
    stock=maybe(counts),
    territory=places,
    customs_declaration=texts,
)
brands = st.builds(
    Brand,
    brand_id=ids,
    name=texts,
    aliases=several(texts),
    owner_id=ids | st.just(""),
    gated=st.booleans(),
    reference_price=maybe(moneys),
    categories=several(categories),
)
authorisations = st.builds(
    Authorisation, st.just("letter"), st.just("acme"), ids, ids, days, days, categories, places, st.booleans()
)
suppliers = st.builds(
    Supplier,
    supplier_id=ids,
    kind=st.sampled_from(SupplierKind),
    country=places,
    registration_code=st.sampled_from(["", "91350100M000100Y43", "HRB 1"]) | texts,
    licence_valid_until=maybe(days),
    licence_scope=several(categories),
    verified_at=maybe(moments),
    joined_at=maybe(moments),
    state=st.sampled_from(SupplierState),
    monthly_capacity=maybe(counts),
)
trader_fields = st.lists(st.sampled_from(TraderField), max_size=4).map(tuple)
profiles = st.builds(
    SupplierProfile,
    moments,
    trader=maybe(st.builds(TraderDetails, moments, trader_fields, trader_fields)),
    papers=maybe(st.builds(Papers, counts, counts)),
    invoiced=several(st.builds(Invoiced, st.sampled_from(["", "acme-owner"]), counts)),
    service=maybe(st.builds(Service, counts, counts)),
    incidents=maybe(st.builds(Incidents, counts, counts)),
    deposit_cover=maybe(st.floats(0, 1e12)),
    turnover_jump=maybe(st.floats(0, 1e12)),
    audits=maybe(st.builds(Audits, several(days), counts)),
    rejected_goods=maybe(several(categories)),
    referrals=maybe(st.builds(ReferralTree, counts, counts, st.booleans(), st.booleans(), st.booleans())),
    terminated_identities=several(ids),
)
shops = st.builds(
    Shop,
    shop_id=st.just("shop"),
    opened_at=maybe(moments),
    official_store=maybe(st.booleans()),
    reputation=maybe(st.floats(0, 1)),
    completed_orders=maybe(counts),
)
strata = st.builds(
    Stratum,
    product_key=st.sampled_from(["gtin:06936983800013", "bms:acme:k15:1500ml"]),
    territory=places,
    currency=currencies,
    condition=st.sampled_from(Condition),
    sale_kind=st.sampled_from(SaleKind),
    channel=st.sampled_from(PriceChannel),
)
amounts = st.just(0.0) | st.floats(1e-9, 10**12)  # of money, which counts in billionths
seller_prices = st.builds(SellerPrice, st.text(max_size=3), amounts, moments, st.booleans())
baselines = st.builds(Baseline.of, strata, several(seller_prices, most=8))
genuine_prices = st.builds(GenuinePrice, *[st.floats(1e-9, 10**12)] * 3, st.sampled_from(Basis), st.integers(1, 10**6))
forecasts = st.builds(
    PriceForecast,
    moments,
    st.dictionaries(
        st.builds(WayOfSelling, st.sampled_from(SaleKind), st.sampled_from(PriceChannel)),
        st.builds(Forecast, maybe(genuine_prices), st.dictionaries(ids, maybe(genuine_prices), max_size=2)),
    ),
)
orders = st.builds(OrderSummary, window_days=st.just(30), **dict.fromkeys(
    ("orders", "units", "shipped", "shipped_late", "delivered", "cancelled", "returned", "refunded", "complaints",
     "fake_complaints", "not_as_described", "distinct_complaining_orders"), counts
))  # fmt: skip
shares = st.floats(0, 1)
vote_targets = st.builds(Target, st.sampled_from(TargetKind), st.sampled_from(["listing:listing-1", "acme"]))
standings = st.builds(
    Standing,
    target=vote_targets,
    board=st.sampled_from(Board),
    share=shares,
    low=shares,
    high=shares,
    effective_votes=amounts,
    circles=counts,
    counts=st.integers(0, 10**6).flatmap(
        lambda warn: st.builds(VoteCounts, recommend=counts, warn=st.just(warn), excluded=st.integers(0, warn))
    ),
    category_share=shares,
    as_of=moments,
    proposes=several(st.sampled_from(Proposal)).map(dict.fromkeys).map(tuple),
)
windows = st.builds(
    VoteWindow,
    window_id=ids,
    target=vote_targets,
    why=st.sampled_from([WhyNotCounted.BURST, WhyNotCounted.DRIP, WhyNotCounted.LOCKSTEP, WhyNotCounted.DENSE_BLOCK]),
    cast_from=moments,
    cast_until=moments,
    voters=counts,
    expected_voters=maybe(amounts),
    raised_at=moments,
)
fake_words = st.builds(FakeWords, counts, amounts, several(texts, most=2))
votes_on = st.builds(
    VotesOn,
    standings,
    several(windows, most=3),
    maybe(st.builds(VoterMix, shares, shares, shares, moments)),
    fake_words,
)
votes_around = st.builds(VotesAround, st.dictionaries(st.sampled_from(TargetKind), votes_on), fake_words)
look_alikes = st.builds(LookAlike, brands, texts, texts, st.sampled_from(Imitation), st.floats(0, 1))
snapshots = st.builds(
    Snapshot,
    as_of=moments,
    listing=listings,
    stored_before=st.booleans(),
    first_seen_at=maybe(moments),
    edits=several(st.builds(Edit, moments, several(st.sampled_from(["title", "brand", "gtin"])), counts)),
    supplier=maybe(suppliers),
    supplier_profile=maybe(profiles),
    company_terminated=maybe(st.booleans()),
    shop=maybe(shops),
    brand=maybe(brands),
    gtin_brands=several(brands, most=2),
    known_brands=several(brands, most=2),
    look_alike=maybe(look_alikes),
    look_alikes_known=st.booleans(),
    authorisations=several(authorisations),
    baselines=several(baselines, most=2),
    forecast=maybe(forecasts),
    own_price=maybe(st.builds(OwnPrice, maybe(amounts), maybe(amounts))),
    listing_orders=maybe(orders),
    supplier_orders=maybe(orders),
    fake_allegations=maybe(st.builds(FakeAllegations, counts, several(st.builds(Allegation, ids, texts), most=2))),
    units_sold_total=maybe(counts),
    outcomes=several(
        st.builds(
            Outcome, ids, st.just("listing-1"), st.sampled_from(OutcomeKind), st.sampled_from(OutcomeSource), moments
        )
    ),
    supplier_confirmed_fakes=maybe(counts),
    duplicates=maybe(st.builds(DuplicateUse, counts, counts, maybe(counts), maybe(counts), counts, counts)),
    image_matches=maybe(several(st.builds(ImageMatch, images, registered_images, st.integers(0, RADIUS)))),
    votes=maybe(votes_around),
    list_entries=several(
        st.builds(
            ListEntry,
            ids,
            st.sampled_from(ListKind),
            st.sampled_from(SubjectKind),
            ids,
            expires_at=maybe(moments),
        )
    ),
)
