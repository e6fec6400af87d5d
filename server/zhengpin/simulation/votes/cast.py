"""Every vote of a quarter."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.simulation.votes.ballot import Ballot
from zhengpin.simulation.votes.brigades import ordered_votes
from zhengpin.simulation.votes.gatherings import gathered_votes
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.rings import ring_votes
from zhengpin.simulation.votes.usual import usual_votes


def ballots(polls: Polls) -> Iterator[Ballot]:
    """Honest votes and arranged ones, story by story."""
    yield from usual_votes(polls)
    yield from gathered_votes(polls)
    yield from ordered_votes(polls)
    yield from ring_votes(polls)
