"""Facts about suppliers: corrected by revision, in any order; what they share is found again."""

from contextlib import closing
from datetime import date, timedelta
from itertools import permutations

import pytest

from builders import NOW, a_supplier_fact, yuan
from zhengpin.domain.supplier_fact import (
    SUCCESSION,
    Audit,
    Deposit,
    DocumentKind,
    Fact,
    KeyedToken,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierFact,
    TokenKind,
    TraderDetail,
    TraderField,
)
from zhengpin.storage import Store
from zhengpin.storage.supplier_facts import MOST_LATEST
from zhengpin.storage.supplier_values import DOCUMENT, MOST_SHARERS

LONG_AGO = NOW - timedelta(days=4000)
ACCOUNT = ("payout_account", "ab" * 32)


def _account(supplier_id: str, fact_id: str = "", **changes: object) -> SupplierFact:
    token = KeyedToken(TokenKind.PAYOUT_ACCOUNT, ACCOUNT[1], verified=True)
    return a_supplier_fact(fact_id or f"account-{supplier_id}", supplier_id=supplier_id, fact=token, **changes)


def _told(store: Store, *facts: SupplierFact) -> None:
    with store.begin("here") as unit:
        unit.supplier_facts.record_many(facts, NOW)


def _deposits(store: Store, supplier_id: str = "acme-factory") -> list[object]:
    with store.read("here") as reader:
        found = reader.supplier_facts.of_suppliers([supplier_id], [Deposit], LONG_AGO, NOW)
    return [told.fact for told in found.get(supplier_id, ())]


def test_a_fact_comes_back_as_it_was_told(store: Store) -> None:
    told = a_supplier_fact(fact=Deposit(yuan(50_000)))
    _told(store, told)
    with store.read("here") as reader:
        found = reader.supplier_facts.of_suppliers(["acme-factory"], [Deposit], LONG_AGO, NOW)
    assert found == {"acme-factory": (told,)}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_highest_revision_counts_whatever_comes_first(store: Store, order: tuple[int, ...]) -> None:
    for revision in order:
        _told(store, a_supplier_fact(fact=Deposit(yuan(1000 * (revision + 1))), revision=revision))
    assert _deposits(store) == [Deposit(yuan(3000))]


def test_a_revision_that_was_told_before_changes_nothing(store: Store) -> None:
    _told(store, a_supplier_fact(fact=Deposit(yuan(1000))))
    _told(store, a_supplier_fact(fact=Deposit(yuan(9000))))
    assert _deposits(store) == [Deposit(yuan(1000))]


def test_what_was_withdrawn_counts_no_more(store: Store) -> None:
    _told(store, a_supplier_fact(fact=Deposit(yuan(1000))))
    _told(store, a_supplier_fact(fact=Deposit(yuan(1000)), revision=1, withdrawn=True))
    assert _deposits(store) == []


def test_only_what_was_so_by_then_is_told(store: Store) -> None:
    _told(store, a_supplier_fact(fact=Deposit(yuan(1000)), observed_at=NOW + timedelta(hours=1)))
    assert _deposits(store) == []


def test_suppliers_who_share_a_value_are_found(store: Store) -> None:
    paper = SupplierDocument(DocumentKind.LICENCE, sha256="cd" * 32)
    licence = a_supplier_fact("licence", supplier_id="one", fact=paper)
    report = SupplierDocument(DocumentKind.TEST_REPORT, sha256="ab" * 32)
    on_goods = a_supplier_fact("report", supplier_id="one", fact=report)
    _told(store, _account("one"), _account("two"), licence, on_goods)
    with store.read("here") as reader:
        assert reader.supplier_facts.values_of(["one"]) == {"one": {ACCOUNT: True, (DOCUMENT, "cd" * 32): False}}
        sharers = reader.supplier_facts.sharers([ACCOUNT, (DOCUMENT, "ef" * 32)])
    assert {value: (each.suppliers, each.verified) for value, each in sharers.items()} == {
        ACCOUNT: (2, {"one": True, "two": True})
    }


def test_a_value_is_shared_no_more_once_its_fact_is_withdrawn_or_speaks_of_another(store: Store) -> None:
    _told(store, _account("one"), _account("two"), _account("three", "moved"))
    _told(store, _account("one", revision=1, withdrawn=True), _account("four", "moved", revision=1))
    with store.read("here") as reader:
        assert reader.supplier_facts.sharers([ACCOUNT])[ACCOUNT].verified == {"two": True, "four": True}


def test_who_shares_a_value_with_many_is_counted_and_not_named(store: Store) -> None:
    _told(store, *(_account(f"supplier-{number}") for number in range(MOST_SHARERS + 1)))
    with store.read("here") as reader:
        found = reader.supplier_facts.sharers([ACCOUNT])[ACCOUNT]
    assert (found.suppliers, found.verified) == (MOST_SHARERS + 1, {})


