"""How long `CheckSupplier` takes, from the call to the answer, beside a bare service that gives a ready answer.

One caller asks a server in a process of its own, on SQLite, and takes turns with the bare service (`bench.echo`), which
decodes the same request and gives the same answer. Applicants hand in papers, audits, samples, details, tokens and
letters for branded goods; of some all is stored, of others something, of others nothing. `many_facts` is one stored
supplier with a whole history: its sales and samples, day by day and lot by lot.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2, money_pb2
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.echo import echoing
from bench.load import open_channel
from bench.server_process import serving
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
from zhengpin.v1 import brand_pb2, onboarding_pb2, supplier_fact_pb2, supplier_pb2, supplier_service_pb2_grpc
from zhengpin.v1 import supplier_service_pb2 as pb

HERE = "default"
NOW = datetime.now(UTC)
BRANDS, PAGE = 50, 5_000
LARGE = "supplier-large"
SINCE, UNTIL = date(2025, 1, 1), date(2099, 1, 1)


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="zhengpin-onboarding-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'suppliers.db'}"
        _fill(database, options.suppliers, options.facts)
        with serving(folder, database) as server:
            headline = _measured(server.port, options.suppliers, options.calls, Random(options.seed))  # noqa: S311
    headline["facts_of_large"] = options.facts
    _show(headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


# --- what is stored ---------------------------------------------------------------------------------------------------


def _fill(database: str, suppliers: int, facts: int) -> None:
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


def _request(number: int, dice: Random, stored: int) -> pb.CheckSupplierRequest:
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


# --- measuring --------------------------------------------------------------------------------------------------------


def _measured(port: int, suppliers: int, calls: int, dice: Random) -> dict[str, float]:
    stored = min(suppliers, calls // 2)
    requests = [_request(number, dice, stored) for number in range(calls)]
    large = pb.CheckSupplierRequest(application=onboarding_pb2.SupplierApplication(supplier_id=LARGE))
    with open_channel(port) as channel:
        check = supplier_service_pb2_grpc.SupplierServiceStub(channel).CheckSupplier
        answer = check(requests[0])
        with echoing(answer, 1, "CheckSupplier") as bare_port, open_channel(bare_port) as bare_channel:
            bare = supplier_service_pb2_grpc.SupplierServiceStub(bare_channel).CheckSupplier
            ours, echoes = _in_turns(check, bare, requests)
        whole = [_took(check, large) for _ in track(range(max(20, calls // 20)), "a large supplier", transient=True)]
    return {
        "check_p50_ms": round(median(ours), 2),
        "check_p99_ms": round(quantiles(ours, n=100)[98], 2),
        "echo_p50_ms": round(median(echoes), 2),
        "check_p50_over_echo": round(median(ours) / median(echoes), 2),
        "many_facts_p50_ms": round(median(whole), 2),
    }


def _in_turns(
    check: Callable[[pb.CheckSupplierRequest], object],
    bare: Callable[[pb.CheckSupplierRequest], object],
    requests: Sequence[pb.CheckSupplierRequest],
) -> tuple[list[float], list[float]]:
    """Give ms of each call of both; the first tenth warms up and is left out."""
    took = [(_took(check, each), _took(bare, each)) for each in track(requests, "checking", transient=True)]
    kept = took[len(took) // 10 :]
    return [mine for mine, _ in kept], [echo for _, echo in kept]


def _took(call: Callable[[pb.CheckSupplierRequest], object], request: pb.CheckSupplierRequest) -> float:
    began = time.perf_counter()
    call(request)
    return (time.perf_counter() - began) * 1000


def _show(headline: dict[str, float]) -> None:
    table = Table(title="CheckSupplier, ms a call")
    for column in ("", "p50", "p99"):
        table.add_column(column, justify="right" if column else "left")
    table.add_row("an application", str(headline["check_p50_ms"]), str(headline["check_p99_ms"]))
    table.add_row(f"a supplier with {headline['facts_of_large']:,} facts", str(headline["many_facts_p50_ms"]), "")
    table.add_row("a bare service", str(headline["echo_p50_ms"]), "")
    Console().print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench onboarding", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--suppliers", type=int, default=5_000, help="with a history, that are stored")
    parser.add_argument("--facts", type=int, default=1_000_000, help="of the supplier with a whole history")
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20_260)
    return parser.parse_args()


if __name__ == "__main__":
    main()
