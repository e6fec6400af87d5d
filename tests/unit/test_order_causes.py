"""Why orders are complained of and come back: each cause counts once an order, and not once it is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, an_order_event
from zhengpin.domain.order import WITHDRAWN, ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_state import state_of, whole
from zhengpin.storage.allegations import allegations_in

HOUR = timedelta(hours=1)
Kind, Cause = OrderEventKind, ComplaintCause
WITHDRAWAL = {step: withdrawal for withdrawal, step in WITHDRAWN.items()}
COUNTED_AS = {
    Cause.FAKE: "fake_complaints",
    Cause.NOT_AS_DESCRIBED: "not_as_described",
    Cause.DEFECTIVE: "called_defective",
    Cause.LATE: "called_late",
    Cause.CHANGED_MIND: "changed_mind",
    Cause.OTHER: "other_cause",
}
GRIEFS = st.tuples(st.sampled_from([*WITHDRAWAL]), st.sampled_from(Cause))


def step(kind: OrderEventKind, cause: ComplaintCause = Cause.NONE, hours: float = 0, **changes: object) -> OrderEvent:
    return an_order_event(f"{kind}-{hours}", kind, cause=cause, happened_at=NOW + hours * HOUR, **changes)


def counts_of(*told: OrderEvent) -> OrderCounts:
    return whole(map(state_of, told)).counts


def an_arrived_order() -> tuple[OrderEvent, ...]:
    return step(Kind.PAID), step(Kind.SCANNED, hours=2), step(Kind.DELIVERED, hours=50)


def causes_counted(counts: OrderCounts) -> set[str]:
    return {name for name in COUNTED_AS.values() if getattr(counts, name)}


@pytest.mark.parametrize("kind", WITHDRAWAL)
@pytest.mark.parametrize("cause", COUNTED_AS)
def test_each_cause_counts_its_order_once_however_often_and_by_whatever_step_it_is_told(
    kind: OrderEventKind, cause: ComplaintCause
) -> None:
    counts = counts_of(*an_arrived_order(), step(kind, cause, 60), step(kind, cause, 61), step(Kind.RETURNED, cause))
    assert causes_counted(counts) == {COUNTED_AS[cause]}
    assert getattr(counts, COUNTED_AS[cause]) == 1


def test_an_order_may_have_several_causes() -> None:
    counts = counts_of(step(Kind.COMPLAINT, Cause.LATE), step(Kind.RETURNED, Cause.DEFECTIVE))
    assert causes_counted(counts) == {"called_late", "called_defective"}


@pytest.mark.parametrize("kind", [Kind.PAID, Kind.DELIVERED, Kind.CANCELLED, Kind.REVIEW, Kind.SERVICE_CONTACT])
def test_what_is_no_complaint_return_or_refund_has_no_cause(kind: OrderEventKind) -> None:
    assert not causes_counted(counts_of(*(step(kind, cause) for cause in Cause)))


@pytest.mark.parametrize(
    ("kind", "cause", "faults"),
    [
        (Kind.COMPLAINT, Cause.FAKE, 1),
        (Kind.COMPLAINT, Cause.NOT_AS_DESCRIBED, 1),
        (Kind.COMPLAINT, Cause.DEFECTIVE, 1),
        (Kind.COMPLAINT, Cause.OTHER, 1),
        (Kind.COMPLAINT, Cause.NONE, 1),
        (Kind.COMPLAINT, Cause.LATE, 0),
        (Kind.COMPLAINT, Cause.CHANGED_MIND, 0),
        (Kind.RETURNED, Cause.FAKE, 1),
        (Kind.REFUNDED, Cause.NOT_AS_DESCRIBED, 1),
        (Kind.RETURNED, Cause.DEFECTIVE, 1),
        (Kind.RETURNED, Cause.CHANGED_MIND, 0),
        (Kind.REFUNDED, Cause.LATE, 0),
        (Kind.RETURNED, Cause.OTHER, 0),
        (Kind.RETURNED, Cause.NONE, 0),
    ],
)
def test_who_changed_its_mind_or_waited_long_finds_no_fault_with_the_goods(
    kind: OrderEventKind, cause: ComplaintCause, faults: int
) -> None:
    assert counts_of(*an_arrived_order(), step(kind, cause)).with_faults == faults


@pytest.mark.parametrize(
    ("told", "by_word"),
    [
        (an_arrived_order(), 1),
        (an_arrived_order()[:2], 1),
        ((*an_arrived_order()[1:],), 1),  # nobody told when it was paid
        ((*an_arrived_order()[:2], step(Kind.REVIEW, promised_by=NOW)), 1),  # nobody told when it came
        ((*an_arrived_order(), step(Kind.REVIEW, promised_by=NOW + 50 * HOUR)), 0),  # it came as promised
        ((*an_arrived_order(), step(Kind.REVIEW, promised_by=NOW + 49 * HOUR)), 0),  # the times say that it was late
        ((step(Kind.PAID), step(Kind.SCANNED, hours=25)), 0),  # it went late already
        ((step(Kind.PAID), step(Kind.SHIPPED, hours=2)), 0),  # which no carrier has seen, and counts as late
        ((step(Kind.PAID),), 0),  # not fulfilled
    ],
)
def test_a_buyers_word_counts_against_the_delivery_only_where_times_say_nothing(
    told: tuple[OrderEvent, ...], by_word: int
) -> None:
    counts = counts_of(*told, step(Kind.COMPLAINT, Cause.LATE, 60))
    assert (counts.called_late, counts.late_by_word) == (1, by_word)
    assert counts_of(*told, step(Kind.COMPLAINT, Cause.CHANGED_MIND, 60)).late_by_word == 0


@given(kept=st.lists(GRIEFS, max_size=4), withdrawn=st.lists(GRIEFS, max_size=4), data=st.data())
def test_what_is_withdrawn_is_as_if_never_told_in_whatever_order_it_comes(
    kept: list[tuple[OrderEventKind, ComplaintCause]],
    withdrawn: list[tuple[OrderEventKind, ComplaintCause]],
    data: st.DataObject,
) -> None:
    stands = [*an_arrived_order(), *(step(kind, cause, 60) for kind, cause in kept)]
    taken_back = [step(each, cause, 60) for kind, cause in withdrawn for each in (kind, WITHDRAWAL[kind])]
    assert counts_of(*data.draw(st.permutations([*stands, *taken_back]))) == counts_of(*stands)


@pytest.mark.parametrize("kind", WITHDRAWAL)
def test_a_cause_that_is_changed_counts_as_if_told_so_at_once(kind: OrderEventKind) -> None:
    corrected = step(kind, Cause.FAKE, 60), step(WITHDRAWAL[kind], Cause.FAKE, 70), step(kind, Cause.CHANGED_MIND, 70)
    at_once = counts_of(*an_arrived_order(), step(kind, Cause.CHANGED_MIND, 60))
    assert counts_of(*an_arrived_order(), *corrected) == at_once
    assert counts_of(*reversed(corrected), *an_arrived_order()) == at_once


def test_a_withdrawal_of_what_is_never_told_counts_nothing_backwards() -> None:
    assert counts_of(*an_arrived_order(), step(Kind.COMPLAINT_WITHDRAWN, Cause.FAKE)) == counts_of(*an_arrived_order())


@pytest.mark.parametrize("withdrawal", WITHDRAWN)
def test_the_words_of_a_withdrawal_accuse_nobody(withdrawal: OrderEventKind) -> None:
    told = step(WITHDRAWN[withdrawal], text="It is a fake.")
    assert [row["event_id"] for row in allegations_in([told, step(withdrawal, text="It is a fake.")])] == [
        told.event_id
    ]
