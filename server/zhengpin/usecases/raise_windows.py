"""Leave votes out of the count that look arranged, until a person has decided on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.vote import Target, WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.recount_votes import AT_ONCE, recount_votes

_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ArrangedVotes:
    """Votes on one side of one target that look arranged."""

    target: Target
    why: WhyNotCounted
    cast_at: Mapping[str, datetime]
    """When each of the voters cast its vote."""
    expected: float | None
    """How many votes the target's own past explains; `None` where that is not what gave the alarm."""
    evidence: tuple[Text, ...] = ()
    rows: tuple[int, ...] = ()
    """Where these votes stand in the roll, in the order of `cast_at`."""


class RaiseWindows:
    """Raise windows for what looks arranged, or let those grow that wait for a person already.

    Whatever a person has decided holds: votes that were upheld as arranged stay out of the count. Votes that were
    cleared stay in it, and if they are half of what looks arranged, the others are cleared with them.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def __call__(self, marketplace: str, arranged: ArrangedVotes) -> Iterator[list[str]]:
        """Leave the votes out, a page in a unit of work; tell after each whose were left out.

        Each page stands for itself: the window has as many votes as were left out by then.
        """
        with self._store.read(marketplace) as reader:
            votes = _votes(reader, arranged, list(arranged.cast_at))
            windows = reader.vote_windows.find_many({vote.window_id for vote in votes} - {""})
        if 2 * sum(_is_cleared(vote, windows) for vote in votes) >= len(votes):
            return
        window_id = _waiting(votes, windows)
        accused = [vote.voter_id for vote in votes if _counts(vote)]
        for first in range(0, len(accused), AT_ONCE):
            page = accused[first : first + AT_ONCE]
            with self._store.begin(marketplace, len(page)) as unit:
                left_out = [vote for vote in _votes(unit, arranged, page) if _counts(vote)]
                if left_out:
                    window_id = self._leave_out(unit, arranged, left_out, window_id)
            yield [vote.voter_id for vote in left_out]

    def _leave_out(
        self, unit: UnitOfWork, arranged: ArrangedVotes, votes: Sequence[CurrentVote], window_id: str
    ) -> str:
        """Leave votes out by the window that waits, or by a new one; give its id."""
        now = self._clock()
        waiting = unit.vote_windows.find_many([window_id]).get(window_id)
        if waiting is None or waiting.decision is not None:
            window = self._raised(arranged, votes, now)
        else:
            window = _grown(waiting, arranged, votes)
        unit.vote_windows.put_many([window])
        recount_votes(unit, [replace(vote, why_not=window.why, window_id=window.window_id) for vote in votes], now)
        return window.window_id

    def _raised(self, arranged: ArrangedVotes, votes: Sequence[CurrentVote], now: datetime) -> VoteWindow:
        return VoteWindow(
            window_id=self._new_id(),
            target=arranged.target,
            why=arranged.why,
            cast_from=min(vote.cast_at for vote in votes),
            cast_until=max(vote.cast_at for vote in votes) + _INSTANT,
            voters=len(votes),
            expected_voters=arranged.expected,
            raised_at=now,
            evidence=arranged.evidence,
        )


def _grown(window: VoteWindow, arranged: ArrangedVotes, votes: Sequence[CurrentVote]) -> VoteWindow:
    return replace(
        window,
        cast_from=min(window.cast_from, *(vote.cast_at for vote in votes)),
        cast_until=max(window.cast_until, *(vote.cast_at + _INSTANT for vote in votes)),
        voters=window.voters + len(votes),
        expected_voters=arranged.expected,
        evidence=arranged.evidence,
    )


def _votes(reader: Reader, arranged: ArrangedVotes, voters: Sequence[str]) -> list[CurrentVote]:
    """The arranged votes of these voters, without those that were changed since."""
    found = reader.current_votes.find_many([(arranged.target, voter_id) for voter_id in voters])
    return [vote for vote in found.values() if vote.cast_at == arranged.cast_at[vote.voter_id]]


def _counts(vote: CurrentVote) -> bool:
    """Whether a vote counts so far, and nobody has cleared it."""
    return vote.why_not is None and not vote.window_id


def _is_cleared(vote: CurrentVote, windows: Mapping[str, VoteWindow]) -> bool:
    window = windows.get(vote.window_id)
    return window is not None and window.decision is WindowDecision.LIFTED


def _waiting(votes: Sequence[CurrentVote], windows: Mapping[str, VoteWindow]) -> str:
    """The window that has most of the votes and waits for a person; empty if none does."""
    undecided = Counter(vote.window_id for vote in votes if vote.window_id and windows[vote.window_id].decision is None)
    return max(undecided, key=lambda window_id: (undecided[window_id], window_id), default="")
