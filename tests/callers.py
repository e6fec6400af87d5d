"""A marketplace's backend as tests play it: the generated stubs, and messages that are complete and ordinary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import grpc
from google.protobuf import timestamp_pb2
from google.rpc import error_details_pb2, status_pb2
from google.type import money_pb2
from grpc_status import rpc_status

from zhengpin.v1 import (
    batch_pb2,
    brand_pb2,
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    image_pb2,
    listing_pb2,
    model_service_pb2,
    model_service_pb2_grpc,
    order_pb2,
    price_pb2,
    reputation_service_pb2,
    reputation_service_pb2_grpc,
    screening_service_pb2,
    screening_service_pb2_grpc,
    supplier_pb2,
    supplier_service_pb2_grpc,
    verdict_pb2,
    vote_pb2,
)


class Caller:
    """Every service of one server, called for one marketplace."""

    def __init__(self, port: int, marketplace: str) -> None:
        self.marketplace = marketplace
        options = [
            ("grpc.max_receive_message_length", 16 << 20),
            ("grpc.enable_retries", 0),
            ("grpc.use_local_subchannel_pool", 1),  # a connection of its own
        ]
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
        self.metadata = (("zhengpin-marketplace", marketplace),)
        self.catalog = catalog_service_pb2_grpc.CatalogServiceStub(self.channel)
        self.screening = screening_service_pb2_grpc.ScreeningServiceStub(self.channel)
        self.reputation = reputation_service_pb2_grpc.ReputationServiceStub(self.channel)
        self.suppliers = supplier_service_pb2_grpc.SupplierServiceStub(self.channel)
        self.models = model_service_pb2_grpc.ModelServiceStub(self.channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.channel.close()

    def screen(self, listing: listing_pb2.Listing | str, **options: Any) -> verdict_pb2.Verdict:
        """Screen a whole listing, or a stored one by its id."""
        subject = {"listing_id": listing} if isinstance(listing, str) else {"listing": listing}
        request = screening_service_pb2.ScreenListingRequest(**subject, **{"request_id": an_id(), **options})
        return self.screening.ScreenListing(request, metadata=self.metadata, timeout=20)

    def screen_batch(
        self, *requests: screening_service_pb2.ScreenListingRequest, request_id: str = ""
    ) -> screening_service_pb2.BatchScreenListingsResponse:
        """Screen a batch."""
        batch = screening_service_pb2.BatchScreenListingsRequest(request_id=request_id or an_id(), requests=requests)
        return self.screening.BatchScreenListings(batch, metadata=self.metadata, timeout=20)

    def store(self, *listings: listing_pb2.Listing, request_id: str = "") -> batch_pb2.BatchResponse:
        """Store listings without screening them."""
        request = catalog_service_pb2.UpsertListingsRequest(request_id=request_id or an_id(), listings=listings)
        return self.catalog.UpsertListings(request, metadata=self.metadata, timeout=20)

    def list_verdicts(self, **options: Any) -> screening_service_pb2.ListVerdictsResponse:
        """A page of verdicts."""
        request = screening_service_pb2.ListVerdictsRequest(**options)
        return self.screening.ListVerdicts(request, metadata=self.metadata, timeout=20)

    def call(self, method: str, request: Any) -> Any:
        """Any method of any service that answers once."""
        stubs = (self.catalog, self.screening, self.reputation, self.suppliers, self.models)
        stub = next(each for each in stubs if hasattr(each, method))
        return getattr(stub, method)(request, metadata=self.metadata, timeout=20)

    def welcome(self, *voters: vote_pb2.Voter, request_id: str = "") -> batch_pb2.BatchResponse:
        """Store voters."""
        request = reputation_service_pb2.UpsertVotersRequest(request_id=request_id or an_id(), voters=voters)
        return self.reputation.UpsertVoters(request, metadata=self.metadata, timeout=20)

    def cast(self, *votes: vote_pb2.Vote, request_id: str = "") -> batch_pb2.BatchResponse:
        """Cast votes."""
        request = reputation_service_pb2.CastVotesRequest(request_id=request_id or an_id(), votes=votes)
        return self.reputation.CastVotes(request, metadata=self.metadata, timeout=20)

    def standing(self, **target: Any) -> vote_pb2.Standing:
        """Where a target stands."""
        request = reputation_service_pb2.GetStandingRequest(target=vote_pb2.VoteTarget(**target))
        return self.reputation.GetStanding(request, metadata=self.metadata, timeout=20)

    def train(self, request_id: str = "", **options: Any) -> list[model_service_pb2.TrainModelResponse]:
        """Train a model to the end: every step of it, the model last."""
        asked = {"request_id": request_id or an_id(), "actor": "an analyst", **options}
        request = model_service_pb2.TrainModelRequest(**asked)
        return list(self.models.TrainModel(request, metadata=self.metadata, timeout=100))


def an_id() -> str:
    """A fresh request id."""
    return str(uuid4())


def yuan_message(units: int, nanos: int = 0) -> money_pb2.Money:
    """An amount in yuan."""
    return money_pb2.Money(currency_code="CNY", units=units, nanos=nanos)


def a_moment(moment: datetime | None = None) -> timestamp_pb2.Timestamp:
    """A time, by default now."""
    stamp = timestamp_pb2.Timestamp()
    stamp.FromDatetime(moment or datetime.now(UTC))
    return stamp


def a_listing_message(listing_id: str = "listing-1", **changes: Any) -> listing_pb2.Listing:
    """A complete listing that no rule objects to."""
    ordinary: dict[str, Any] = {
        "listing_id": listing_id,
        "supplier_id": "supplier-1",
        "shop_id": "shop-1",
        "title": "Haolin non-stick pan HL-24 24 cm",
        "category": "kitchen",
        "brand": "Haolin",
        "gtin": "6904235001013",
        "model": "HL-24",
        "spec": "24 cm",
        "condition": listing_pb2.CONDITION_NEW,
        "units_per_pack": 1,
        "territory": "CN",
        "offer": listing_pb2.Offer(single_price=yuan_message(159)),
    }
    return listing_pb2.Listing(**{**ordinary, **changes})


def a_supplier_message(supplier_id: str = "supplier-1", **changes: Any) -> supplier_pb2.Supplier:
    """A supplier with one shop."""
    ordinary: dict[str, Any] = {"name": "Acme", "shops": [supplier_pb2.Shop(shop_id="shop-1", name="Acme's shop")]}
    return supplier_pb2.Supplier(supplier_id=supplier_id, **{**ordinary, **changes})


def an_authorisation_message(authorisation_id: str = "letter-1", **changes: Any) -> brand_pb2.Authorisation:
    """A letter of a year."""
    ordinary: dict[str, Any] = {
        "brand_id": "acme",
        "licensor_id": "acme-owner",
        "licensee_id": "supplier-1",
        "valid_from": {"year": 2026, "month": 1, "day": 1},
        "valid_to": {"year": 2027, "month": 1, "day": 1},
    }
    return brand_pb2.Authorisation(authorisation_id=authorisation_id, **{**ordinary, **changes})


def a_voter_message(voter_id: str = "voter-1", **changes: Any) -> vote_pb2.Voter:
    """A shop owner of a year."""
    ordinary: dict[str, Any] = {"registered_at": a_moment(datetime.now(UTC) - timedelta(days=365))}
    return vote_pb2.Voter(voter_id=voter_id, **{**ordinary, **changes})


def a_vote_message(vote_id: str = "vote-1", **changes: Any) -> vote_pb2.Vote:
    """A recommendation of what `a_listing_message()` offers."""
    ordinary: dict[str, Any] = {
        "voter_id": "voter-1",
        "target": vote_pb2.VoteTarget(listing_id="listing-1"),
        "opinion": vote_pb2.OPINION_RECOMMEND,
        "cast_at": a_moment(),
    }
    return vote_pb2.Vote(vote_id=vote_id, **{**ordinary, **changes})


def an_image_message(image_id: str = "image-1", **changes: Any) -> image_pb2.RegisteredImage:
    """An official picture of a brand."""
    ordinary: dict[str, Any] = {
        "role": image_pb2.IMAGE_ROLE_OFFICIAL,
        "brand_id": "acme",
        "uri": "https://acme.example/kettle.jpg",
        "sha256": "c" * 64,
        "phash": 0xF0F0_A5A5_3C3C_9966,
    }
    return image_pb2.RegisteredImage(image_id=image_id, **{**ordinary, **changes})


def a_price_message(observation_id: str = "price-1", **changes: Any) -> price_pb2.PriceObservation:
    """A price of a stored listing."""
    ordinary: dict[str, Any] = {
        "listing_id": "listing-1",
        "paid": yuan_message(150),
        "units": 1,
        "captured_at": a_moment(),
    }
    return price_pb2.PriceObservation(observation_id=observation_id, **{**ordinary, **changes})


def an_order_message(event_id: str = "event-1", **changes: Any) -> order_pb2.OrderEvent:
    """An order that was paid."""
    ordinary: dict[str, Any] = {
        "order_id": "order-1",
        "listing_id": "listing-1",
        "supplier_id": "supplier-1",
        "kind": order_pb2.ORDER_EVENT_KIND_PAID,
        "happened_at": a_moment(),
    }
    return order_pb2.OrderEvent(event_id=event_id, **{**ordinary, **changes})


def screening(listing: listing_pb2.Listing, **options: Any) -> screening_service_pb2.ScreenListingRequest:
    """One item of a batch."""
    return screening_service_pb2.ScreenListingRequest(listing=listing, **options)


def fields_of(status: status_pb2.Status) -> dict[str, str]:
    """The violations of a status, by field."""
    for packed in status.details:
        detail = error_details_pb2.BadRequest()
        if packed.Unpack(detail):
            return {each.field: each.description for each in detail.field_violations}
    return {}


def reason_of(status: status_pb2.Status) -> str:
    """The `ErrorInfo` reason of a status."""
    info = error_details_pb2.ErrorInfo()
    assert any(packed.Unpack(info) for packed in status.details)
    assert info.domain == "zhengpin"
    return str(info.reason)


def status_of_error(error: grpc.RpcError) -> status_pb2.Status:
    """The rich status of a refused call."""
    status = rpc_status.from_call(error)
    assert status is not None, error
    return status
