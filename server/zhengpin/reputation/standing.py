"""Where a target stands: its votes, what it comes from, and the board that this puts it on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from zhengpin.domain.standing import Board, Parent, Standing, VoteCounts
from zhengpin.domain.vote import Target
from zhengpin.reputation.boards import board_of, proposals
from zhengpin.reputation.posterior import EVEN, posterior, prior_share
from zhengpin.reputation.reasons import reasons
from zhengpin.reputation.tallies import Tally


@dataclass(frozen=True, slots=True)
class TargetVotes:
    """What is kept of the votes on one target."""

    tally: Tally = field(default_factory=Tally)
    counts: VoteCounts = field(default_factory=VoteCounts)
    alarmed: bool = False
    """A window of them is left out, and nobody has decided on it yet."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a target is compared with and leans on."""

    usual: float = EVEN
    """The mean share of its kind and category (`posterior.usual_share`)."""
    parents: tuple[Parent, ...] = ()


def standing_of(
    target: Target, votes: TargetVotes, around: Surroundings, as_of: datetime, before: Standing | None = None
) -> Standing:
    """Add up what is known of a target as of a moment; `before` is how it stood: a board is left later than entered."""
    evidence = votes.tally.at(as_of)
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
        counts=votes.counts,
        category_share=around.usual,
        as_of=as_of,
        since=as_of if before is None or before.board is not board else before.since,
        parents=around.parents,
        proposes=proposals(board, alarmed=votes.alarmed),
        alarmed=votes.alarmed,
    )
    return replace(standing, reasons=reasons(standing))
