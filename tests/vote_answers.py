"""Standings, windows and trust, as a fake server answers them."""

from __future__ import annotations

from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import reputation_service_pb2, vote_pb2
from zhengpin.v1.verdict_pb2 import LocalizedText
from zhengpin_client.targets import read_target

AT = Timestamp(seconds=1_767_225_600)
"""2026-01-01 00:00 UTC."""
DRIPPED = "9f31c0de-11aa-4b5e-8f7e-0f8fad5bd9cb"


def a_standing(target: str = "brand:acme", **changes: Any) -> vote_pb2.Standing:
    ordinary: dict[str, Any] = {
        "board": vote_pb2.BOARD_RED,
        "since": AT,
        "share": 0.912,
        "low": 0.861,
        "high": 0.952,
        "effective_votes": 23.45,
        "circles": 17,
        "recommend_votes": 1240,
        "warn_votes": 31,
        "counted_recommend_votes": 1210,
        "counted_warn_votes": 30,
        "excluded_votes": 31,
        "category_share": 0.78,
        "parents": [vote_pb2.StandingParent(target=read_target("factory:f-1"), certainty=0.8, share=0.7)],
        "proposes": [vote_pb2.STANDING_PROPOSAL_BOOST],
        "reasons": [LocalizedText(zh="高于同类。", en="Surely above the usual.")],
        "as_of": AT,
    }
    return vote_pb2.Standing(target=read_target(target), **{**ordinary, **changes})


def a_window(window_id: str = DRIPPED, **changes: Any) -> vote_pb2.VoteWindow:
    ordinary: dict[str, Any] = {
        "target": read_target("product:gtin:06904235001013"),
        "why": vote_pb2.WHY_NOT_COUNTED_BURST,
        "cast_from": AT,
        "cast_until": Timestamp(seconds=AT.seconds + 7200),
        "votes": 48,
        "expected_votes": 3.2,
        "raised_at": AT,
        "decide_by": Timestamp(seconds=AT.seconds + 48 * 3600),
        "evidence": [LocalizedText(zh="48 票，往常约 3 票。", en="48 votes where its past explains \x1b[2J3.")],
    }
    return vote_pb2.VoteWindow(window_id=window_id, **{**ordinary, **changes})


def a_trust(votes: int = 3) -> reputation_service_pb2.VoterTrust:
    counted = [
        vote_pb2.CountedVote(
            vote_id=f"v-{place}",
            target=read_target(f"brand:b-{place}"),
            opinion=vote_pb2.OPINION_WARN if place else vote_pb2.OPINION_RECOMMEND,
            cast_at=AT,
            weight=0.0 if place == 1 else 0.27,
            why_not=vote_pb2.WHY_NOT_COUNTED_OWN_TARGET if place == 1 else vote_pb2.WHY_NOT_COUNTED_UNSPECIFIED,
            text=LocalizedText(zh="计入 0.27。", en="Your own goods." if place == 1 else "Counts 0.27."),
            purchase=vote_pb2.PURCHASE_PROOF_ORDER_UNKNOWN if place == 2 else vote_pb2.PURCHASE_PROOF_UNSPECIFIED,
        )
        for place in range(votes)
    ]
    return reputation_service_pb2.VoterTrust(
        voter_id="w-1", trust=0.62, second_opinion=0.31, votes=votes, counted_votes=votes - 1, page=counted
    )


def words_of(text: str) -> str:
    return " ".join(text.replace("│", " ").split())
