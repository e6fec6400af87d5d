"""Votes that look arranged leave the count at once, stay visible, and wait for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import uuid4

import pytest

from builders import NOW
from polls import (
    DAY,
    HERE,
    assert_sums_are_those_of_the_votes,
    at,
    cast,
    current_votes,
    grown_ups,
    open_polls,
    votes_of,
    weigh,
)
from vote_builders import THE_KETTLE, a_vote
from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Proposal, Standing
from zhengpin.domain.vote import Voter, WhyNotCounted
from zhengpin.domain.vote_lists import WindowFilter
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.reputation.trust import TrustSolution, solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.vote_roll import VoteRoll
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.decide_vote_window import DecideVoteWindow, WindowRuling
from zhengpin.usecases.raise_windows import ArrangedVotes, RaiseWindows
from zhengpin.usecases.weigh_votes import Find

EVIDENCE = (Text(zh="同一人邀请", en="one brought all of them in"),)
HONEST, HIRED = grown_ups(40, "honest"), grown_ups(20, "hired")


def finds(voters: Sequence[Voter], why: WhyNotCounted = WhyNotCounted.BURST) -> Find:
    """Finds that these voters' votes on the kettle are arranged."""

    def find(roll: VoteRoll) -> Iterator[ArrangedVotes]:
        numbers = {roll.voter_ids.index(voter.voter_id) for voter in voters if voter.voter_id in roll.voter_ids}
        kettle = roll.targets.index(THE_KETTLE)
        rows = [
            row
            for row, (voter, target) in enumerate(zip(roll.votes.voter, roll.votes.target, strict=True))
            if voter in numbers and target == kettle
        ]
        cast_at = {
            roll.voter_ids[roll.votes.voter[row]]: NOW.fromtimestamp(roll.votes.at[row], NOW.tzinfo) for row in rows
        }
        yield ArrangedVotes(THE_KETTLE, why, cast_at, 1.5, EVIDENCE, tuple(rows))

    return find


@pytest.fixture
def attacked(store: Store) -> Store:
    """A kettle that honest people recommend and hired ones warn of."""
    open_polls(store, [*HONEST, *HIRED])
    cast(store, votes_of(HONEST, cast_at=NOW - 5 * DAY))
    cast(store, votes_of(HIRED, warns=len(HIRED)))
    return store


def windows(store: Store) -> list[VoteWindow]:
    """The first raised first."""
    with store.read(HERE) as reader:
        return [*reversed(reader.vote_windows.list(WindowFilter(), 99).windows)]


def standing(store: Store) -> Standing:
    with store.read(HERE) as reader:
        return reader.standings.find_many([THE_KETTLE])[THE_KETTLE]


def decide(store: Store, decision: WindowDecision) -> None:
    (window,) = (each for each in windows(store) if each.decision is None)
    call = Call(HERE, "DecideVoteWindow", str(uuid4()))
    DecideVoteWindow(store, at(NOW))(call, WindowRuling(window.window_id, decision, "moderator"))


def left_out(store: Store) -> set[str]:
    return {vote.voter_id for vote in current_votes(store) if vote.why_not is WhyNotCounted.BURST}


def ids(voters: Sequence[Voter]) -> set[str]:
    return {voter.voter_id for voter in voters}


def test_arranged_votes_leave_the_count_and_stay_visible(attacked: Store) -> None:
    told = weigh(attacked, find=finds(HIRED))

    assert told["votes_left_out"] == len(HIRED)
    assert left_out(attacked) == ids(HIRED)
    stood = standing(attacked)
    assert (stood.counts.warn, stood.counts.counted_warn, stood.counts.excluded) == (20, 0, 20)
    assert (stood.alarmed, stood.proposes) == (True, (Proposal.BOOST,))
    assert_sums_are_those_of_the_votes(attacked)


def test_a_window_tells_when_how_many_and_why(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED))

    (window,) = windows(attacked)
    assert window == VoteWindow(
        window_id=window.window_id,
        target=THE_KETTLE,
        why=WhyNotCounted.BURST,
        cast_from=NOW - DAY,
        cast_until=NOW - DAY + timedelta(minutes=19, microseconds=1),
        voters=20,
        expected_voters=1.5,
        raised_at=NOW,
        evidence=EVIDENCE,
    )
    assert {vote.window_id for vote in current_votes(attacked) if vote.why_not} == {window.window_id}


