"""Applications of suppliers with a long history: what is read of it, and how."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from applying import KETTLES, a_paper, a_sample, an_application, of, told
from builders import NOW, an_authorisation, yuan
from checking import FILE, GATED, HERE, answer, facts, stored
from zhengpin.domain.onboarding import CheckResult
from zhengpin.domain.supplier_fact import DayOfSales, KeyedToken, TokenKind
from zhengpin.storage import Store
from zhengpin.storage.supplier_facts import MOST_LATEST
from zhengpin.usecases.applicant_surroundings import surroundings_of

BRANDED = replace(KETTLES, brand_id="acme")
ACCOUNT = KeyedToken(TokenKind.PAYOUT_ACCOUNT, "cd" * 32, verified=True)


def test_of_very_many_samples_the_latest_decides_and_of_sales_the_last_thirty_days(store: Store) -> None:
    early = datetime(2025, 1, 1, tzinfo=NOW.tzinfo)
    many = [
        told(a_sample(major=50), f"sample-{number}", observed_at=early + timedelta(minutes=number))
        for number in range(MOST_LATEST)
    ]
    facts(store, *many, told(a_sample(), "latest", observed_at=NOW - timedelta(days=1)))
    days = [
        told(DayOfSales(NOW.date() - timedelta(days=number), yuan(100_000)), f"day-{number}", observed_at=NOW)
        for number in range(40)
    ]
    facts(store, *days)
    decision = answer(store)
    assert of(decision, "sample.accepted")[0].evidence == ("latest",)
    assert of(decision, "deposit.covers")[0].expected.en == "At least 300,000.00 CNY"


def test_no_number_of_newer_lots_hides_the_rejected_one_of_another_category(store: Store) -> None:
    rejected = told(a_sample(major=50, category="kitchen"), "rejected", observed_at=NOW - timedelta(days=9))
    newer = [told(a_sample(category="toys"), f"toys-{number}", observed_at=NOW) for number in range(60)]
    facts(store, rejected, *newer)
    failed = [each for each in of(answer(store), "sample.accepted") if each.result is CheckResult.FAILED]
    assert [each.evidence for each in failed] == [("rejected",)]


def test_no_statement_of_a_check_reads_more_of_a_marketplace_than_it_needs(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store, store.read(HERE) as reader:
        letter = an_authorisation(document_sha256=FILE)
        application = an_application(
            ACCOUNT, told(a_paper(sha256=FILE)), trades=(BRANDED,), authorisations=(letter,), gtins=("6901234567892",)
        )
        stored(store, lambda unit: unit.brands.upsert_many([GATED], NOW))
        connection = reader._scope.connection.connection.dbapi_connection
        assert connection is not None
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        surroundings_of(reader, application, NOW)
        connection.set_trace_callback(None)
        asked = [each for each in statements if not each.startswith("--")]
        assert 15 < len(asked) < 30
        for each in asked:
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {each}")]
            whole = [step for step in steps if step.endswith(("(marketplace=?)", "(marketplace=? AND licensee_id>?)"))]
            assert whole == [], each
