"""`zhengpin supplier`: applications from a file to a table, and what a script is told by the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import words_of
from zhengpin.v1 import onboarding_pb2, supplier_pb2, supplier_service_pb2

APPLICATION = {
    "supplier": {"supplier_id": "s-1", "name": "宏利厨具", "country": "CN"},
    "trades": [{"category": "kitchen", "territory": "CN"}],
    "facts": [{"fact_id": "f-1", "observed_at": "2026-01-01T00:00:00Z", "deposit": {"amount": {"units": 5}}}],
}
DECISION: dict[str, Any] = {
    "supplier_id": "s-1",
    "outcome": "ONBOARDING_OUTCOME_NEED_DOCUMENTS",
    "checks": [
        {
            "code": "licence.scope",
            "result": "CHECK_RESULT_FAILED",
            "ref": "KYB-02",
            "expected": {"zh": "经营范围包含该类目", "en": "The licence covers the category"},
            "observed": {"zh": "范围为 toys", "en": "it covers toys"},
            "subject": "kitchen",
            "evidence": ["f-7", "f-8"],
        },
        {"code": "deny-list.state", "result": "CHECK_RESULT_PASSED", "observed": {"en": "it is active"}},
    ],
    "requirements": [
        {
            "document": "DOCUMENT_KIND_LICENCE",
            "due_at": "2026-03-10T20:00:00Z",
            "why": {"zh": "范围为 toys", "en": "it covers toys"},
            "subject": "kitchen",
        }
    ],
    "linked_to": [
        {
            "supplier_id": "s-0",
            "probability": 1,
            "certain": True,
            "state": "SUPPLIER_STATE_TERMINATED",
            "evidence": [{"attribute": "payout_account", "shared_by": 3, "certain": True}],
        },
        {
            "supplier_id": "s-2",
            "probability": 1,
            "state": "SUPPLIER_STATE_ACTIVE",
            "evidence": [{"attribute": "succession"}],
        },
        {
            "supplier_id": "s-3",
            "probability": 0.97,
            "state": "SUPPLIER_STATE_ACTIVE",
            "evidence": [{"attribute": "phone", "shared_by": 2}],
        },
    ],
    "as_of": "2026-02-28T20:00:00Z",
    "version": "1-abc",
}
LIMITS = {
    "until": "2026-05-01T00:00:00Z",
    "categories": ["kitchen", "toys"],
    "daily_orders": "50",
    "deposit": {"currency_code": "CNY", "units": "10000", "nanos": 500000000},
    "reasons": [{"zh": "新供应商", "en": "it is new"}, {"en": "so is its shop"}],
}


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A file with an application."""
    path = tmp_path / "application.json"
    path.write_text(json.dumps(APPLICATION), encoding="utf-8")
    return path


@pytest.fixture
def answering(fake: FakeZhengpin) -> FakeZhengpin:
    """A server that asks for documents."""
    json_format.ParseDict(DECISION, fake.onboarding)
    return fake


@pytest.mark.usefixtures("answering")
def test_a_clerk_sees_each_check_with_what_was_expected_and_what_it_rests_on(run: Run, asked: Path) -> None:
    outcome = run("supplier", "check", asked, "--timezone", "Asia/Shanghai")

    shown = words_of(outcome.out)
    assert "documents needed" in shown
    assert "Facts as of 2026-03-01 04:00 UTC+8" in shown
    assert "failed licence.scope kitchen · it covers toys" in shown
    assert "KYB-02 expected: The licence covers the category" in shown
    assert "rests on: f-7, f-8" in shown
    assert shown.index("failed licence.scope") < shown.index("passed deny-list.state")
    assert max(cell_len(line) for line in outcome.out.splitlines()) <= 80


def test_what_a_check_leads_to_is_shown_where_it_leads_to_anything(
    run: Run, answering: FakeZhengpin, asked: Path
) -> None:
    failed, passed = answering.onboarding.checks
    failed.leads_to = onboarding_pb2.ONBOARDING_OUTCOME_NEED_DOCUMENTS
    passed.leads_to = onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT
    shown = words_of(run("supplier", "check", asked).out)
    assert "rests on: f-7, f-8 leads to: documents needed" in shown
    assert shown.count("leads to") == 1
    assert "导致：需补材料" in words_of(run("supplier", "check", asked, "--lang", "zh").out)


def test_brands_are_shown_by_their_names(run: Run, answering: FakeZhengpin, asked: Path) -> None:
    brand_id, answer = "0f" * 16, answering.onboarding
    answer.brand_names[brand_id] = "Haolin"
    answer.checks[0].subject = answer.requirements[0].subject = brand_id
    answer.limits.trades.add(category="kitchen", brand_id=brand_id)
    shown = words_of(run("supplier", "check", asked).out)
    for part in ("Haolin · it covers toys", "licence Haolin", "kitchen · Haolin"):
        assert part in shown
    assert brand_id not in shown


@pytest.mark.usefixtures("answering")
def test_papers_are_due_in_the_time_zone_of_who_reads(run: Run, asked: Path) -> None:
    shown = words_of(run("supplier", "check", asked, "--timezone", "Asia/Shanghai").out)
    assert "licence kitchen 2026-03-11 04:00 UTC+8 it covers toys" in shown


