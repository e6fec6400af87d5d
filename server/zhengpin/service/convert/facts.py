"""Suppliers, brands, authorisations, registered images, prices, orders, outcomes and list entries."""

from __future__ import annotations

from zhengpin.detectors.images.phash import is_blank
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.image import ImageRole, RegisteredImage
from zhengpin.domain.order import CancelledBy, ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.outcome import ListEntry, ListKind, Outcome, OutcomeKind, OutcomeSource, SubjectKind
from zhengpin.domain.price import PricedProduct, PriceReport
from zhengpin.domain.supplier import Shop, Supplier, SupplierKind, SupplierState
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.listing import CONDITIONS
from zhengpin.service.convert.offer import SALE_KINDS
from zhengpin.service.convert.scalars import (
    EnumPair,
    date_from_proto,
    moment_from_proto,
    money_from_proto,
    optional_date_from_proto,
    optional_moment_from_proto,
    optional_money_from_proto,
)
from zhengpin.v1 import brand_pb2, image_pb2, order_pb2, outcome_pb2, price_pb2, supplier_pb2

SUPPLIER_KINDS = EnumPair(SupplierKind, supplier_pb2.SupplierKind, "SUPPLIER_KIND_", SupplierKind.UNKNOWN)
SUPPLIER_STATES = EnumPair(SupplierState, supplier_pb2.SupplierState, "SUPPLIER_STATE_", SupplierState.ACTIVE)
ORDER_EVENT_KINDS = EnumPair(OrderEventKind, order_pb2.OrderEventKind, "ORDER_EVENT_KIND_")
COMPLAINT_CAUSES = EnumPair(ComplaintCause, order_pb2.ComplaintCause, "COMPLAINT_CAUSE_", ComplaintCause.NONE)
CANCELLED_BY = EnumPair(CancelledBy, order_pb2.CancelledBy, "CANCELLED_BY_", CancelledBy.UNTOLD)
OUTCOME_KINDS = EnumPair(OutcomeKind, outcome_pb2.OutcomeKind, "OUTCOME_KIND_")
OUTCOME_SOURCES = EnumPair(OutcomeSource, outcome_pb2.OutcomeSource, "OUTCOME_SOURCE_")
IMAGE_ROLES = EnumPair(ImageRole, image_pb2.ImageRole, "IMAGE_ROLE_")
LIST_KINDS = EnumPair(ListKind, outcome_pb2.ListKind, "LIST_KIND_")
LIST_SUBJECTS = EnumPair(SubjectKind, outcome_pb2.ListSubject, "LIST_SUBJECT_")


def supplier_from_proto(message: supplier_pb2.Supplier) -> Supplier:
    """A supplier with its shops."""
    return Supplier(
        supplier_id=message.supplier_id,
        name=message.name,
        kind=SUPPLIER_KINDS.from_proto(message.kind),
        country=message.country,
        registration_code=message.registration_code,
        licence_valid_until=optional_date_from_proto(message, "licence_valid_until"),
        licence_scope=tuple(message.licence_scope),
        verified_at=optional_moment_from_proto(message, "verified_at"),
        joined_at=optional_moment_from_proto(message, "joined_at"),
        state=SUPPLIER_STATES.from_proto(message.state),
        monthly_capacity=message.monthly_capacity if message.HasField("monthly_capacity") else None,
        shops=tuple([_shop_from_proto(shop) for shop in message.shops]),
        address=message.address,
    )


def _shop_from_proto(message: supplier_pb2.Shop) -> Shop:
    return Shop(
        shop_id=message.shop_id,
        name=message.name,
        opened_at=optional_moment_from_proto(message, "opened_at"),
        official_store=message.official_store if message.HasField("official_store") else None,
        reputation=message.reputation if message.HasField("reputation") else None,
        completed_orders=message.completed_orders if message.HasField("completed_orders") else None,
    )


def brand_from_proto(message: brand_pb2.Brand) -> Brand:
    """A registered brand."""
    return Brand(
        brand_id=message.brand_id,
        name=message.name,
        aliases=tuple(message.aliases),
        owner_id=message.owner_id,
        gated=message.gated,
        reference_price=optional_money_from_proto(message, "reference_price"),
        gtin_prefixes=tuple(message.gtin_prefixes),
        categories=tuple(message.categories),
    )


def authorisation_from_proto(message: brand_pb2.Authorisation) -> Authorisation:
    """An edge of the authorisation graph; its end may not lie before its start."""
    authorisation = Authorisation(
        authorisation_id=message.authorisation_id,
        brand_id=message.brand_id,
        licensor_id=message.licensor_id,
        licensee_id=message.licensee_id,
        valid_from=date_from_proto(message, "valid_from"),
        valid_to=date_from_proto(message, "valid_to"),
        category=message.category,
        territory=message.territory,
        sublicensable=message.sublicensable,
        document_sha256=message.document_sha256,
        mark=message.mark,
    )
    if not ends_after_it_starts(authorisation):
        raise InvalidInput(FieldViolation("valid_to", f"must not lie before valid_from ({authorisation.valid_from})"))
    return authorisation


