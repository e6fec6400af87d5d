"""A ring that praises goods of its own to be trusted, and then warns of a rival's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, TypeVar

import numpy as np
import pytest

from builders import NOW, a_listing
from polls import DAY, HERE, cast, know, weigh
from vote_builders import a_vote, a_voter
from zhengpin.domain.standing import Board
from zhengpin.domain.vote import OF_ONE_LISTING, Target, TargetKind, Vote, Voter
from zhengpin.reputation.trust import solve_trust
from zhengpin.storage import Store
from zhengpin.usecases.arranged_votes import arranged_votes

PRODUCTS = [f"product-{n}" for n in range(20)]
OWN = [f"own-{n}" for n in range(12)]
RIVAL = "rival"

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Ring:
    """A market with a ring in it that has praised its own goods for months, when the job has run."""

    store: Store
    honest: Sequence[Voter]
    members: Sequence[Voter]

    def trust_in(self, voters: Iterable[Voter]) -> list[float]:
        with self.store.read(HERE) as reader:
            return [each.trust for each in reader.voters.trust([voter.voter_id for voter in voters]).values()]

    def rival_board(self) -> Board:
        with self.store.read(HERE) as reader:
            return reader.standings.find_many([product(RIVAL)])[product(RIVAL)].board

    def warns_of_the_rival(self) -> None:
        """All of it within two days, one by one."""
        for n, member in enumerate(self.members):
            warning = opinion(member, RIVAL, NOW - timedelta(hours=1.8 * n), recommends=False)
            cast(self.store, [warning])


def product(listing: str) -> Target:
    return Target(TargetKind.PRODUCT, f"{OF_ONE_LISTING}{listing}")


def opinion(voter: Voter, listing: str, cast_at: datetime, *, recommends: bool = True) -> Vote:
    said: dict[str, Any] = {
        "target": product(listing),
        "recommends": recommends,
        "cast_at": cast_at,
        "tags": (),
        "text": "",
    }
    return a_vote(f"{voter.voter_id} on {listing}", voter_id=voter.voter_id, **said)


@pytest.fixture
def ring(store: Store) -> Ring:
    dice = np.random.default_rng(5)
    honest, members = _owners("owner", 200, dice), _owners("member", 25, dice)
    votes = [
        opinion(voter, listing, _ago(dice), recommends=bool(dice.random() < 0.85))
        for listing in PRODUCTS
        for voter in _some(honest, 50, dice)
    ]
    votes += [opinion(voter, RIVAL, NOW - n * DAY, recommends=n % 6 > 0) for n, voter in enumerate(honest[:12], 5)]
    votes += [opinion(member, listing, _ago(dice)) for member in members for listing in _some(OWN, 6, dice)]
    _open(store, [*honest, *members])
    cast(store, sorted(votes, key=lambda each: each.cast_at))
    weigh(store, find=arranged_votes, solve=solve_trust)
    return Ring(store, honest, members)


def _some(things: Sequence[Thing], count: int, dice: np.random.Generator) -> list[Thing]:
    return [things[n] for n in dice.choice(len(things), count, replace=False)]


def _owners(name: str, count: int, dice: np.random.Generator) -> list[Voter]:
    return [a_voter(f"{name}-{n}", registered_at=NOW - float(dice.uniform(150, 700)) * DAY) for n in range(count)]


def _ago(dice: np.random.Generator) -> datetime:
    return NOW - float(dice.uniform(2, 110)) * DAY


def _open(store: Store, voters: Sequence[Voter]) -> None:
    """Goods whose product nobody can tell, so that each listing is a target of its own."""
    untold: dict[str, Any] = {"brand": "", "model": "", "gtin": "", "factory_id": "", "origin_place": ""}
    listings = [a_listing(each, supplier_id=f"shop of {each}", **untold) for each in (*PRODUCTS, *OWN, RIVAL)]
    with store.begin(HERE, len(listings)) as unit:
        unit.listings.upsert_many([(each, "") for each in listings], NOW)
    know(store, voters)


def test_a_ring_that_praises_its_own_goods_is_trusted_less_than_honest_voters(ring: Ring) -> None:
    assert median(ring.trust_in(ring.members)) < median(ring.trust_in(ring.honest))


def test_a_ring_cannot_blacken_a_rival(ring: Ring) -> None:
    ring.warns_of_the_rival()
    assert ring.rival_board() is Board.UNLISTED

    weigh(ring.store, NOW + DAY, find=arranged_votes, solve=solve_trust)

    assert ring.rival_board() is Board.UNLISTED


def test_a_ring_gains_nothing_from_its_own_praise_before_the_next_solve_either(ring: Ring) -> None:
    before = ring.trust_in(ring.members)
    praise = [opinion(member, listing, NOW) for member in ring.members for listing in OWN]
    with ring.store.read(HERE) as reader:
        known = {(vote.voter_id, vote.target) for vote in reader.weighing.votes_behind(None, 10_000)}
    cast(ring.store, [vote for vote in praise if (vote.voter_id, vote.target) not in known])
    assert median(ring.trust_in(ring.members)) < median(before) + 0.05
