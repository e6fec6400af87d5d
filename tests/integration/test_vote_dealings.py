"""What voters have to do with what they vote on: whose purchase an order is, and what is known of it later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import NOW, a_listing, an_order_event
from polls import (
    DAY,
    HERE,
    assert_sums_are_those_of_the_votes,
    cast,
    current_votes,
    know,
    open_polls,
    tallies,
    weigh,
)
from purchases import bought, order_of, the_vote
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.storage import Store


def votes_of(store: Store, *voter_ids: str) -> list[CurrentVote]:
    """What voters say of the kettle now, in this order."""
    return [the_vote(store, voter_id) for voter_id in voter_ids]


def test_an_order_proves_the_purchase_of_its_buyer_alone_whoever_names_it_first(store: Store) -> None:
    open_polls(store, [a_voter("thief"), a_voter("buyer")])
    order_of(store, OrderEventKind.PAID)
    cast(store, [bought("thief", "1"), bought("buyer", "2", cast_at=NOW + DAY)])
    assert [(each.bought, each.strength) for each in votes_of(store, "thief", "buyer")] == [(False, 0.3), (True, 1.0)]
    weigh(store, NOW + 2 * DAY)
    assert [(each.bought, each.strength) for each in votes_of(store, "thief", "buyer")] == [(False, 0.3), (True, 1.0)]


def test_of_an_order_whose_buyer_nobody_told_the_first_to_name_it_is_believed_in_part(store: Store) -> None:
    open_polls(store, [a_voter("first"), a_voter("second")])
    order_of(store, OrderEventKind.PAID, buyer_id="")
    cast(store, [bought("first", "1"), bought("second", "2")])
    assert [(each.bought, each.strength) for each in votes_of(store, "first", "second")] == [(True, 0.6), (False, 0.3)]


def test_a_buyer_who_is_told_later_takes_the_place_of_whoever_named_the_order_first(store: Store) -> None:
    open_polls(store, [a_voter("first"), a_voter("buyer")])
    order_of(store, OrderEventKind.PAID, buyer_id="")
    cast(store, [bought("first", "1"), bought("buyer", "2")])
    order_of(store, OrderEventKind.DELIVERED)
    weigh(store, NOW + DAY)
    assert [(each.bought, each.strength) for each in votes_of(store, "first", "buyer")] == [(False, 0.3), (True, 1.0)]
    assert_sums_are_those_of_the_votes(store)


def test_a_buyer_who_is_told_with_one_line_of_an_order_bought_the_others(store: Store) -> None:
    open_polls(store, [a_voter("buyer")])
    order_of(store, OrderEventKind.PAID, buyer_id="")
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event("of another line", listing_id="a gift", buyer_id="buyer")])
    cast(store, [bought("buyer", "1")])
    assert the_vote(store, "buyer").bought


def test_who_names_an_order_on_what_it_did_not_buy_takes_it_from_nobody(store: Store) -> None:
    open_polls(store, [a_voter("thief"), a_voter("buyer")])
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("pan", brand="Zeta"), "gtin:other")], NOW)
    order_of(store, OrderEventKind.PAID, buyer_id="")
    pan = Target(TargetKind.PRODUCT, "gtin:other")
    cast(store, [bought("thief", "1", target=pan), bought("buyer", "2")])
    assert (the_vote(store, "thief", pan).strength, the_vote(store, "buyer").strength) == (0.3, 0.6)


@pytest.mark.parametrize("undone", [OrderEventKind.CANCELLED, OrderEventKind.RETURNED, OrderEventKind.REFUNDED])
def test_an_order_that_was_undone_proves_no_purchase(store: Store, undone: OrderEventKind) -> None:
    open_polls(store, [a_voter("buyer")])
    order_of(store, OrderEventKind.PAID, OrderEventKind.DELIVERED, undone)
    cast(store, [bought("buyer", "1")])
    assert (the_vote(store, "buyer").bought, the_vote(store, "buyer").strength) == (False, 0.3)


def test_an_order_that_a_banned_voter_named_is_free_again(store: Store) -> None:
    open_polls(store, [a_voter("thief"), a_voter("buyer")])
    order_of(store, OrderEventKind.PAID, buyer_id="")
    cast(store, [bought("thief", "1"), bought("buyer", "2")])
    with store.begin(HERE) as unit:
        unit.voters.upsert_many([a_voter("thief", banned=True)])
    cast(store, [bought("buyer", "3", recommends=False, cast_at=NOW + DAY)])
    assert the_vote(store, "buyer").strength == 0.6
    with store.begin(HERE) as unit:
        unit.voters.upsert_many([a_voter("thief")])
    cast(store, [bought("thief", "4", recommends=False, cast_at=NOW + DAY)])
    assert the_vote(store, "thief").strength == 0.3, "it is the buyer's now"


def test_an_order_that_is_told_after_the_vote_counts_from_the_next_weighing_until_it_is_undone(store: Store) -> None:
    open_polls(store, [a_voter("buyer")])
    cast(store, [bought("buyer", "1")])
    assert not the_vote(store, "buyer").bought
    order_of(store, OrderEventKind.PAID)
    weigh(store, NOW + DAY)
    assert (the_vote(store, "buyer").bought, the_vote(store, "buyer").strength) == (True, 1.0)
    order_of(store, OrderEventKind.CANCELLED)
    weigh(store, NOW + 2 * DAY)
    assert (the_vote(store, "buyer").bought, the_vote(store, "buyer").strength) == (False, 0.3)
    assert_sums_are_those_of_the_votes(store)


def test_of_two_who_name_an_order_before_it_is_told_the_earlier_is_believed(store: Store) -> None:
    open_polls(store, [a_voter("a friend"), a_voter("buyer")])
    cast(store, [bought("buyer", "1"), bought("a friend", "2", cast_at=NOW + DAY)])
    order_of(store, OrderEventKind.PAID, buyer_id="")
    weigh(store, NOW + 2 * DAY)
    assert (the_vote(store, "a friend").strength, the_vote(store, "buyer").strength) == (0.3, 0.6)


def test_whose_shop_is_told_after_the_vote_does_not_count_on_its_own_goods(store: Store) -> None:
    open_polls(store, [a_voter("owner"), a_voter("guest", invited_by="owner"), a_voter("seller")])
    cast(store, [a_vote(who, voter_id=who) for who in ("owner", "guest", "seller")])
    know(store, [a_voter("owner", supplier_id="acme-owner"), a_voter("seller", supplier_id="other")])
    weigh(store, NOW + DAY)
    assert the_vote(store, "owner").why_not is WhyNotCounted.OWN_TARGET
    assert (the_vote(store, "guest").related, the_vote(store, "guest").at_most) == (True, 0.2)
    assert the_vote(store, "seller").strength == 0.6
    assert tallies(store)[THE_KETTLE].counted_recommend_votes == 2
    assert_sums_are_those_of_the_votes(store)

    know(store, [a_voter("owner")])
    weigh(store, NOW + 2 * DAY)
    assert the_vote(store, "owner").why_not is None


def test_goods_that_nobody_offers_any_more_are_still_their_owners(store: Store) -> None:
    open_polls(store, [a_voter("owner", supplier_id="acme-owner"), a_voter("guest", invited_by="owner")])
    cast(store, [a_vote(who, voter_id=who) for who in ("owner", "guest")])
    with store.begin(HERE) as unit:
        for listing_id in ("listing-1", "second"):
            unit.listings.delete(listing_id, NOW)
    weigh(store, NOW + DAY)
    assert the_vote(store, "owner").why_not is WhyNotCounted.OWN_TARGET
    assert the_vote(store, "guest").related


def test_people_of_one_shop_are_one_circle_with_whomever_they_invited(store: Store) -> None:
    staff = [a_voter(f"staff-{number}", supplier_id="corner-shop") for number in range(3)]
    voters = [*staff, a_voter("guest", invited_by="staff-0", supplier_id="third"), a_voter("neighbour")]
    open_polls(store, voters)
    cast(store, [a_vote(each.voter_id, voter_id=each.voter_id) for each in voters])
    assert {vote.voter_id for vote in current_votes(store) if vote.circle != "neighbour"} == {
        "staff-0",
        "staff-1",
        "staff-2",
        "guest",
    }
    assert tallies(store)[THE_KETTLE].circles == 2
    weigh(store, NOW + DAY)
    assert tallies(store)[THE_KETTLE].circles == 2
    assert_sums_are_those_of_the_votes(store)


def test_votes_move_to_the_circle_of_a_shop_that_is_told_later(store: Store) -> None:
    staff = [a_voter(f"staff-{number}") for number in range(3)]
    open_polls(store, staff)
    cast(store, [a_vote(each.voter_id, voter_id=each.voter_id) for each in staff])
    assert tallies(store)[THE_KETTLE].circles == 3
    know(store, [replace(each, supplier_id="corner-shop") for each in staff])
    weigh(store, NOW + DAY)
    assert tallies(store)[THE_KETTLE].circles == 1
    assert_sums_are_those_of_the_votes(store)
