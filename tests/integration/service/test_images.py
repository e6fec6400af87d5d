"""Pictures over gRPC: registered, learned from outcomes, and shown side by side in a verdict."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from callers import (
    Caller,
    a_listing_message,
    a_moment,
    an_id,
    an_image_message,
    fields_of,
    reason_of,
    status_of_error,
)
from zhengpin.v1 import batch_pb2, brand_pb2, image_pb2, listing_pb2, outcome_pb2, verdict_pb2
from zhengpin.v1 import catalog_service_pb2 as catalog

PHASH = an_image_message().phash


def register(caller: Caller, *images: image_pb2.RegisteredImage, request_id: str = "") -> batch_pb2.BatchResponse:
    request = catalog.RegisterImagesRequest(request_id=request_id or an_id(), images=images)
    answer: batch_pb2.BatchResponse = caller.call("RegisterImages", request)
    return answer


def showing_a_copy(listing_id: str = "listing-1", **changes: Any) -> listing_pb2.Listing:
    """A listing with a picture that is three bits from the registered one."""
    picture = listing_pb2.Image(uri=f"https://images.example/{listing_id}.jpg", phash=PHASH ^ 0b111)
    return a_listing_message(listing_id, images=[picture], **changes)


def reasons(verdict: verdict_pb2.Verdict) -> dict[str, verdict_pb2.Reason]:
    return {reason.code: reason for reason in verdict.reasons}


def confirm_fake(caller: Caller, listing_id: str) -> None:
    outcome = outcome_pb2.Outcome(
        outcome_id="test-buy-7",
        listing_id=listing_id,
        kind=outcome_pb2.OUTCOME_KIND_FAKE,
        source=outcome_pb2.OUTCOME_SOURCE_TEST_BUY,
        found_at=a_moment(),
    )
    caller.call("RecordOutcomes", catalog.RecordOutcomesRequest(request_id=an_id(), outcomes=[outcome]))


def test_an_official_picture_of_a_gated_brand_without_a_letter_asks_for_papers_and_names_the_pair(
    caller: Caller,
) -> None:
    brand = brand_pb2.Brand(brand_id="haolin", name="Haolin", gated=True, owner_id="owner")
    caller.call("RegisterBrands", catalog.RegisterBrandsRequest(request_id=an_id(), brands=[brand]))
    register(caller, an_image_message(brand_id="haolin"))
    found = reasons(caller.screen(showing_a_copy()))["listing.official-pictures-without-letter"]
    (pair,) = [each for each in found.evidence if each.kind == "image_pair"]
    assert pair.reference == "https://images.example/listing-1.jpg"
    assert pair.quote == "3 bits from official image-1: https://acme.example/kettle.jpg"
    assert "listing.official-pictures-without-letter" not in reasons(
        caller.screen(showing_a_copy("own", supplier_id="owner"))
    )


def test_pictures_of_a_brand_that_a_listing_does_not_name_open_a_case(caller: Caller) -> None:
    brand = brand_pb2.Brand(brand_id="acme", name="Acme", owner_id="owner")
    caller.call("RegisterBrands", catalog.RegisterBrandsRequest(request_id=an_id(), brands=[brand]))
    register(caller, an_image_message())
    assert "listing.pictures-of-an-unnamed-brand" in reasons(caller.screen(showing_a_copy()))
    named = showing_a_copy("named", title="Haolin lid, fits Acme pan HL-24")
    assert "listing.pictures-of-an-unnamed-brand" not in reasons(caller.screen(named))


def test_whoever_shows_the_pictures_of_a_confirmed_fake_is_looked_at(caller: Caller) -> None:
    caller.store(showing_a_copy("fake", supplier_id="faker"))
    before = caller.screen(showing_a_copy("before", supplier_id="another"))
    confirm_fake(caller, "fake")
    after = caller.screen(showing_a_copy("after", supplier_id="another"))
    assert "listing.pictures-of-a-confirmed-fake" not in reasons(before)
    found = reasons(after)["listing.pictures-of-a-confirmed-fake"]
    assert after.decision == verdict_pb2.DECISION_REVIEW
    assert [each.quote for each in found.evidence if each.kind == "image_pair"] == [
        "0 bits from confirmed_fake test-buy-7#0: https://images.example/fake.jpg"
    ]


def test_what_a_listing_showed_before_the_fake_is_its_own(caller: Caller) -> None:
    caller.store(showing_a_copy("copied", supplier_id="honest"))
    caller.store(showing_a_copy("fake", supplier_id="faker"))
    confirm_fake(caller, "fake")
    assert "listing.pictures-of-a-confirmed-fake" not in reasons(
        caller.screen(showing_a_copy("copied", supplier_id="honest"))
    )


def test_the_same_registration_is_answered_the_same_way_and_another_under_its_id_is_refused(caller: Caller) -> None:
    request_id, images = an_id(), [an_image_message(), an_image_message("bad", phash=0)]
    first = register(caller, *images, request_id=request_id)
    assert [each.HasField("error") for each in first.results] == [False, True]
    assert register(caller, *images, request_id=request_id) == first
    with pytest.raises(grpc.RpcError) as caught:
        register(caller, an_image_message("other"), request_id=request_id)
    assert reason_of(status_of_error(caught.value)) == "REQUEST_ID_REUSED"


def test_ten_thousand_images_come_in_batches_of_a_thousand(caller: Caller) -> None:
    images = [an_image_message(f"image-{number}", phash=PHASH ^ (number << 20)) for number in range(10_000)]
    with pytest.raises(grpc.RpcError) as caught:
        register(caller, *images)
    assert set(fields_of(status_of_error(caught.value))) == {"images"}
    for start in range(0, len(images), 1000):
        assert register(caller, *images[start : start + 1000]).accepted == 1000


def test_of_an_image_that_comes_twice_in_a_batch_the_last_counts(caller: Caller) -> None:
    brand = brand_pb2.Brand(brand_id="acme", name="Acme", owner_id="owner")
    caller.call("RegisterBrands", catalog.RegisterBrandsRequest(request_id=an_id(), brands=[brand]))
    answer = register(caller, an_image_message(), an_image_message(phash=PHASH ^ (2**40 - 1), sha256=""))
    assert answer.accepted == 2
    assert "listing.pictures-of-an-unnamed-brand" not in reasons(caller.screen(showing_a_copy()))


def test_images_come_in_streams_too(caller: Caller) -> None:
    def pages() -> Iterator[catalog.IngestEventsRequest]:
        bad = an_image_message("bad", role=0)
        images = catalog.RegisterImagesRequest(images=[an_image_message(), bad])
        yield catalog.IngestEventsRequest(stream_id="images", offset=1, images=images)

    answer = caller.catalog.IngestEvents(pages(), metadata=caller.metadata, timeout=20)
    assert (answer.committed_offset, answer.accepted, answer.refused_items) == (1, 1, 1)
    assert set(fields_of(answer.refused[0].results[0].error)) == {"role"}
