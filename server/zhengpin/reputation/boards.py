"""The red and the black board: who enters, who stays, and what that proposes for the listings."""

from __future__ import annotations

from typing import Final

from zhengpin.domain.standing import Board, Proposal
from zhengpin.reputation.posterior import Posterior
from zhengpin.reputation.tallies import Evidence

MARGIN: Final = 0.05
"""How far beyond what is usual the whole interval must lie to enter a board (domain.md §3.10)."""
ENTERS_WITH_VOTES: Final = 8.0
ENTERS_WITH_CIRCLES: Final = 5
STAYS_WITH_VOTES: Final = 6.0
"""A vote is worth half after 180 days; a quarter of the evidence may fade before a board is left for want of it."""
STAYS_WITH_CIRCLES: Final = 4


def board_of(before: Board, posterior: Posterior, evidence: Evidence, usual: float) -> Board:
    """Where a target stands that stood on `before`; `usual` is the mean share of its kind and category.

    It enters a board when its whole 90 % interval lies beyond the usual share by `MARGIN`, with at least 8 effective
    votes of at least 5 circles. It leaves only when the interval touches the usual share, or fewer than 6 votes or 4
    circles are left. So no small change lets it come and go.
    """
    votes, circles = evidence.effective_votes, evidence.circles
    if is_enough(votes, circles, to_stay=True) and _side(posterior, usual) is before:
        return before
    return _side(posterior, usual, MARGIN) if is_enough(votes, circles) else Board.UNLISTED


def is_enough(effective_votes: float, circles: int, *, to_stay: bool = False) -> bool:
    """Whether so many votes suffice to enter a board, or to stay on it."""
    votes, least_circles = (
        (STAYS_WITH_VOTES, STAYS_WITH_CIRCLES) if to_stay else (ENTERS_WITH_VOTES, ENTERS_WITH_CIRCLES)
    )
    return effective_votes >= votes and circles >= least_circles


def _side(posterior: Posterior, usual: float, margin: float = 0.0) -> Board:
    """The board on whose side of the usual share the whole interval lies.

    Where nearly everything is recommended the margin is half of what is left above, so that one can still stand out.
    """
    if posterior.low > usual + min(margin, (1 - usual) / 2):
        return Board.RED
    return Board.BLACK if posterior.high < usual - min(margin, usual / 2) else Board.UNLISTED


def proposals(board: Board) -> tuple[Proposal, ...]:
    """What a board proposes for the target's listings.

    Votes in a window that waits for a person change nothing of it: they are left out of what put the target on its
    board. Else whoever is warned of could raise an alarm on purpose, and be rid of the demotion until somebody looks.
    """
    match board:
        case Board.RED:
            return (Proposal.BOOST,)
        case Board.BLACK:
            return (Proposal.LABEL, Proposal.DEMOTE, Proposal.ORDER_SAMPLE)
        case Board.UNLISTED:
            return ()
