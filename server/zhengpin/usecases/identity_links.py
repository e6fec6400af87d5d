"""Suppliers that are the applicant under another name, or that it goes on from: what is certain, and what was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from zhengpin.detectors.codes import company_key
from zhengpin.domain.ring import Attribute, Link, LinkEvidence
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import KeyedToken, SupplierFact
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.weighing import WEIGHTS, evidence_of
from zhengpin.usecases.succession_links import SUCCEEDS, gone_on
from zhengpin.usecases.supplier_states import states_of

_MANY: Final = 1_000_000
"""Suppliers, so that a shared value weighs as much as one that hardly anybody has: an identity asks for no more."""


def identity_links(reader: Reader, applicant: Supplier, told: Iterable[SupplierFact]) -> tuple[Link, ...]:
    """Whoever shares a person, an account or a code that was verified with the applicant, and its predecessors.

    `told` are its facts, stored and sent. What is only likely is not looked for here.
    """
    own = applicant.supplier_id
    facts = tuple(told)
    evidence: dict[str, list[LinkEvidence]] = {}
    for other, found in (
        *_of_tokens(reader, own, facts),
        *_of_code(reader, applicant),
        *((other, SUCCEEDS) for other in gone_on(reader, own, facts)),
    ):
        evidence.setdefault(other, []).append(found)
    evidence.pop(own, None)
    states = states_of(reader, evidence.keys())
    links = (
        Link(other, 1.0, any(each.certain for each in found), states[other], tuple(found))
        for other, found in evidence.items()
    )
    return tuple(sorted(links, key=lambda each: (not each.certain, each.supplier_id)))


def _of_tokens(reader: Reader, own: str, facts: Iterable[SupplierFact]) -> Iterator[tuple[str, LinkEvidence]]:
    """Verified on both sides; what was confirmed of more than a hub's worth of suppliers identifies nobody."""
    tokens = {
        (each.fact.kind.value, each.fact.token)
        for each in facts
        if isinstance(each.fact, KeyedToken)
        and each.fact.verified
        and not each.withdrawn
        and WEIGHTS[each.fact.kind].identity
    }
    for (attribute, _), sharers in sorted(reader.supplier_facts.sharers(tokens).items()):
        bearers = sharers.confirmed + (not sharers.verified.get(own, False))
        evidence = evidence_of(Attribute(attribute), bearers, _MANY, verified=True)
        if evidence.certain:
            yield from ((other, evidence) for other, verified in sharers.verified.items() if verified)


def _of_code(reader: Reader, applicant: Supplier) -> Iterator[tuple[str, LinkEvidence]]:
    """Terminated companies that come back under another name: a number in the register is one company's.

    The register is public, so that anybody can be told with anybody's number: they are one where both were verified.
    """
    key = company_key(applicant.registration_code, applicant.country)
    others = reader.suppliers.terminated((key,)).get(key, frozenset()) if key else frozenset()
    for other, stored in sorted(reader.suppliers.without_shops(others).items()):
        verified = applicant.verified_at is not None and stored.verified_at is not None
        # Weighed as shared by both alone: whoever tells of many with this number makes it no hub.
        evidence = evidence_of(Attribute.REGISTRATION_CODE, 2, _MANY, verified=verified)
        yield other, replace(evidence, shared_by=len(others) + 1)
