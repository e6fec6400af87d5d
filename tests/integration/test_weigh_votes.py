"""A full weighing: trust, weights, standings and boards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import NOW, a_listing
from polls import (
    BRAND,
    DAY,
    FACTORY,
    HERE,
    ORIGIN,
    TARGETS,
    assert_sums_are_those_of_the_votes,
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
from zhengpin.domain.standing import Board, Proposal, Standing
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.trust import TrustSolution, solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.storage import Store
from zhengpin.usecases.vote_ledger import VoteLedger
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
