"""How long one more vote takes, from the use case to its commit: stored, counted, and its target placed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import TypeVar
from uuid import UUID

from zhengpin.detectors.matching import product_key
from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.vote import OF_ONE_LISTING, Target, TargetKind, Vote, Voter, VoteTag
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import CastVotes

Given = TypeVar("Given")

HERE = "bench"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LISTINGS, PRODUCTS, BRANDS, VOTERS = 2_000, 500, 50, 10_000
VOTES_BEFORE, PAGE = 10_000, 500
VOTES = 960
AT_A_TIME = 16
"""Calls that come together, and so share commits."""


def vote_p50s(seed: int) -> dict[str, float]:
    """Give medians in ms: of a vote where 16 calls come at a time, of one alone, and of one that is only stored.

    The first is the time of 16 votes, from the first call to the last answer, divided by 16.
    """
    with tempfile.TemporaryDirectory(prefix="zhengpin-votes-") as folder:
        store = Store(f"sqlite:///{Path(folder) / 'votes.db'}")
        store.migrate()
        try:
            return _measured(store, Random(seed))  # noqa: S311  nothing secret is drawn
        finally:
            store.close()


def _measured(store: Store, dice: Random) -> dict[str, float]:
    _open_polls(store, dice)
    ballots = _votes(dice)
    cast = _caster(store, dice)
    for _ in range(VOTES_BEFORE // PAGE):
        cast(list(islice(ballots, PAGE)))
    alone = [_took(cast, [vote]) for vote in islice(ballots, VOTES)]
    with ThreadPoolExecutor(AT_A_TIME) as callers:
        groups = [[[vote] for vote in islice(ballots, AT_A_TIME)] for _ in range(VOTES // AT_A_TIME)]
        together = [_took(lambda group: list(callers.map(cast, group)), group) / AT_A_TIME for group in groups]
    stored = [_took(lambda vote: _store_only(store, vote), vote) for vote in islice(ballots, VOTES)]
    return {
        "vote_p50_ms": round(median(together), 3),
        "vote_alone_p50_ms": round(median(alone), 3),
        "vote_stored_only_p50_ms": round(median(stored), 3),
    }


def _open_polls(store: Store, dice: Random) -> None:
    """Products of several sellers, brands, factories and places, and voters of whom many were brought in by others."""
    listings = [
        Listing(
            f"listing-{number}",
            f"seller-{number % 97}",
            title=f"Brand{number % BRANDS} kettle K{number % PRODUCTS} 1.5 l",
            brand=f"Brand{number % BRANDS}",
            model=f"K{number % PRODUCTS}",
            spec="1.5 l",
            category="kitchen/kettles",
            factory_id=f"factory-{number % 30}",
            origin_place=f"Place {number % 20}",
        )
        for number in range(LISTINGS)
    ]
    voters = [
        Voter(
            f"voter-{number}",
            NOW - timedelta(days=dice.randint(1, 700)),
            supplier_id=f"seller-{number % 400}" if number % 2 else "",
            invited_by=f"voter-{number // 5}" if number % 3 else "",
        )
        for number in range(VOTERS)
    ]
    with store.begin(HERE, LISTINGS) as unit:
        unit.brands.upsert_many([Brand(f"brand-{number}", f"Brand{number}") for number in range(BRANDS)], NOW)
        unit.listings.upsert_many([(listing, product_key(listing)) for listing in listings], NOW)
        unit.voters.upsert_many(voters)


def _votes(dice: Random) -> Iterator[Vote]:
    """Votes a minute after one another: most on products, some on brands, factories and places, some with words."""
    for number in count():
        warns = dice.random() < 0.2
        yield Vote(
            f"vote-{number}",
            f"voter-{dice.randrange(VOTERS)}",
            _target(dice),
            recommends=not warns,
            cast_at=NOW + timedelta(minutes=number),
            tags=(VoteTag.POOR_QUALITY if warns else VoteTag.GENUINE,),
            text="用了一周就坏了，不推荐" if warns else "",
        )


def _target(dice: Random) -> Target:
    number = dice.randrange(LISTINGS)
    match dice.randrange(8):
        case 0:
            return Target(TargetKind.BRAND, f"brand-{number % BRANDS}")
        case 1:
            return Target(TargetKind.FACTORY, f"factory-{number % 30}")
        case 2:
            return Target(TargetKind.ORIGIN, f"place{number % 20}")
        case _:
            return Target(TargetKind.PRODUCT, f"{OF_ONE_LISTING}listing-{number}")


def _caster(store: Store, dice: Random) -> Callable[[Sequence[Vote]], None]:
    """What casts votes in one call as they come, and takes no refusal."""
    moment = NOW
    cast_votes = CastVotes(store, lambda: moment, time_ordered_id)

    def cast(votes: Sequence[Vote]) -> None:
        nonlocal moment
        moment = max(moment, votes[-1].cast_at)
        request_id = str(UUID(int=dice.getrandbits(128)))
        refused = [problem for problem in cast_votes(Call(HERE, "CastVotes", request_id, "digest"), votes) if problem]
        if refused:
            raise RuntimeError(f"{len(refused)} votes were refused, such as: {refused[0]}")

    return cast


def _store_only(store: Store, vote: Vote) -> None:
    """The plain baseline: the vote in the log, and nothing counted."""
    with store.begin(HERE) as unit:
        unit.votes.add_many([vote], NOW, imported=False)


def _took(work: Callable[[Given], object], given: Given) -> float:
    """How many ms some work took."""
    began = time.perf_counter()
    work(given)
    return (time.perf_counter() - began) * 1000
