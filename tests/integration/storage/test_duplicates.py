"""Pictures, letters and companies that several suppliers share, as a snapshot tells them."""

from dataclasses import replace

import pytest

from builders import NOW, a_brand, a_listing, a_supplier, a_supplier_fact, an_authorisation
from snapshot_reads import HERE, snapshot
from zhengpin.domain.snapshot import DuplicateUse
from zhengpin.domain.supplier import Shop, Supplier, SupplierState
from zhengpin.domain.supplier_fact import DocumentKind, SupplierDocument
from zhengpin.storage import Store


def test_shared_images_and_papers_are_counted_over_other_suppliers(store: Store) -> None:
    paper = "p" * 64
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.listings.upsert_many(
            [(a_listing(f"listing-{number}", supplier_id=f"supplier-{number % 2}"), "") for number in range(4)], NOW
        )
        unit.authorisations.upsert_many(
            [
                an_authorisation("own", document_sha256=paper),
                an_authorisation("copy", licensee_id="copier", document_sha256=paper),
                an_authorisation("copy again", licensee_id="copier", brand_id="zeta", document_sha256=paper),
                an_authorisation("without a paper", licensee_id="other"),
            ]
        )
    assert snapshot(store).duplicates == DuplicateUse(
        suppliers_sharing_images=2,
        shared_images=1,
        strangers_sharing_images=2,
        images_of_strangers=1,
        suppliers_sharing_document=1,
        strangers_sharing_document=0,
    )


def test_a_letter_is_shared_with_no_stranger_by_a_branch_of_its_company(store: Store) -> None:
    office = a_supplier(name="杭州露维商贸有限公司")
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.suppliers.upsert_many([office, a_supplier("branch", name=f"{office.name}义乌分公司")], NOW)
        unit.authorisations.upsert_many(
            [
                an_authorisation("1", document_sha256="p" * 64),
                an_authorisation("2", licensee_id="branch", document_sha256="p" * 64),
            ]
        )
    found = snapshot(store).duplicates
    assert found is not None
    assert (found.suppliers_sharing_document, found.strangers_sharing_document) == (1, 0)


@pytest.mark.parametrize("who", ["acme-owner", "agent", "official"])
def test_a_picture_that_one_shows_who_may_sell_the_brand_is_no_strangers(store: Store, who: str) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(), a_brand("zeta", owner_id="")], NOW)
        unit.suppliers.upsert_many([a_supplier("official", shops=(Shop("flagship", official_store=True),))], NOW)
        unit.authorisations.upsert_many(
            [an_authorisation(licensee_id="agent"), an_authorisation("2", licensor_id="x", licensee_id="official")]
        )
        unit.listings.upsert_many(
            [(a_listing(each, supplier_id=each), "") for each in (who, "stranger")],
            NOW,
        )
    found = snapshot(store).duplicates
    assert found == DuplicateUse(2, 1, strangers_sharing_images=0, images_of_strangers=0)


def test_without_a_known_owner_of_the_brand_nobody_is_a_stranger_to_it(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(owner_id="")], NOW)
        unit.listings.upsert_many([(a_listing("theirs", supplier_id="other"), "")], NOW)
    assert snapshot(store).duplicates == DuplicateUse(1, 1)


def test_a_terminated_supplier_is_known_under_another_name(store: Store) -> None:
    code, same = "91350100M000100Y43", "91350100-m000100y43"
    gone = a_supplier("gone", registration_code=code, state=SupplierState.TERMINATED)

    def told(*suppliers: Supplier) -> bool | None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many(suppliers, NOW)
        return snapshot(store).company_terminated

    assert told() is None
    assert told(a_supplier(registration_code="n/a"), replace(gone, registration_code="n/a")) is None
    assert told(a_supplier(registration_code=same)) is False
    assert told(replace(gone, state=SupplierState.SUSPENDED)) is False
    assert told(gone) is True
    assert told(replace(gone, state=SupplierState.ACTIVE)) is False
    assert told(a_supplier(registration_code=code, state=SupplierState.TERMINATED)) is False
    assert told(gone) is True


def test_a_letter_is_of_whoever_handed_it_in_first_until_it_is_verified_of_another(store: Store) -> None:
    paper = "p" * 64
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.authorisations.upsert_many([an_authorisation("copy", licensee_id="copier", document_sha256=paper)])
        unit.authorisations.upsert_many([an_authorisation("own", document_sha256=paper)])
    assert strangers(store) == 1
    for revision, verified in enumerate((True, False)):
        letter = SupplierDocument(DocumentKind.AUTHORISATION_LETTER, sha256=paper, verified=verified)
        with store.begin(HERE) as unit:
            fact = a_supplier_fact("letter", fact=letter, supplier_id=a_listing().supplier_id, revision=revision)
            unit.supplier_facts.record_many([fact], NOW)
        assert strangers(store) == int(not verified)


def strangers(store: Store) -> int:
    found = snapshot(store).duplicates
    assert found is not None
    return found.strangers_sharing_document


def test_letters_without_a_paper_share_nothing(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.authorisations.upsert_many([an_authorisation("one"), an_authorisation("two", licensee_id="other")])
    assert snapshot(store).duplicates == DuplicateUse(strangers_sharing_images=0, images_of_strangers=0)
