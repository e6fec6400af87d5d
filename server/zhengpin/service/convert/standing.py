"""Standings, excluded windows and what voters are told, on their way out."""

from __future__ import annotations

from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Parent, Proposal, Standing
from zhengpin.domain.vote import PurchaseProof, Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_lists import AnsweredVote, StandingFilter, VoterReport, WindowFilter
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto
from zhengpin.service.convert.vote import OPINIONS, Opinion, place_named, target_from_proto
from zhengpin.usecases.decide_vote_window import WindowRuling
from zhengpin.v1 import reputation_service_pb2, verdict_pb2
from zhengpin.v1 import vote_pb2 as pb

BOARDS: Final = EnumPair(Board, pb.Board, "BOARD_")
PROPOSALS: Final = EnumPair(Proposal, pb.StandingProposal, "STANDING_PROPOSAL_")
KINDS: Final = EnumPair(TargetKind, pb.VoteTargetKind, "VOTE_TARGET_KIND_")
WHY_NOT: Final = EnumPair(WhyNotCounted, pb.WhyNotCounted, "WHY_NOT_COUNTED_")
PURCHASE_PROOFS: Final = EnumPair(PurchaseProof, pb.PurchaseProof, "PURCHASE_PROOF_")
WINDOW_DECISIONS: Final = EnumPair(WindowDecision, pb.VoteWindowDecision, "VOTE_WINDOW_DECISION_")


def target_to_proto(target: Target) -> pb.VoteTarget:
    """A target by its key."""
    match target.kind:
        case TargetKind.PRODUCT:
            return pb.VoteTarget(product_key=target.key)
        case TargetKind.BRAND:
            return pb.VoteTarget(brand_id=target.key)
        case TargetKind.FACTORY:
            return pb.VoteTarget(factory_id=target.key)
        case TargetKind.ORIGIN:
            return pb.VoteTarget(origin=target.key)


def standing_to_proto(standing: Standing) -> pb.Standing:
    """Where a target stands: counts, never identities."""
    counts = standing.counts
    return pb.Standing(
        target=target_to_proto(standing.target),
        board=BOARDS.to_proto(standing.board),
        since=moment_to_proto(standing.since) if standing.since else None,
        share=standing.share,
        low=standing.low,
        high=standing.high,
        effective_votes=standing.effective_votes,
        circles=standing.circles,
        recommend_votes=counts.recommend,
        warn_votes=counts.warn,
        counted_recommend_votes=counts.counted_recommend,
        counted_warn_votes=counts.counted_warn,
        excluded_votes=counts.excluded,
        category_share=standing.category_share,
        parents=[_parent_to_proto(parent) for parent in standing.parents],
        proposes=[PROPOSALS.to_proto(each) for each in standing.proposes],
        reasons=[_text_to_proto(reason) for reason in standing.reasons],
        alarmed=standing.alarmed,
        as_of=moment_to_proto(standing.as_of),
    )


def _parent_to_proto(parent: Parent) -> pb.StandingParent:
    return pb.StandingParent(target=target_to_proto(parent.target), certainty=parent.certainty, share=parent.share)


def _text_to_proto(text: Text) -> verdict_pb2.LocalizedText:
    return verdict_pb2.LocalizedText(zh=text.zh, en=text.en)


def standing_filter_from_proto(message: reputation_service_pb2.ListStandingsRequest) -> StandingFilter:
    """Which standings are asked for; raises `InvalidInput` for an origin that names no place."""
    try:
        origin = place_named(message.origin) if message.origin else ""
    except ValueError as problem:
        raise InvalidInput(FieldViolation("origin", str(problem))) from problem
    return StandingFilter(
        board=BOARDS.from_proto(message.board) if message.board else None,
        kind=KINDS.from_proto(message.kind) if message.kind else None,
        category=message.category,
        origin=origin,
    )


def window_to_proto(window: VoteWindow) -> pb.VoteWindow:
    """A window of votes that are left out: how many, never whose."""
    return pb.VoteWindow(
        window_id=window.window_id,
        target=target_to_proto(window.target),
        why=WHY_NOT.to_proto(window.why),
        cast_from=moment_to_proto(window.cast_from),
        cast_until=moment_to_proto(window.cast_until),
        votes=window.voters,
        expected_votes=window.expected_voters,
        raised_at=moment_to_proto(window.raised_at),
        decide_by=moment_to_proto(window.decide_by),
        evidence=[_text_to_proto(text) for text in window.evidence],
        decision=WINDOW_DECISIONS.to_proto(window.decision) if window.decision else pb.VOTE_WINDOW_DECISION_UNSPECIFIED,
        decided_by=window.decided_by,
        decided_at=moment_to_proto(window.decided_at) if window.decided_at else None,
        note=window.note,
    )


def window_filter_from_proto(message: reputation_service_pb2.ListExcludedVoteWindowsRequest) -> WindowFilter:
    """Which windows are asked for."""
    target = target_from_proto(message.target) if message.HasField("target") else None
    return WindowFilter(target, message.undecided)


def ruling_from_proto(message: reputation_service_pb2.DecideVoteWindowRequest) -> WindowRuling:
    """What a person decides."""
    decision = WINDOW_DECISIONS.from_proto(message.decision)
    return WindowRuling(message.window_id, decision, message.actor, message.note)


def voter_report_to_proto(report: VoterReport) -> reputation_service_pb2.VoterTrust:
    """What a voter is told."""
    return reputation_service_pb2.VoterTrust(
        voter_id=report.voter_id,
        trust=report.trust,
        second_opinion=report.second_opinion,
        votes=report.votes,
        counted_votes=report.counted_votes,
        page=[_answered_to_proto(each) for each in report.page],
        next_page_token=report.next_page_token,
    )


def _answered_to_proto(answered: AnsweredVote) -> pb.CountedVote:
    counted, vote = answered.counted, answered.counted.vote
    return pb.CountedVote(
        vote_id=vote.vote_id,
        target=target_to_proto(vote.target),
        opinion=OPINIONS.to_proto(Opinion(vote.recommends)),
        cast_at=moment_to_proto(vote.cast_at),
        weight=counted.weight,
        why_not=WHY_NOT.to_proto(counted.why_not) if counted.why_not else pb.WHY_NOT_COUNTED_UNSPECIFIED,
        text=_text_to_proto(answered.text),
        purchase=PURCHASE_PROOFS.to_proto(counted.purchase) if counted.purchase else pb.PURCHASE_PROOF_UNSPECIFIED,
    )
