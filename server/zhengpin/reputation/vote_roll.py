"""The current votes of a marketplace in columns, and who and what their numbers stand for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.cast_vote import CastVote
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import KnownVoter
from zhengpin.reputation.families import Families
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import VoterColumns


@dataclass(frozen=True, slots=True)
class VoteRoll:
    """Every current vote, one a row, by target and voter; some fifty bytes each."""

    votes: VoteColumns
    told_late: NDArray[np.float64]
    """Of each vote, by how many seconds."""
    bought: NDArray[np.bool_]
    """Of each vote, whether its voter has ordered the goods."""
    related: NDArray[np.bool_]
    """Of each vote, whether its voter is around the target's owner or a competitor."""
    counted: NDArray[np.bool_]
    voters: VoterColumns
    voter_ids: list[str]
    """By number."""
    circles: list[str]
    """Of each voter, by its number."""
    targets: list[Target]
    """By number."""

    def part(self, rows: NDArray[np.bool_]) -> VoteColumns:
        """Some of the votes, with the same numbers for voters and targets."""
        votes = self.votes
        columns = votes.voter[rows], votes.target[rows], votes.opinion[rows], votes.at[rows]
        return VoteColumns(*columns, votes.voters, votes.targets)

    def part_as_told(self, rows: NDArray[np.bool_]) -> VoteColumns:
        """Some of the votes, those that were told late as if they were cast so much later (`behaviour`)."""
        part = self.part(rows)
        return replace(part, at=part.at + self.told_late[rows])


class RollCall:
    """Puts votes into columns as they are read."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._numbers: dict[str, int] = {}
        self._targets: list[Target] = []
        self._last = ("", "")
        self._voter, self._target = array("i"), array("i")
        self._at, self._told_late = array("d"), array("d")
        self._flags = bytearray()

    def add(self, votes: Iterable[CastVote]) -> None:
        """Add votes, which come by target."""
        for vote in votes:
            if (vote.target_kind, vote.target_key) != self._last:
                self._last = vote.target_kind, vote.target_key
                self._targets.append(Target(TargetKind(vote.target_kind), vote.target_key))
            self._voter.append(self._numbers.setdefault(vote.voter_id, len(self._numbers)))
            self._target.append(len(self._targets) - 1)
            self._at.append(vote.cast_at.timestamp())
            self._told_late.append(vote.told_late)
            self._flags.append(vote.recommends | vote.bought << 1 | vote.related << 2 | (not vote.why_not) << 3)

    def roll(self, known: Iterable[KnownVoter]) -> VoteRoll:
        """The votes that were added, and who is known; those who never voted have no number."""
        voters, circles = self._voters(known)
        recommends, bought, related, counted = ((self._column("u1") >> bit & 1).astype(bool) for bit in range(4))
        return VoteRoll(
            VoteColumns(
                np.frombuffer(self._voter, np.int32),
                np.frombuffer(self._target, np.int32),
                np.where(recommends, 1.0, -1.0),
                np.frombuffer(self._at, np.float64),
                voters=len(self._numbers),
                targets=len(self._targets),
            ),
            np.frombuffer(self._told_late, np.float64),
            bought,
            related,
            counted,
            voters,
            list(self._numbers),
            circles,
            self._targets,
        )

    def _column(self, kind: str) -> NDArray[np.uint8]:
        return np.frombuffer(self._flags, kind)

    def _voters(self, known: Iterable[KnownVoter]) -> tuple[VoterColumns, list[str]]:
        """Who voted, by number, with their circles; and when others registered who may vote and never have."""
        registered_at, silent_since = np.zeros(len(self._numbers)), array("d")
        circles, families = list(self._numbers), Families(self._numbers)
        for each in known:
            families.add(each.voter)
            number = self._numbers.get(each.voter.voter_id)
            if number is not None:
                registered_at[number] = each.voter.registered_at.timestamp()
                circles[number] = each.circle
            elif not each.voter.banned:
                silent_since.append(each.voter.registered_at.timestamp())
        numbers: dict[str, int] = {}
        columns = VoterColumns(
            registered_at,
            np.array([numbers.setdefault(circle, len(numbers)) for circle in circles], dtype=np.int32),
            family=families.column(),
            silent_since=np.frombuffer(silent_since, np.float64),
        )
        return columns, circles
