"""What suppliers share, what it weighs, and which edges follow."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearing import Bearers
from zhengpin.domain.ring import Attribute, Edge, LinkEvidence, Trait
from zhengpin.domain.supplier_fact import TokenKind
from zhengpin.suppliers.rings.weighing import HUB, LINKED, WEIGHTS, Cause, edge_between, evidence_of, holds

MILLION = 1_000_000


def shared(attribute: Attribute, by: int = 2, *, suppliers: int = MILLION, verified: bool = False) -> LinkEvidence:
    return evidence_of(attribute, by, suppliers, verified=verified)


def an_edge_of(*evidence: LinkEvidence, suppliers: int = MILLION) -> Edge:
    return edge_between("b", "a", evidence, suppliers)


@pytest.mark.parametrize("attribute", list(Attribute))
@given(suppliers=st.integers(2, 10**8))
def test_nothing_links_two_suppliers_by_itself(attribute: Attribute, suppliers: int) -> None:
    assert an_edge_of(shared(attribute, suppliers=suppliers), suppliers=suppliers).probability < 0.5


@pytest.mark.parametrize("cause", [Cause.PREMISES, Cause.GOODS])
@given(data=st.data(), suppliers=st.integers(2, 10**8))
def test_what_one_room_or_one_warehouse_explains_links_nobody(
    cause: Cause, data: st.DataObject, suppliers: int
) -> None:
    explained = [each for each in Attribute if cause in WEIGHTS[each].causes]
    evidence = [shared(each, suppliers=suppliers) for each in data.draw(st.lists(st.sampled_from(explained)))]
    assert not holds(an_edge_of(*evidence, suppliers=suppliers))


def test_a_telephone_and_the_depot_of_the_goods_have_no_cause_in_common_and_a_home_may_have_both() -> None:
    phone, depot, home = shared(Attribute.PHONE), shared(Attribute.DEPOT), shared(Attribute.RETURN_ADDRESS)
    assert holds(an_edge_of(phone, depot))
    assert not holds(an_edge_of(phone, home))
    assert not holds(an_edge_of(depot, home))


@pytest.mark.parametrize(
    "roof", [[Attribute.RETURN_ADDRESS], [Attribute.ADDRESS], [Attribute.NETWORK, Attribute.PICKUP_POINT]]
)
def test_under_one_roof_a_telephone_and_the_depot_say_no_more_than_one_of_them(roof: list[Attribute]) -> None:
    phone, depot = shared(Attribute.PHONE), shared(Attribute.DEPOT)
    edge = an_edge_of(phone, depot, *map(shared, roof))
    assert edge.probability == an_edge_of(phone).probability
    assert {each.attribute: each.told_by for each in edge.evidence}["depot"] == "phone"


@pytest.mark.parametrize("near", [Attribute.NETWORK, Attribute.PICKUP_POINT])
def test_who_is_merely_near_shares_no_roof_and_nor_do_customers_of_one_bookkeeper(near: Attribute) -> None:
    phone, depot = shared(Attribute.PHONE), shared(Attribute.DEPOT)
    assert holds(an_edge_of(phone, depot, shared(near)))
    assert holds(an_edge_of(phone, depot, shared(Attribute.ADDRESS, HUB + 1)))


def test_whoever_answers_a_shared_telephone_adds_nothing_to_it() -> None:
    phone, contact = shared(Attribute.PHONE), shared(Attribute.CONTACT_NAME)
    assert [each.told_by for each in an_edge_of(phone, contact).evidence] == ["", "phone"]


@given(st.sampled_from(list(Attribute)), st.integers(2, HUB + 5), st.integers(100, 10**7))
def test_the_more_share_a_value_the_less_it_says(attribute: Attribute, by: int, suppliers: int) -> None:
    more = shared(attribute, by + 1, suppliers=suppliers)
    assert more.bits <= shared(attribute, by, suppliers=suppliers).bits


def test_an_account_and_a_device_that_two_of_a_million_share_link_them() -> None:
    edge = an_edge_of(shared(Attribute.PAYOUT_ACCOUNT), shared(Attribute.DEVICE))
    assert edge.probability > LINKED
    assert not edge.weak
    assert (edge.one, edge.other) == ("a", "b")


def test_evidence_says_what_it_weighs_and_why() -> None:
    (told,) = an_edge_of(shared(Attribute.DEVICE, by=3)).evidence
    assert (told.attribute, told.shared_by, told.m, told.u) == ("device", 3, 0.6, 1e-4)
    assert told.bits == pytest.approx(12.55, abs=0.01)


def test_of_one_cause_only_the_strongest_counts_and_the_other_says_so() -> None:
    device, network = shared(Attribute.DEVICE), shared(Attribute.NETWORK)
    edge = an_edge_of(network, device)
    assert edge.probability == an_edge_of(device).probability
    assert [(each.attribute, each.told_by) for each in edge.evidence] == [("device", ""), ("network", "device")]


def test_a_hub_says_nothing_and_certifies_nothing() -> None:
    edge = an_edge_of(shared(Attribute.PAYOUT_ACCOUNT, HUB + 1, verified=True))
    assert edge.evidence[0].is_hub
    assert not edge.certain
    assert edge.probability == an_edge_of().probability


@pytest.mark.parametrize("attribute", [Attribute.REGISTRATION_CODE, Attribute.PERSON, Attribute.PAYOUT_ACCOUNT])
def test_a_verified_identity_is_certain(attribute: Attribute) -> None:
    edge = an_edge_of(shared(attribute, verified=True))
    assert edge.certain
    assert edge.probability == 1
    assert not an_edge_of(shared(attribute)).certain


def test_a_verified_device_is_no_identity() -> None:
    assert not an_edge_of(shared(Attribute.DEVICE, verified=True)).certain


def test_goods_and_premises_alone_make_a_weak_edge() -> None:
    assert an_edge_of(shared(Attribute.DEVICE), shared(Attribute.DEPOT)).weak
    assert not an_edge_of(shared(Attribute.DEVICE), shared(Attribute.DOCUMENT)).weak


def test_every_attribute_has_a_weight_and_every_token_an_attribute() -> None:
    assert set(WEIGHTS) == set(Attribute)
    assert {each.value for each in TokenKind} <= {each.value for each in Attribute}


TRAITS = st.builds(
    Trait,
    st.sampled_from("abcdef"),
    st.sampled_from([Attribute.PAYOUT_ACCOUNT, Attribute.DEVICE, Attribute.DOCUMENT]),
    st.sampled_from("12"),
    st.booleans(),
)


def test_who_makes_a_value_a_hubs_unlinks_all_who_share_it() -> None:
    bearers = Bearers(MILLION)
    crowd = [str(number) for number in range(HUB + 1)]
    for attribute in (Attribute.PAYOUT_ACCOUNT, Attribute.DEVICE):
        for each in crowd[:HUB]:
            bearers.add(Trait(each, attribute, "one"))
    assert holds(bearers.edge("1", "2"))
    bearers.add(Trait(crowd[-1], Attribute.PAYOUT_ACCOUNT, "one"))
    assert not holds(bearers.edge("1", "2"))


def test_claims_neither_unlink_nor_weaken_what_was_confirmed_of_both() -> None:
    bearers = Bearers(MILLION)
    for each in "ab":
        bearers.add(Trait(each, Attribute.PERSON, "one", verified=True))
    before = bearers.edge("a", "b")
    for number in range(HUB + 1):
        bearers.add(Trait(str(number), Attribute.PERSON, "one"))
    assert bearers.edge("a", "b") == before
    assert bearers.edge("a", "0").evidence[0].is_hub


THINGS = (Attribute.PHONE, Attribute.PAYOUT_ACCOUNT, Attribute.DOCUMENT, Attribute.CONTACT_NAME)


@pytest.mark.parametrize("suppliers", [100, MILLION])
def test_who_claims_all_that_is_confirmed_to_be_anothers_is_not_linked_to_it(suppliers: int) -> None:
    bearers = Bearers(suppliers)
    for thing in THINGS:
        bearers.add(Trait("rival", thing, "own", verified=True))
        bearers.add(Trait("copier", thing, "own"))
    edge = bearers.edge("copier", "rival")
    assert edge.probability < 0.5
    assert edge.weak
    assert [each.told_by for each in edge.evidence] == ["", *[edge.evidence[0].attribute] * 3]
    for thing in THINGS:
        bearers.add(Trait("copier", thing, "own", verified=True))
    assert holds(bearers.edge("copier", "rival"))


@given(st.lists(TRAITS, max_size=20))
def test_a_value_says_no_more_where_only_one_has_it_confirmed_than_where_nobody_has(traits: list[Trait]) -> None:
    told, claimed = Bearers(1000), Bearers(1000)
    for trait in traits:
        told.add(replace(trait, verified=trait.supplier_id < "c"))
        claimed.add(replace(trait, verified=False))
    for one, other in (pair for pair in combinations("abcdef", 2) if pair[1] >= "c"):
        assert told.edge(one, other).probability <= claimed.edge(one, other).probability
