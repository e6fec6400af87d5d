"""Applications with papers of others, on both databases."""

from dataclasses import replace

from applying import KETTLES, a_paper, an_applicant, an_application, of, result, told
from builders import a_supplier, a_supplier_fact, an_authorisation
from checking import FILE, answer, facts, letters, suppliers
from zhengpin.domain.onboarding import CheckResult, OnboardingOutcome
from zhengpin.storage import Store
from zhengpin.storage.paper_holders import MOST_HOLDERS

BRANDED = replace(KETTLES, brand_id="acme")


def test_a_paper_that_another_company_handed_in_refuses_whether_it_is_sent_or_stored(store: Store) -> None:
    suppliers(store, a_supplier("stranger", name="Stranger Ltd"))
    facts(store, a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE)))
    sent = answer(store, an_application(told(a_paper(sha256=FILE), "mine")))
    assert of(sent, "paper.used-elsewhere")[0].evidence == ("mine", "stranger")
    facts(store, told(a_paper(sha256=FILE), "mine"))
    assert answer(store).outcome is sent.outcome is OnboardingOutcome.REFUSE


def test_nobody_is_a_borrower_of_the_paper_that_was_verified_as_its_own(store: Store) -> None:
    verified = told(a_paper(sha256=FILE, verified=True), "mine")
    facts(store, a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE)))
    assert result(answer(store, an_application(verified)), "paper.used-elsewhere") is CheckResult.PASSED
    both = a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE, verified=True), revision=1)
    facts(store, both)
    assert answer(store, an_application(verified)).outcome is OnboardingOutcome.REFUSE


def test_no_number_of_shells_hides_of_whom_a_paper_was_verified(store: Store) -> None:
    suppliers(store, *(an_applicant(supplier_id=f"a{number}") for number in range(MOST_HOLDERS)))
    shells = [
        a_supplier_fact(f"shell-{number}", supplier_id=f"a{number}", fact=a_paper(sha256=FILE))
        for number in range(MOST_HOLDERS)
    ]
    facts(store, *shells)
    sent = an_application(told(a_paper(sha256=FILE), "mine"))
    assert result(answer(store, sent), "paper.used-elsewhere") is CheckResult.PASSED
    facts(store, a_supplier_fact("theirs", supplier_id="victim", fact=a_paper(sha256=FILE, verified=True)))
    assert of(answer(store, sent), "paper.used-elsewhere")[0].evidence == ("mine", "victim")


def test_a_letter_that_somebody_else_holds_is_borrowed(store: Store) -> None:
    letters(store, an_authorisation("theirs", licensee_id="stranger", document_sha256=FILE))
    sent = an_authorisation("mine", document_sha256=FILE)
    decision = answer(store, an_application(trades=(BRANDED,), authorisations=(sent,)))
    assert of(decision, "paper.used-elsewhere")[0].evidence == ("mine", "stranger")
