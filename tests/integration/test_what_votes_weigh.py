"""What a vote weighs when it is cast: by purchase, by shop, by who is around the owner, and by age."""

from __future__ import annotations

import pytest

from builders import NOW, a_listing, a_supplier
from polls import BRAND, DAY, HERE, cast, current_votes, open_polls, tallies
from purchases import bought, order_of, the_vote
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.supplier import SupplierKind
from zhengpin.domain.vote import Purchase
from zhengpin.storage import Store

PAID = OrderEventKind.PAID


def test_who_has_ordered_the_goods_counts_in_full(store: Store) -> None:
    open_polls(store, [a_voter(name) for name in ("buyer", "brand-buyer", "dreamer")])
    order_of(store, PAID)
    cast(
        store,
        [bought("buyer", "1"), a_vote("2", voter_id="dreamer", purchase=Purchase("order-9", proof="https://r/1"))],
    )
    cast(store, [bought("buyer", "3", target=BRAND)])
    assert [the_vote(store, voter).strength for voter in ("buyer", "dreamer")] == [1.0, 0.3]
    assert the_vote(store, "buyer", BRAND).bought


@pytest.mark.parametrize(("told", "strength"), [("buyer", 1.0), ("", 0.6)])
def test_an_order_is_one_voters_purchase(store: Store, told: str, strength: float) -> None:
    open_polls(store, [a_voter(name) for name in ("buyer", "friend", "stranger")])
    order_of(store, PAID, buyer_id=told)
    cast(store, [bought("buyer", "1"), bought("friend", "2")])
    cast(store, [bought("stranger", "3")])
    strengths = [the_vote(store, voter).strength for voter in ("buyer", "friend", "stranger")]
    assert strengths == [strength, 0.3, 0.3]
    cast(store, [bought("buyer", "4", recommends=False, cast_at=NOW + DAY)])
    assert the_vote(store, "buyer").strength == strength, "it stays the buyer's"


def test_an_order_of_other_goods_or_one_that_was_cancelled_proves_nothing(store: Store) -> None:
    open_polls(store, [a_voter()])
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("pan", brand="Zeta"), "gtin:other")], NOW)
    order_of(store, PAID, listing_id="pan", buyer_id="voter-1")
    cast(store, [bought("voter-1", "1")])
    assert not the_vote(store, "voter-1").bought
    order_of(store, PAID, OrderEventKind.CANCELLED, buyer_id="voter-1")
    cast(store, [bought("voter-1", "again", cast_at=NOW + DAY)])
    assert not the_vote(store, "voter-1").bought


def test_a_purchase_counts_though_the_listing_was_taken_down_since(store: Store) -> None:
    open_polls(store, [a_voter()])
    order_of(store, PAID, buyer_id="voter-1")
    with store.begin(HERE) as unit:
        unit.listings.delete("second", NOW)
    cast(store, [bought("voter-1", "1", recommends=False)])
    assert the_vote(store, "voter-1").bought


def test_an_owner_of_a_shop_that_sells_the_goods_counts_more_than_one_who_does_not(store: Store) -> None:
    open_polls(store, [a_voter("seller", supplier_id="other"), a_voter("elsewhere", supplier_id="third")])
    cast(store, [a_vote("1", voter_id="seller"), a_vote("2", voter_id="elsewhere")])
    cast(store, [a_vote("3", voter_id="seller", target=BRAND)])
    assert [the_vote(store, voter).strength for voter in ("seller", "elsewhere")] == [0.6, 0.3]
    assert the_vote(store, "seller", BRAND).strength == 0.6


def test_competitors_and_whoever_the_owner_invited_count_a_fifth(store: Store) -> None:
    rival = a_supplier("rival", kind=SupplierKind.FACTORY, shops=(), licence_scope=("kitchen",))
    soap = a_supplier("soap-works", kind=SupplierKind.FACTORY, shops=(), licence_scope=("soap",))
    shop = a_supplier("corner-shop", kind=SupplierKind.RETAILER, shops=())
    voters = {
        "rival's": a_voter("rivals", supplier_id="rival"),
        "brought in by a rival": a_voter("friend", invited_by="rivals"),
        "the owner's": a_voter("owners", supplier_id="acme-owner"),
        "brought in by the owner": a_voter("guest", invited_by="owners"),
        "maker of other goods": a_voter("soaps", supplier_id="soap-works"),
        "shop owner": a_voter("shops", supplier_id="corner-shop"),
    }
    open_polls(store, voters.values())
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([rival, soap, shop], NOW)
    cast(store, [a_vote(who, voter_id=voter.voter_id) for who, voter in voters.items()])
    assert {vote.vote_id for vote in current_votes(store) if vote.related} == {
        "rival's",
        "brought in by a rival",
        "brought in by the owner",
    }
    assert (the_vote(store, "rivals").strength, the_vote(store, "rivals").at_most) == pytest.approx((0.06, 0.2))


def test_a_new_voter_counts_by_the_days_since_it_registered(store: Store) -> None:
    open_polls(
        store, [a_voter("old"), a_voter("young", registered_at=NOW - 15 * DAY), a_voter("new", registered_at=NOW)]
    )
    cast(store, [a_vote(voter, voter_id=voter) for voter in ("old", "young", "new")])
    assert [the_vote(store, voter).strength for voter in ("old", "young", "new")] == [0.3, pytest.approx(0.15), 0.0]
    assert [the_vote(store, voter).at_most for voter in ("old", "young", "new")] == [1.0, pytest.approx(0.5), 0.0]
    assert tallies(store)[THE_KETTLE].counted_recommend_votes == 3
