"""Applicants for benchmarks: suppliers with papers, letters and histories, as they are stored and as they apply."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2, money_pb2
from rich.progress import track

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.money import Money
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    Deposit,
    DocumentKind,
    Fact,
    KeyedToken,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    TokenKind,
    TraderDetail,
    TraderField,
)
from zhengpin.storage import Store
from zhengpin.v1 import brand_pb2, onboarding_pb2, supplier_fact_pb2, supplier_pb2
from zhengpin.v1 import supplier_service_pb2 as pb

HERE = "default"
NOW = datetime.now(UTC)
BRANDS, PAGE = 50, 5_000
LARGE = "supplier-large"
SINCE, UNTIL = date(2025, 1, 1), date(2099, 1, 1)


# --- what is stored ---------------------------------------------------------------------------------------------------


def fill(database: str, suppliers: int, facts: int) -> None:
    """Store suppliers with a history each, and one with very many facts."""
    store = Store(database)
    store.migrate()
    brands = [
        Brand(f"brand-{number}", f"Brand {number}", (), f"owner-{number}", gated=True) for number in range(BRANDS)
    ]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many(brands, NOW)
    for first in track(range(0, suppliers, 500), "suppliers", transient=True):
        those = range(first, min(first + 500, suppliers))
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([_supplier(number) for number in those], NOW)
            unit.authorisations.upsert_many([each for number in those for each in _letters(number)])
            unit.supplier_facts.record_many([each for number in those for each in _history(number)], NOW)
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([Supplier(LARGE, "Large", country="CN")], NOW)
    for first in track(range(0, facts, PAGE), "one supplier's facts", transient=True):
        page = [_nth_of_large(number) for number in range(first, min(first + PAGE, facts))]
        with store.begin(HERE) as unit:
            unit.supplier_facts.record_many(page, NOW)
    store.close()


def _supplier(number: int) -> Supplier:
    return Supplier(f"supplier-{number}", f"Supplier {number}", country="CN", verified_at=NOW, joined_at=NOW)


def _letters(number: int) -> list[Authorisation]:
    """From the owner over an agent."""
    brand = number % BRANDS
    agent = f"supplier-{brand}"
    return [
        Authorisation(f"agent-{brand}", f"brand-{brand}", f"owner-{brand}", agent, SINCE, UNTIL, sublicensable=True),
        Authorisation(f"letter-{number}", f"brand-{brand}", agent, f"supplier-{number}", SINCE, UNTIL),
    ]


def _history(number: int) -> list[SupplierFact]:
    told: list[Fact] = [
        SupplierDocument(DocumentKind.LICENCE, sha256=f"{number:064x}", issued_on=SINCE),
        SupplierDocument(DocumentKind.INVOICE, sha256=f"{number + 10**9:064x}", brand_id=f"brand-{number % BRANDS}"),
        Audit("amfori BSCI", "B", SINCE),
        SampleInspection(1000, 80, major=2),
        Deposit(Money.of("50000", "CNY")),
        KeyedToken(TokenKind.PAYOUT_ACCOUNT, f"{number // 2:064x}", verified=True),
        KeyedToken(TokenKind.PHONE, f"{number:064x}", verified=True),
        *(TraderDetail(field, verified=True) for field in TraderField),
        *(DayOfSales((NOW - timedelta(days=day)).date(), Money.of("900", "CNY")) for day in range(30)),
    ]
    return [
        SupplierFact(f"fact-{number}-{place}", f"supplier-{number}", NOW - timedelta(days=1), fact)
        for place, fact in enumerate(told)
    ]


def _nth_of_large(number: int) -> SupplierFact:
    """Half of them sales of the last days, half samples of the last years."""
    at = NOW - timedelta(minutes=number)
    fact = SampleInspection(1000, 80, major=number % 3) if number % 2 else DayOfSales(at.date(), Money.of("1", "CNY"))
    return SupplierFact(f"large-{number}", LARGE, at, fact)


# --- what is asked ----------------------------------------------------------------------------------------------------


def a_request(number: int, dice: Random, stored: int) -> pb.CheckSupplierRequest:
    """An applicant with a dozen facts, of whom something may be stored, who wants to sell two brands."""
    supplier_id = f"supplier-{number}" if number < stored else f"newcomer-{number}"
    brands = [number % BRANDS, dice.randrange(BRANDS)]
    gtins = [f"69{dice.randrange(10**11):011}" for _ in range(20)]
    return pb.CheckSupplierRequest(
        application=onboarding_pb2.SupplierApplication(
            supplier=supplier_pb2.Supplier(
                supplier_id=supplier_id,
                name="广州宏利厨具有限公司",
                country="CN",
                registration_code="91350100M000100Y43",
            ),
            facts=_sent(number),
            authorisations=[
                brand_pb2.Authorisation(
                    authorisation_id=f"sent-{number}",
                    brand_id=f"brand-{brands[0]}",
                    licensor_id=f"supplier-{brands[0]}",
                    licensee_id=supplier_id,
                    valid_from=_day(SINCE),
                    valid_to=_day(UNTIL),
                    document_sha256=f"{number + 2 * 10**9:064x}",
                )
            ],
            trades=[
                onboarding_pb2.IntendedTrade(category="kitchen", brand_id=f"brand-{each}", territory="CN")
                for each in brands
            ],
            gtins=gtins,
            expected_turnover=money_pb2.Money(currency_code="CNY", units=100_000),
        )
    )


def _sent(number: int) -> list[supplier_fact_pb2.SupplierFact]:
    observed_at = Timestamp(seconds=int(NOW.timestamp()) - 3600)
    licence = supplier_fact_pb2.SupplierDocument(
        kind=supplier_fact_pb2.DOCUMENT_KIND_LICENCE, sha256=f"{number + 3 * 10**9:064x}", issued_on=_day(SINCE)
    )
    audit = supplier_fact_pb2.Audit(scheme="ISO 9001", grade="passed", audited_on=_day(SINCE))
    sample = supplier_fact_pb2.SampleInspection(lot_size=1000, sample_size=80, major=1)
    told = [{"document": licence}, {"audit": audit}, {"sample": sample}] * 4
    return [
        supplier_fact_pb2.SupplierFact(fact_id=f"sent-{number}-{place}", observed_at=observed_at, **fact)  # type: ignore[arg-type]
        for place, fact in enumerate(told)
    ]


def _day(day: date) -> date_pb2.Date:
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)