def ends_after_it_starts(authorisation: Authorisation) -> bool:
    """Whether an authorisation holds for a day at least."""
    return authorisation.valid_from <= authorisation.valid_to


def price_report_from_proto(message: price_pb2.PriceObservation) -> PriceReport:
    """A price as reported, of a stored listing or of a product elsewhere."""
    return PriceReport(
        observation_id=message.observation_id,
        paid=money_from_proto(message.paid),
        units=message.units,
        captured_at=moment_from_proto(message, "captured_at"),
        listing_id=message.listing_id,
        product=_product_from_proto(message.product) if message.HasField("product") else None,
        platform_subsidy=optional_money_from_proto(message, "platform_subsidy"),
        list_price=optional_money_from_proto(message, "list_price"),
        group_size=message.group_size or 1,
        sale_kind=SALE_KINDS.from_proto(message.sale_kind),
        proof=message.proof,
    )


def _product_from_proto(message: price_pb2.PricedProduct) -> PricedProduct:
    return PricedProduct(
        platform=message.platform,
        seller=message.seller,
        gtin=message.gtin,
        brand=message.brand,
        model=message.model,
        spec=message.spec,
        condition=CONDITIONS.from_proto(message.condition),
        territory=message.territory,
    )


def order_event_from_proto(message: order_pb2.OrderEvent) -> OrderEvent:
    """One step of an order."""
    return OrderEvent(
        event_id=message.event_id,
        order_id=message.order_id,
        listing_id=message.listing_id,
        supplier_id=message.supplier_id,
        kind=ORDER_EVENT_KINDS.from_proto(message.kind),
        happened_at=moment_from_proto(message, "happened_at"),
        quantity=message.quantity or 1,
        paid=optional_money_from_proto(message, "paid"),
        cause=COMPLAINT_CAUSES.from_proto(message.cause),
        text=message.text,
        stars=message.stars if message.HasField("stars") else None,
        buyer_id=message.buyer_id,
        promised_by=optional_moment_from_proto(message, "promised_by"),
        cancelled_by=CANCELLED_BY.from_proto(message.cancelled_by),
    )


def outcome_from_proto(message: outcome_pb2.Outcome) -> Outcome:
    """What a listing turned out to be."""
    return Outcome(
        outcome_id=message.outcome_id,
        listing_id=message.listing_id,
        kind=OUTCOME_KINDS.from_proto(message.kind),
        source=OUTCOME_SOURCES.from_proto(message.source),
        found_at=moment_from_proto(message, "found_at"),
        note=message.note,
        evidence=message.evidence,
    )


def registered_image_from_proto(message: image_pb2.RegisteredImage) -> RegisteredImage:
    """A registered image; raises `InvalidInput` for one that nothing can be compared with, or that is nobody's."""
    image = RegisteredImage(
        image_id=message.image_id,
        role=IMAGE_ROLES.from_proto(message.role),
        brand_id=message.brand_id,
        gtin=message.gtin,
        model=message.model,
        uri=message.uri,
        sha256=message.sha256,
        phash=message.phash if message.HasField("phash") else None,
        source=message.source,
        listing_id=message.listing_id,
        first_shown_at=optional_moment_from_proto(message, "first_shown_at"),
    )
    missing = _missing_of(image)
    if missing:
        raise InvalidInput(*missing)
    return image


def is_comparable(image: RegisteredImage) -> bool:
    """Whether a registered image says what it shows and whose it is."""
    return not _missing_of(image)


_OF_ONE_COLOUR = "is that of a picture of one colour, which many look like: leave it out, or register another"


def _missing_of(image: RegisteredImage) -> list[FieldViolation]:
    missing = []
    if image.phash is not None and is_blank(image.phash):
        missing.append(FieldViolation("phash", _OF_ONE_COLOUR))
    elif image.phash is None and not image.sha256:
        missing.append(FieldViolation("phash", "give phash, sha256 or both: else no picture can be compared with it"))
    if image.role is ImageRole.OFFICIAL and not image.brand_id:
        missing.append(FieldViolation("brand_id", "must name the brand whose official picture it is"))
    return missing


def list_entry_from_proto(message: outcome_pb2.ListEntry) -> ListEntry:
    """A standing decision about one subject."""
    return ListEntry(
        entry_id=message.entry_id,
        kind=LIST_KINDS.from_proto(message.kind),
        subject_kind=LIST_SUBJECTS.from_proto(message.subject_kind),
        subject=message.subject,
        reason=message.reason,
        expires_at=optional_moment_from_proto(message, "expires_at"),
    )