def test_what_arranged_votes_did_to_a_board_is_undone_at_once(attacked: Store) -> None:
    weigh(attacked)
    assert standing(attacked).board is Board.UNLISTED
    weigh(attacked, find=finds(HIRED))

    with attacked.read(HERE) as reader:
        changes = [(each.before, each.after) for each in reader.standing_changes.after(THE_KETTLE.kind, 0, 9)]
    assert changes == [(Board.UNLISTED, Board.RED)]


def test_trust_is_found_without_votes_that_are_left_out(attacked: Store) -> None:
    asked: list[int] = []

    weigh(attacked, find=finds(HIRED), solve=lambda votes, now, _: _counting(asked, votes, now))

    assert asked == [len(HONEST)]


def _counting(asked: list[int], votes: VoteColumns, now: float) -> TrustSolution:
    asked.append(len(votes))
    return solve_trust(votes, now)


def test_the_same_window_is_not_raised_twice(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED))
    raised = windows(attacked)
    told = weigh(attacked, NOW + DAY, find=finds(HIRED, WhyNotCounted.LOCKSTEP))

    assert "votes_left_out" not in told
    assert windows(attacked) == raised


def test_a_window_that_waits_grows_by_what_follows(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED[:15]))
    weigh(attacked, NOW + DAY, find=finds(HIRED))

    (window,) = windows(attacked)
    assert (window.voters, window.raised_at) == (20, NOW)
    assert window.cast_until == NOW - DAY + timedelta(minutes=19, microseconds=1)
    assert left_out(attacked) == ids(HIRED)


def test_what_a_person_has_cleared_is_not_accused_again(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED))
    decide(attacked, WindowDecision.LIFTED)
    assert left_out(attacked) == set()
    for why in (WhyNotCounted.BURST, WhyNotCounted.DENSE_BLOCK):
        weigh(attacked, NOW + DAY, find=finds(HIRED, why))

    assert left_out(attacked) == set()
    assert len(windows(attacked)) == 1
    assert not standing(attacked).alarmed


def test_who_joins_a_crowd_that_was_cleared_is_cleared_with_it(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED[:15]))
    decide(attacked, WindowDecision.LIFTED)
    weigh(attacked, NOW + DAY, find=finds(HIRED))

    assert left_out(attacked) == set()


def test_a_few_who_were_cleared_clear_nobody_else(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED[:5]))
    decide(attacked, WindowDecision.LIFTED)
    weigh(attacked, NOW + DAY, find=finds(HIRED))

    assert left_out(attacked) == ids(HIRED[5:])
    assert [window.voters for window in windows(attacked)] == [5, 15]


def test_what_a_person_has_upheld_stays_out_and_what_follows_waits_for_another_look(attacked: Store) -> None:
    weigh(attacked, find=finds(HIRED[:15]))
    decide(attacked, WindowDecision.UPHELD)
    weigh(attacked, NOW + DAY, find=finds(HIRED))

    assert left_out(attacked) == ids(HIRED)
    assert [(window.voters, window.decision) for window in windows(attacked)] == [
        (15, WindowDecision.UPHELD),
        (5, None),
    ]


def test_who_changed_its_mind_meanwhile_is_not_accused(attacked: Store) -> None:
    def find(roll: VoteRoll) -> Iterator[ArrangedVotes]:
        found = list(finds(HIRED)(roll))
        cast(attacked, [a_vote("second thoughts", voter_id="hired-3", cast_at=NOW)])
        yield from found

    weigh(attacked, find=find)

    assert left_out(attacked) == ids(HIRED) - {"hired-3"}
    assert_sums_are_those_of_the_votes(attacked)


def test_large_windows_are_raised_a_page_at_a_time(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    crowd = grown_ups(1100, "crowd")
    open_polls(store, crowd)
    cast(store, votes_of(crowd))
    weigh(store, find=finds(crowd))

    (window,) = windows(store)
    assert window.voters == 1100
    assert len(left_out(store)) == 1100
    assert_sums_are_those_of_the_votes(store)
    store.close()


def test_a_window_that_is_decided_while_it_is_raised_grows_no_more(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    crowd = grown_ups(600, "crowd")
    open_polls(store, crowd)
    cast(store, votes_of(crowd))
    cast_at = {vote.voter_id: vote.cast_at for vote in current_votes(store)}
    pages = RaiseWindows(store, at(NOW), time_ordered_id)(
        HERE, ArrangedVotes(THE_KETTLE, WhyNotCounted.DRIP, cast_at, 1)
    )
    next(pages)
    decide(store, WindowDecision.UPHELD)
    list(pages)

    assert [(window.voters, window.decision) for window in windows(store)] == [
        (500, WindowDecision.UPHELD),
        (100, None),
    ]
    store.close()
