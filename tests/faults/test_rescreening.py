"""The server is killed again and again while it judges listings anew: each gets its new verdict, and only one."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from builders import a_listing, a_supplier_fact
from conftest import ON_POSTGRES
from faults.mortal_server import MortalServer
from faults.server_host import ServerHost
from server_processes import until
from snapshot_reads import HERE
from vote_builders import THE_KETTLE, a_standing
from zhengpin.bootstrap import utc_now
from zhengpin.domain.policy import Policy
from zhengpin.domain.rescreening import HangsOn
from zhengpin.domain.standing import Board, Proposal
from zhengpin.domain.supplier_fact import IncidentGravity, IncidentKind, SupplierIncident
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
from zhengpin.usecases.record_facts import FactKind, record
from zhengpin.usecases.rescreen import PAGE, SETTLED
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening

SEED = 20260301
KILLS = 8
LONGEST_LIFE = 0.4
"""Seconds from the first call on, or from the first page that is judged in every other life: after each a pause."""
LISTINGS = 2 * KILLS * PAGE * (2 + round(LONGEST_LIFE / PAUSE_SECONDS))
"""More than the fastest machine judges before the last kill."""


def a_catalogue(store: Store) -> None:
    """Listings with a verdict each."""
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    judge = JudgeListing(rulebook, Policy(), utc_now, time_ordered_id)
    page = [Screening(listing=a_listing(f"listing-{number:03}")) for number in range(LISTINGS)]
    ScreenListings(store, judge.page, utc_now)(Call(HERE, "BatchScreenListings"), page)
    rulebook.close()


def have_the_product_go_black(store: Store) -> None:
    """A change that none of the verdicts knows of."""
    black = a_standing(board=Board.BLACK, share=0.2, low=0.1, high=0.3, proposes=tuple(Proposal)[1:])
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(black)])
        unit.standing_changes.add_many([(THE_KETTLE, Board.UNLISTED, Board.BLACK)], utc_now() - SETTLED)


def have_the_supplier_found_out(store: Store) -> None:
    """Another such change."""
    found = SupplierIncident(IncidentKind.TERMS, IncidentGravity.CRITICAL, upheld=True)
    at = utc_now() - SETTLED
    with store.begin(HERE) as unit:
        record(unit, FactKind.SUPPLIER_FACTS, [a_supplier_fact(fact=found)], at)


def new_verdicts(store: Store) -> list[Verdict]:
    with store.read(HERE) as reader:
        found, _ = reader.verdicts.after(LISTINGS, VerdictFilter(), 2 * LISTINGS)
    return list(found)


def is_worked_off(store: Store, kind: HangsOn) -> bool:
    with store.read(HERE) as reader:
        return reader.standing_changes.reached(kind) == Reached(1)


@pytest.mark.parametrize("database_url", ["sqlite", ON_POSTGRES], indirect=True)
@pytest.mark.parametrize(
    ("have_changed", "kind", "code"),
    [
        (have_the_product_go_black, HangsOn.PRODUCT, "votes.product-warned-of"),
        (have_the_supplier_found_out, HangsOn.SUPPLIER, "supplier.critical-violation-open"),
    ],
)
def test_kill_9_loses_no_listing_and_judges_none_twice(
    database_url: str, tmp_path: Path, have_changed: Callable[[Store], None], kind: HangsOn, code: str
) -> None:
    chance, judged = random.Random(SEED), [0]  # noqa: S311  no secret
    with closing(Store(database_url)) as store:
        a_catalogue(store)
        have_changed(store)
        with ServerHost() as host, MortalServer(host, database_url, tmp_path) as server:
            for life in range(KILLS):
                server.start()
                server.port()
                if life % 2:  # a slow machine has not judged any before it is killed, however often
                    until(lambda: len(new_verdicts(store)) > judged[-1])
                time.sleep(chance.uniform(0, LONGEST_LIFE))
                server.kill()
                judged.append(len(new_verdicts(store)))
            assert 0 < judged[-1] < LISTINGS  # it was killed in the middle of it
            server.start()
            until(lambda: is_worked_off(store, kind))
            server.kill()
        verdicts = new_verdicts(store)
    assert Counter(each.listing_id for each in verdicts) == Counter(f"listing-{n:03}" for n in range(LISTINGS))
    assert all(code in {reason.code for reason in each.reasons} for each in verdicts)
    assert judged == sorted(judged)
