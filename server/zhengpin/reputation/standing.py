"""Where a target stands: its votes, what it comes from, and the board that this puts it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from zhengpin.domain.standing import Board, Parent, Standing, VoteCounts
from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.reputation.boards import board_of, proposals
from zhengpin.reputation.posterior import EVEN, posterior, prior_share
from zhengpin.reputation.reasons import reasons
from zhengpin.reputation.tallies import evidence_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a target is compared with and leans on."""

    usual: float = EVEN
    """The mean share of its kind and category (`posterior.usual_shares`)."""
    parents: tuple[Parent, ...] = ()
    alarmed: bool = False
    """A window of its votes is left out of the count, and nobody has decided on it yet."""


def standing_of(
    target: Target, votes: VoteTally, around: Surroundings, as_of: datetime, before: Standing | None = None
) -> Standing:
    """Add up what is known of a target as of a moment; `before` is how it stood: a board is left later than entered."""
    evidence = evidence_of(votes, as_of)
    found = posterior(prior_share(around.parents, around.usual), evidence)
    was = Board.UNLISTED if before is None else before.board
    board = board_of(was, found, evidence, around.usual)
    standing = Standing(
        target=target,
        board=board,
        share=found.share,
        low=found.low,
        high=found.high,
        effective_votes=evidence.effective_votes,
        circles=evidence.circles,
        counts=_counts(votes),
        category_share=around.usual,
        as_of=as_of,
        since=as_of if before is None or before.board is not board else before.since,
        parents=around.parents,
        proposes=proposals(board),
        alarmed=around.alarmed,
    )
    return replace(standing, reasons=reasons(standing))


def _counts(votes: VoteTally) -> VoteCounts:
    cast = votes.recommend_votes + votes.warn_votes
    return VoteCounts(
        recommend=votes.recommend_votes,
        warn=votes.warn_votes,
        counted_recommend=votes.counted_recommend_votes,
        counted_warn=votes.counted_warn_votes,
        excluded=cast - votes.counted_recommend_votes - votes.counted_warn_votes,
    )
