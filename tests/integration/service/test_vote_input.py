"""Bad votes and voters are refused one by one, by field, with what to do; what comes with them is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from callers import (
    Caller,
    a_listing_message,
    a_moment,
    a_vote_message,
    a_voter_message,
    an_id,
    fields_of,
    reason_of,
    status_of_error,
)
from zhengpin.v1 import reputation_service_pb2 as pb
from zhengpin.v1 import vote_pb2

MEGABYTE = 1 << 20
NUL = "contains the character NUL (U+0000), which no text may have: take it out"


def target(**named: str) -> vote_pb2.VoteTarget:
    return vote_pb2.VoteTarget(**named)


def ahead(minutes: int) -> Timestamp:
    return a_moment(datetime.now(UTC) + timedelta(minutes=minutes))


def open_polls(caller: Caller) -> None:
    caller.store(a_listing_message(origin_place="Ningbo"))
    caller.welcome(a_voter_message(), a_voter_message("banned", banned=True))


AN_ID = "must have %s 128 characters, only letters A-Z and a-z, digits, and . _ : / -"
"""Without what was sent: it may be somebody's name."""
A_SHARE = "must be greater than or equal to 0 and less than or equal to 1, but is 1.5"
A_GTIN = "names no article of trade: give a GTIN of 8, 12, 13 or 14 digits with a right check digit, or the listing"

BAD_VOTES: list[tuple[Callable[[], dict[str, Any]], str, str]] = [
    (lambda: {"text": "x" * MEGABYTE}, "text", "must be at most 5000 characters"),
    (lambda: {"text": "a\0b"}, "text", NUL),
    (lambda: {"cast_at": ahead(11)}, "cast_at", "must not lie more than ten minutes ahead of now"),
    (lambda: {"cast_at": None}, "cast_at", "value is required"),
    (lambda: {"opinion": 0}, "opinion", "must not be in list [0], but is 0"),
    (lambda: {"opinion": 9}, "opinion", "value must be one of the defined enum values, but is 9"),
    (lambda: {"tags": [1, 1]}, "tags", "repeated value must contain unique items"),
    (lambda: {"tags": [99]}, "tags[0]", "value must be one of the defined enum values, but is 99"),
    (lambda: {"predicted_share": 1.5}, "predicted_share", A_SHARE),
    (lambda: {"voter_id": ""}, "voter_id", "is missing: give it"),
    (lambda: {"voter_id": "Li Hua"}, "voter_id", AN_ID % "1 to"),
    (lambda: {"target": None}, "target", "value is required"),
    (lambda: {"target": target()}, "target.subject", "exactly one field is required in oneof"),
    (lambda: {"target": target(origin=" — ")}, "target.origin", "has no letter and no digit: give the name of a place"),
    (lambda: {"target": target(origin="a\0")}, "target.origin", NUL),
    (lambda: {"target": target(product_key="x" * 601)}, "target.product_key", "must be at most 600 characters"),
    (lambda: {"target": target(gtin="6904235001010")}, "target.gtin", A_GTIN),
]


@pytest.mark.parametrize(("change", "field", "problem"), BAD_VOTES, ids=[f"{each[1]} {each[2]}" for each in BAD_VOTES])
def test_a_bad_vote_is_refused_alone_with_its_field(
    caller: Caller, change: Callable[[], dict[str, Any]], field: str, problem: str
) -> None:
    open_polls(caller)
    answer = caller.cast(a_vote_message("bad", **change()), a_vote_message("good"))
    bad, good = answer.results
    assert fields_of(bad.error) == {field: problem}
    assert bad.error.message == f"{field}: {problem}"
    assert (bad.id, good.HasField("error"), answer.accepted) == ("bad", False, 1)
    assert caller.standing(listing_id="listing-1").recommend_votes == 1


NOT_KNOWN = [
    ({"target": target(listing_id="gone")}, "target.listing_id"),
    ({"target": target(gtin="6901234567892")}, "target.product_key"),
    ({"target": target(brand_id="haolin")}, "target.brand_id"),
    ({"target": target(factory_id="pan-works")}, "target.factory_id"),
    ({"target": target(origin="Atlantis")}, "target.origin"),
    ({"voter_id": "nobody"}, "voter_id"),
]


@pytest.mark.parametrize(("change", "field"), NOT_KNOWN, ids=[field for _, field in NOT_KNOWN])
def test_a_vote_on_or_by_what_is_not_known_is_refused_by_its_field(
    caller: Caller, change: dict[str, Any], field: str
) -> None:
    open_polls(caller)
    answer = caller.cast(a_vote_message("bad", **change), a_vote_message("good"))
    assert list(fields_of(answer.results[0].error)) == [field]
    assert reason_of(answer.results[0].error) == "INVALID_INPUT"
    assert answer.accepted == 1


