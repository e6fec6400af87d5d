"""Whoever crosses a border is noted for its listings to be judged anew, and nobody else."""

from __future__ import annotations

from dataclasses import replace

from builders import KETTLE, NOW, a_listing
from snapshot_reads import HERE
from vote_builders import THE_KETTLE, a_window
from zhengpin.domain.standing import Board
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.domain.vote_window import WindowDecision
from zhengpin.reputation.weights import grown
from zhengpin.storage import Store
from zhengpin.usecases.stand_targets import stand_targets
from zhengpin.usecases.vote_targets import TargetFinder

LOVED = VoteTally(recommend_votes=40, counted_recommend_votes=40, recommend=grown(40, NOW), circles=40)


def crossed(store: Store, tally: VoteTally) -> list[tuple[Board, Board]]:
    """Let the kettle stand by these votes; give what is noted of it now, and was not before."""
    with store.begin(HERE) as unit:
        last = len(unit.standing_changes.after(THE_KETTLE.kind, 0, 99))
        unit.listings.upsert_many([(a_listing(), KETTLE)], NOW)
        unit.vote_tallies.put_many({THE_KETTLE: tally})
        stand_targets(unit, TargetFinder(unit), {THE_KETTLE}, NOW)
        return [(change.before, change.after) for change in unit.standing_changes.after(THE_KETTLE.kind, last, 99)]


def test_a_board_that_is_entered_or_left_is_a_border(store: Store) -> None:
    assert crossed(store, VoteTally()) == []
    assert crossed(store, LOVED) == [(Board.UNLISTED, Board.RED)]
    assert crossed(store, replace(LOVED, recommend=grown(41, NOW))) == []
    assert crossed(store, VoteTally()) == [(Board.RED, Board.UNLISTED)]


def test_an_alarm_that_begins_or_ends_is_no_border(store: Store) -> None:
    crossed(store, LOVED)
    for window in (a_window(), a_window(decision=WindowDecision.LIFTED, decided_at=NOW)):
        with store.begin(HERE) as unit:
            unit.vote_windows.put_many([window])
        assert crossed(store, LOVED) == []
