"""What is known of suppliers beside their own records: every revision is kept, the highest one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, func, literal, select, union_all

from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    Fact,
    KeyedToken,
    Referral,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
    Termination,
    TraderDetail,
)
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.fact_aspects import BY_CATEGORY, WITHDRAWN, aspect_of, aspects_of
from zhengpin.storage.handed_in import note_papers
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.stale_suppliers import Stale, mark_stale
from zhengpin.storage.supplier_values import SupplierValueReader, replace_values

FactType: TypeAlias = type[Fact]
MOST_LATEST: Final = 500
"""Facts of one kind and aspect that are read of one supplier at once unless fewer are asked for."""
MOST_CATEGORIES: Final = 100
"""Of which the lots of one supplier are read."""

_KIND_OF: Final[dict[FactType, str]] = {
    Audit: "audit",
    SampleInspection: "sample",
    KeyedToken: "token",
    SupplierDocument: "document",
    TraderDetail: "trader_detail",
    Deposit: "deposit",
    DayOfSales: "sales",
    DayOfService: "service",
    Termination: "termination",
    Referral: "referral",
    Succession: "succession",
    SupplierIncident: "incident",
}
_CODECS: Final = {kind: codec.Codec[Fact](fact) for fact, kind in _KIND_OF.items()}

_FACTS = tables.supplier_facts.c
_KNOWN = select(_FACTS.fact_id, _FACTS.revision).where(among(tables.supplier_facts, "ids", "fact_id"))
_OF_SUPPLIERS = (
    select(tables.supplier_facts)
    .where(
        among(tables.supplier_facts, "asked", "supplier_id", "kind"),
        _FACTS.observed_at > bindparam("since", type_=_FACTS.observed_at.type),
        _FACTS.observed_at <= bindparam("as_of", type_=_FACTS.observed_at.type),
        _FACTS.withdrawn == 0,
    )
    .order_by(_FACTS.supplier_id, _FACTS.kind, _FACTS.observed_at, _FACTS.fact_id)
)
_WITH = (
    select(_FACTS.supplier_id)
    .distinct()
    .where(among(tables.supplier_facts, "asked", "supplier_id", "kind"), _FACTS.withdrawn == 0)
)
_OLD_OWNERS = select(_FACTS.supplier_id, _FACTS.fact_id).where(among(tables.supplier_facts, "ids", "fact_id"))


def _of_one(kind: FactType) -> ColumnElement[bool]:
    """Facts of a kind of one supplier."""
    return and_(
        _FACTS.marketplace == HERE,
        _FACTS.supplier_id == bindparam("supplier_id", type_=String),
        _FACTS.kind == literal(_KIND_OF[kind]),
    )


def _latest_of(kind: FactType, aspects: Iterable[ColumnElement[str]]) -> Select[Any]:
    """The latest facts of a kind of one supplier, of each aspect so many."""
    of_kind = (
        select(tables.supplier_facts)
        .where(
            _of_one(kind),
            _FACTS.observed_at > bindparam("since", type_=_FACTS.observed_at.type),
            _FACTS.observed_at <= bindparam("as_of", type_=_FACTS.observed_at.type),
        )
        .order_by(_FACTS.observed_at.desc(), _FACTS.fact_id.desc())
        .limit(bindparam("most", type_=Integer))
    )
    of_each = (of_kind.where(_FACTS.aspect == aspect).subquery() for aspect in aspects)
    return select(union_all(*map(select, of_each)).subquery())


def _told_aspects(kind: FactType) -> Select[Any]:
    """The aspects of which there are facts, one look into the index for each, however many facts there are."""
    first = select(func.min(_FACTS.aspect).label("aspect")).where(_of_one(kind)).cte("aspects", recursive=True)
    following = select(func.min(_FACTS.aspect)).where(_of_one(kind), _FACTS.aspect > first.c.aspect)
    found = first.union_all(select(following.scalar_subquery()).where(first.c.aspect.is_not(None)))
    return select(found.c.aspect).where(found.c.aspect.is_not(None), found.c.aspect != WITHDRAWN).limit(MOST_CATEGORIES)


_LATEST = {
    kind: _latest_of(kind, (literal(str(aspect)) for aspect in aspects_of(kind)))
    for kind in _KIND_OF
    if kind is not BY_CATEGORY
}
_CATEGORIES = _told_aspects(BY_CATEGORY)
_LATEST_IN = _latest_of(BY_CATEGORY, [bindparam("aspect", type_=String)])


@dataclass(frozen=True, slots=True)
class SupplierFactReader(SupplierValueReader):
    """Facts as they are stored: of each its highest revision, without what was withdrawn."""

    def of_suppliers(
        self, supplier_ids: Collection[str], kinds: Iterable[FactType], since: datetime, as_of: datetime
    ) -> dict[str, tuple[SupplierFact, ...]]:
        """What was so after `since` and up to `as_of` of some suppliers, the oldest of each kind first."""
        asked = [(supplier_id, _KIND_OF[kind]) for kind in kinds for supplier_id in supplier_ids]
        found: defaultdict[str, list[SupplierFact]] = defaultdict(list)
        for row in self.scope.rows(_OF_SUPPLIERS, asked=asked, since=since, as_of=as_of) if asked else ():
            found[row.supplier_id].append(_fact_from_row(row))
        return {supplier_id: tuple(facts) for supplier_id, facts in found.items()}

    def latest(
        self, supplier_id: str, kinds: Iterable[FactType], since: datetime, as_of: datetime, most: int = MOST_LATEST
    ) -> tuple[SupplierFact, ...]:
        """What was so of one supplier after `since` and up to `as_of`: of each kind and aspect the `most` latest.

        Some kinds have aspects of their own (`fact_aspects`), so that none of them pushes another out of sight.
        """
        asked = {"supplier_id": supplier_id, "since": since, "as_of": as_of, "most": most}
        return tuple(_fact_from_row(row) for kind in kinds for row in self._latest(kind, asked))

    def _latest(self, kind: FactType, asked: Mapping[str, Any]) -> Iterator[Any]:
        if kind is not BY_CATEGORY:
            yield from self.scope.rows(_LATEST[kind], **asked)
            return
        for (aspect,) in self.scope.rows(_CATEGORIES, supplier_id=asked["supplier_id"]):
            yield from self.scope.rows(_LATEST_IN, aspect=aspect, **asked)

    def those_with(self, kind: FactType, supplier_ids: Collection[str]) -> frozenset[str]:
        """Those of the suppliers of whom there is any fact of a kind."""
        asked = [(supplier_id, _KIND_OF[kind]) for supplier_id in supplier_ids]
        return frozenset(row.supplier_id for row in self.scope.rows(_WITH, asked=asked)) if asked else frozenset()

    def owners(self, fact_ids: Collection[str]) -> dict[str, str]:
        """Of whom facts speak; those that are not stored are left out."""
        rows = self.scope.rows(_OLD_OWNERS, ids=fact_ids) if fact_ids else ()
        return {row.fact_id: row.supplier_id for row in rows}


@dataclass(frozen=True, slots=True)
class SupplierFacts(SupplierFactReader):
    """Facts, to be read and added to."""

    def record_many(self, facts: Sequence[SupplierFact], now: datetime) -> frozenset[str]:
        """Store revisions that are new; give the suppliers of whom something else is true now.

        The same revision of a fact is stored once. What it said before is in the log for ever.
        """
        told = {(fact.fact_id, fact.revision): fact for fact in reversed(facts)}
        rows = ((*_logged(fact), now) for fact in told.values())
        new = [told[row[0], row[1]] for row in self.scope.insert_new(tables.supplier_fact_log, rows)]
        latest = {fact.fact_id: fact for fact in sorted(new, key=lambda fact: fact.revision)}
        before = self.owners(latest)
        known = {row.fact_id: row.revision for row in self.scope.rows(_KNOWN, ids=latest)} if latest else {}
        current = [fact for key, fact in latest.items() if fact.revision > known.get(key, -1)]
        if not current:
            return frozenset()
        self.scope.upsert_distinct(tables.supplier_facts, ((*_logged(fact), aspect_of(fact)) for fact in current))
        touched = {(before.get(fact.fact_id, fact.supplier_id), fact.fact_id) for fact in current}
        places = {fact.fact_id: place for place, fact in enumerate(facts)}
        note_papers(self.scope, touched, sorted(current, key=lambda fact: places[fact.fact_id]))
        left = replace_values(self.scope, touched, current)
        suppliers = frozenset(fact.supplier_id for fact in current) | {supplier_id for supplier_id, _ in touched}
        mark_stale(self.scope, suppliers | left, Stale.SCORE, Stale.LINKS)
        return suppliers


def _logged(told: SupplierFact) -> tuple[object, ...]:
    kind = _KIND_OF[type(told.fact)]
    body = _CODECS[kind].to_text(told.fact)
    return told.fact_id, told.supplier_id, kind, told.observed_at, told.revision, int(told.withdrawn), body


def _fact_from_row(row: Any) -> SupplierFact:
    fact = _CODECS[row.kind].from_text(row.body)
    return SupplierFact(row.fact_id, row.supplier_id, row.observed_at, fact, row.revision)
