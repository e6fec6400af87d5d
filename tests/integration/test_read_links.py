"""What investigators and rules are told of rings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from typing import Any

import pytest

from builders import (
    NOW,
    PHASH,
    a_listing,
    a_registered_image,
    a_supplier,
    a_supplier_fact,
    an_authorisation,
    an_outcome,
)
from ring_builders import a_gang, a_token
from zhengpin.domain.listing import Image
from zhengpin.domain.onboarding import SupplierApplication
from zhengpin.domain.ring import ChainShape, Supply, SupplyReason
from zhengpin.domain.ring_view import JointCase
from zhengpin.domain.supplier import Shop, SupplierKind, SupplierState
from zhengpin.domain.supplier_fact import Succession, SupplierFact, Termination, TokenKind
from zhengpin.errors import NotFound
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.check_supplier import CheckSupplier
from zhengpin.usecases.link_suppliers import LinkSuppliers
from zhengpin.usecases.read_links import ReadLinks
from zhengpin.usecases.ring_standings import linked_to_terminated, ring_standings
from zhengpin.usecases.succession_links import SUCCEEDS

HERE = "here"


def linked(store: Store, suppliers: Iterable[Any] = (), facts: Iterable[SupplierFact] = ()) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many(list(suppliers), NOW)
        unit.supplier_facts.record_many(list(facts), NOW)
    for _ in LinkSuppliers(store, lambda: NOW, time_ordered_id)():
        pass


def test_an_investigator_sees_the_ring_and_what_says_so(store: Store) -> None:
    shops = (Shop("one"), Shop("two"))
    linked(store, [a_supplier("a", name="Alpha", shops=shops)], a_gang("g", "a", "b", "c"))
    found = ReadLinks(store, lambda: NOW)(HERE, "a")
    assert [(link.supplier_id, link.certain, link.probability > 0.95) for link in found.links] == [
        ("b", False, True),
        ("c", False, True),
    ]
    assert found.ring is not None
    assert [each.supplier.supplier_id for each in found.ring.members] == ["a", "b", "c"]
    assert (found.ring.members[0].supplier.name, len(found.ring.members[0].supplier.shops)) == ("Alpha", 2)
    assert [edge.pair for edge in found.ring.edges] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_links_too_weak_for_a_ring_are_told_without_one(store: Store) -> None:
    linked(store, facts=[a_token(each, TokenKind.PHONE, "one phone") for each in ("a", "b")])
    found = ReadLinks(store, lambda: NOW)(HERE, "a")
    assert [(link.supplier_id, link.probability < 0.5) for link in found.links] == [("b", True)]
    assert found.ring is None


def test_who_is_one_and_the_same_comes_first_with_its_state(store: Store) -> None:
    facts = [*a_gang("g", "a", "b"), *(a_token(each, TokenKind.PERSON, "p", verified=True) for each in ("a", "z"))]
    linked(store, [a_supplier("z", state=SupplierState.TERMINATED)], facts)
    found = ReadLinks(store, lambda: NOW)(HERE, "a")
    assert [(link.supplier_id, link.certain, link.state) for link in found.links] == [
        ("z", True, SupplierState.TERMINATED),
        ("b", False, SupplierState.ACTIVE),
    ]


def test_who_goes_on_in_whom_is_told_as_to_who_checks_it(store: Store) -> None:
    facts = [
        a_supplier_fact(f"{old}-{new}", supplier_id=old, fact=Succession(new))
        for old, new in (("before", "old"), ("old", "a"), ("a", "after"))
    ]
    facts += a_gang("g", "a", "b", "after")
    linked(store, [a_supplier("a"), a_supplier("old", name="Old Kettles")], facts)
    found = ReadLinks(store, lambda: NOW)(HERE, "a").links
    assert [link.supplier_id for link in found] == ["after", "before", "old", "b"]
    assert (found[2].name, found[2].certain, found[2].evidence) == ("Old Kettles", False, (SUCCEEDS,))
    assert found[0].evidence[-1] == SUCCEEDS != found[0].evidence[0]
    application = SupplierApplication(a_supplier("a"))
    checked = CheckSupplier(store, lambda: NOW)(HERE, application, as_stored=True).linked_to
    assert {link.supplier_id: link.name for link in checked} == {link.supplier_id: link.name for link in found}
    succeeding = {link.supplier_id for link in found if SUCCEEDS in link.evidence}
    assert (
        {link.supplier_id for link in checked if SUCCEEDS in link.evidence} == succeeding == {"after", "before", "old"}
    )


def test_the_chain_leads_from_the_factory_over_the_agent_to_the_shops(store: Store) -> None:
    kinds = {"factory": SupplierKind.FACTORY, "agent": SupplierKind.AGENT}
    shops = ("shop-1", "shop-2")
    with store.begin(HERE) as unit:
        unit.authorisations.upsert_many(
            [an_authorisation(f"to {each}", licensor_id="agent", licensee_id=each) for each in shops]
        )
        unit.listings.upsert_many([(a_listing(supplier_id="agent", factory_id="factory"), "")], NOW)
        unit.outcomes.record_many([an_outcome()])
    linked(store, [a_supplier(each, kind=kind) for each, kind in kinds.items()], a_gang("g", *kinds, *shops))
    ring = ReadLinks(store, lambda: NOW)(HERE, "shop-1").ring
    assert ring is not None
    assert ring.chain.shape is ChainShape.FACTORY_AGENT_SHOPS
    assert ring.chain.supplies == (
        *(Supply("agent", each, SupplyReason.AUTHORISATION) for each in shops),
        Supply("factory", "agent", SupplyReason.FACTORY),
    )
    assert {each.supplier.supplier_id: each.confirmed_fakes for each in ring.members}["agent"] == 1


def told_together(
    store: Store, *shops: str, depot: bool = True, images: Iterable[Image] = a_listing().images
) -> JointCase | None:
    """What an investigator is told of a ring of these shops, who show one picture after another in turns."""
    pictures = cycle((each,) for each in images)
    offers = [(a_listing(f"of {each}", supplier_id=each, images=next(pictures)), "") for each in shops]
    with store.begin(HERE) as unit:
        unit.listings.upsert_many(offers, NOW)
    depots = [a_token(each, TokenKind.DEPOT, "yard") for each in shops] * depot
    linked(store, [a_supplier(each, shops=(Shop(each),)) for each in shops], [*a_gang("g", *shops), *depots])
    ring = ReadLinks(store, lambda: NOW)(HERE, shops[0]).ring
    assert ring is not None
    return ring.joint_case


def test_four_shops_that_share_pictures_a_depot_and_a_paper_are_one_case(store: Store) -> None:
    assert told_together(store, "a", "b", "c", "d") == JointCase(shops=4, owners=4)


def test_copies_of_a_picture_are_the_same_and_others_are_not(store: Store) -> None:
    one = Image("1", "1" * 64, phash=PHASH)
    strange = [Image(f"{each}", f"{each}" * 64, phash=PHASH ^ 0xFFFF << 16 * each) for each in range(2, 4)]
    assert told_together(store, "a", "b", "c", "d", images=[one, *strange, Image("4", "4" * 64)]) is None
    copied = [one, Image("5", "5" * 64, phash=PHASH ^ 0b111)]
    assert told_together(store, "a", "b", "c", "d", images=copied) is not None


def test_three_shops_are_no_case_of_their_own(store: Store) -> None:
    assert told_together(store, "a", "b", "c") is None


def test_shops_that_send_from_anywhere_are_no_case_of_their_own(store: Store) -> None:
    assert told_together(store, "a", "b", "c", "d", depot=False) is None


def test_a_brands_own_picture_makes_no_case(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.registered_images.upsert_many([a_registered_image(sha256=a_listing().images[0].sha256)])
    assert told_together(store, "a", "b", "c", "d") is None


def test_one_owners_shops_are_no_case_whatever_they_share(store: Store) -> None:
    shops = ("a", "b", "c", "d")
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_token(each, TokenKind.PERSON, "p", verified=True) for each in shops], NOW)
    assert told_together(store, *shops) is None


def test_nobody_is_told_of_a_supplier_that_is_not_known(store: Store) -> None:
    with pytest.raises(NotFound, match="supplier 'nobody' is not in this marketplace"):
        ReadLinks(store, lambda: NOW)(HERE, "nobody")


def test_risk_spreads_over_certain_edges_alone(store: Store) -> None:
    """`back` is `gone` under another name, by way of `between`; its partners merely belong to the ring."""
    people = {"gone": "p", "between": "q", "back": "q"}
    facts = [
        *a_gang("g", "back", "partner", "friend"),
        *(a_token(each, TokenKind.PERSON, person, verified=True) for each, person in people.items()),
        a_token("between", TokenKind.PAYOUT_ACCOUNT, "r", verified=True),
        a_token("gone", TokenKind.PAYOUT_ACCOUNT, "r", verified=True),
        a_supplier_fact("end", supplier_id="gone", fact=Termination()),
    ]
    linked(store, facts=facts)
    everybody = ["back", "between", "friend", "gone", "partner", "stranger"]
    with store.read(HERE) as reader:
        assert linked_to_terminated(reader, everybody) == {"back": ("gone",), "between": ("gone",)}
        standings = ring_standings(reader, everybody)
    assert {each: (found.size, found.owners) for each, found in standings.items()} == dict.fromkeys(
        everybody[:-1], (5, 3)
    )
    assert standings["back"].identities == ("between", "gone")
