"""Registration codes as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applying import CODE, a_paper, an_applicant, an_application, answer, needed, of, result, told, words
from zhengpin.domain.onboarding import CheckResult, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.social_credit_code import WrongCharacter, read_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def answer_for(code: str, country: str = "CN") -> OnboardingDecision:
    return answer(an_application(supplier=an_applicant(registration_code=code, country=country)))


def test_a_right_code_passes() -> None:
    decision = answer_for(CODE)
    assert result(decision, "registration-code.check-digit") is CheckResult.PASSED
    assert decision.outcome is OnboardingOutcome.ACCEPT


def test_digits_of_other_scripts_are_no_number_of_the_old_licences() -> None:
    decision = answer_for("٣" * 15)
    assert not of(decision, "registration-code.old-licence")
    assert result(decision, "registration-code.characters") is CheckResult.FAILED


@pytest.mark.parametrize("code", ["I" * 18, "A" * 18, "A" * 20, "A" * 15])
def test_as_many_letters_as_a_code_has_are_a_wrong_code_and_not_none(code: str) -> None:
    decision = answer_for(code)
    assert not of(decision, "registration-code.given")
    assert decision.outcome is OnboardingOutcome.REFUSE


def test_a_character_that_stands_wrong_at_several_places_is_named_once() -> None:
    (check,) = of(answer_for("9I35OI00M000100Y4I"), "registration-code.characters")
    assert "I can't stand at positions 2, 6, 18; O can't stand at position 5" in check.observed.en
    assert "第 2、6、18 位不应为 I；第 5 位不应为 O" in check.observed.zh


@pytest.mark.parametrize(
    "typed", ["９１３５０１００Ｍ０００１００Ｙ４３", "91350100 M000 100Y 43", "91350100-m000100y-43"]
)
def test_full_width_digits_spaces_and_small_letters_are_read_and_said(typed: str) -> None:
    decision = answer_for(typed)
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert f'written "{typed}", read as {CODE}' in words(of(decision, "registration-code.check-digit"))


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u202a", "\u00ad", "\u00a0", "\u3000", "\u2011"])
def test_what_is_copied_along_with_a_code_unseen_is_no_part_of_it(unseen: str) -> None:
    assert answer_for(f"{unseen}91350100{unseen}M000100Y43{unseen}").outcome is OnboardingOutcome.ACCEPT


def test_a_letter_of_another_script_is_told_from_the_one_that_it_looks_like() -> None:
    cyrillic = CODE.replace("M", "\u041c")
    assert "\u041c (U+041C) can't stand at position 9" in words(answer_for(cyrillic).checks)


def test_letters_o_and_i_give_the_corrected_code_and_ask_for_the_licence() -> None:
    decision = answer_for("9I35OI00M000100Y43")
    assert f"read as {CODE} it checks: confirm it by the licence" in words(decision.checks)
    assert result(decision, "registration-code.characters") is CheckResult.FAILED
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert needed(decision) == {DocumentKind.LICENCE}


@pytest.mark.parametrize("typed", ["9I35OI00M000100Y43", "440301103097413", ""])
def test_nobody_is_asked_for_a_licence_that_is_there_but_to_apply_with_its_code(typed: str) -> None:
    decision = answer(an_application(a_paper(number=CODE), supplier=an_applicant(registration_code=typed)))
    (asked,) = decision.requirements
    assert f"the licence bears {CODE}: apply with it" in asked.why.en
    assert f"执照上为 {CODE}，请以此代码申请" in asked.why.zh


def test_letters_o_and_i_in_a_code_that_does_not_check_refuse() -> None:
    decision = answer_for("9I35OI00M000100Y44")
    assert "I can't stand at positions 2, 6; O can't stand at position 5" in words(decision.checks)
    assert decision.outcome is OnboardingOutcome.REFUSE


def test_a_wrong_check_character_is_named_with_the_one_that_was_expected() -> None:
    decision = answer_for("91310115MA1H8R7C6D")
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert "position 18 is D, and should be 7" in words(of(decision, "registration-code.check-digit"))
    assert decision.checks[0].ref == "KYB-01"


def test_the_organisation_code_inside_has_a_check_character_of_its_own() -> None:
    assert read_code("91350100M000100Y53").wrong[0] == WrongCharacter(17, "5", "4")
    assert "position 17 (of the organisation code) is 5, and should be 4" in words(
        answer_for("91350100M000100Y53").checks
    )


@given(st.sampled_from(range(18)), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_noticed(position: int, character: str) -> None:
    typed = CODE[:position] + character + CODE[position + 1 :]
    assert bool(read_code(typed).wrong) == (typed != CODE)


@pytest.mark.parametrize("code", ["9135010M000100Y43", "91350100M000100Y431"])
def test_a_code_of_another_length_refuses_and_counts(code: str) -> None:
    decision = answer_for(code)
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert f"{len(code)} characters" in words(of(decision, "registration-code.characters"))


@pytest.mark.parametrize(("code", "said"), [("440301103097413", "it checks"), ("440301103097414", "should be 3")])
def test_an_old_licence_of_15_digits_is_a_type_of_its_own(code: str, said: str) -> None:
    decision = answer_for(code)
    assert said in words(of(decision, "registration-code.old-licence"))
    assert result(decision, "registration-code.old-licence") is CheckResult.UNKNOWN
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_a_licence_from_abroad_is_said_and_not_refused() -> None:
    decision = answer_for("HRB 1234", "DE")
    assert result(decision, "registration-code.abroad") is CheckResult.UNKNOWN
    assert "no check is known" in words(of(decision, "registration-code.abroad"))
    assert decision.outcome is not OnboardingOutcome.REFUSE


def test_where_no_country_is_told_18_characters_are_a_chinese_code() -> None:
    assert answer_for(CODE, "").outcome is not OnboardingOutcome.REFUSE
    assert answer_for("91350100M000100Y44", "").outcome is OnboardingOutcome.REFUSE
    assert answer_for("HRB 1234", "").outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert "is not told; tell its country" in words(of(answer_for("HRB 1234", ""), "registration-code.abroad"))


@pytest.mark.parametrize("country", ["XX", "UK"])
def test_a_country_that_is_none_is_to_be_corrected(country: str) -> None:
    decision = answer_for("123", country)
    (found,) = of(decision, "registration-code.abroad")
    assert found.observed.en == f"123: {country} is no country of ISO 3166-1; correct its country"
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_a_brazilian_number_is_checked() -> None:
    assert result(answer_for("11.222.333/0001-81", "BR"), "registration-code.abroad") is CheckResult.PASSED
    assert answer_for("11.222.333/0001-82", "BR").outcome is OnboardingOutcome.REFUSE


@pytest.mark.parametrize("code", ["", "n/a", "not applicable", "无", "000000000000000000"])
def test_what_names_no_code_asks_for_the_licence(code: str) -> None:
    decision = answer_for(code)
    assert result(decision, "registration-code.given") is CheckResult.UNKNOWN
    assert needed(decision) == {DocumentKind.LICENCE}


def test_a_licence_that_bears_another_code_is_somebody_elses() -> None:
    other = "91110000600037341L"
    decision = answer(an_application(a_paper(number=other)))
    assert "another company's" in words(of(decision, "registration-code.licence-number"))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_a_licence_that_bears_another_code_is_no_licence() -> None:
    others = told(a_paper(number="91110000600037341L"), "others")
    applicant = an_applicant(verified_at=None, licence_valid_until=None)
    decision = answer(an_application(facts=(others,), supplier=applicant))
    assert result(decision, "licence.valid") is CheckResult.UNKNOWN
    own = told(a_paper(number="91350100M000100Y43"), "own")
    both = answer(an_application(facts=(others, own), supplier=applicant))
    assert of(both, "licence.valid")[0].evidence == ("own",)


def test_a_licence_with_a_code_that_nobody_can_have_is_asked_for_anew() -> None:
    decision = answer(an_application(a_paper(number="91310115MA1H8R7C6D")))
    assert "nobody's" in words(of(decision, "registration-code.licence-number"))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert needed(decision) == {DocumentKind.LICENCE}


def test_a_licence_whose_code_was_typed_with_o_and_i_is_the_applicants_own() -> None:
    decision = answer(an_application(a_paper(number="9I35OI00M000100Y43")))
    assert result(decision, "registration-code.licence-number") is CheckResult.PASSED
    assert decision.outcome is OnboardingOutcome.ACCEPT


def test_a_permits_number_is_no_code_to_compare() -> None:
    assert not of(answer(an_application(a_paper(number="JY13101150000001"))), "registration-code.licence-number")


def test_a_code_that_can_not_be_corrected_is_not_guessed() -> None:
    assert read_code("91350100M000100Y4V").corrected == ""
