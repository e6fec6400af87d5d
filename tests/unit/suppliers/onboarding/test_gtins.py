"""GTINs of the goods that an applicant wants to sell."""

from __future__ import annotations

import pytest

from applying import an_application, answer, of, words
from zhengpin.domain.onboarding import CheckResult, OnboardingDecision, OnboardingOutcome


def with_codes(*codes: str) -> OnboardingDecision:
    return answer(an_application(gtins=codes))


@pytest.mark.parametrize(
    "code", ["6936983800013", "4006381333931", "036000291452", "96385074", "６９３６９８３８０００１３"]
)
def test_a_right_code_passes(code: str) -> None:
    decision = with_codes(code)
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert "not where goods come from" in words(of(decision, "gtin.check-digit"))


def test_a_wrong_check_digit_is_named_with_the_right_one() -> None:
    decision = with_codes("4006381333930", "4006381333931")
    failed, passed = of(decision, "gtin.check-digit")
    assert failed.observed.en == "4006381333930 ends in 0, and should end in 1"
    assert (failed.subject, failed.result, passed.result) == ("4006381333930", CheckResult.FAILED, CheckResult.PASSED)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


@pytest.mark.parametrize("code", ["2000000000015", "0200000000011", "0400000000015", "9900000000011"])
def test_codes_of_shops_and_coupons_are_refused_and_the_applicant_is_not(code: str) -> None:
    decision = with_codes(code)
    (found,) = of(decision, "gtin.range")
    assert (found.result, found.ref, found.subject) == (CheckResult.FAILED, "GTN-02", code)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


@pytest.mark.parametrize(("code", "said"), [("40063813339", "has 11 digits"), ("400638133393A", "no digits")])
def test_what_is_no_code_says_why(code: str, said: str) -> None:
    assert said in words(of(with_codes(code), "gtin.check-digit"))


def test_a_field_that_is_filled_without_a_code_is_not_held_against_anybody() -> None:
    assert with_codes("N/A").outcome is OnboardingOutcome.ACCEPT


def test_a_file_of_wrong_codes_is_told_in_short() -> None:
    codes = tuple(f"400638133{nth:03}0" for nth in range(100))
    found = of(with_codes(*codes), "gtin.check-digit")
    assert len(found) <= 22
    assert any("more can't be used" in each.observed.en for each in found)
