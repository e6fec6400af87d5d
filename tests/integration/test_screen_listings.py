"""The use case itself: faults stay with their items, and restrictions end."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from builders import NOW, a_listing, an_order_event
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.order import ComplaintCause, OrderEventKind
from zhengpin.domain.policy import Policy
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Verdict
from zhengpin.errors import Fault
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class JudgeWithAFault:
    """Judges every listing but one."""

    def __init__(self, judge: JudgeListing, listing_id: str) -> None:
        self._judge = judge
        self.listing_id = listing_id

    def __call__(self, snapshot: Snapshot) -> Verdict:
        if snapshot.listing.listing_id == self.listing_id:
            raise ZeroDivisionError
        return self._judge(snapshot)


@pytest.fixture(scope="module")
def rulebook() -> Generator[RuleBook]:
    """The packs that ship."""
    book = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    yield book
    book.close()


@pytest.fixture
def judge(rulebook: RuleBook) -> JudgeListing:
    """A judge whose ids count up."""
    ids = count(1)
    return JudgeListing(rulebook, Policy(), Clock(), lambda: str(UUID(int=next(ids))))


def test_a_fault_stays_with_its_item_and_is_tried_anew(store: Store, judge: JudgeListing) -> None:
    faulty = JudgeWithAFault(judge, "bad")
    screen = ScreenListings(store, faulty, Clock())
    items = [Screening(listing=a_listing(each), explain=True) for each in ("good", "bad", "fine")]
    call = Call("m", "BatchScreenListings", request_id="r", payload_digest="d")
    first = screen(call, items)
    assert [type(each) for each in first] == [Verdict, Fault, Verdict]
    with store.read("m") as reader:
        assert reader.listings.find("bad") is None
    faulty.listing_id = ""
    again = screen(call, items)
    assert [again[0], again[2]] == [first[0], first[2]]
    assert isinstance(again[1], Verdict)


def test_a_listing_that_is_judged_every_day_is_restricted_for_a_week_and_no_longer(
    store: Store, judge: JudgeListing
) -> None:
    clock = Clock()
    screen = ScreenListings(store, judge, clock)
    replica = a_listing(title="Acme kettle 高仿", gtin="4006381333931", brand="Acme")
    ends: set[datetime] = set()
    for days in range(15):
        clock.now = NOW + timedelta(days=days)
        _sell_while_buyers_complain(store, clock.now)
        (verdict,) = screen(Call("m", "ScreenListing"), [Screening(listing=replica)])
        assert isinstance(verdict, Verdict)
        ends |= {each.until for each in verdict.actions if each.kind is ActionKind.DEMOTE and each.until}
    assert len(ends) == 1
    assert max(ends) <= NOW + timedelta(days=8)


def _sell_while_buyers_complain(store: Store, now: datetime) -> None:
    orders = [f"{now:%d}-{number}" for number in range(4)]
    paid = [an_order_event(f"paid-{order}", order_id=order, happened_at=now) for order in orders]
    told = [
        replace(event, event_id=f"c-{event.event_id}", kind=OrderEventKind.COMPLAINT, cause=ComplaintCause.FAKE)
        for event in paid
    ]
    with store.begin("m") as unit:
        unit.orders.record_many([*paid, *told])
