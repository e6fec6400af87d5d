"""Applications checked by stored letters, on both databases."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from applying import KETTLES, an_application, of, words
from builders import a_supplier, an_authorisation
from checking import answer, letters, suppliers
from zhengpin.domain.onboarding import OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.storage import Store

BRANDED = replace(KETTLES, brand_id="acme")


def path(decision: OnboardingDecision) -> str:
    return words(of(decision, "authorisation.path"))


def test_a_stored_letter_opens_the_brand_and_one_that_is_sent_joins_a_stored_path(store: Store) -> None:
    letters(store, an_authorisation("to-agent", licensee_id="agent", sublicensable=True))
    suppliers(store, a_supplier("agent", name="Agent Ltd"), a_supplier("acme-owner", name="Acme Corp"))
    assert "no letter names" in path(answer(store, an_application(trades=(BRANDED,))))
    sent = an_authorisation("to-applicant", licensor_id="agent")
    decision = answer(store, an_application(trades=(BRANDED,), authorisations=(sent,)))
    assert "level 2, until " in path(decision)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_letters_in_a_circle_are_told_as_one(store: Store) -> None:
    letters(
        store,
        an_authorisation("a", licensor_id="x", licensee_id="acme-factory"),
        an_authorisation("b", licensor_id="y", licensee_id="x"),
        an_authorisation("c", licensor_id="x", licensee_id="y"),
    )
    assert "in a circle" in path(answer(store, an_application(trades=(BRANDED,))))


def test_ten_letters_in_a_row_are_followed_to_the_owner_and_are_too_many(store: Store) -> None:
    chain = ["acme-owner", *(f"agent-{number}" for number in range(9)), "acme-factory"]
    letters(
        store,
        *(
            an_authorisation(f"letter-{place}", licensor_id=one, licensee_id=other, sublicensable=True)
            for place, (one, other) in enumerate(pairwise(chain))
        ),
    )
    decision = answer(store, an_application(trades=(BRANDED,)))
    assert path(decision).startswith("level 10, until ")
    assert "level 10 is beyond 2" in words(of(decision, "authorisation.depth"))
    assert DocumentKind.INVOICE in {each.document for each in decision.requirements}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"valid_from": date(2024, 1, 1), "valid_to": date(2025, 1, 1)}, "ended on 2025-01-01"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2028, 1, 1)}, "holds only from 2027-01-01"),
    ],
)
def test_letters_that_ended_or_have_not_begun_open_nothing(store: Store, changes: dict[str, Any], says: str) -> None:
    letters(store, an_authorisation(**changes))
    assert says in path(answer(store, an_application(trades=(BRANDED,))))
