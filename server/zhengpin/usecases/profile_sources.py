"""What the store has of suppliers, read as the sources of their profiles: a bounded part of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from zhengpin.domain.ring import Attribute
from zhengpin.domain.supplier import Supplier, SupplierState
from zhengpin.domain.supplier_fact import MADE_OUT_TO_ONE, KeyedToken, Referral, SupplierDocument, SupplierFact
from zhengpin.storage.supplier_values import DOCUMENT, Shared
from zhengpin.storage.work import Reader
from zhengpin.suppliers.profile.sources import LASTING, LATELY, OF_LATE, Sources
from zhengpin.suppliers.rings.weighing import WEIGHTS
from zhengpin.usecases.borrowed_papers import lenders
from zhengpin.usecases.identity_links import identity_links
from zhengpin.usecases.ring_standings import entities_of, linked_to_terminated

MOST_LEVELS: Final = 10
"""Of a referral tree that are followed, up and down: the law counts three."""
MOST_PEOPLE: Final = 1000
"""Of a referral tree that are counted: the law asks for thirty."""
_EVER: Final = datetime(1, 1, 2, tzinfo=UTC)


def read_sources(reader: Reader, supplier_ids: Collection[str], now: datetime) -> list[Sources]:
    """Read what the profiles of suppliers are made of; one that is not stored is known by its facts alone."""
    suppliers = reader.suppliers.without_shops(supplier_ids)
    return [_sources_of(reader, suppliers.get(each, Supplier(each)), now) for each in sorted(set(supplier_ids))]


def _sources_of(reader: Reader, supplier: Supplier, now: datetime) -> Sources:
    own = supplier.supplier_id
    facts = (
        *reader.supplier_facts.latest(own, (*LASTING, KeyedToken), _EVER, now),
        *reader.supplier_facts.latest(own, OF_LATE, now - LATELY, now),
    )
    return Sources(
        supplier,
        now,
        facts,
        lenders=_lenders(reader, supplier, facts),
        downline=_downline(reader, own),
        recruits=_recruits(reader, own),
        terminated_identities=_terminated_identities(reader, supplier, facts),
    )


def _lenders(reader: Reader, supplier: Supplier, facts: Iterable[SupplierFact]) -> Mapping[str, Sequence[Supplier]]:
    papers = (each.fact for each in facts if isinstance(each.fact, SupplierDocument))
    return lenders(reader, supplier, {paper.sha256 for paper in papers if paper.kind in MADE_OUT_TO_ONE})


def _downline(reader: Reader, own: str) -> Sequence[Sequence[Referral]]:
    """Whom the supplier brought in, level by level; who stands in the tree already is not counted again."""
    seen, latest, levels, people = {own}, {own}, list[list[Referral]](), 0
    while latest and len(levels) < MOST_LEVELS and people < MOST_PEOPLE:
        found = {each: referral for each, referral in reader.referrals.brought_in(latest) if each not in seen}
        latest = set(found)
        seen |= latest
        people += len(found)
        if found:
            levels.append(list(found.values()))
    return levels


def _recruits(reader: Reader, own: str) -> Mapping[str, Sequence[Referral]]:
    """Referrals of the verified suppliers that the supplier brought in itself, by who they are one entity with."""
    told = reader.referrals.brought_in({own})
    stored = reader.suppliers.without_shops({each for each, _ in told} - {own})
    verified = [each for each, supplier in stored.items() if supplier.verified_at is not None]
    entities = entities_of(reader, verified)
    found: defaultdict[str, list[Referral]] = defaultdict(list)
    for recruit, referral in told:
        if recruit in entities and own not in entities[recruit]:
            found[min(entities[recruit])].append(referral)
    return found


def _terminated_identities(reader: Reader, supplier: Supplier, facts: Sequence[SupplierFact]) -> Sequence[str]:
    """Terminated suppliers that share a verified person or account, and those that were linked through others.

    A company of the same number alone has a rule of its own.
    """
    own = supplier.supplier_id
    linked = linked_to_terminated(reader, (own,)).get(own, ())
    return sorted({*linked, *_sharing_an_identity(reader, supplier, facts)})


def _sharing_an_identity(reader: Reader, supplier: Supplier, facts: Sequence[SupplierFact]) -> Sequence[str]:
    tokens = [each.fact for each in facts if isinstance(each.fact, KeyedToken)]
    if not any(_is_identity(each.kind, verified=each.verified) for each in tokens):
        return ()
    return [
        link.supplier_id
        for link in identity_links(reader, supplier, facts)
        if link.state is SupplierState.TERMINATED
        and any(each.certain and each.attribute != Attribute.REGISTRATION_CODE for each in link.evidence)
    ]


def _is_identity(attribute: str, *, verified: bool) -> bool:
    return verified and attribute in WEIGHTS and WEIGHTS[attribute].identity


def neighbours(reader: Reader, supplier_ids: Collection[str]) -> frozenset[str]:
    """Others whose profiles may speak of these suppliers.

    They share a verified identity or a paper with one of them, are one entity with it through others, or stand above
    one in a referral tree.
    """
    if not supplier_ids:
        return frozenset()
    told = reader.supplier_facts.values_of(supplier_ids)
    shared = {value for those in told.values() for value, verified in those.items() if _ties(value, verified=verified)}
    sharers = reader.supplier_facts.sharers(shared)
    others = {each for those in sharers.values() for each in those.verified}
    entities = entities_of(reader, supplier_ids).values()
    return frozenset(others | _above(reader, supplier_ids)).union(*entities).difference(supplier_ids)


def _ties(value: Shared, *, verified: bool) -> bool:
    return value[0] == DOCUMENT or _is_identity(value[0], verified=verified)


def _above(reader: Reader, supplier_ids: Collection[str]) -> set[str]:
    """Who brought the suppliers in, who brought those in, and so on."""
    found, latest = set[str](), frozenset(supplier_ids)
    for _ in range(MOST_LEVELS):
        latest = reader.referrals.referrers(latest) - found
        if not latest:
            break
        found |= latest
    return found
