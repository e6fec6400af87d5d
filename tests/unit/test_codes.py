from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.codes import is_registration_code_valid, read_gtin


@pytest.mark.parametrize("text", ["6936983800013", "036000291452", "96385074", "16936983800010", "693 698-3800013"])
def test_a_gtin_with_a_right_check_digit_is_well_formed(text: str) -> None:
    assert read_gtin(text).well_formed
    assert len(read_gtin(text).digits) == 14


@pytest.mark.parametrize("text", ["6936983800014", "123", "", "0", "69369838000X3", "٦٩٣٦٩٨٣٨٠٠٠١٣", "69369838000130"])
def test_anything_else_is_not(text: str) -> None:
    assert not read_gtin(text).well_formed
    assert not read_gtin(text).names_goods


@pytest.mark.parametrize(
    ("text", "restricted", "coupon_or_serial", "names_goods"),
    [
        ("2001234567893", True, False, False),
        ("0212345678909", True, False, False),
        ("012345678905", False, False, True),
        ("9780306406157", False, True, True),
        ("9912345678909", False, True, False),
        ("20000127", True, False, False),
        ("6936983800013", False, False, True),
    ],
)
def test_a_prefix_says_what_a_gtin_is_for(
    text: str, restricted: bool, coupon_or_serial: bool, names_goods: bool
) -> None:
    gtin = read_gtin(text)
    assert (gtin.restricted, gtin.coupon_or_serial, gtin.names_goods) == (restricted, coupon_or_serial, names_goods)


@pytest.mark.parametrize("text", ["", "SEM GTIN", "Does not apply", "N/A", "-", " ", "无", "0000000000000", "0-0"])
def test_what_names_no_code_is_not_given(text: str) -> None:
    assert not read_gtin(text).given
    assert not read_gtin(text).well_formed


@pytest.mark.parametrize("text", ["6936983800014", "SEM GTIN 1", "٦٩٣٦٩٨٣٨٠٠٠١٣"])
def test_a_wrong_code_is_given_all_the_same(text: str) -> None:
    assert read_gtin(text).given


@pytest.mark.parametrize(
    ("upc_e", "upc_a"),
    [
        ("04252614", "042100005264"),
        ("01201303", "012000000133"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
    ],
)
def test_a_upc_e_stands_for_a_upc_a(upc_e: str, upc_a: str) -> None:
    assert read_gtin(upc_e) == read_gtin(upc_a)
    assert read_gtin(upc_e).names_goods


def test_eight_digits_that_start_with_0_are_never_restricted_by_their_form_alone() -> None:
    by_chance_both, short = read_gtin("01234565"), read_gtin("00000123")
    assert by_chance_both.restricted is None
    assert (short.well_formed, short.restricted, short.names_goods) == (True, None, False)


@given(st.integers(1, 10**13 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: int, place: int, change: int) -> None:
    digits = next(text for check in range(10) if read_gtin(text := f"{body:013d}{check}").well_formed)
    wrong = (int(digits[place]) + change) % 10
    assert not read_gtin(digits[:place] + str(wrong) + digits[place + 1 :]).well_formed


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L", "91 350100 M000100Y4 3"])
def test_a_social_credit_code_with_both_check_characters_right_is_valid(code: str) -> None:
    assert is_registration_code_valid(code, "CN")


@pytest.mark.parametrize("code", ["91310115MA1H8R7C6D", "91350100M000100Y44", "9135010", "91350100M000100I43"])
def test_any_other_is_not(code: str) -> None:
    assert is_registration_code_valid(code, "CN") is False


@pytest.mark.parametrize("code", ["110000001234567", "11 0000 0012 34567"])
def test_a_registration_number_of_an_old_chinese_licence_is_left_open(code: str) -> None:
    assert is_registration_code_valid(code, "CN") is None


def test_a_country_without_a_known_check_leaves_it_open() -> None:
    assert is_registration_code_valid("HRB 1234", "DE") is None
    assert is_registration_code_valid("", "CN") is None


def test_a_code_typed_in_full_width_characters_is_the_same_code() -> None:
    assert is_registration_code_valid("９１３５０１００ Ｍ０００１００Ｙ４３", "CN")
