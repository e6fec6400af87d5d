"""Suppliers that share things, for tests of links and rings."""

from __future__ import annotations

from dataclasses import replace

from builders import a_supplier_fact
from zhengpin.domain.supplier_fact import DocumentKind, KeyedToken, SupplierDocument, SupplierFact, TokenKind


def a_token(supplier_id: str, kind: TokenKind, value: str, *, verified: bool = False) -> SupplierFact:
    """Something that a supplier may share with others under the same name."""
    told = KeyedToken(kind, value.encode().hex().ljust(64, "0"), verified)
    return a_supplier_fact(f"{kind}-{value}-{supplier_id}", supplier_id=supplier_id, fact=told)


def a_shared_paper(
    supplier_id: str, value: str, kind: DocumentKind = DocumentKind.AUTHORISATION_LETTER
) -> SupplierFact:
    """A paper whose file others may have handed in as well."""
    paper = SupplierDocument(kind, sha256=value.encode().hex().ljust(64, "0"))
    return a_supplier_fact(f"paper-{value}-{supplier_id}", supplier_id=supplier_id, fact=paper)


def a_gang(name: str, *members: str, verified: bool = False) -> list[SupplierFact]:
    """Suppliers with one account, one paper and one device."""
    return [
        fact
        for each in members
        for fact in (
            a_token(each, TokenKind.PAYOUT_ACCOUNT, name, verified=verified),
            a_token(each, TokenKind.DEVICE, name),
            a_shared_paper(each, name),
        )
    ]


def withdrawn(*facts: SupplierFact) -> list[SupplierFact]:
    """The same facts taken back."""
    return [replace(fact, revision=fact.revision + 1, withdrawn=True) for fact in facts]
