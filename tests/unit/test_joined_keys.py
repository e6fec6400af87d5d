"""Which numbers of articles name the same product as brand, model and spec do."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.matching import product_key
from zhengpin.detectors.products.joining import joined_keys
from zhengpin.domain.listing import AuthenticityClaim, Listing

FIRST, SECOND = "4006381333931", "5901234123457"
BLACK, COLOUR, XL = "HP 664 black cartridge", "HP 664 colour cartridge", "HP 664 XL black cartridge"


def told(supplier: str, gtin: str = FIRST, title: str = BLACK, model: str = "664") -> Listing:
    """One supplier's offer of a cartridge."""
    return Listing(f"{supplier}-{gtin}-{title}", supplier, title=title, brand="HP", model=model, gtin=gtin)


def key(gtin: str = "", title: str = BLACK, model: str = "664") -> str:
    """The key of such an offer."""
    return product_key(told("anybody", gtin, title, model))


JOINED = {key(FIRST): key(), key(): key(FIRST)}


def test_two_suppliers_that_use_a_number_and_a_model_for_one_listing_join_them_both_ways() -> None:
    assert key().startswith("bms:")
    assert joined_keys([told("one"), told("two"), told("three", gtin="")]) == JOINED


def test_one_supplier_alone_joins_nothing_however_many_listings_it_has() -> None:
    assert joined_keys([told("one"), told("one"), told("two", gtin="")]) == {}


def test_one_supplier_alone_parts_nothing() -> None:
    assert joined_keys([told("one"), told("two"), told("wrong", SECOND), told("wrong", FIRST, COLOUR)]) == JOINED


def test_a_model_that_has_two_numbers_is_left_alone() -> None:
    assert joined_keys([told("one"), told("two"), told("one", SECOND), told("two", SECOND)]) == {}


def test_a_number_that_stands_for_two_variants_is_left_alone() -> None:
    assert joined_keys([told("one"), told("two"), told("one", title=COLOUR), told("two", title=COLOUR)]) == {}


def test_variants_keep_numbers_of_their_own() -> None:
    both = [told(each, gtin, title, model) for each in ("a", "b") for gtin, title, model in VARIANTS]
    assert joined_keys(both) == {
        **JOINED,
        key(SECOND): key(title=XL, model="664XL"),
        key(title=XL, model="664XL"): key(SECOND),
    }


VARIANTS = ((FIRST, BLACK, "664"), (SECOND, XL, "664XL"))


def test_what_is_declared_compatible_or_has_no_trusted_number_joins_nothing() -> None:
    another_s = [
        Listing(each, each, title=BLACK, brand="HP", model="664", gtin=gtin, authenticity_claim=claim)
        for each in ("one", "two")
        for gtin, claim in ((FIRST, AuthenticityClaim.COMPATIBLE), ("2000000000008", AuthenticityClaim.NONE))
    ]
    assert joined_keys(another_s) == {}


OFFERS = st.builds(
    told, st.sampled_from("abc"), st.sampled_from(["", FIRST, SECOND]), st.sampled_from([BLACK, COLOUR, XL])
)


@given(st.lists(OFFERS, max_size=24), st.randoms(use_true_random=False))
def test_joins_go_both_ways_to_one_partner_alone_in_whatever_order_listings_come(
    offers: list[Listing], dice: Random
) -> None:
    joined = joined_keys(offers)
    shuffled = list(offers)
    dice.shuffle(shuffled)
    assert joined_keys(shuffled) == joined
    assert all(joined[partner] == one and partner != one for one, partner in joined.items())
    assert all(one.startswith("gtin:") != partner.startswith("gtin:") for one, partner in joined.items())
