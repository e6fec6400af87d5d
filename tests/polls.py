"""A small market that votes: whoever may vote, on what, and what must hold of what votes add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest

from builders import NOW, a_brand, a_listing
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.detectors.matching import product_key
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.vote import Target, TargetKind, Vote, Voter
from zhengpin.domain.vote_tally import CurrentVote, VoteTally
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.tallies import RunningTallies
from zhengpin.reputation.trust import TrustSolution, solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.vote_roll import VoteRoll
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import cast_votes
from zhengpin.usecases.raise_windows import ArrangedVotes
from zhengpin.usecases.upsert_voters import UpsertVoters
from zhengpin.usecases.weigh_votes import Find, Solve, WeighVotes

HERE = "here"
DAY = timedelta(days=1)
BRAND = Target(TargetKind.BRAND, "acme")
FACTORY = Target(TargetKind.FACTORY, "pots")
ORIGIN = Target(TargetKind.ORIGIN, normalised_name("Foshan, China"))
TARGETS = (THE_KETTLE, BRAND, FACTORY, ORIGIN)


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def nobody_is_arranged(_roll: VoteRoll) -> Iterator[ArrangedVotes]:
    """Finds no brigade."""
    return iter(())


def everybody_is_trusted(votes: VoteColumns, now: float, circle: Circles) -> TrustSolution:
    """Trusts all voters alike, so that what votes weigh is known."""
    solution = solve_trust(votes, now, circle)
    return replace(solution, trust=np.ones(votes.voters))


def open_polls(store: Store, voters: Iterable[Voter], marketplace: str = HERE) -> None:
    """The kettle of one brand, factory and place, and who may vote."""
    said = {"factory_id": "pots", "origin_place": "Foshan, China"}
    listings = [a_listing(**said), a_listing("second", supplier_id="other", **said)]
    with store.begin(marketplace) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.listings.upsert_many([(each, product_key(each)) for each in listings], NOW)
    know(store, voters, marketplace)


def know(store: Store, voters: Iterable[Voter], marketplace: str = HERE) -> None:
    """Store voters."""
    told = list(voters)
    call = Call(marketplace, "UpsertVoters", str(uuid4()))
    assert UpsertVoters(store, at(NOW))(call, told) == [None] * len(told)


def grown_ups(number: int, prefix: str = "voter") -> list[Voter]:
    """Strangers who registered long ago."""
    return [a_voter(f"{prefix}-{n}", registered_at=NOW - 800 * DAY) for n in range(number)]


def votes_of(
    voters: Sequence[Voter], target: Target = THE_KETTLE, *, warns: int = 0, cast_at: datetime = NOW - DAY
) -> list[Vote]:
    """A vote of each on one target, the first ones warning, a minute after one another."""
    return [
        a_vote(
            f"{voter.voter_id} on {target.kind}",
            voter_id=voter.voter_id,
            target=target,
            recommends=n >= warns,
            cast_at=cast_at + timedelta(minutes=n),
        )
        for n, voter in enumerate(voters)
    ]


def cast(store: Store, votes: Sequence[Vote], now: datetime = NOW, marketplace: str = HERE) -> None:
    """Cast votes, all of which are taken."""
    for first in range(0, len(votes), 100):
        page = votes[first : first + 100]
        with store.begin(marketplace, len(page)) as unit:
            assert cast_votes(unit, page, now) == [None] * len(page)


def weighing(
    store: Store, now: datetime = NOW, find: Find = nobody_is_arranged, solve: Solve = everybody_is_trusted
) -> WeighVotes:
    """The job."""
    return WeighVotes(store, at(now), time_ordered_id, find, solve)


def weigh(
    store: Store,
    now: datetime = NOW,
    find: Find = nobody_is_arranged,
    solve: Solve = everybody_is_trusted,
    marketplace: str = HERE,
) -> dict[str, int]:
    """Weigh all votes; give what was done by step."""
    done: dict[str, int] = {}
    for part in weighing(store, now, find, solve)(marketplace):
        done[part.step] = done.get(part.step, 0) + part.done
    return done


def current_votes(store: Store, marketplace: str = HERE) -> list[CurrentVote]:
    """Every current vote, by target and voter."""
    with store.read(marketplace) as reader:
        return reader.weighing.votes_behind(None, 100_000)


def tallies(store: Store, targets: Iterable[Target] = TARGETS, marketplace: str = HERE) -> dict[Target, VoteTally]:
    """What votes add up to, as it is stored."""
    with store.read(marketplace) as reader:
        return reader.vote_tallies.find_many(set(targets))


def assert_sums_are_those_of_the_votes(store: Store, marketplace: str = HERE) -> None:
    """Whatever happened, the stored sums are those that the current votes come to when they are added up anew."""
    votes = current_votes(store, marketplace)
    anew = RunningTallies()
    for vote in votes:
        anew.put_in(vote)
    targets = {vote.target for vote in votes}
    stored = tallies(store, targets, marketplace)
    assert stored.keys() == targets
    for target in targets:
        assert astuple(stored[target]) == pytest.approx(astuple(anew.tallies[target]), rel=1e-9, abs=1e-7)
    with store.read(marketplace) as reader:
        circles = reader.vote_tallies.circles({(vote.target, vote.circle) for vote in votes})
    for seat, circle in anew.circles.items():
        assert astuple(circles[seat]) == pytest.approx(astuple(circle), rel=1e-9, abs=1e-12)
