from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_listing
from zhengpin.detectors.matching import product_key, query_for, read_pack, units
from zhengpin.domain.listing import AuthenticityClaim, Listing


def a_toner(title: str = "", model: str = "", spec: str = "", count: int | None = 1, **changes: Any) -> Listing:
    ordinary: dict[str, Any] = {
        "brand": "Boreal",
        "title": title,
        "model": model,
        "spec": spec,
        "units_per_pack": count,
    }
    return a_listing(**{**ordinary, **changes})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_toner("Toner Boreal 512 preto", "512", "Preto"), a_toner("Black toner Boreal 512", "Boreal 512", "black")),
        (a_toner("Toner Boreal 512 XL preto", "512xl", "Preto"), a_toner("512xl Boreal toner, black", "512 XL", "")),
        (a_toner("Toner Boreal 512 preto", "512", ""), a_toner("Kit 3 toners Boreal 512 preto", "512", "", 3)),
        (a_toner("Boreal B O R E A L", "512", "preto"), a_toner("", "512", "黑色")),
        (a_toner("Boreal 5 1 2 toner", "512", "preto"), a_toner("Boreal512 toner", "512", "preto")),
        (a_toner("Óleo Boreal R20 0,5 l", "R20"), a_toner("Boreal R20 oil 500ml", "r-20")),
        (a_toner("", "512", "ciano, magenta, amarelo"), a_toner("Boreal 512 tricolor", "512")),
        (
            a_toner("Kit Boreal 512 preto + colorido", "512", "", 2),
            a_toner("4 toners Boreal 512: 2 pretos e 2 coloridos", "512", "", 4),
        ),
        (a_toner("", "X1", gtin="6936983800013"), a_toner("Anything", "", gtin="06936983800013")),
        (a_toner("Boreal shoe 41 KG-122", "KG-122", "41"), a_toner("Boreal shoe KG-122", "KG-122", "41")),
        (a_toner("Boreal shoe WP-41 41", "WP-41", "41"), a_toner("Boreal shoe 41 WP-41", "wp41", "WP-41 41")),
        (a_toner("Toner Boreal 512 XL preto", "512xl", "512 XL preto"), a_toner("512xl Boreal, black", "512xl", "")),
    ],
)
def test_one_product_has_one_key(one: Listing, other: Listing) -> None:
    assert product_key(one)
    assert product_key(one) == product_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_toner("Toner 512 preto", "512"), a_toner("Toner 512xl preto", "512xl")),
        (a_toner("Toner 512 preto", "512"), a_toner("Toner 515 preto", "515")),
        (a_toner("Toner 512 preto", "512"), a_toner("Toner 512 colorido", "512")),
        (a_toner("Toner 512 preto", "512"), a_toner("Kit toner 512 preto e colorido", "512", "", 2)),
        (a_toner("Óleo R20 500 ml", "R20"), a_toner("Óleo R20 1 l", "R20")),
        (a_toner("Toner 512 preto", "512"), a_toner("Toner 512 preto", "512", brand="Acme")),
        (a_toner("Boreal shoe WP-41 41", "WP-41", "41"), a_toner("Boreal shoe WP-41 42", "WP-41", "42")),
        (
            a_toner("Kit 512 preto + colorido", "512", "", 2),
            a_toner("Kit 512: 2 pretos e 1 colorido", "512", "", 3),
        ),
    ],
)
def test_two_products_have_two_keys(one: Listing, other: Listing) -> None:
    assert product_key(one)
    assert product_key(other)
    assert product_key(one) != product_key(other)


@pytest.mark.parametrize(
    "listing",
    [
        a_toner("Toner Boreal 512xl preto", "512"),
        a_toner("Toner Boreal 512 preto", "512xl"),
        a_toner("Toner Boreal 512xl e 512 preto", "512xl"),
        a_toner("Toner Boreal 512 ou 515 preto", "512"),
        a_toner("Toner Boreal 512 preto", "512, 512xl"),
        a_toner("Toner Boreal 512 preto", "512", "Colorido"),
        a_toner("Toner Boreal 512 preto ou colorido", "512"),
        a_toner("Toner Boreal 512 500 ml", "512", "250 ml"),
        a_toner("Kit toner Boreal 512 preto e colorido", "512", "", 3),
        a_toner("Toner Boreal", "512"),
        a_toner("Toner Boreal preto"),
        a_toner("Toner 512 preto", "512", brand=""),
        a_toner("Toner 512 preto", "512", brand="Original"),
        a_toner("Toner 512 preto", "512", authenticity_claim=AuthenticityClaim.COMPATIBLE),
        a_toner("Toner", "", gtin="2001234567893"),
        a_toner("Toner", "", gtin="6936983800014"),
    ],
)
def test_a_product_that_cannot_be_told_has_no_key(listing: Listing) -> None:
    assert product_key(listing) == ""


def test_a_set_that_is_one_article_by_its_spec_is_one_unit() -> None:
    reading = read_pack(a_listing(title="Acme knife set HL-5, 5 pcs", spec="5 pcs", model="HL-5"))
    assert reading.units is not None
    assert reading.units.count == 1


def test_one_article_in_two_colours_is_not_a_set_of_two() -> None:
    shoe = a_toner("Tênis Boreal 512 preto e branco", "512")
    assert product_key(shoe) == "bms:boreal:512:black/white"


def test_a_part_number_needs_no_spec() -> None:
    assert product_key(a_toner("Boreal BR2040 drum", "BR2040")) == "bms:boreal:br2040:"


