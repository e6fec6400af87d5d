"""What messages become as quick readers make them; the converters beside it are the plain way to the same values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf import timestamp_pb2
from google.type import date_pb2, money_pb2

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.image import RegisteredImage
from zhengpin.domain.listing import GroupTier, Image, Listing, Offer
from zhengpin.domain.order import OrderEvent
from zhengpin.domain.outcome import ListEntry, Outcome
from zhengpin.domain.price import PricedProduct, PriceReport
from zhengpin.domain.supplier import Shop, Supplier
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    KeyedToken,
    Referral,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierIncident,
    Termination,
    TraderDetail,
)
from zhengpin.domain.vote import Purchase, Voter
from zhengpin.service.convert import facts
from zhengpin.service.convert import supplier_fact as supplier_facts
from zhengpin.service.convert import vote as votes
from zhengpin.service.convert.listing import CLAIMS, CONDITIONS
from zhengpin.service.convert.offer import SALE_KINDS, is_consistent
from zhengpin.service.convert.scalars import EnumPair, date_of, moment_of, money_of
from zhengpin.service.made import Made, Maker, maker
from zhengpin.v1 import (
    brand_pb2,
    image_pb2,
    listing_pb2,
    order_pb2,
    outcome_pb2,
    price_pb2,
    supplier_fact_pb2,
    supplier_pb2,
    vote_pb2,
)

_VALUES: Final[Mapping[Any, Maker]] = {
    date_pb2.Date: maker(date_of),
    money_pb2.Money: maker(money_of),
    timestamp_pb2.Timestamp: maker(moment_of),
    listing_pb2.Image: maker(Image),
    listing_pb2.GroupTier: maker(GroupTier),
    listing_pb2.Offer: maker(Offer, is_right=is_consistent),
    listing_pb2.Listing: maker(Listing),
    supplier_pb2.Shop: maker(Shop),
    supplier_pb2.Supplier: maker(Supplier),
    supplier_fact_pb2.Audit: maker(Audit),
    supplier_fact_pb2.SampleInspection: maker(SampleInspection),
    supplier_fact_pb2.KeyedToken: maker(KeyedToken),
    supplier_fact_pb2.SupplierDocument: maker(SupplierDocument),
    supplier_fact_pb2.TraderDetail: maker(TraderDetail),
    supplier_fact_pb2.Deposit: maker(Deposit),
    supplier_fact_pb2.DayOfSales: maker(DayOfSales),
    supplier_fact_pb2.DayOfService: maker(DayOfService),
    supplier_fact_pb2.Termination: maker(Termination),
    supplier_fact_pb2.Referral: maker(Referral),
    supplier_fact_pb2.Succession: maker(Succession),
    supplier_fact_pb2.SupplierIncident: maker(SupplierIncident),
    supplier_fact_pb2.SupplierFact: maker(supplier_facts.supplier_fact_of, is_right=supplier_facts.is_consistent),
    brand_pb2.Brand: maker(Brand),
    brand_pb2.Authorisation: maker(Authorisation, is_right=facts.ends_after_it_starts),
    image_pb2.RegisteredImage: maker(RegisteredImage, is_right=facts.is_comparable),
    price_pb2.PricedProduct: maker(PricedProduct),
    price_pb2.PriceObservation: maker(PriceReport),
    order_pb2.OrderEvent: maker(OrderEvent),
    outcome_pb2.Outcome: maker(Outcome),
    outcome_pb2.ListEntry: maker(ListEntry),
    vote_pb2.Voter: maker(Voter, is_right=votes.is_of_our_time),
    vote_pb2.VoteTarget: maker(votes.target_of),
    vote_pb2.Purchase: maker(Purchase),
    vote_pb2.Vote: maker(votes.vote_of),
}

_ENUMS: Final[Mapping[Any, EnumPair[Any]]] = {
    listing_pb2.Condition: CONDITIONS,
    listing_pb2.AuthenticityClaim: CLAIMS,
    listing_pb2.SaleKind: SALE_KINDS,
    supplier_pb2.SupplierKind: facts.SUPPLIER_KINDS,
    supplier_pb2.SupplierState: facts.SUPPLIER_STATES,
    supplier_fact_pb2.InspectionSeverity: supplier_facts.SEVERITIES,
    supplier_fact_pb2.TokenKind: supplier_facts.TOKEN_KINDS,
    supplier_fact_pb2.DocumentKind: supplier_facts.DOCUMENT_KINDS,
    supplier_fact_pb2.TraderField: supplier_facts.TRADER_FIELDS,
    supplier_fact_pb2.IncidentKind: supplier_facts.INCIDENT_KINDS,
    supplier_fact_pb2.IncidentGravity: supplier_facts.GRAVITIES,
    order_pb2.OrderEventKind: facts.ORDER_EVENT_KINDS,
    order_pb2.ComplaintCause: facts.COMPLAINT_CAUSES,
    order_pb2.CancelledBy: facts.CANCELLED_BY,
    outcome_pb2.OutcomeKind: facts.OUTCOME_KINDS,
    outcome_pb2.OutcomeSource: facts.OUTCOME_SOURCES,
    image_pb2.ImageRole: facts.IMAGE_ROLES,
    outcome_pb2.ListKind: facts.LIST_KINDS,
    outcome_pb2.ListSubject: facts.LIST_SUBJECTS,
    vote_pb2.Opinion: votes.OPINIONS,
}

FACTS: Final = Made(
    {kind.DESCRIPTOR.full_name: maker for kind, maker in _VALUES.items()},
    {kind.DESCRIPTOR.full_name: pair.members for kind, pair in _ENUMS.items()},
)
"""The values that a marketplace tells."""