def test_claims_do_not_hide_of_whom_a_value_was_confirmed(store: Store) -> None:
    claims = [
        a_supplier_fact(
            f"claim-{number}", supplier_id=f"claims-{number}", fact=KeyedToken(TokenKind.PAYOUT_ACCOUNT, ACCOUNT[1])
        )
        for number in range(MOST_SHARERS)
    ]
    _told(store, *claims, _account("two"), _account("one"))
    with store.read("here") as reader:
        found = reader.supplier_facts.sharers([ACCOUNT])[ACCOUNT]
    assert (found.suppliers, found.confirmed) == (MOST_SHARERS + 2, 2)
    assert found.verified == {"one": True, "two": True}


def test_the_suppliers_of_whom_something_else_is_true_are_told(store: Store) -> None:
    with store.begin("here") as unit:
        assert unit.supplier_facts.record_many([_account("one")], NOW) == {"one"}
        assert unit.supplier_facts.record_many([_account("one")], NOW) == frozenset()
        assert unit.supplier_facts.record_many([_account("two", "account-one", revision=1)], NOW) == {"one", "two"}


def test_of_many_facts_the_latest_of_each_kind_are_read(store: Store) -> None:
    many = [
        a_supplier_fact(f"deposit-{number:04}", observed_at=NOW - timedelta(minutes=number))
        for number in range(MOST_LATEST + 2)
    ]
    _told(store, *many, _account("acme-factory"), a_supplier_fact("another's", supplier_id="another"))
    with store.read("here") as reader:
        found = reader.supplier_facts.latest("acme-factory", [Deposit, KeyedToken], LONG_AGO, NOW)
        early = reader.supplier_facts.latest("acme-factory", [Deposit], LONG_AGO, NOW - timedelta(minutes=MOST_LATEST))
    deposits = [told.fact_id for told in found if isinstance(told.fact, Deposit)]
    assert deposits == [f"deposit-{number:04}" for number in range(MOST_LATEST)]
    assert [told.fact_id for told in found if isinstance(told.fact, KeyedToken)] == ["account-acme-factory"]
    assert [told.fact_id for told in early] == [f"deposit-{MOST_LATEST + extra:04}" for extra in range(2)]


LICENCE = SupplierDocument(DocumentKind.LICENCE)


@pytest.mark.parametrize(
    ("matters", "noise"),
    [
        (KeyedToken(TokenKind.PERSON, "cd" * 32), KeyedToken(TokenKind.NETWORK, "ab" * 32)),
        (KeyedToken(TokenKind.PERSON, "cd" * 32, verified=True), KeyedToken(TokenKind.PERSON, "ab" * 32)),
        (LICENCE, SupplierDocument(DocumentKind.INVOICE)),
        (SupplierDocument(DocumentKind.LICENCE, edited=True), LICENCE),
        (TraderDetail(TraderField.IDENTITY), TraderDetail(TraderField.EMAIL)),
        (Audit("BSCI", "Zero Tolerance", date(2025, 1, 1)), Audit("BSCI", "A", date(2025, 1, 1))),
        (SampleInspection(1000, 80, category="toys"), SampleInspection(1000, 80, category="kitchen")),
        (SampleInspection(1000, 80), SampleInspection(1000, 80, category="withdrawn")),
    ],
)
def test_no_number_of_newer_facts_pushes_out_of_sight_what_matters_more(
    store: Store, matters: Fact, noise: Fact
) -> None:
    many = [a_supplier_fact(f"noise-{number}", fact=noise) for number in range(MOST_LATEST + 1)]
    _told(store, *many, a_supplier_fact("matters", fact=matters, observed_at=NOW - timedelta(days=900)))
    with store.read("here") as reader:
        found = reader.supplier_facts.latest("acme-factory", [type(matters)], LONG_AGO, NOW)
    assert len(found) == MOST_LATEST + 1
    assert "matters" in {told.fact_id for told in found}


def test_the_latest_facts_are_read_without_what_was_withdrawn_and_without_a_look_at_any_other(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store:
        _told(
            store,
            a_supplier_fact("gone", fact=LICENCE),
            a_supplier_fact("gone", fact=LICENCE, revision=1, withdrawn=True),
        )
        with store.read("here") as reader:
            connection = reader._scope.connection.connection.dbapi_connection
            assert connection is not None
            statements: list[str] = []
            connection.set_trace_callback(statements.append)
            assert reader.supplier_facts.latest("acme-factory", [SupplierDocument], LONG_AGO, NOW) == ()
            connection.set_trace_callback(None)
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statements[-1]}")]
    searches = {step.partition(" USING ")[2] for step in steps if "supplier_facts" in step}
    (search,) = searches
    assert "supplier_id=? AND kind=? AND aspect=? AND observed_at>? AND observed_at<?" in search
    assert not any("TEMP B-TREE" in step for step in steps)


def test_those_who_go_on_in_a_supplier_are_found_and_share_nothing_by_it(store: Store) -> None:
    _told(store, a_supplier_fact(supplier_id="before", fact=Succession("acme-factory")))
    with store.read("here") as reader:
        assert reader.supplier_facts.sharers([(SUCCESSION, "acme-factory")]).keys() == {(SUCCESSION, "acme-factory")}
        assert reader.supplier_facts.values_of(["before"]) == {}
