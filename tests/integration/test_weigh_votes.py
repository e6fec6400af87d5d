"""A full weighing: trust, weights, standings and boards, beside votes that are cast meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from builders import NOW, a_listing
from polls import (
    BRAND,
    DAY,
    FACTORY,
    HERE,
    ORIGIN,
    TARGETS,
    assert_sums_are_those_of_the_votes,
    at,
    cast,
    current_votes,
    everybody_is_trusted,
    grown_ups,
    know,
    open_polls,
    tallies,
    votes_of,
    weigh,
    weighing,
)
from vote_builders import THE_KETTLE, a_current_vote, a_vote, a_voter
from zhengpin.__main__ import app
from zhengpin.domain.standing import Board, Proposal, Standing
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.trust import TrustSolution, solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.storage import Store
from zhengpin.usecases.cast_votes import cast_votes
from zhengpin.usecases.vote_ledger import VoteLedger
from zhengpin.usecases.weigh_daily import WeighDaily
from zhengpin.usecases.weigh_votes import Solve


def standing(store: Store, target: Target = THE_KETTLE) -> Standing:
    with store.read(HERE) as reader:
        return reader.standings.find_many([target])[target]


def boards(store: Store) -> list[tuple[Target, Board, Board]]:
    """Every border that was crossed, in the order of crossing."""
    with store.read(HERE) as reader:
        changes = (each for kind in TargetKind for each in reader.standing_changes.after(kind, 0, 100))
        in_order = sorted(changes, key=lambda each: each.number)
        return [(each.target, each.before, each.after) for each in in_order]


def test_votes_weigh_what_trust_in_their_voters_makes_of_them(store: Store) -> None:
    voters = grown_ups(3)
    open_polls(store, voters)
    cast(store, votes_of(voters))
    told = weigh(store)

    assert told == {
        "votes_read": 3,
        "voters_trusted": 3,
        "votes_weighed": 3,
        "targets_stood": 1,
        "boards_changed": 0,
    }
    assert {(vote.strength, vote.trust) for vote in current_votes(store)} == {(0.3, 1.0)}
    assert standing(store).effective_votes == pytest.approx(3 * 0.5 ** (1 / 180), rel=1e-3)
    with store.read(HERE) as reader:
        assert {each.trust for each in reader.voters.trust([voter.voter_id for voter in voters]).values()} == {1.0}
    assert_sums_are_those_of_the_votes(store)


def test_trust_is_solved_over_all_votes(store: Store) -> None:
    voters = grown_ups(8)
    open_polls(store, voters)
    for target in TARGETS:
        cast(store, votes_of(voters, target, warns=1, cast_at=NOW - 90 * DAY))
    weigh(store, solve=solve_trust)

    with store.read(HERE) as reader:
        trust = reader.voters.trust([voter.voter_id for voter in voters])
    contrary, *others = (trust[voter.voter_id] for voter in voters)
    assert contrary.trust < min(each.trust for each in others)
    assert contrary.second_opinion is not None
    assert contrary.solved_at == NOW
    assert {vote.trust for vote in current_votes(store) if vote.voter_id == contrary.voter_id} == {contrary.trust}


def test_to_weigh_again_changes_nothing(store: Store) -> None:
    voters = grown_ups(40)
    open_polls(store, voters)
    cast(store, votes_of(voters))
    weigh(store)
    votes, stood = current_votes(store), standing(store)

    told = weigh(store)

    assert (told["votes_weighed"], told["boards_changed"]) == (0, 0)
    assert (current_votes(store), standing(store)) == (votes, stood)


def test_a_target_enters_its_board_once_and_its_listings_are_to_be_judged_anew(store: Store) -> None:
    voters = grown_ups(80)
    open_polls(store, voters)
    cast(store, votes_of(voters, warns=80))
    weigh(store)
    weigh(store, NOW + DAY)

    assert boards(store) == [(THE_KETTLE, Board.UNLISTED, Board.BLACK)]
    assert Proposal.ORDER_SAMPLE in standing(store).proposes
    assert standing(store).since == NOW


def test_votes_fade_until_a_board_is_left(store: Store) -> None:
    voters = grown_ups(80)
    open_polls(store, voters)
    cast(store, votes_of(voters))
    for days in (0, 100, 180, 365, 1500):
        weigh(store, NOW + days * DAY)

    assert boards(store) == [(THE_KETTLE, Board.UNLISTED, Board.RED), (THE_KETTLE, Board.RED, Board.UNLISTED)]
    assert standing(store).effective_votes < 2


def test_what_a_target_comes_from_is_weighed_before_it(store: Store) -> None:
    voters = grown_ups(60)
    open_polls(store, voters)
    cast(store, votes_of(voters[:1]))
    for parent in (BRAND, FACTORY, ORIGIN):
        cast(store, votes_of(voters, parent, warns=60))
    weigh(store)

    product, brand = standing(store), standing(store, BRAND)
    assert {each.target: each.share for each in product.parents}[BRAND] == brand.share
    assert product.share < 0.3
    assert {each.target for each in standing(store, FACTORY).parents} == {ORIGIN}


def test_what_is_usual_is_kept_for_the_votes_that_follow(store: Store) -> None:
    voters = grown_ups(80)
    open_polls(store, voters)
    cast(store, votes_of(voters, warns=8))
    assert standing(store).category_share == 0.5
    weigh(store)

    usual = standing(store).category_share
    assert 0.6 < usual < 0.9
    know(store, [a_voter("late")])
    cast(store, [a_vote("late vote", voter_id="late")])
    assert standing(store).category_share == usual


def test_a_voter_that_changes_its_circle_counts_with_the_new_one(store: Store) -> None:
    voters = grown_ups(9)
    open_polls(store, voters)
    cast(store, votes_of(voters))
    weigh(store)
    assert tallies(store)[THE_KETTLE].circles == 9
    know(store, [replace(voter, invited_by="aunt") for voter in voters])
    weigh(store)

    assert tallies(store)[THE_KETTLE].circles == 1
    assert standing(store).effective_votes == pytest.approx(3, rel=0.01)
    assert_sums_are_those_of_the_votes(store)


def test_votes_of_banned_voters_and_on_own_goods_stay_out(store: Store) -> None:
    voters = grown_ups(10)
    owner = a_voter("owner", supplier_id="pots")
    open_polls(store, [*voters, owner])
    cast(store, votes_of([*voters, owner]))
    know(store, [replace(voters[0], banned=True)])
    weigh(store)

    left_out = {vote.voter_id: vote.why_not for vote in current_votes(store) if vote.why_not}
    assert left_out == {"owner": WhyNotCounted.OWN_TARGET, "voter-0": WhyNotCounted.BANNED}
    assert standing(store).counts.excluded == 2
    assert_sums_are_those_of_the_votes(store)


def test_a_target_whose_listing_is_gone_is_weighed_by_its_votes_alone(store: Store) -> None:
    voters = grown_ups(4)
    open_polls(store, voters)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("gone", brand="", model=""), "")], NOW)
    orphan = Target(TargetKind.PRODUCT, "listing:gone")
    cast(store, votes_of(voters, orphan))
    with store.begin(HERE) as unit:
        unit.listings.delete("gone", NOW)
    weigh(store)

    assert standing(store, orphan).effective_votes == pytest.approx(4, rel=0.01)
    assert standing(store, orphan).parents == ()


def test_a_target_that_the_catalogue_does_not_know_stops_no_weighing(store: Store) -> None:
    open_polls(store, [a_voter()])
    unknown = Target(TargetKind.BRAND, "nobody")
    with store.begin(HERE) as unit:
        ledger = VoteLedger(unit, ())
        ledger.put_in(a_current_vote(target=unknown))
        ledger.store()
    weigh(store)

    assert standing(store, unknown).counts.counted_recommend == 1


def test_little_changes_of_trust_are_left_as_they_are(store: Store) -> None:
    voters = grown_ups(3)
    open_polls(store, voters)
    cast(store, votes_of(voters))
    weigh(store)

    assert weigh(store, solve=_trusting(0.995))["votes_weighed"] == 0
    assert weigh(store, solve=_trusting(0.9))["votes_weighed"] == 3
    assert {vote.trust for vote in current_votes(store)} == {0.9}


def _trusting(trust: float) -> Solve:
    def solve(votes: VoteColumns, now: float, circle: Circles) -> TrustSolution:
        solution = everybody_is_trusted(votes, now, circle)
        return replace(solution, trust=trust * solution.trust)

    return solve


def test_votes_may_be_cast_while_others_are_weighed(store: Store) -> None:
    voters = grown_ups(20)
    open_polls(store, voters)
    cast(store, votes_of(voters[:10]))
    number = count()
    for _part in weighing(store)(HERE):
        nth = next(number)
        said = {"voter_id": f"voter-{nth + 8}", "recommends": False}
        cast(store, [a_vote(f"{target.kind}-{nth}", target=target, **said) for target in (THE_KETTLE, BRAND)])
        assert_sums_are_those_of_the_votes(store)
    with store.read(HERE) as reader:
        followed = reader.voters.trust(["voter-8", "voter-12"])
    assert followed["voter-8"].trust < 1  # has voted after it was read, before it was weighed
    assert followed["voter-8"].solved_at is None
    assert followed["voter-12"].trust < 1

    assert weigh(store)["votes_weighed"] > 0
    assert {vote.trust for vote in current_votes(store)} == {1.0}
    assert_sums_are_those_of_the_votes(store)


@pytest.mark.parametrize("parts", range(7))
def test_one_who_stops_anywhere_leaves_sums_that_hold_and_goes_on_next_time(sqlite_url: str, parts: int) -> None:
    store = Store(sqlite_url)
    voters = grown_ups(30)
    open_polls(store, voters)
    for target in (THE_KETTLE, BRAND):
        cast(store, votes_of(voters, target, warns=5))
    run = weighing(store)(HERE)
    for _ in range(parts):
        next(run)
    run.close()  # type: ignore[attr-defined]
    assert_sums_are_those_of_the_votes(store)
    weigh(store)

    assert {vote.trust for vote in current_votes(store)} == {1.0}
    assert_sums_are_those_of_the_votes(store)
    assert standing(store).effective_votes == pytest.approx(30, rel=0.01)
    store.close()


CASTS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(TARGETS), st.booleans(), st.integers(0, 400)), min_size=1, max_size=8
)
HAPPENINGS = st.lists(
    st.one_of(
        CASTS,
        CASTS,
        st.just("weigh"),
        st.tuples(st.integers(0, 7), st.booleans(), st.sampled_from(["", "aunt", "uncle"])),
    ),
    max_size=8,
)
MARKETPLACES = count()


@pytest.fixture(scope="module")
def polls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store, with a marketplace for each history."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('polls') / 'votes.db'}")
    store.migrate()
    yield store
    store.close()


def happen(store: Store, marketplace: str, happenings: list[Any]) -> None:
    """Let it happen: votes, full weighings, and voters who are banned, pardoned or brought in by somebody else."""
    ids = count()
    for each in happenings:
        if each == "weigh":
            weigh(store, marketplace=marketplace)
        elif isinstance(each, tuple):
            number, banned, inviter = each
            voter = a_voter(f"voter-{number}", registered_at=NOW - 800 * DAY, banned=banned, invited_by=inviter)
            know(store, [voter], marketplace)
        else:
            votes = [
                a_vote(
                    f"vote-{next(ids)}",
                    voter_id=f"voter-{voter}",
                    target=target,
                    recommends=recommends,
                    cast_at=NOW - days * DAY,
                )
                for voter, target, recommends, days in each
            ]
            with store.begin(marketplace, len(votes)) as unit:
                cast_votes(unit, votes, NOW)  # a banned voter's are refused


def a_market(store: Store) -> str:
    marketplace = f"market-{next(MARKETPLACES)}"
    open_polls(store, grown_ups(8), marketplace)
    return marketplace


@settings(max_examples=25)
@given(happenings=HAPPENINGS)
def test_whatever_happens_sums_are_those_of_the_votes(polls: Store, happenings: list[Any]) -> None:
    marketplace = a_market(polls)

    happen(polls, marketplace, happenings)

    assert_sums_are_those_of_the_votes(polls, marketplace)


@settings(max_examples=25)
@given(casts=st.lists(CASTS, min_size=1, max_size=5))
def test_vote_by_vote_and_all_at_once_come_to_the_same(polls: Store, casts: list[Any]) -> None:
    by_and_by, at_once = a_market(polls), a_market(polls)

    happen(polls, by_and_by, [each for page in casts for each in (page, "weigh")])
    happen(polls, at_once, [*casts, "weigh"])

    assert current_votes(polls, by_and_by) == current_votes(polls, at_once)
    one, other = (tallies(polls, marketplace=marketplace) for marketplace in (by_and_by, at_once))
    assert one.keys() == other.keys()
    for target, tally in one.items():
        assert astuple(tally) == pytest.approx(astuple(other[target]), rel=1e-9, abs=1e-7)
    stood, stood_too = (_stood(polls, marketplace) for marketplace in (by_and_by, at_once))
    assert stood.keys() == stood_too.keys()
    for target, (share, low, high) in stood.items():
        assert (share, low, high) == pytest.approx(stood_too[target])


def _stood(store: Store, marketplace: str) -> dict[Target, tuple[float, float, float]]:
    with store.read(marketplace) as reader:
        found = reader.standings.find_many(TARGETS)
    return {target: (each.share, each.low, each.high) for target, each in found.items()}


def test_every_marketplace_is_weighed_once_a_day(store: Store) -> None:
    for marketplace in (HERE, "there", "nowhere"):
        open_polls(store, grown_ups(3), marketplace)
    for marketplace in (HERE, "there"):
        cast(store, votes_of(grown_ups(3)), marketplace=marketplace)

    def done(hours: float) -> int:
        now = NOW + timedelta(hours=hours)
        return sum(WeighDaily(store, at(now), lambda: weighing(store, now))())

    assert done(0) > 0
    assert done(23) == 0
    assert done(24) > 0
    for marketplace, weighed_at in ((HERE, NOW + DAY), ("there", NOW + DAY), ("nowhere", None)):
        with store.read(marketplace) as reader:
            assert reader.weighing.weighed_at() == weighed_at


def test_a_weighing_that_was_stopped_is_due_again(store: Store) -> None:
    open_polls(store, grown_ups(3))
    cast(store, votes_of(grown_ups(3)))
    daily = WeighDaily(store, at(NOW), lambda: weighing(store))
    next(daily())

    assert sum(daily()) > 0
    assert sum(daily()) == 0


def test_the_command_tells_what_it_did(database_url: str) -> None:
    store = Store(database_url)
    open_polls(store, grown_ups(3))
    cast(store, votes_of(grown_ups(3)))
    store.close()
    command = ["weigh-votes", "--marketplace", HERE, "--database", database_url]

    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    table = CliRunner().invoke(app, command).stdout

    nothing = dict.fromkeys(
        ("votes_read", "votes_left_out", "voters_trusted", "votes_weighed", "targets_stood", "boards_changed"), 0
    )
    assert told[HERE] == nothing | {"votes_read": 3, "voters_trusted": 3, "votes_weighed": 3, "targets_stood": 1}
    assert "│ votes read     │    3 │" in table
