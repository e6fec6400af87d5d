"""Votes over gRPC: cast, counted, placed on a board, and told to those whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from callers import Caller, a_listing_message, a_moment, a_vote_message, a_voter_message, an_id
from server_processes import a_server_process
from zhengpin.v1 import brand_pb2, catalog_service_pb2, vote_pb2
from zhengpin.v1 import reputation_service_pb2 as pb

PAN = "gtin:06904235001013"


def open_polls(caller: Caller, voters: int = 1) -> None:
    """A pan of a registered brand, and people who may speak of it."""
    brand = brand_pb2.Brand(brand_id="haolin", name="Haolin")
    caller.call("RegisterBrands", catalog_service_pb2.RegisterBrandsRequest(request_id=an_id(), brands=[brand]))
    caller.store(
        a_listing_message(origin_place="Ningbo, China", factory_id="pan-works"),
        a_listing_message("listing-2", supplier_id="supplier-2"),
    )
    assert caller.welcome(*(a_voter_message(f"voter-{number}") for number in range(1, voters + 1))).accepted == voters


def voter_of(caller: Caller, voter_id: str = "voter-1", **options: Any) -> pb.VoterTrust:
    answer: pb.VoterTrust = caller.call("GetVoterTrust", pb.GetVoterTrustRequest(voter_id=voter_id, **options))
    return answer


def test_a_vote_on_a_listing_counts_for_its_product_at_once(caller: Caller) -> None:
    open_polls(caller)
    before = caller.standing(listing_id="listing-1")
    assert caller.cast(a_vote_message()).accepted == 1
    after = caller.standing(listing_id="listing-2")
    assert (before.recommend_votes, after.recommend_votes, after.counted_recommend_votes) == (0, 1, 1)
    assert after.target == vote_pb2.VoteTarget(product_key=PAN)
    assert after.share > before.share
    assert after.circles == 1


def test_every_kind_of_target_may_be_voted_on(caller: Caller) -> None:
    open_polls(caller)
    targets = [
        {"listing_id": "listing-1"},
        {"gtin": "6904235001013"},
        {"product_key": PAN},
        {"brand_id": "haolin"},
        {"factory_id": "pan-works"},
        {"origin": "NINGBO China"},
    ]
    votes = [
        a_vote_message(f"vote-{place}", target=vote_pb2.VoteTarget(**target)) for place, target in enumerate(targets)
    ]
    answer = caller.cast(*votes)
    assert [result.error.message for result in answer.results if result.HasField("error")] == []
    assert caller.standing(brand_id="haolin").counted_recommend_votes == 1
    assert caller.standing(factory_id="pan-works").counted_recommend_votes == 1
    assert caller.standing(origin="ningbo,china").target.origin == "ningbochina"
    assert caller.standing(product_key=PAN).recommend_votes == 1, "three names of one product, one voter"


def test_a_target_without_votes_stands_where_its_parents_do(caller: Caller) -> None:
    open_polls(caller, voters=5)
    lonely = caller.standing(product_key=PAN)
    votes = [
        a_vote_message(
            f"vote-{number}",
            voter_id=f"voter-{number}",
            target=vote_pb2.VoteTarget(brand_id="haolin"),
            opinion=vote_pb2.OPINION_WARN,
        )
        for number in range(1, 6)
    ]
    assert caller.cast(*votes).accepted == 5
    after = caller.standing(product_key=PAN)
    assert after.share < lonely.share
    assert after.recommend_votes + after.warn_votes == 0
    assert {parent.target.WhichOneof("subject"): round(parent.certainty, 2) for parent in after.parents} == {
        "brand_id": 1.0,
        "factory_id": 0.5,
        "origin": 0.5,
    }


def test_the_voter_is_told_of_each_vote_whether_it_counts_and_why_not(caller: Caller) -> None:
    open_polls(caller)
    caller.cast(a_vote_message("first"))
    caller.cast(a_vote_message("second", opinion=vote_pb2.OPINION_WARN))
    told = voter_of(caller)
    assert (told.votes, told.counted_votes, told.HasField("second_opinion")) == (1, 1, False)
    second, first = told.page
    assert (second.vote_id, second.why_not, second.text.en) == (
        "second",
        0,
        f"It counts, with a weight of {second.weight:.2f}.",
    )
    assert 0 < second.weight <= told.trust
    assert (first.vote_id, first.weight, first.why_not) == ("first", 0, vote_pb2.WHY_NOT_COUNTED_SUPERSEDED)
    assert first.text.zh == "您之后对同一对象又投了票，以最新一票为准。"


def test_votes_from_records_are_believed_to_be_as_old_as_they_say(caller: Caller) -> None:
    open_polls(caller, voters=2)
    goods = [{"gtin": "6904235001013"}, {"brand_id": "haolin"}]
    for number, imported in ((1, True), (2, False)):
        votes = [
            a_vote_message(
                voter_id=f"voter-{number}",
                vote_id=f"{number}-of-{days}",
                target=vote_pb2.VoteTarget(**target),
                cast_at=a_moment(datetime.now(UTC) - timedelta(days=days)),
            )
            for days, target in zip((100, 10), goods, strict=True)
        ]
        request = pb.CastVotesRequest(request_id=an_id(), votes=votes, imported=imported)
        assert caller.call("CastVotes", request).accepted == len(votes)
    assert voter_of(caller, "voter-1").trust > 2 * voter_of(caller, "voter-2").trust


def test_who_voted_and_what_they_wrote_leaves_in_no_list_and_no_log(tmp_path: Path) -> None:
    secrets = ("pseudonym-of-li", "pseudonym-of-wang", "pseudonym-of-nobody", "我在他家买过")
    with a_server_process(tmp_path) as server, Caller(server.port, "here") as caller:
        open_polls(caller)
        caller.welcome(a_voter_message(secrets[0]), a_voter_message(secrets[1], invited_by=secrets[0], banned=True))
        votes = [
            a_vote_message(f"vote-{each}", voter_id=secret, text=secrets[3]) for each, secret in enumerate(secrets)
        ]
        assert [each.HasField("error") for each in caller.cast(*votes).results] == [False, True, True, True]
        answers = [
            caller.standing(listing_id="listing-1"),
            caller.call("ListStandings", pb.ListStandingsRequest()),
            caller.call("ListExcludedVoteWindows", pb.ListExcludedVoteWindowsRequest()),
            caller.screen(a_listing_message(), explain=True),
        ]
        logged = server.told()
    assert "CastVotes" in logged
    assert answers[1].standings
    for text in (logged, *map(str, answers)):
        assert not [secret for secret in secrets if secret in text]
