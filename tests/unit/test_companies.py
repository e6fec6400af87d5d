"""Which suppliers are one company."""

from __future__ import annotations

from typing import Any

import pytest

from builders import NOW, a_supplier
from zhengpin.detectors.codes import company_key
from zhengpin.detectors.companies import is_same_company

OFFICE = "杭州露维商贸有限公司"


def are_one(one: dict[str, Any], other: dict[str, Any]) -> bool:
    ordinary = {"name": OFFICE, "verified_at": NOW}
    return is_same_company(a_supplier("one", **ordinary | one), a_supplier("other", **ordinary | other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"name": f"{OFFICE}义乌分公司"}),
        ({"name": f"{OFFICE}（上海）第二分公司"}, {}),
        (
            {"registration_code": "91350100M000100Y43", "name": "A"},
            {"registration_code": "9135-0100-m000-100y-43", "name": "B", "verified_at": None},
        ),
    ],
)
def test_a_company_and_its_branch_are_one(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert are_one(one, other)
    assert are_one(other, one)


@pytest.mark.parametrize(
    "other",
    [
        {},  # a name alone may be anybody's
        {"name": "杭州露维商贸有限公司义乌工厂店贸易有限公司"},
        {"name": "义乌露维商贸有限公司"},
        {"name": f"{OFFICE}义乌分公司", "verified_at": None},
        {"name": f"{OFFICE}义乌分公司", "country": "HK"},
        {"name": "分公司"},
        {"name": "", "registration_code": "0"},
    ],
)
def test_names_that_only_look_like_it_make_nobody_the_same_company(other: dict[str, Any]) -> None:
    assert not are_one({"registration_code": "0"}, other)


def test_only_a_number_that_keeps_its_check_digits_names_a_company() -> None:
    assert company_key("91350100M000100Y43", "CN") == "CN:91350100M000100Y43"
    assert company_key(" 91350100m000100y-43", "CN") == "CN:91350100M000100Y43"
    assert company_key("91350100M000100Y44", "CN") == ""
    assert company_key("n/a", "DE") == ""
    assert company_key("", "CN") == ""


def test_a_company_of_which_no_country_was_told_is_known_by_its_chinese_number() -> None:
    assert company_key("91350100M000100Y43", "") == company_key("91350100M000100Y43", "CN")
    assert are_one(
        {"registration_code": "91350100M000100Y43", "country": ""}, {"registration_code": "91350100M000100Y43"}
    )
