"""What messages say of votes arrives in the domain, and what is known of them goes out, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders import NOW
from callers import a_moment, a_vote_message, a_voter_message
from vote_builders import THE_KETTLE, a_standing, a_vote, a_window
from zhengpin.domain.hit import Text
from zhengpin.domain.listing import Image
from zhengpin.domain.standing import Board, Parent, Proposal
from zhengpin.domain.vote import CountedVote, Purchase, PurchaseProof, Target, TargetKind, VoteTag, WhyNotCounted
from zhengpin.domain.vote_lists import AnsweredVote, VoterReport
from zhengpin.domain.vote_window import WindowDecision
from zhengpin.reputation.vote_answers import answer_to
from zhengpin.service.convert import standing as outward
from zhengpin.service.convert.vote import OPINIONS, TAGS, target_from_proto, vote_from_proto, voter_from_proto
from zhengpin.v1 import listing_pb2
from zhengpin.v1 import vote_pb2 as pb

WORDS = [
    (OPINIONS, pb.Opinion),
    (TAGS, pb.VoteTag),
    (outward.BOARDS, pb.Board),
    (outward.PROPOSALS, pb.StandingProposal),
    (outward.KINDS, pb.VoteTargetKind),
    (outward.WHY_NOT, pb.WhyNotCounted),
    (outward.WINDOW_DECISIONS, pb.VoteWindowDecision),
]


@pytest.mark.parametrize(("pair", "proto"), WORDS, ids=[str(proto.DESCRIPTOR.name) for _, proto in WORDS])
def test_every_word_of_the_contract_has_one_in_the_domain_and_the_other_way_round(pair: Any, proto: Any) -> None:
    assert sorted(pair.members) == sorted(number for number in proto.values() if number)
    domain = type(next(iter(pair.members.values())))
    assert {pair.to_proto(member) for member in domain} == set(pair.members)


TARGETS = [
    ({"listing_id": "listing-1"}, Target(TargetKind.PRODUCT, "listing:listing-1")),
    ({"gtin": "6904235001013"}, Target(TargetKind.PRODUCT, "gtin:06904235001013")),
    ({"product_key": "bms:acme:k15:1500ml"}, THE_KETTLE),
    ({"brand_id": "Acme"}, Target(TargetKind.BRAND, "Acme")),
    ({"factory_id": "pots"}, Target(TargetKind.FACTORY, "pots")),
    ({"origin": "Ｆｏｓｈａｎ, 中国"}, Target(TargetKind.ORIGIN, "foshan中国")),
]


@pytest.mark.parametrize(("named", "target"), TARGETS, ids=[next(iter(named)) for named, _ in TARGETS])
def test_a_target_is_read_by_whatever_names_it(named: dict[str, str], target: Target) -> None:
    assert target_from_proto(pb.VoteTarget(**named)) == target


@pytest.mark.parametrize("target", [target for _, target in TARGETS])
def test_a_target_that_goes_out_can_be_asked_for(target: Target) -> None:
    assert target_from_proto(outward.target_to_proto(target)) == target


def test_a_vote_arrives_as_it_was_said() -> None:
    message = a_vote_message(
        cast_at=a_moment(NOW),
        opinion=pb.OPINION_WARN,
        tags=[pb.VOTE_TAG_UNSAFE, pb.VOTE_TAG_FAKE],
        text="假的",
        images=[listing_pb2.Image(uri="https://i.example/1", phash=7)],
        purchase=pb.Purchase(order_id="order-1"),
        predicted_share=0.0,
    )
    assert vote_from_proto(message) == a_vote(
        target=Target(TargetKind.PRODUCT, "listing:listing-1"),
        recommends=False,
        tags=(VoteTag.UNSAFE, VoteTag.FAKE),
        text="假的",
        images=(Image("https://i.example/1", phash=7),),
        purchase=Purchase("order-1"),
        predicted_share=0.0,
        listing_id="listing-1",
    )


def test_what_a_vote_or_a_voter_does_not_say_is_not_made_up() -> None:
    vote = vote_from_proto(a_vote_message(target=pb.VoteTarget(brand_id="acme")))
    assert (vote.purchase, vote.predicted_share, vote.tags, vote.listing_id) == (None, None, (), "")
    voter = voter_from_proto(a_voter_message(invited_by="aunt", banned=True))
    assert (voter.supplier_id, voter.invited_by, voter.banned) == ("", "aunt", True)


def test_a_standing_goes_out_whole() -> None:
    parent = Parent(Target(TargetKind.ORIGIN, "foshan"), 0.5, 0.7, 0.6, 3.0)
    standing = a_standing(
        since=NOW - timedelta(days=1),
        parents=(parent,),
        proposes=(Proposal.LABEL, Proposal.ORDER_SAMPLE),
        reasons=(Text("中", "en"),),
        alarmed=True,
    )
    message = outward.standing_to_proto(standing)
    assert message.board == pb.BOARD_RED
    assert (message.share, message.low, message.high, message.category_share) == (0.9, 0.8, 0.95, 0.6)
    assert (message.recommend_votes, message.warn_votes, message.excluded_votes) == (40, 3, 11)
    assert (message.counted_recommend_votes, message.counted_warn_votes) == (30, 2)
    assert (message.effective_votes, message.circles, message.alarmed) == (20.0, 12, True)
    assert (message.since, message.as_of) == (a_moment(NOW - timedelta(days=1)), a_moment(NOW))
    assert (message.parents[0].target.origin, message.parents[0].certainty, message.parents[0].share) == (
        "foshan",
        0.5,
        0.7,
    )
    assert list(message.proposes) == [pb.STANDING_PROPOSAL_LABEL, pb.STANDING_PROPOSAL_ORDER_SAMPLE]
    assert [(text.zh, text.en) for text in message.reasons] == [("中", "en")]
    assert not outward.standing_to_proto(a_standing(board=Board.UNLISTED)).HasField("since")


def test_a_window_goes_out_with_its_due_time_and_without_a_decision_until_there_is_one() -> None:
    message = outward.window_to_proto(a_window())
    assert (message.votes, message.expected_votes, message.why) == (20, 1.5, pb.WHY_NOT_COUNTED_BURST)
    assert message.decide_by == a_moment(NOW + timedelta(hours=48))
    assert (message.decision, message.HasField("decided_at")) == (pb.VOTE_WINDOW_DECISION_UNSPECIFIED, False)
    assert not outward.window_to_proto(a_window(expected_voters=None)).HasField("expected_votes")
    ruled = replace(a_window(), decision=WindowDecision.LIFTED, decided_by="ann", decided_at=NOW, note="honest")
    decided = outward.window_to_proto(ruled)
    assert (decided.decision, decided.decided_by, decided.note) == (pb.VOTE_WINDOW_DECISION_LIFTED, "ann", "honest")


def test_a_voter_s_report_goes_out_with_each_vote_s_text() -> None:
    out = CountedVote(a_vote(recommends=False), 0.0, WhyNotCounted.BANNED, purchase=PurchaseProof.ORDER_UNKNOWN)
    report = VoterReport("voter-1", 0.25, None, 2, 1, (AnsweredVote(out, Text("中", "en")),), "next")
    message = outward.voter_report_to_proto(report)
    assert (message.trust, message.HasField("second_opinion"), message.next_page_token) == (0.25, False, "next")
    (vote,) = message.page
    assert (vote.vote_id, vote.opinion, vote.why_not, vote.text.zh) == (
        "vote-1",
        pb.OPINION_WARN,
        pb.WHY_NOT_COUNTED_BANNED,
        "中",
    )
    assert vote.purchase == pb.PURCHASE_PROOF_ORDER_UNKNOWN
    assert outward.voter_report_to_proto(replace(report, second_opinion=0.0)).HasField("second_opinion")


@pytest.mark.parametrize("why", list(WhyNotCounted))
def test_there_is_an_answer_to_every_voter_in_both_languages(why: WhyNotCounted) -> None:
    counted = CountedVote(a_vote(), 0.0, why, "window-1")
    texts = [answer_to(counted, is_decided=each) for each in (False, True)]
    of_a_window = why not in {WhyNotCounted.SUPERSEDED, WhyNotCounted.BANNED, WhyNotCounted.OWN_TARGET}
    assert len({text.zh for text in texts}) == len({text.en for text in texts}) == (2 if of_a_window else 1)
    for text in texts:
        assert text.en.endswith(".")
        assert text.zh.endswith("。")