def test_a_vote_of_a_banned_voter_or_from_before_its_time_says_what_to_do(caller: Caller) -> None:
    open_polls(caller)
    early = a_vote_message("early", cast_at=Timestamp(seconds=-62_135_596_800))
    answer = caller.cast(a_vote_message("banned", voter_id="banned"), early)
    banned, ancient = (fields_of(result.error) for result in answer.results)
    what_to_do = "lift the ban with UpsertVoters, or leave the vote out"
    assert banned == {"voter_id": f"is of a voter whom the marketplace has banned: {what_to_do}"}
    assert list(ancient) == ["cast_at"]
    assert ancient["cast_at"].startswith("lies before the voter was registered (")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda: {"registered_at": Timestamp()}, "must not lie before 2000, but is 1970-01-01T00:00:00+00:00"),
        (lambda: {"registered_at": None}, "value is required"),
        (lambda: {"registered_at": ahead(11)}, "must not lie more than ten minutes ahead of now"),
        (lambda: {"invited_by": "Li Hua"}, AN_ID % "at most"),
    ],
)
def test_a_bad_voter_is_refused_alone_with_its_field(
    caller: Caller, change: Callable[[], dict[str, Any]], problem: str
) -> None:
    answer = caller.welcome(a_voter_message("bad", **change()), a_voter_message("good"))
    assert fields_of(answer.results[0].error) == {next(iter(change())): problem}
    assert answer.accepted == 1
    assert caller.call("GetVoterTrust", pb.GetVoterTrustRequest(voter_id="good")).votes == 0


def test_a_call_that_is_sent_again_gets_the_stored_answer_and_another_one_under_its_id_is_refused(
    caller: Caller,
) -> None:
    open_polls(caller)
    votes = [a_vote_message(), a_vote_message("bad", voter_id="nobody"), a_vote_message("worse", text="x" * 5001)]
    request_id = an_id()
    first = caller.cast(*votes, request_id=request_id)
    assert caller.cast(*votes, request_id=request_id) == first
    assert caller.standing(listing_id="listing-1").recommend_votes == 1
    with pytest.raises(grpc.RpcError) as caught:
        caller.cast(a_vote_message("other"), request_id=request_id)
    assert reason_of(status_of_error(caught.value)) == "REQUEST_ID_REUSED"


@pytest.mark.parametrize("votes", [0, 1001])
def test_a_batch_has_between_one_and_a_thousand_votes(caller: Caller, votes: int) -> None:
    open_polls(caller)
    with pytest.raises(grpc.RpcError) as caught:
        caller.cast(*(a_vote_message(f"vote-{number}") for number in range(votes)))
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert list(fields_of(status_of_error(caught.value))) == ["votes"]


def test_a_thousand_votes_of_one_voter_on_one_target_are_one_that_stands(caller: Caller) -> None:
    open_polls(caller)
    now = datetime.now(UTC)
    votes = [
        a_vote_message(
            f"vote-{number}", cast_at=a_moment(now - timedelta(seconds=1000 - number)), opinion=1 + number % 2
        )
        for number in range(1000)
    ]
    assert caller.cast(*votes).accepted == 1000
    standing = caller.standing(listing_id="listing-1")
    assert (standing.recommend_votes, standing.warn_votes, standing.circles) == (0, 1, 1)
    told = caller.call("GetVoterTrust", pb.GetVoterTrustRequest(voter_id="voter-1", page_size=1000))
    assert (told.votes, len(told.page), told.page[0].vote_id) == (1, 1000, "vote-999")


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("GetStanding", pb.GetStandingRequest(), "target"),
        ("GetStanding", pb.GetStandingRequest(target=target(gtin="6904235001010")), "target.gtin"),
        ("ListStandings", pb.ListStandingsRequest(page_size=1001), "page_size"),
        ("ListStandings", pb.ListStandingsRequest(board=9), "board"),  # type: ignore[arg-type]
        ("ListStandings", pb.ListStandingsRequest(origin="!?"), "origin"),
        ("ListStandings", pb.ListStandingsRequest(page_token="no token"), "page_token"),  # noqa: S106
        ("GetVoterTrust", pb.GetVoterTrustRequest(), "voter_id"),
        ("GetVoterTrust", pb.GetVoterTrustRequest(voter_id="voter-1", page_token="x"), "page_token"),  # noqa: S106
        ("ListExcludedVoteWindows", pb.ListExcludedVoteWindowsRequest(page_size=-1), "page_size"),
        ("ListExcludedVoteWindows", pb.ListExcludedVoteWindowsRequest(target=target(origin="…")), "target.origin"),
        ("ListExcludedVoteWindows", pb.ListExcludedVoteWindowsRequest(page_token="WzFd"), "page_token"),  # noqa: S106
        (
            "DecideVoteWindow",
            pb.DecideVoteWindowRequest(request_id=an_id(), window_id="w", decision=1),  # type: ignore[arg-type]
            "actor",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_its_field(
    caller: Caller, method: str, request_: Any, field: str
) -> None:
    open_polls(caller)
    with pytest.raises(grpc.RpcError) as caught:
        caller.call(method, request_)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert list(fields_of(status_of_error(caught.value))) == [field]
