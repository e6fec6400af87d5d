"""With whom applicants may belong together, before they are stored."""

from __future__ import annotations

from applying import an_applicant, an_application, result
from builders import NOW, a_supplier
from ring_builders import a_gang, a_shared_paper, a_token
from zhengpin.domain.onboarding import CheckResult
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import DocumentKind, SupplierFact, TokenKind
from zhengpin.storage import Store
from zhengpin.suppliers.rings.weighing import HUB
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.check_supplier import CheckSupplier
from zhengpin.usecases.likely_links import likely_links
from zhengpin.usecases.link_suppliers import LinkSuppliers

HERE = "here"
NEW = "newcomer"


def linked(store: Store, *facts: SupplierFact, state: SupplierState = SupplierState.ACTIVE) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("known", state=state)], NOW)
        unit.supplier_facts.record_many(facts, NOW)
    for _ in LinkSuppliers(store, lambda: NOW, time_ordered_id)():
        pass


def likely(store: Store, *facts: SupplierFact) -> list[tuple[str, bool]]:
    with store.read(HERE) as reader:
        return [(link.supplier_id, link.certain) for link in likely_links(reader, a_supplier(NEW, name=""), facts)]


def test_an_applicant_that_is_not_stored_is_weighed_as_if_it_were(store: Store) -> None:
    linked(store, *a_gang("g", "known", "friend"))
    told = likely(store, *a_gang("g", NEW))
    assert told == [("friend", False), ("known", False)]
    linked(store, *a_gang("g", NEW))
    with store.read(HERE) as reader:
        found = likely_links(reader, a_supplier(NEW, name=""), a_gang("g", NEW))
        stored = {edge.pair: edge.evidence for edge in reader.supplier_links.edges_of([NEW])}
    assert [(link.supplier_id, link.certain) for link in found] == told
    assert {tuple(sorted((NEW, link.supplier_id))): link.evidence for link in found} == stored


def test_what_was_stored_of_an_applicant_gives_way_to_what_it_sends(store: Store) -> None:
    linked(store, *a_gang("g", "known", NEW))
    assert likely(store) == []


def test_one_thing_in_common_holds_nobody_up(store: Store) -> None:
    linked(store, a_token("known", TokenKind.PHONE, "p"))
    assert likely(store, a_token(NEW, TokenKind.PHONE, "p")) == []


def test_a_report_on_the_same_goods_makes_nobody_a_partner_of_an_applicant(store: Store) -> None:
    def told(supplier_id: str, kind: DocumentKind) -> list[SupplierFact]:
        return [a_token(supplier_id, TokenKind.DEPOT, "depot"), a_shared_paper(supplier_id, "paper", kind)]

    linked(store, *told("known", DocumentKind.AUTHORISATION_LETTER))
    assert likely(store, *told(NEW, DocumentKind.TEST_REPORT)) == []
    assert likely(store, *told(NEW, DocumentKind.AUTHORISATION_LETTER)) == [("known", False)]


def test_customers_of_one_warehouse_are_no_partners_of_an_applicant(store: Store) -> None:
    customers = [f"s{number}" for number in range(HUB)]
    kinds = (TokenKind.DEPOT, TokenKind.PHONE, TokenKind.PAYOUT_ACCOUNT)
    linked(store, *(a_token(each, kind, "warehouse") for each in customers for kind in kinds))
    assert likely(store, *(a_token(NEW, kind, "warehouse") for kind in kinds)) == []


def test_before_the_first_run_nobody_is_found(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many(a_gang("g", "known"), NOW)
    assert likely(store, *a_gang("g", NEW)) == []


def test_a_check_tells_who_may_be_a_partner_of_whom_was_terminated(store: Store) -> None:
    linked(store, *a_gang("g", "known"), state=SupplierState.TERMINATED)
    own = an_applicant()
    decision = CheckSupplier(store, lambda: NOW)(HERE, an_application(*a_gang("g", own.supplier_id)))
    assert [(link.supplier_id, link.certain, link.probability > 0.95) for link in decision.linked_to] == [
        ("known", False, True)
    ]
    assert result(decision, "links.stopped") is CheckResult.UNKNOWN
