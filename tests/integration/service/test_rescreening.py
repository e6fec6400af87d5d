"""A server judges listings anew by itself when what they offer crosses a border, and watchers see it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from callers import Caller, a_listing_message
from snapshot_reads import HERE
from vote_builders import a_standing
from zhengpin.bootstrap import Service, utc_now
from zhengpin.domain.standing import Board, Proposal
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.settings import Settings
from zhengpin.storage import Store
from zhengpin.storage.standings import ListedStanding
from zhengpin.usecases.rescreen import SETTLED
from zhengpin.v1 import screening_service_pb2, verdict_pb2

THE_PAN = Target(TargetKind.PRODUCT, "gtin:06904235001013")
MOST_SECONDS = 30


def put_on_the_black_board(database: str) -> None:
    """As another process does it that weighs votes."""
    standing = a_standing(THE_PAN, board=Board.BLACK, proposes=(Proposal.LABEL, Proposal.ORDER_SAMPLE))
    with closing(Store(database)) as store, store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(standing)])
        unit.standing_changes.add_many([(THE_PAN, Board.UNLISTED, Board.BLACK)], utc_now() - SETTLED)


def test_watchers_see_the_verdicts_of_listings_whose_product_went_black(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'z.db'}"
    settings = Settings(database=database, listen="127.0.0.1:0", grace_seconds=1, log_level="error")
    with Service(settings) as service, Caller(service.start(), HERE) as caller:
        first = caller.screen(a_listing_message())
        watch = caller.screening.WatchVerdicts(
            screening_service_pb2.WatchVerdictsRequest(), metadata=caller.metadata, timeout=MOST_SECONDS
        )
        assert not next(watch).verdicts
        put_on_the_black_board(database)
        (verdict,) = next(watch).verdicts
        watch.cancel()
    assert first.decision == verdict_pb2.DECISION_ALLOW
    assert (verdict.listing_id, verdict.supersedes) == ("listing-1", first.verdict_id)
    assert verdict.decision == verdict_pb2.DECISION_WATCH
    assert {action.kind for action in verdict.actions} == {
        verdict_pb2.ACTION_KIND_LABEL,
        verdict_pb2.ACTION_KIND_ORDER_SAMPLE,
    }
