"""What a person decides on a window: its votes stay out, or count again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from builders import NOW
from polls import (
    HERE,
    assert_sums_are_those_of_the_votes,
    at,
    cast,
    current_votes,
    grown_ups,
    know,
    open_polls,
    votes_of,
)
from vote_builders import THE_KETTLE, a_window
from zhengpin.domain.standing import Standing
from zhengpin.domain.vote import WhyNotCounted
from zhengpin.domain.vote_lists import WindowFilter
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.errors import DeadlinePassed, NotFound, WrongState
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.decide_vote_window import DecideVoteWindow, WindowRuling
from zhengpin.usecases.recount_votes import AT_ONCE, recount_votes

LATER = NOW + timedelta(hours=3)
LEFT_OUT = 5
LIFTED, UPHELD = WindowDecision.LIFTED, WindowDecision.UPHELD


def raise_a_window(store: Store, voters: int = 12) -> None:
    """Votes on the kettle, the first of which lie in a window."""
    people = grown_ups(voters)
    open_polls(store, people)
    cast(store, votes_of(people))
    arranged = {f"voter-{number}" for number in range(LEFT_OUT)}
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([a_window(voters=LEFT_OUT)])
        votes = [vote for vote in current_votes(store) if vote.voter_id in arranged]
        left_out = [replace(vote, why_not=WhyNotCounted.BURST, window_id="window-1") for vote in votes]
        recount_votes(unit, left_out, NOW)


def decide(store: Store, decision: WindowDecision, window_id: str = "window-1", request_id: str = "") -> VoteWindow:
    call = Call(HERE, "DecideVoteWindow", request_id or str(uuid4()), "digest")
    return DecideVoteWindow(store, at(LATER))(call, WindowRuling(window_id, decision, "a moderator", "looked at it"))


def standing(store: Store) -> Standing:
    with store.read(HERE) as reader:
        return reader.standings.find_many([THE_KETTLE])[THE_KETTLE]


def undecided(store: Store) -> list[str]:
    with store.read(HERE) as reader:
        return [window.window_id for window in reader.vote_windows.list(WindowFilter(undecided=True), 9).windows]


def test_votes_of_a_window_that_is_lifted_count_again(store: Store) -> None:
    raise_a_window(store)
    before = standing(store)
    assert (before.alarmed, before.counts.excluded, undecided(store)) == (True, LEFT_OUT, ["window-1"])
    decided = decide(store, LIFTED)
    after = standing(store)
    assert (after.alarmed, after.counts.excluded, undecided(store)) == (False, 0, [])
    assert after.effective_votes > before.effective_votes
    assert (decided.decision, decided.decided_by, decided.decided_at, decided.note) == (
        LIFTED,
        "a moderator",
        LATER,
        "looked at it",
    )
    with store.read(HERE) as reader:
        assert reader.vote_windows.get("window-1") == decided
    assert_sums_are_those_of_the_votes(store)


def test_votes_of_a_window_that_is_upheld_stay_out_and_alarm_nobody_any_more(store: Store) -> None:
    raise_a_window(store)
    decide(store, UPHELD)
    after = standing(store)
    assert (after.alarmed, after.counts.excluded, undecided(store)) == (False, LEFT_OUT, [])


def test_a_target_stays_alarmed_until_its_last_window_is_decided(store: Store) -> None:
    raise_a_window(store)
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([a_window("window-2")])
    decide(store, UPHELD)
    assert standing(store).alarmed
    decide(store, UPHELD, "window-2")
    assert not standing(store).alarmed


def test_a_decision_stays_as_it_was_made(store: Store) -> None:
    raise_a_window(store)
    decide(store, UPHELD)
    with pytest.raises(WrongState) as caught:
        decide(store, LIFTED)
    assert str(caught.value) == (
        "vote window window-1 is decided already: upheld by a moderator; a decision stays as it was made"
    )
    assert standing(store).counts.excluded == LEFT_OUT


def test_the_same_decision_sent_again_is_answered_the_same(store: Store) -> None:
    raise_a_window(store)
    assert decide(store, LIFTED, request_id="r") == decide(store, LIFTED, request_id="r")


def test_whoever_waits_no_longer_is_told_that_some_votes_were_let_in(store: Store) -> None:
    raise_a_window(store)
    patience = iter([False, True])
    call = Call(HERE, "DecideVoteWindow", "r", "digest", lambda: next(patience))
    with pytest.raises(DeadlinePassed, match="when only a part was written: send it again with the same request_id"):
        DecideVoteWindow(store, at(LATER))(call, WindowRuling("window-1", LIFTED, "a moderator", "looked at it"))
    assert standing(store).counts.excluded == 0
    assert decide(store, LIFTED, request_id="r").decision is LIFTED


def test_nobody_decides_on_a_window_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="vote window 'gone' is not in this marketplace"):
        decide(store, LIFTED, "gone")


def test_who_was_banned_meanwhile_does_not_count_again(store: Store) -> None:
    raise_a_window(store)
    know(store, [replace(grown_ups(1)[0], banned=True)])
    decide(store, LIFTED)
    assert [vote.voter_id for vote in current_votes(store) if vote.why_not is not None] == ["voter-0"]
    know(store, grown_ups(1))
    assert [vote.voter_id for vote in current_votes(store) if vote.why_not is not None] == []
    assert_sums_are_those_of_the_votes(store)


def test_one_who_votes_again_from_within_a_window_waits_for_the_decision(store: Store) -> None:
    raise_a_window(store)
    people = grown_ups(1)
    again = [replace(vote, vote_id="again", recommends=False) for vote in votes_of(people, cast_at=NOW)]
    cast(store, again)
    assert [vote.why_not for vote in current_votes(store) if vote.vote_id == "again"] == [WhyNotCounted.BURST]
    decide(store, LIFTED)
    assert [vote.why_not for vote in current_votes(store) if vote.vote_id == "again"] == [None]
    cast(store, [replace(again[0], vote_id="last", cast_at=LATER)])
    last = [vote for vote in current_votes(store) if vote.vote_id == "last"]
    assert [(vote.why_not, vote.window_id) for vote in last] == [(None, "")]
    assert_sums_are_those_of_the_votes(store)


def test_one_whose_vote_was_kept_out_counts_with_another_unless_it_was_cast_in_the_window_too(store: Store) -> None:
    raise_a_window(store)
    decide(store, UPHELD)
    within, later = (votes_of(grown_ups(1), cast_at=moment)[0] for moment in (NOW - timedelta(minutes=30), LATER))
    cast(store, [replace(within, vote_id="within")])
    cast(store, [replace(later, vote_id="later", voter_id="voter-1")])
    again = {vote.vote_id: vote for vote in current_votes(store) if vote.vote_id in {"within", "later"}}
    assert (again["within"].why_not, again["within"].window_id) == (WhyNotCounted.BURST, "window-1")
    assert (again["later"].why_not, again["later"].window_id) == (None, "")
    assert_sums_are_those_of_the_votes(store)


def test_more_votes_than_one_unit_of_work_takes_are_let_in_page_by_page(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    people = grown_ups(AT_ONCE + 50)
    open_polls(store, people)
    cast(store, votes_of(people, cast_at=NOW - timedelta(days=30)))
    for first in (0, AT_ONCE):
        votes = current_votes(store)[first : first + AT_ONCE]
        with store.begin(HERE) as unit:
            unit.vote_windows.put_many([a_window()])
            recount_votes(
                unit, [replace(vote, why_not=WhyNotCounted.BURST, window_id="window-1") for vote in votes], NOW
            )
    assert standing(store).counts.excluded == len(people)
    decide(store, LIFTED)
    assert standing(store).counts.excluded == 0
    assert_sums_are_those_of_the_votes(store)
    store.close()
