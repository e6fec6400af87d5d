"""Listings that must never be taken for one product, however alike they are worded."""

from dataclasses import replace

import pytest

from zhengpin.detectors.products.variant import are_apart, variant_of
from zhengpin.domain.listing import AuthenticityClaim, Condition, Listing

INK = Listing(
    "one", "seller", title="HP 664 black ink cartridge 2ml", brand="HP", units_per_pack=1, condition=Condition.NEW
)


def apart(one: Listing, other: Listing) -> bool:
    """Whether two listings are apart; which one comes first makes no difference."""
    answers = {are_apart(variant_of(one), variant_of(other)), are_apart(variant_of(other), variant_of(one))}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize(
    "title",
    [
        "HP 664 black ink cartridge 2ml",
        "Black cartridge HP664, 2 ml, ink",
        "Cartucho HP 664 preto",
        "HP 664 (F6V29AB) black ink cartridge",
    ],
)
def test_other_words_for_the_same_goods_do_not_set_them_apart(title: str) -> None:
    assert not apart(INK, replace(INK, title=title))


@pytest.mark.parametrize(
    "title",
    [
        "HP 664 XL black ink cartridge",
        "HP 664XL black ink cartridge 2ml",
        "HP 667 black ink cartridge 2ml",
        "HP 664 colour ink cartridge 2ml",
        "HP 664 ink cartridge 2ml",
        "HP 664 black ink cartridge 8ml",
        "Kit 2 HP 664 black ink cartridges 2ml",
        "Compatible cartridge for HP 664 black 2ml",
        "HP 664 black ink cartridge 2ml remanufactured",
        "HP 664 black ink cartridge empty",
        "HP 664 or 667 black ink cartridge",
    ],
)
def test_another_size_version_colour_pack_or_maker_sets_them_apart(title: str) -> None:
    assert apart(INK, replace(INK, title=title, units_per_pack=2 if title.startswith("Kit") else 1))


@pytest.mark.parametrize(
    "other",
    [
        replace(INK, condition=Condition.USED),
        replace(INK, condition=Condition.UNKNOWN),
        replace(INK, brand="Canon"),
        replace(INK, authenticity_claim=AuthenticityClaim.COMPATIBLE),
        replace(INK, model="667"),
        replace(INK, units_per_pack=3),
    ],
)
def test_what_fields_say_sets_them_apart_as_well(other: Listing) -> None:
    assert apart(INK, other)


def test_two_numbers_of_articles_set_them_apart_and_one_alone_does_not() -> None:
    numbered = replace(INK, gtin="4006381333931")
    assert apart(numbered, replace(INK, gtin="5901234123457"))
    assert not apart(numbered, INK)


def test_nothing_is_one_product_with_a_listing_whose_units_cannot_be_told() -> None:
    unknown = replace(INK, title="HP 664 black ink cartridge set 2ml", units_per_pack=None)
    assert apart(unknown, unknown)
