"""Who in a ring makes, passes on, and sells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.ring import Attribute, ChainShape, Supply, SupplyReason, Trait
from zhengpin.domain.supplier import SupplierKind
from zhengpin.suppliers.rings.chain import chain_of
from zhengpin.suppliers.rings.weighing import HUB

RING = ("factory", "agent", "shop 1", "shop 2")
KINDS = {
    "factory": SupplierKind.FACTORY,
    "agent": SupplierKind.AGENT,
    "shop 1": SupplierKind.RETAILER,
    "shop 2": SupplierKind.RETAILER,
}


def a_letter(licensor: str, licensee: str) -> Authorisation:
    letter = Authorisation("1", "brand", licensor, licensee, date(2026, 1, 1), date(2026, 12, 31))
    return replace(letter, authorisation_id=f"{licensor}-{licensee}")


LETTERS = [a_letter("factory", "agent"), a_letter("agent", "shop 1"), a_letter("agent", "shop 2")]


def test_letters_from_a_factory_through_an_agent_to_shops_are_the_whole_chain() -> None:
    chain = chain_of(RING, KINDS, LETTERS)
    assert chain.shape is ChainShape.FACTORY_AGENT_SHOPS
    assert (chain.factories, chain.agents, chain.shops) == (("factory",), ("agent",), ("shop 1", "shop 2"))
    assert Supply("agent", "shop 1", SupplyReason.AUTHORISATION) in chain.supplies


def test_of_unknown_kinds_letters_and_named_factories_tell_who_is_what() -> None:
    chain = chain_of(RING, {}, LETTERS[1:], sources=[("agent", "factory")])
    assert (chain.factories, chain.agents) == (("factory",), ("agent",))
    assert chain.shape is ChainShape.FACTORY_AGENT_SHOPS


def test_listings_that_name_the_factory_make_a_chain_without_an_agent() -> None:
    sources = [("shop 1", "factory"), ("shop 2", "factory"), ("shop 3", "elsewhere")]
    chain = chain_of(RING, KINDS, sources=sources)
    assert chain.shape is ChainShape.FACTORY_SHOPS
    assert len(chain.supplies) == 2


@pytest.mark.parametrize(("others", "expected"), [(0, ChainShape.FACTORY_SHOPS), (HUB, ChainShape.NONE)])
def test_a_depot_is_a_sign_unless_it_is_a_hub(others: int, expected: ChainShape) -> None:
    senders = ("factory", "shop 1", "shop 2", *map(str, range(others)))
    chain = chain_of(RING, KINDS, traits=[Trait(each, Attribute.DEPOT, "north") for each in senders])
    assert chain.shape is expected


def test_an_agent_without_a_factory_still_heads_its_shops() -> None:
    assert chain_of(RING[1:], KINDS, LETTERS).shape is ChainShape.AGENT_SHOPS


def test_one_shop_is_ordinary_trade() -> None:
    assert chain_of(RING[:3], KINDS, LETTERS[:2]).shape is ChainShape.NONE


def test_letters_of_others_are_left_aside() -> None:
    assert chain_of(RING, KINDS, [a_letter("agent", "stranger"), a_letter("agent", "agent")]).supplies == ()
