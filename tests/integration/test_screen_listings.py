"""The use case itself: faults stay with their items, and restrictions end."""

from __future__ import annotations

from collections.abc import Generator, Sequence
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
from zhengpin.errors import Fault, FieldViolation, InvalidInput, RequestIdReused
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening, ScreeningOutcome

UNTITLED = InvalidInput(FieldViolation("listing.title", "is missing: give it"))


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

    def page(self, snapshots: Sequence[Snapshot]) -> list[Verdict | Exception]:
        return [
            ZeroDivisionError() if snapshot.listing.listing_id == self.listing_id else judged
            for snapshot, judged in zip(snapshots, self._judge.page(snapshots), strict=True)
        ]


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
    screen = ScreenListings(store, faulty.page, Clock())
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


def test_what_a_retry_judges_anew_is_stored_and_repeated_from_then_on(store: Store, judge: JudgeListing) -> None:
    faulty = JudgeWithAFault(judge, "bad")
    screen = ScreenListings(store, faulty.page, Clock())
    items = [_asked(each) for each in ("good", "bad", "tried")]
    items[2] = replace(items[2], dry_run=True)
    call = Call("m", "BatchScreenListings", request_id="r", payload_digest="d")
    first = screen(call, items)
    faulty.listing_id = ""
    second = screen(call, items)
    third = screen(call, items)
    assert [type(each) for each in first] == [Verdict, Fault, Verdict]
    assert third[:2] == second[:2] == (first[0], third[1])
    assert screen(Call("m", "ScreenListing"), [items[1]]) == (second[1],)
    with store.read("m") as reader:
        assert reader.verdicts.get(_id_of(second[1]), with_explanation=True) == second[1]
        assert reader.listings.get("bad").listing == items[1].listing
        assert reader.listings.find("tried") is None
    with pytest.raises(RequestIdReused):
        screen(replace(call, payload_digest="another"), items)


def test_a_retry_repeats_each_place_though_other_items_can_be_read_by_now(store: Store, judge: JudgeListing) -> None:
    screen = ScreenListings(store, judge.page, Clock())
    call = Call("m", "BatchScreenListings", request_id="r", payload_digest="d")
    refused = Screening(explain=True, refusal=UNTITLED)
    first = screen(call, [refused, _asked("one"), _asked("two")])
    again = screen(call, [_asked("now-read"), refused, _asked("two")])
    assert again[1:] == first[1:]
    assert isinstance(again[0], InvalidInput)
    assert again[0].violations == UNTITLED.violations
    with store.read("m") as reader:
        assert reader.listings.find("now-read") is None


def test_items_that_share_a_request_id_are_repeated_though_one_can_not_be_read_any_more(
    store: Store, judge: JudgeListing
) -> None:
    screen = ScreenListings(store, judge.page, Clock())
    call = Call("m", "BatchScreenListings", request_id="r", payload_digest="d")
    first = screen(call, [_asked("one"), _asked("one")])
    refused = Screening(explain=True, refusal=UNTITLED)
    assert screen(call, [refused, refused]) == first


def _asked(listing_id: str) -> Screening:
    return Screening(a_listing(listing_id), explain=True, request_id=f"request-{listing_id}", payload_digest=listing_id)


def _id_of(outcome: ScreeningOutcome) -> str:
    assert isinstance(outcome, Verdict)
    return outcome.verdict_id


def test_a_listing_that_is_judged_every_day_is_restricted_for_a_week_and_no_longer(
    store: Store, judge: JudgeListing
) -> None:
    clock = Clock()
    screen = ScreenListings(store, judge.page, clock)
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
