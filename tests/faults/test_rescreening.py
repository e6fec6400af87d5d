"""The server is killed again and again while it judges listings anew: each gets its new verdict, and only one."""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from builders import a_listing
from conftest import ON_POSTGRES
from faults.mortal_server import MortalServer
from faults.server_host import ServerHost
from server_processes import until
from snapshot_reads import HERE
from vote_builders import THE_KETTLE, a_standing
from zhengpin.bootstrap import utc_now
from zhengpin.domain.policy import Policy
from zhengpin.domain.standing import Board, Proposal
from zhengpin.domain.verdict import Verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.service.housekeeping import PAUSE_SECONDS
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage import Store
from zhengpin.storage.standing_changes import Reached
from zhengpin.storage.standings import ListedStanding
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.rescreen import PAGE, SETTLED
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening

SEED = 20260301
KILLS = 8
LONGEST_LIFE = 0.4
"""Seconds from the first call on: a page at once, and another after every pause."""
LISTINGS = 2 * KILLS * PAGE * (1 + round(LONGEST_LIFE / PAUSE_SECONDS))
"""More than the fastest machine judges before the last kill."""


def a_catalogue_whose_product_went_black(store: Store) -> None:
    """Listings with a verdict each, and a change that none of them knows of."""
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    judge = JudgeListing(rulebook, Policy(), utc_now, time_ordered_id)
    page = [Screening(listing=a_listing(f"listing-{number:03}")) for number in range(LISTINGS)]
    ScreenListings(store, judge.page, utc_now)(Call(HERE, "BatchScreenListings"), page)
    rulebook.close()
    black = a_standing(board=Board.BLACK, share=0.2, low=0.1, high=0.3, proposes=tuple(Proposal)[1:])
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(black)])
        unit.standing_changes.add_many([(THE_KETTLE, Board.UNLISTED, Board.BLACK)], utc_now() - SETTLED)


def new_verdicts(store: Store) -> list[Verdict]:
    with store.read(HERE) as reader:
        found, _ = reader.verdicts.after(LISTINGS, VerdictFilter(), 2 * LISTINGS)
    return list(found)


def is_worked_off(store: Store) -> bool:
    with store.read(HERE) as reader:
        return reader.standing_changes.reached(THE_KETTLE.kind) == Reached(1)


@pytest.mark.parametrize("database_url", ["sqlite", ON_POSTGRES], indirect=True)
def test_kill_9_loses_no_listing_and_judges_none_twice(database_url: str, tmp_path: Path) -> None:
    chance, judged = random.Random(SEED), [0]  # noqa: S311  no secret
    with closing(Store(database_url)) as store:
        a_catalogue_whose_product_went_black(store)
        with ServerHost() as host, MortalServer(host, database_url, tmp_path) as server:
            for _ in range(KILLS):
                server.start()
                server.port()
                time.sleep(chance.uniform(0, LONGEST_LIFE))
                server.kill()
                judged.append(len(new_verdicts(store)))
            assert 0 < judged[-1] < LISTINGS  # it was killed in the middle of it
            server.start()
            until(lambda: is_worked_off(store))
            server.kill()
        verdicts = new_verdicts(store)
    assert Counter(each.listing_id for each in verdicts) == Counter(f"listing-{n:03}" for n in range(LISTINGS))
    assert all("votes.product-warned-of" in {reason.code for reason in each.reasons} for each in verdicts)
    assert judged == sorted(judged)
