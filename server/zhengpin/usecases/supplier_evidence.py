"""What the store has of suppliers, read as the evidence of their scores."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from zhengpin.domain.scored_supplier import FittedPriors, ScoredSupplier, SupplierEvidence
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_score import PriorTable, ScorePoints
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.storage.work import Reader
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.history import FEWEST_BUYERS, KINDS, SupplierHistory, evidence_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.records import Records
from zhengpin.suppliers.score.same_company import answering_together
from zhengpin.suppliers.score.standards import UNFITTED
from zhengpin.suppliers.score.succession import circles_in, shares_of

BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)
AFTER_ALL: Final = datetime.max.replace(tzinfo=UTC)
NEVER_FITTED: Final = FittedPriors(PriorTable("unfitted", BEFORE_ALL.date(), {"": UNFITTED}), finished_at=BEFORE_ALL)
"""What scores are made with until enough suppliers are known."""


def read_evidence(
    reader: Reader, supplier_ids: Collection[str], table: PriorTable, now: datetime
) -> dict[str, SupplierEvidence]:
    """All that counts of each supplier by now: its own, what it inherits, and what bars it for others' sake.

    `table` says what that comes to, where several are one company.
    """
    companies = reader.companies.of_several(supplier_ids)
    records = _read_records(reader, {*supplier_ids, *chain.from_iterable(companies)}, now)
    found = {each: records.of(each) for each in supplier_ids}
    for company in companies:
        found |= answering_together(company, records, lambda evidence: _stands(evidence, table, now).points)
    return {each: found[each] for each in supplier_ids}


def with_affected(reader: Reader, supplier_ids: Collection[str]) -> set[str]:
    """The suppliers, and all whose score rests on what is known of them: in whom they go on, and who is one company."""
    reached = _reached(supplier_ids, reader.successions.successors)
    heirs = {*supplier_ids, *chain.from_iterable(reached.values())}
    return heirs.union(*reader.companies.of_several(heirs))


def scored(supplier_id: str, evidence: SupplierEvidence, table: PriorTable, now: datetime) -> ScoredSupplier:
    """How a supplier stands now."""
    return ScoredSupplier(supplier_id, evidence, _stands(evidence, table, now), now, table.version)


def _stands(evidence: SupplierEvidence, table: PriorTable, now: datetime) -> ScorePoints:
    return points_of(evidence.sums, table.of(evidence.category), caps_of(evidence.blemishes, now), now)


def _read_records(reader: Reader, supplier_ids: Collection[str], now: datetime) -> Records:
    predecessors = _reached(supplier_ids, reader.successions.predecessors)
    everybody = {*supplier_ids, *chain.from_iterable(predecessors.values())}
    successors, circles = reader.successions.successors(everybody), circles_in(predecessors)
    shares = {each: shares_of(each, predecessors, successors, circles) for each in supplier_ids}
    return Records(_own_evidence(reader, everybody, now), shares)


def _own_evidence(reader: Reader, supplier_ids: Collection[str], now: datetime) -> dict[str, SupplierEvidence]:
    known = reader.suppliers.without_shops(supplier_ids)
    orders = reader.orders.days_of_suppliers(supplier_ids)
    often_bought = reader.orders.often_bought(orders)
    outcomes, coming = reader.outcomes.of_suppliers(supplier_ids, now), reader.outcomes.coming(supplier_ids, now)
    facts = reader.supplier_facts.of_suppliers(supplier_ids, KINDS, BEFORE_ALL, AFTER_ALL)
    goods = {each: reader.offered_goods.of(each) for each in supplier_ids}
    products = {key for each in goods.values() for key in each.sold}
    stood = reader.standings.find_many([Target(TargetKind.PRODUCT, key) for key in products])
    standings = {target.key: standing for target, standing in stood.items()}
    sellers = reader.offered_goods.sellers(standings)
    return {
        each: evidence_of(
            SupplierHistory(
                orders.get(each, ()),
                often_bought.get(each, ()),
                reader.orders.buyers(each, FEWEST_BUYERS) if each in orders else 0,
                outcomes.get(each, ()),
                coming.get(each),
                facts.get(each, ()),
                [(standings[key], sellers[key]) for key in sorted(goods[each].sold) if key in sellers],
                goods[each].category,
                each in known and known[each].state is not SupplierState.ACTIVE,
            ),
            now,
        )
        for each in supplier_ids
    }


def _reached(start: Collection[str], step: Callable[[Collection[str]], dict[str, list[str]]]) -> dict[str, list[str]]:
    """Where successions lead to from some suppliers, step by step, each supplier asked once; mostly nowhere."""
    found: dict[str, list[str]] = {}
    asked, level = set(start), set(start)
    while level:
        steps = step(level)
        found |= steps
        level = {each for reached in steps.values() for each in reached} - asked
        asked |= level
    return found