def test_a_measure_in_an_attribute_counts_for_a_single_unit_alone() -> None:
    volume = (("volume_ml", "2,0"),)
    assert product_key(a_toner("Toner 512 preto", "512", attributes=volume)) == "bms:boreal:512:black|2ml"
    pack = a_toner("Kit 2 toners 512 preto", "512", "", 2, attributes=volume)
    assert product_key(pack) == "bms:boreal:512:black"


@pytest.mark.parametrize(
    ("title", "field", "count"),
    [
        ("Chaleira Acme K15", 1, 1),
        ("Tênis Acme K15 preto e branco", 1, 1),
        ("Acme K15 running shoes", 1, 1),
        ("Acme TE-3 black", 1, 1),
        ("Kit 2 chaleiras Acme K15", 2, 2),
        ("Kit com 03 chaleiras Acme K15", None, 3),
        ("Acme kettle K15 - 3 pcs", 3, 3),
        ("Acme kettles K15, pack of 4", 4, 4),
        ("2x Acme kettle K15", 2, 2),
        ("3x caneta Acme K15", None, 3),
        ("Caneta Acme azul x3", None, 3),
        ("Caneta Acme azul x 12", None, 12),
        ("Acme shampoo 2x500ml", None, 2),
        ("Acme tea 3 x 100 g", None, 3),
        ("Acme shampoo 500 ml x 6", None, 6),
        ("Acme tea 100g*12", None, 12),
        ("Acme K15 洗发水 500ml×2", None, 2),
        ("Acme K15水壶 2件装", 2, 2),
        ("Acme K15水壶 两只装", 2, 2),
        ("Kit chaleiras Acme K15", 6, 6),
        ("Kit Acme K15 preta e branca", 2, 2),
        ("Acme K15: 2 pretas + 1 branca", 3, 3),
        ("Kit 2 Acme K15: 1un preta + 1un branca", 2, 2),
        ("2 Chaleiras Acme K15 preta e 1 branca", 3, 3),
        ("", 5, 5),
    ],
)
def test_title_and_field_agree_on_the_number_of_units(title: str, field: int | None, count: int) -> None:
    reading = read_pack(a_listing(title=title, units_per_pack=field))
    assert reading.units is not None
    assert reading.units.count == count
    assert not reading.disagree


@pytest.mark.parametrize(
    ("title", "field", "disagree"),
    [
        ("Kit 2 chaleiras Acme K15", 1, True),
        ("Kit 2 chaleiras Acme K15", 3, True),
        ("Kit 2 chaleiras Acme K15, 3 unidades", 2, None),
        ("Kit chaleira Acme K15", 1, None),
        ("Acme K15: 2 pretas + 1 branca, 4 unidades", 4, None),
        ("Chaleira Acme K15", 2, None),
        ("Chaleira Acme K15", None, None),
        ("Kit chaleiras Acme K15", None, None),
        ("Chaleira Acme K15 + 2 canecas", 1, None),
        ("Chaleira Acme K15 com brinde", 1, None),
        ("Acme K15水壶 买一送一", 1, None),
        ("", None, None),
    ],
)
def test_where_they_do_not_the_number_is_unknown(title: str, field: int | None, disagree: bool | None) -> None:
    reading = read_pack(a_listing(title=title, units_per_pack=field))
    assert reading.units is None
    assert reading.disagree is disagree


@pytest.mark.parametrize(
    "title", ["Boreal 12 preto", "Chaleira Acme 1,5 l", "Acme K15 para 4 xícaras", "第2件半价 Acme"]
)
def test_a_number_that_counts_no_units_is_not_taken_for_one(title: str) -> None:
    pack = units(a_listing(title=title, brand="Boreal", model="12"))
    assert pack is not None
    assert pack.count == 1


@pytest.mark.parametrize(
    "title",
    [
        "Acme 4 x 4 tyre",
        "4x4 tyre Acme",
        "4 x 4 Acme tyre",
        "Tyre Acme 4×4",
        "Tyre Acme 4 x4",
        "Acme camera 8 x zoom",
        "Acme camera 8x optical zoom",
        "Acme camera zoom x8",
        "Acme binoculars 8x42",
        "10x binoculars Acme",
        "Tapete Acme 60 x 40 cm",
        "Tapete Acme 60 x 40 cm cinza",
        "Acme box 30 x 20 x 10 cm",
        "Acme box 30cm x 20cm x 10",
        "Acme TV 10x sem juros",
        "Acme DVD 16x speed",
    ],
)
def test_a_number_before_or_after_an_x_counts_units_only_of_goods(title: str) -> None:
    assert read_pack(a_listing(title=title, brand="Acme", model="", units_per_pack=None)).units is None
    one = read_pack(a_listing(title=title, brand="Acme", model="", units_per_pack=1)).units
    assert one is not None
    assert one.count == 1


def test_a_query_names_what_must_be_read() -> None:
    listing = a_listing(title="Nordic Star 北极星水壶 N1ke", brand="Boreal", gtin="6936983800013")
    query = query_for(listing)
    assert query.gtin == "06936983800013"
    assert query.product_key == "gtin:06936983800013"
    assert {"boreal", "nordic", "nordicstar", "北极星", "nike"} <= query.names


def test_letters_of_the_same_shape_are_looked_up_as_what_they_imitate() -> None:
    assert "boreal" in query_for(a_listing(title="Воrеаl", brand="")).names


@given(title=st.text(max_size=120), model=st.text(max_size=20), spec=st.text(max_size=20), count=st.integers(0, 99))
def test_any_text_can_be_read(title: str, model: str, spec: str, count: int) -> None:
    listing = a_toner(title, model, spec, count or None)
    assert product_key(listing) == product_key(listing)
    assert len(query_for(listing).names) <= 600
    pack = units(listing)
    assert pack is None or pack.count >= 1
