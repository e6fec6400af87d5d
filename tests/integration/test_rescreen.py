"""Listings are judged anew when what they offer crosses a border: all of them, once, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from builders import KETTLE, NOW, a_brand, a_listing
from snapshot_reads import HERE
from vote_builders import THE_KETTLE, a_standing
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.policy import Policy
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.standing import Board, Proposal
from zhengpin.domain.verdict import Decision, Verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage import Store
from zhengpin.storage.standing_changes import Reached
from zhengpin.storage.standings import ListedStanding
from zhengpin.usecases.call import Call
from zhengpin.usecases.delete_listing import DeleteListing
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.rescreen import PAGE, SETTLED, Rescreen
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening

LATER = NOW + SETTLED
BLACK: dict[str, Any] = {"board": Board.BLACK, "share": 0.2, "low": 0.1, "high": 0.3, "proposes": tuple(Proposal)[1:]}
BRAND = Target(TargetKind.BRAND, "acme")


@pytest.fixture(scope="module")
def rulebook() -> Generator[RuleBook]:
    """The packs that ship."""
    book = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    yield book
    book.close()


Judge = Callable[[Sequence[Snapshot]], Sequence[Verdict | Exception]]


@pytest.fixture
def judge(rulebook: RuleBook) -> Judge:
    """A judge whose ids count up."""
    ids = count(1)
    return JudgeListing(rulebook, Policy(), lambda: NOW, lambda: str(UUID(int=next(ids)))).page


def screen(store: Store, judge: Judge, *listing_ids: str, brand: str = "Acme") -> None:
    """Have kettles screened."""
    page = [Screening(listing=a_listing(each, brand=brand)) for each in listing_ids]
    ScreenListings(store, judge, lambda: NOW)(Call(HERE, "BatchScreenListings"), page)


def put_on_the_black_board(store: Store, target: Target = THE_KETTLE, at: datetime = NOW) -> None:
    """As whoever counts votes does it: the standing, and the change, in one commit."""
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(a_standing(target, **BLACK))])
        unit.standing_changes.add_many([(target, Board.UNLISTED, Board.BLACK)], at)


def rescreen(store: Store, judge: Judge, at: datetime = LATER) -> list[int]:
    """Work off the outbox; give how many verdicts each page brought."""
    return list(Rescreen(store, judge, lambda: at)())


def verdicts(store: Store, after: int = 0) -> list[Verdict]:
    """All verdicts, as a watcher sees them."""
    with store.read(HERE) as reader:
        return list(reader.verdicts.after(after, VerdictFilter(), 10_000)[0])


def rescreened(store: Store) -> list[str]:
    """The listings of the verdicts that replaced another, in the order of their commits."""
    return [verdict.listing_id for verdict in verdicts(store) if verdict.supersedes]


def test_a_listing_whose_product_goes_black_is_judged_anew_for_watchers_to_see(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1", "listing-2")
    first = verdicts(store)
    with store.read(HERE) as reader:
        cursor = reader.verdicts.last_cursor()
    put_on_the_black_board(store)
    assert rescreen(store, judge) == [2]
    seen = verdicts(store, cursor)
    assert [(each.listing_id, each.supersedes) for each in seen] == [(v.listing_id, v.verdict_id) for v in first]
    assert {reason.code for reason in seen[0].reasons} >= {"votes.product-warned-of", "votes.product-to-be-tested"}
    assert {action.kind for action in seen[0].actions} >= {ActionKind.ORDER_SAMPLE, ActionKind.LABEL}
    assert seen[0].decision is Decision.REVIEW
    assert not {action.kind for action in seen[0].actions} & {ActionKind.HOLD, ActionKind.DEMOTE, ActionKind.DELIST}


def test_all_listings_are_judged_once_page_by_page(store: Store, judge: Judge) -> None:
    ids = [f"listing-{number:03}" for number in range(2 * PAGE + 3)]
    screen(store, judge, *ids)
    put_on_the_black_board(store)
    assert rescreen(store, judge) == [PAGE, PAGE, 3]
    assert rescreened(store) == ids
    assert rescreen(store, judge) == []
    assert rescreened(store) == ids


def test_whoever_comes_next_goes_on_where_the_last_one_stopped(store: Store, judge: Judge) -> None:
    ids = [f"listing-{number:03}" for number in range(3 * PAGE)]
    screen(store, judge, *ids)
    put_on_the_black_board(store)
    for _ in range(2):
        next(Rescreen(store, judge, lambda: LATER)())
    assert rescreened(store) == ids[: 2 * PAGE]
    rescreen(store, judge)
    assert rescreened(store) == ids


def test_whoever_fails_before_the_commit_has_moved_nothing(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1")
    put_on_the_black_board(store)

    def failing(_: Sequence[Snapshot]) -> Sequence[Verdict | Exception]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        rescreen(store, failing)
    assert rescreened(store) == []
    assert rescreen(store, judge) == [1]


def test_two_processes_do_nothing_twice(store: Store, judge: Judge) -> None:
    ids = [f"listing-{number:03}" for number in range(2 * PAGE)]
    screen(store, judge, *ids)
    put_on_the_black_board(store)
    overtaken: list[int] = []

    def overtaking(snapshots: Sequence[Snapshot]) -> Sequence[Verdict | Exception]:
        if not overtaken:
            overtaken.append(next(Rescreen(store, judge, lambda: LATER)()))
        return judge(snapshots)

    assert rescreen(store, overtaking) == []
    assert overtaken == [PAGE]
    assert rescreened(store) == ids[:PAGE]
    assert sum(rescreen(store, judge)) == PAGE
    assert rescreened(store) == ids


def test_a_listing_that_is_screened_meanwhile_is_judged_once_more(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1", "listing-2", "listing-3")
    put_on_the_black_board(store)
    pages: list[list[str]] = []

    def overtaking(snapshots: Sequence[Snapshot]) -> Sequence[Verdict | Exception]:
        pages.append([each.listing.listing_id for each in snapshots])
        if len(pages) == 1:
            screen(store, judge, "listing-2")
        return judge(snapshots)

    assert rescreen(store, overtaking) == [1, 2]
    assert pages == [["listing-1", "listing-2", "listing-3"], ["listing-2", "listing-3"]]
    assert rescreened(store) == ["listing-2", "listing-1", "listing-2", "listing-3"]


def test_what_nobody_screened_or_offers_any_more_is_left_alone(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1", "listing-2")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("told-only"), KETTLE)], NOW)
    DeleteListing(store, lambda: NOW)(Call(HERE, "DeleteListing", "r", "d"), "listing-1")
    put_on_the_black_board(store)
    assert rescreen(store, judge) == [1]
    assert rescreened(store) == ["listing-2"]


def test_a_listing_that_cant_be_judged_keeps_its_verdict_and_stops_nobody(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1", "listing-2")
    put_on_the_black_board(store)

    def faulty(snapshots: Sequence[Snapshot]) -> Sequence[Verdict | Exception]:
        return [ZeroDivisionError(), *judge(snapshots)[1:]]

    assert rescreen(store, faulty) == [1]
    assert rescreened(store) == ["listing-2"]
    assert rescreen(store, judge) == []


def test_a_brand_is_known_by_all_its_names(store: Store, judge: Judge) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(aliases=("Akme",))], NOW)
    screen(store, judge, "listing-1", "listing-3")
    screen(store, judge, "listing-2", brand="AKME")
    screen(store, judge, "listing-4", brand="Zeta")
    put_on_the_black_board(store, BRAND)
    rescreen(store, judge)
    assert rescreened(store) == ["listing-1", "listing-2", "listing-3"]


def test_of_several_changes_of_one_target_the_last_is_enough(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1")
    for _ in range(3):
        put_on_the_black_board(store)
    rescreen(store, judge)
    assert rescreened(store) == ["listing-1"]


def test_no_product_waits_for_the_listings_of_a_brand(store: Store, judge: Judge) -> None:
    ids = [f"listing-{number:03}" for number in range(2 * PAGE)]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
    screen(store, judge, *ids)
    put_on_the_black_board(store, BRAND)
    pages = Rescreen(store, judge, lambda: LATER)()
    assert next(pages) == PAGE
    lamp = Screening(listing=a_listing("other", brand="Zeta", gtin="", model="", title="A lamp"))
    ScreenListings(store, judge, lambda: NOW)(Call(HERE, "BatchScreenListings"), [lamp])
    put_on_the_black_board(store, Target(TargetKind.PRODUCT, "listing:other"))
    assert list(pages) == [1, PAGE]
    assert rescreened(store) == [*ids[:PAGE], "other", *ids[PAGE:]]


def test_a_target_that_nobody_tells_of_any_more_is_passed_over(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1")
    put_on_the_black_board(store, Target(TargetKind.BRAND, "gone"))
    put_on_the_black_board(store)
    rescreen(store, judge)
    assert rescreened(store) == ["listing-1"]


def test_a_change_is_followed_once_calls_are_over_that_began_before_it(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1")
    put_on_the_black_board(store)
    assert rescreen(store, judge, LATER - timedelta(microseconds=1)) == []
    assert rescreen(store, judge) == [1]


def test_marketplaces_do_not_see_each_others_changes(store: Store, judge: Judge) -> None:
    screen(store, judge, "listing-1")
    with store.begin("neighbour") as unit:
        unit.standings.put_many([ListedStanding(a_standing(**BLACK))])
        unit.standing_changes.add_many([(THE_KETTLE, Board.UNLISTED, Board.BLACK)], NOW)
    rescreen(store, judge)
    assert rescreened(store) == []
    with store.read("neighbour") as reader:
        assert reader.standing_changes.reached(THE_KETTLE.kind) == Reached(1)
