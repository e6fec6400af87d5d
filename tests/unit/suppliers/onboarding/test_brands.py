"""Letters that lead from a brand's owner to the applicant, and those that don't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from applying import a_paper, an_applicant, an_application, answer, around, needed, of, result, words
from builders import NOW, a_brand, a_supplier, an_authorisation
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.onboarding import CheckResult, IntendedTrade, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier import Shop, SupplierKind, SupplierState
from zhengpin.domain.supplier_fact import DocumentKind, SupplierDocument

SOLD = IntendedTrade("kitchen/kettles", brand_id="acme", territory="CN", ships_from="CN")
FLAGSHIP = IntendedTrade("kitchen/kettles", brand_id="acme", territory="CN", ships_from="CN", flagship=True)
INVOICE = a_paper(DocumentKind.INVOICE, brand_id="acme", valid_to=None)
VERIFIED = replace(INVOICE, verified=True)


def letters(*holders: str, **changes: Any) -> tuple[Authorisation, ...]:
    """A chain of letters from one holder to the next, to be passed on."""
    return tuple(
        an_authorisation(f"letter-{nth}", licensor_id=one, licensee_id=other, **{"sublicensable": True, **changes})
        for nth, (one, other) in enumerate(pairwise(holders), start=1)
    )


def selling(
    *edges: Authorisation, trade: IntendedTrade = SOLD, papers: tuple[SupplierDocument, ...] = (), **brand: Any
) -> OnboardingDecision:
    known = around(brands={"acme": a_brand(**{"gated": True, **brand})}, authorisations=edges)
    return answer(an_application(*papers, trades=(trade,)), known)


def test_the_owners_own_letter_lets_the_applicant_in() -> None:
    decision = selling(*letters("acme-owner", "acme-factory"))
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert words(of(decision, "authorisation.path")) == "level 1, until 2026-06-30"


def test_a_letter_that_is_only_handed_in_is_looked_at_by_a_person() -> None:
    known = around(brands={"acme": a_brand(gated=True)})
    application = an_application(trades=(SOLD,), authorisations=letters("acme-owner", "acme-factory"))
    decision = answer(application, known)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert "only the application tells of some of these letters" in words(of(decision, "authorisation.path"))


def test_a_stored_letter_stands_against_one_that_is_handed_in_under_its_id() -> None:
    stored = letters("acme-owner", "agent", sublicensable=False)
    sent = (replace(stored[0], sublicensable=True), an_authorisation("mine", licensor_id="agent"))
    known = around(brands={"acme": a_brand(gated=True)}, authorisations=stored)
    decision = answer(an_application(trades=(SOLD,), authorisations=sent), known)
    assert "may not be passed on" in words(of(decision, "authorisation.path"))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_the_owner_needs_no_letter() -> None:
    assert selling(owner_id="acme-factory", trade=FLAGSHIP).outcome is OnboardingOutcome.ACCEPT


def test_without_a_letter_a_gated_brand_asks_for_one() -> None:
    decision = selling()
    assert result(decision, "authorisation.path") is CheckResult.UNKNOWN
    assert needed(decision) == {DocumentKind.AUTHORISATION_LETTER}
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_a_brand_that_nobody_gates_is_sold_by_invoices() -> None:
    assert needed(selling(gated=False)) == {DocumentKind.INVOICE}
    assert selling(gated=False, papers=(VERIFIED,)).outcome is OnboardingOutcome.ACCEPT
    assert selling(gated=False, papers=(INVOICE,)).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert selling(papers=(INVOICE,)).outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_an_old_invoice_tells_nothing_of_todays_goods() -> None:
    old = a_paper(DocumentKind.INVOICE, brand_id="acme", issued_on=date(2025, 2, 1), valid_to=None)
    assert needed(selling(gated=False, papers=(old,))) == {DocumentKind.INVOICE}


def test_an_importer_with_its_papers_is_let_in_within_limits() -> None:
    papers = (INVOICE, a_paper(DocumentKind.CUSTOMS_DECLARATION))
    known = around(brands={"acme": a_brand(gated=True)})
    importer = an_applicant(kind=SupplierKind.IMPORTER)
    application = an_application(*papers, trades=(SOLD,), supplier=importer)
    assert answer(application, known).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert answer(replace(application, trades=(FLAGSHIP,)), known).outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert answer(replace(application, supplier=an_applicant()), known).outcome is OnboardingOutcome.NEED_DOCUMENTS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_to": date(2026, 1, 1)}, "ended on 2026-01-01"),
        ({"valid_from": date(2026, 4, 1)}, "holds only from 2026-04-01 on"),
        ({"category": "garden"}, "is for garden only"),
        ({"territory": "US"}, "is for US only"),
    ],
)
def test_a_letter_that_does_not_hold_says_why(changes: dict[str, Any], said: str) -> None:
    decision = selling(*letters("acme-owner", "acme-factory", **changes))
    assert result(decision, "authorisation.path") is CheckResult.FAILED
    assert f"of 1 level from the owner down: the letter at level 1 {said}" in words(of(decision, "authorisation.path"))


def test_who_may_not_pass_a_letter_on_breaks_the_chain() -> None:
    decision = selling(*letters("acme-owner", "agent", "acme-factory", sublicensable=False))
    said = "of 2 levels from the owner down: the letter at level 1 may not be passed on"
    assert words(of(decision, "authorisation.path")) == said
    assert of(decision, "authorisation.path")[0].evidence == ("letter-1", "letter-2")


def test_a_chain_from_somebody_without_a_letter_says_so() -> None:
    decision = selling(*letters("stranger", "agent", "acme-factory"))
    assert "begins with somebody who holds no letter" in words(of(decision, "authorisation.path"))


def test_letters_in_a_circle_are_told_as_one() -> None:
    decision = selling(*letters("agent", "dealer", "agent"), *letters("agent", "acme-factory")[:1])
    circular = selling(
        an_authorisation("one", licensor_id="agent", licensee_id="acme-factory", sublicensable=True),
        an_authorisation("two", licensor_id="dealer", licensee_id="agent", sublicensable=True),
        an_authorisation("three", licensor_id="agent", licensee_id="dealer", sublicensable=True),
    )
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert words(of(circular, "authorisation.path")) == "the letters go in a circle and miss the owner"


def test_a_circle_beside_a_good_path_does_no_harm() -> None:
    edges = (
        *letters("acme-owner", "agent", "acme-factory"),
        an_authorisation("back", licensor_id="acme-factory", licensee_id="agent", sublicensable=True),
    )
    assert selling(*edges).outcome is OnboardingOutcome.ACCEPT


TEN = ("acme-owner", *(f"agent-{nth}" for nth in range(9)), "acme-factory")


def test_a_chain_of_ten_levels_is_followed_and_asks_for_invoices() -> None:
    decision = selling(*letters(*TEN))
    assert "level 10, until" in words(of(decision, "authorisation.path"))
    assert "level 10 is beyond 2" in words(of(decision, "authorisation.depth"))
    assert needed(decision) == {DocumentKind.INVOICE}
    assert selling(*letters(*TEN), papers=(VERIFIED,)).outcome is OnboardingOutcome.ACCEPT
    assert selling(*letters(*TEN), papers=(INVOICE,)).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_a_flagship_store_takes_the_owners_own_letter() -> None:
    agent = letters("acme-owner", "agent", "acme-factory")
    assert selling(*agent).outcome is OnboardingOutcome.ACCEPT
    assert needed(selling(*agent, trade=FLAGSHIP)) == {DocumentKind.AUTHORISATION_LETTER}
    assert selling(*letters("acme-owner", "acme-factory"), trade=FLAGSHIP).outcome is OnboardingOutcome.ACCEPT


def test_a_letter_that_ends_soon_is_accepted_and_asked_for_anew() -> None:
    last = (NOW + timedelta(days=20)).date()
    decision = selling(*letters("acme-owner", "acme-factory", valid_to=last))
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert [(each.document, each.due_at.date()) for each in decision.requirements] == [
        (DocumentKind.AUTHORISATION_LETTER, last)
    ]
    assert not selling(*letters("acme-owner", "acme-factory", valid_to=date(2026, 6, 1))).requirements


def test_a_terminated_agent_on_the_path_makes_a_person_look() -> None:
    agent = a_supplier("agent", name="Agent", state=SupplierState.TERMINATED)
    known = around(
        brands={"acme": a_brand(gated=True)},
        authorisations=letters("acme-owner", "agent", "acme-factory"),
        suppliers={"agent": agent},
    )
    decision = answer(an_application(trades=(SOLD,)), known)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    (found,) = of(decision, "authorisation.licensors")
    assert (found.observed.en, found.evidence) == (
        "somebody on the path is suspended or terminated; a person looks",
        ("agent",),
    )


def test_a_brand_that_is_not_registered_asks_for_its_mark() -> None:
    decision = answer(an_application(trades=(IntendedTrade("kitchen/kettles", "other", "CN", "CN"),)))
    assert needed(decision) == {DocumentKind.TRADEMARK_CERTIFICATE}
    assert "no brand other is registered" in words(of(decision, "authorisation.brand"))


def test_a_brand_without_a_known_owner_is_left_to_a_person() -> None:
    mark = a_paper(DocumentKind.TRADEMARK_CERTIFICATE, brand_id="acme")
    assert needed(selling(owner_id="")) == {DocumentKind.TRADEMARK_CERTIFICATE}
    assert selling(owner_id="").outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert selling(owner_id="", papers=(mark,)).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_an_official_store_with_a_letter_is_vouched_for() -> None:
    known = around(brands={"acme": a_brand(gated=True)}, authorisations=letters("regional-office", "acme-factory"))
    shop = Shop("acme-factory-shop", official_store=True)
    application = an_application(trades=(SOLD,), supplier=an_applicant(shops=(shop,)))
    assert result(answer(application, known), "authorisation.path") is CheckResult.PASSED
    sent = replace(application, authorisations=letters("regional-office", "acme-factory"))
    unstored = answer(sent, replace(known, authorisations=()))
    assert result(unstored, "authorisation.path") is CheckResult.UNKNOWN
    assert unstored.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
