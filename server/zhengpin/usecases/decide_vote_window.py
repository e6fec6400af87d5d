"""Decide on a window of votes that is left out of the count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from zhengpin.domain.vote import WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.errors import WrongState
from zhengpin.storage.codec import VOTE_WINDOW
from zhengpin.storage.store import Store
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.call import Call, answered
from zhengpin.usecases.recount_votes import AT_ONCE, recount_votes
from zhengpin.usecases.stand_targets import stand_targets
from zhengpin.usecases.vote_targets import TargetFinder


@dataclass(frozen=True, slots=True)
class WindowRuling:
    """What a person decides on a window."""

    window_id: str
    decision: WindowDecision
    actor: str
    note: str = ""


class DecideVoteWindow:
    """Keep a window's votes out of the count, or let them in again."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, call: Call, ruling: WindowRuling) -> VoteWindow:
        """Decide; raises `NotFound`, and `WrongState` for a window on which another decision stands.

        It is answered when the last vote counts again; they are let in page by page, and the decision comes last, so
        that whoever is interrupted goes on where it stopped when the request is sent again.
        """
        is_under_way = False
        while True:
            with self._store.begin(call.marketplace, AT_ONCE) as unit:
                before = answered(unit.requests, call)
                if before is not None:
                    return VOTE_WINDOW.from_text(before.decode())
                window = unit.vote_windows.get(ruling.window_id)
                _check_open(window)
                call.check_deadline(is_under_way=is_under_way)
                now = self._clock()
                if ruling.decision is WindowDecision.LIFTED and _let_in_page(unit, window, now):
                    is_under_way = True
                    continue
                decided = _decided(unit, window, ruling, now)
                answer = VOTE_WINDOW.to_text(decided).encode()
                unit.requests.add(call.method, call.request_id, call.payload_digest, answer, now)
                return decided


def _check_open(window: VoteWindow) -> None:
    if window.decision is not None:
        ruling = f"{window.decision} by {window.decided_by}"
        raise WrongState(
            f"vote window {window.window_id} is decided already: {ruling}; a decision stays as it was made"
        )


def _let_in_page(unit: UnitOfWork, window: VoteWindow, now: datetime) -> bool:
    """Let some votes of a window count again; false if none is left out for it any more."""
    votes = unit.current_votes.of_window(window.window_id, window.why, AT_ONCE)
    voters = unit.voters.find_many({vote.voter_id for vote in votes})
    if votes:
        recount_votes(unit, [_let_in(vote, banned=voters[vote.voter_id].banned) for vote in votes], now)
    return bool(votes)


def _let_in(vote: CurrentVote, *, banned: bool) -> CurrentVote:
    return replace(vote, why_not=WhyNotCounted.BANNED if banned else None)


def _decided(unit: UnitOfWork, window: VoteWindow, ruling: WindowRuling, now: datetime) -> VoteWindow:
    """Store the decision; the target is no longer alarmed by this window."""
    decided = replace(window, decision=ruling.decision, decided_by=ruling.actor, decided_at=now, note=ruling.note)
    unit.vote_windows.put_many([decided])
    stand_targets(unit, TargetFinder(unit), {window.target}, now)
    return decided
