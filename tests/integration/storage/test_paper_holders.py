"""Files that several suppliers handed in, as papers or as letters."""

from datetime import timedelta

from builders import NOW, a_supplier_fact, an_authorisation
from zhengpin.domain.paper_holder import PaperHolder
from zhengpin.domain.supplier_fact import DocumentKind, SupplierDocument, SupplierFact
from zhengpin.storage import Store
from zhengpin.storage.paper_holders import MOST_HOLDERS

FILE = "ab" * 32


def _paper(supplier_id: str, fact_id: str = "", **changes: object) -> SupplierFact:
    paper = SupplierDocument(DocumentKind.LICENCE, sha256=FILE)
    return a_supplier_fact(fact_id or f"paper-{supplier_id}", supplier_id=supplier_id, fact=paper, **changes)


def _holders(store: Store, *hashes: str) -> dict[str, set[str]]:
    return {sha256: {each.supplier_id for each in those} for sha256, those in _found(store, *hashes).items()}


def _found(store: Store, *hashes: str) -> dict[str, frozenset[PaperHolder]]:
    with store.read("here") as reader:
        return reader.paper_holders.of(hashes or (FILE,))


def test_whoever_told_of_the_file_as_a_paper_or_holds_it_as_a_letter_is_found_once(store: Store) -> None:
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([_paper("one"), _paper("one", "again"), _paper("two")], NOW)
        unit.authorisations.upsert_many([an_authorisation(licensee_id="three", document_sha256=FILE)])
    assert _holders(store, FILE, "cd" * 32, "") == {FILE: {"one", "two", "three"}}


def test_a_paper_that_was_withdrawn_is_nobodys(store: Store) -> None:
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([_paper("one"), _paper("one", revision=1, withdrawn=True)], NOW)
    assert _holders(store) == {}


def test_letters_without_a_file_are_no_file_in_common(store: Store) -> None:
    with store.begin("here") as unit:
        unit.authorisations.upsert_many([an_authorisation(document_sha256="")])
    assert _holders(store, "") == {}


def test_of_a_file_that_everybody_has_only_the_first_holders_are_told(store: Store) -> None:
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([_paper(f"{99 - number}") for number in range(MOST_HOLDERS + 5)], NOW)
    assert _holders(store) == {FILE: {f"{99 - number}" for number in range(MOST_HOLDERS)}}


def test_those_of_whom_a_file_was_verified_are_told_before_others(store: Store) -> None:
    verified = SupplierDocument(DocumentKind.LICENCE, sha256=FILE, verified=True)
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([_paper(f"{number}") for number in range(MOST_HOLDERS)], NOW)
        unit.supplier_facts.record_many([a_supplier_fact("late", supplier_id="late", fact=verified)], NOW)
    assert PaperHolder("late", MOST_HOLDERS + 1, verified=True) in _found(store)[FILE]


def test_whoever_hands_a_file_in_again_keeps_its_place_whatever_day_it_claims(store: Store) -> None:
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([_paper("first")], NOW)
        unit.supplier_facts.record_many([_paper("second", observed_at=NOW - timedelta(days=900))], NOW)
        unit.supplier_facts.record_many([_paper("first", revision=1, withdrawn=True)], NOW)
        unit.supplier_facts.record_many([_paper("first", "anew")], NOW)
    assert _found(store) == {FILE: {PaperHolder("first", 1), PaperHolder("second", 2)}}


def test_a_paper_that_travels_with_the_goods_is_nobodys(store: Store) -> None:
    report = SupplierDocument(DocumentKind.TEST_REPORT, sha256=FILE)
    with store.begin("here") as unit:
        unit.supplier_facts.record_many([a_supplier_fact(fact=report)], NOW)
    assert _holders(store) == {}