@pytest.mark.usefixtures("answering")
def test_ties_are_told_by_how_sure_they_are(run: Run, asked: Path) -> None:
    shown = words_of(run("supplier", "check", asked).out)
    assert "s-0 terminated one and the same payout account (shared by 3)" in shown
    assert "s-2 active goes on in the other" in shown
    assert "s-3 active 97% likely phone (shared by 2)" in shown


def test_what_is_merely_likely_is_never_told_as_certain(run: Run, answering: FakeZhengpin, asked: Path) -> None:
    answering.onboarding.linked_to[2].probability = 0.9999
    assert "s-3 active >99% likely" in words_of(run("supplier", "check", asked).out)


def test_limits_are_shown_with_what_lifts_them(run: Run, answering: FakeZhengpin, asked: Path) -> None:
    json_format.ParseDict(LIMITS, answering.onboarding.limits)
    shown = words_of(run("supplier", "check", asked, "--timezone", "UTC").out)
    for part in (
        "Until 2026-05-01 00:00 UTC",
        "May sell in kitchen, toys",
        "Orders a day 50",
        "Deposit to reach 10,000.50 CNY",
        "Because it is new so is its shop",
    ):
        assert part in shown
    kitchen = {"category": "kitchen", "brand_id": "haolin", "territory": "CN"}
    json_format.ParseDict({"trades": [kitchen, {"category": "toys"}]}, answering.onboarding.limits)
    answering.onboarding.limits.ClearField("until")
    assert "May sell in kitchen · haolin → CN, toys" in words_of(run("supplier", "check", asked).out)
    assert "Until as long as the reasons last" in words_of(run("supplier", "check", asked).out)


@pytest.mark.usefixtures("answering")
def test_all_of_it_is_said_in_chinese_too(run: Run, asked: Path) -> None:
    shown = words_of(run("supplier", "check", asked, "--lang", "zh", "--timezone", "UTC").out)
    for part in ("需补材料", "未通过", "要求：经营范围包含该类目", "营业执照或许可证", "同一主体 收款账户（3 家共有）"):
        assert part in shown


@pytest.mark.usefixtures("answering")
def test_a_program_reads_the_decision_as_the_server_gave_it(run: Run, asked: Path) -> None:
    told = json.loads(run("supplier", "check", asked, "--json").out)
    assert told["outcome"] == "ONBOARDING_OUTCOME_NEED_DOCUMENTS"
    assert told["checks"][0]["evidence"] == ["f-7", "f-8"]


@pytest.mark.parametrize(
    ("outcome", "code"), [("ACCEPT", 0), ("ACCEPT_WITH_LIMITS", 0), ("NEED_DOCUMENTS", 4), ("REFUSE", 5)]
)
def test_the_exit_code_tells_the_outcome(run: Run, fake: FakeZhengpin, asked: Path, outcome: str, code: int) -> None:
    fake.onboarding.outcome = onboarding_pb2.OnboardingOutcome.Value(f"ONBOARDING_OUTCOME_{outcome}")
    assert run("supplier", "check", asked).code == run("supplier", "check", asked, "--json").code == code


def test_a_file_is_sent_as_it_is_also_where_it_is_a_whole_request(run: Run, fake: FakeZhengpin, asked: Path) -> None:
    run("supplier", "check", asked)
    asked.write_text(json.dumps({"application": APPLICATION}), encoding="utf-8-sig")
    run("supplier", "check", asked)
    first, second = fake.asked
    assert first == second
    assert isinstance(first, supplier_service_pb2.CheckSupplierRequest)
    assert first.application.supplier.name == "宏利厨具"


def test_a_stored_supplier_is_named_by_its_id(run: Run, fake: FakeZhengpin) -> None:
    fake.stored["supplier_id"]["s-1"] = supplier_pb2.Supplier(supplier_id="s-1")
    fake.onboarding.outcome = onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT
    assert run("supplier", "check", "s-1").code == 0
    outcome = run("supplier", "check", "s-9")
    assert (outcome.code, outcome.err) == (3, "zhengpin: supplier 's-9' is not in this marketplace\n")


def test_a_file_that_is_missing_is_no_id_of_a_supplier(run: Run) -> None:
    outcome = run("supplier", "check", "application.json")
    assert outcome.code == 2
    assert "there is no file application.json" in words_of(outcome.err.replace("│", " "))


def test_a_folder_is_no_id_of_a_supplier(run: Run) -> None:
    outcome = run("supplier", "check", ".")
    assert outcome.code == 2
    assert ". is a folder: name a file in it" in words_of(outcome.err.replace("│", " "))


def test_a_name_that_no_file_can_have_is_an_id(run: Run) -> None:
    assert run("supplier", "check", "x" * 5000).code == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON"),
        ("[]", "holds no JSON object"),
        ('{"facts": []}', "names nobody: give supplier, or supplierId of a stored one"),
        ('{"suplier": {}}', "application.suplier: there is no such field: did you mean 'supplier'?"),
        ('{"supplier": {"country": 5}}', "application.country"),
        ('{"facts": [{"fact_id": "f", "sampel": {}}]}', "application.facts[0].sampel: there is no such field"),
    ],
)
def test_a_file_that_holds_no_application_is_wrong_usage(run: Run, asked: Path, text: str, says: str) -> None:
    asked.write_text(text, encoding="utf-8")
    outcome = run("supplier", "check", asked)
    assert outcome.code == 2
    assert says in words_of(outcome.err.replace("│", " "))
