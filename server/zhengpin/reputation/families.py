"""Families: voters whom invitations join, however long the chain from one to the other.

Who invites whom, and is invited by whom, may be told in any order and even in a circle. In a family people need not
know one another, so that the votes of its circles count each for itself; but a crowd is no family reunion.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zhengpin.domain.vote import Voter


class Families:
    """Puts voters into families as they are read."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Begin with voters by number, from 0, whom nobody is known to have invited."""
        self._voters = len(numbers)
        self._people = dict(numbers)
        self._guests, self._hosts = array("i"), array("i")

    def add(self, voter: Voter) -> None:
        """Hear of an invitation; voters without a number may stand between others."""
        if voter.invited_by:
            self._guests.append(self._people.setdefault(voter.voter_id, len(self._people)))
            self._hosts.append(self._people.setdefault(voter.invited_by, len(self._people)))

    def column(self) -> NDArray[np.int32]:
        """The family of each voter by its number, from 0."""
        guests, hosts = (np.frombuffer(each, np.int32) for each in (self._guests, self._hosts))
        size = len(self._people)
        joined = coo_array((np.ones(len(guests), np.bool_), (guests, hosts)), shape=(size, size))
        family: NDArray[np.int32] = connected_components(joined, directed=False)[1][: self._voters].astype(np.int32)
        return family
