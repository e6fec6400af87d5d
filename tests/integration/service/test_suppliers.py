"""Suppliers over gRPC: applications from the wire to the decision, with all that may be wrong with them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.type import date_pb2

from callers import (
    Caller,
    a_moment,
    a_supplier_message,
    an_authorisation_message,
    an_id,
    fields_of,
    status_of_error,
    yuan_message,
)
from zhengpin.v1 import catalog_service_pb2, onboarding_pb2, supplier_fact_pb2
from zhengpin.v1 import supplier_service_pb2 as pb

CODE = "91350100M000100Y43"
TODAY = datetime.now(UTC).date()


def day(moved: int) -> date_pb2.Date:
    """So many days from today."""
    moment: date = TODAY + timedelta(days=moved)
    return date_pb2.Date(year=moment.year, month=moment.month, day=moment.day)


def a_fact(fact_id: str = "fact-1", **fact: Any) -> supplier_fact_pb2.SupplierFact:
    """A fact of a month ago that names nobody; by default a deposit."""
    told = fact or {"deposit": supplier_fact_pb2.Deposit(amount=yuan_message(50_000))}
    observed_at = a_moment(datetime.now(UTC) - timedelta(days=30))
    return supplier_fact_pb2.SupplierFact(fact_id=fact_id, **{"observed_at": observed_at, **told})


def an_application(*facts: supplier_fact_pb2.SupplierFact, **changes: Any) -> onboarding_pb2.SupplierApplication:
    """A Chinese supplier that hands in these facts."""
    ordinary: dict[str, Any] = {
        "supplier": a_supplier_message(country="CN", registration_code=CODE),
        "trades": [onboarding_pb2.IntendedTrade(category="kitchen", territory="CN", ships_from="CN")],
    }
    if "supplier_id" in changes:
        del ordinary["supplier"]
    return onboarding_pb2.SupplierApplication(facts=facts, **{**ordinary, **changes})


def check(caller: Caller, application: onboarding_pb2.SupplierApplication) -> onboarding_pb2.OnboardingDecision:
    answer: onboarding_pb2.OnboardingDecision = caller.call(
        "CheckSupplier", pb.CheckSupplierRequest(application=application)
    )
    return answer


def observed(decision: onboarding_pb2.OnboardingDecision, code: str) -> str:
    """What the checks under a code say, in English."""
    return "; ".join(each.observed.en for each in decision.checks if each.code == code)


def refused(caller: Caller, application: onboarding_pb2.SupplierApplication | None) -> dict[str, str]:
    """What is wrong with an application, by field."""
    with pytest.raises(grpc.RpcError) as refusal:
        caller.call("CheckSupplier", pb.CheckSupplierRequest(application=application))
    status = status_of_error(refusal.value)
    assert status.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
    return fields_of(status)


def test_an_applicant_that_nobody_knows_is_told_every_check_what_is_needed_and_until_when(caller: Caller) -> None:
    decision = check(caller, an_application(a_fact()))
    assert decision.supplier_id == "supplier-1"
    assert decision.outcome == onboarding_pb2.ONBOARDING_OUTCOME_NEED_DOCUMENTS
    assert observed(decision, "registration-code.check-digit") == f"{CODE} checks"
    results = [each.result for each in decision.checks]
    assert results[-1] == onboarding_pb2.CHECK_RESULT_PASSED, "those that speak against it come first"
    licence = next(each for each in decision.requirements if each.document == supplier_fact_pb2.DOCUMENT_KIND_LICENCE)
    assert licence.due_at.seconds == decision.as_of.seconds + 10 * 86_400
    assert licence.why.zh
    assert decision.version
    assert not decision.HasField("limits")


def test_limits_of_whoever_is_let_in_are_told(caller: Caller) -> None:
    details = [
        a_fact(f"detail-{field}", trader_detail=supplier_fact_pb2.TraderDetail(field=field, verified=True))
        for field in supplier_fact_pb2.TraderField.values()[1:]
    ]
    supplier = a_supplier_message(
        country="CN", registration_code=CODE, verified_at=a_moment(), licence_scope=["kitchen"]
    )
    decision = check(caller, an_application(*details, supplier=supplier, expected_turnover=yuan_message(1000)))
    assert decision.outcome == onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT_WITH_LIMITS
    assert decision.limits.categories == ["kitchen"]
    assert [(each.category, each.territory) for each in decision.limits.trades] == [("kitchen", "CN")]
    assert decision.limits.daily_orders == 50
    assert decision.limits.deposit == yuan_message(100)
    assert "it joined less than 90 days ago" in [each.en for each in decision.limits.reasons]


def test_a_stored_supplier_may_apply_by_its_id_and_an_unknown_one_may_not(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        check(caller, an_application(supplier_id="supplier-1"))
    assert status_of_error(refusal.value).code == grpc.StatusCode.NOT_FOUND.value[0]
    supplier = a_supplier_message(country="CN", registration_code=CODE)
    caller.call("UpsertSuppliers", catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=[supplier]))
    assert check(caller, an_application(supplier_id="supplier-1")).supplier_id == "supplier-1"


def test_a_neighbours_decisions_do_not_count_here(caller: Caller, neighbour: Caller) -> None:
    terminated = a_supplier_message("gone", country="CN", registration_code=CODE, state="SUPPLIER_STATE_TERMINATED")
    neighbour.call(
        "UpsertSuppliers", catalog_service_pb2.UpsertSuppliersRequest(request_id=an_id(), suppliers=[terminated])
    )
    assert [each.supplier_id for each in check(neighbour, an_application()).linked_to] == ["gone"]
    assert list(check(caller, an_application()).linked_to) == []


@pytest.mark.parametrize(
    ("code", "country", "says"),
    [
        ("９１３５０１００Ｍ０００１００Ｙ４３", "CN", "which checks"),
        ("9135 0100 M000-100Y43", "CN", "which checks"),
        ("9135O1OOMOOO1OOY43", "CN", f"read as {CODE} it checks: confirm it by the licence"),
        ("9I35O1OOMOOO1OOY43", "CN", f"read as {CODE} it checks"),
        ("91350100M000100Y44", "CN", "position 18 is 4, and should be 3"),
        ("350100100000001", "CN", "of the old licences, of 15 digits"),
        ("HRB 12345", "DE", "a number from abroad of which no check is known"),
        ("11222333000181", "BR", "11222333000181 checks"),
        ("n/a", "CN", "no registration code was given"),
    ],
)
def test_codes_are_read_as_people_type_them(caller: Caller, code: str, country: str, says: str) -> None:
    decision = check(caller, an_application(supplier=a_supplier_message(country=country, registration_code=code)))
    told = "; ".join(each.observed.en for each in decision.checks if each.code.startswith("registration-code."))
    assert says in told


def test_papers_that_ended_or_are_dated_ahead_count_as_if_they_had_not_been_handed_in(caller: Caller) -> None:
    licence = supplier_fact_pb2.DOCUMENT_KIND_LICENCE
    ended = supplier_fact_pb2.SupplierDocument(kind=licence, valid_to=day(-5))
    ahead = supplier_fact_pb2.SupplierDocument(kind=licence, issued_on=day(9))
    decision = check(caller, an_application(a_fact("ended", document=ended), a_fact("ahead", document=ahead)))
    assert "ended on" in observed(decision, "paper.dates")
    assert "which has not come" in observed(decision, "paper.dates")
    assert licence in [each.document for each in decision.requirements]


def test_an_audit_of_an_unknown_scheme_says_nothing(caller: Caller) -> None:
    audit = supplier_fact_pb2.Audit(scheme="Golden Seal", grade="A++", audited_on=day(-35))
    decision = check(caller, an_application(a_fact(audit=audit)))
    assert observed(decision, "audit.in-force") == '"Golden Seal" is no scheme that is known here: it says nothing'


def test_every_wrong_field_is_named_at_once(caller: Caller) -> None:
    sample = supplier_fact_pb2.SampleInspection(lot_size=10, sample_size=20)
    wrong = an_application(
        a_fact("fine"),
        a_fact("a sample", sample=sample),
        a_fact("a-sample", sample=sample),
        a_fact("another's", supplier_id="supplier-2"),
        supplier_fact_pb2.SupplierFact(fact_id="empty", observed_at=a_moment()),
        trades=[onboarding_pb2.IntendedTrade(territory="China")],
        authorisations=[an_authorisation_message(), an_authorisation_message(valid_to=day(-9999))],
        gtins=["6" * 33],
        expected_turnover=yuan_message(-1),
    )
    assert refused(caller, wrong).keys() == {
        "application.facts[1].fact_id",
        "application.facts[2].sample.sample_size",
        "application.facts[3].supplier_id",
        "application.facts[4].fact",
        "application.trades[0].territory",
        "application.authorisations[1].valid_to",
        "application.gtins[0]",
        "application.expected_turnover",
    }


def test_a_date_that_can_not_be_is_named_where_it_stands(caller: Caller) -> None:
    supplier = a_supplier_message(licence_valid_until=date_pb2.Date(year=2026, month=2, day=30))
    assert refused(caller, an_application(supplier=supplier)).keys() == {"application.supplier.licence_valid_until"}


def test_a_wrong_id_of_the_applicant_is_told_once_and_not_with_every_fact(caller: Caller) -> None:
    wrong = an_application(a_fact("one"), a_fact("two"), supplier=a_supplier_message("no id"))
    assert refused(caller, wrong).keys() == {"application.supplier.supplier_id"}


def test_an_application_of_nobodys_is_refused(caller: Caller) -> None:
    assert refused(caller, None).keys() == {"application"}
    nobody = onboarding_pb2.SupplierApplication(facts=[a_fact()])
    assert refused(caller, nobody).keys() == {"application.applicant"}
