"""What is known of suppliers beside their own records: every revision is kept, the highest one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import String, bindparam, case, delete, func, select

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
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.stale_suppliers import Stale, mark_stale

FactType: TypeAlias = type[Fact]
Shared: TypeAlias = tuple[str, str]
"""An attribute and a value of it that suppliers may share: the kind of a token and the token, `document` and a hash,
`successor` and the supplier in which others go on, `referrer` and who brought others in."""

DOCUMENT: Final = "document"
"""The attribute whose values are hashes of papers."""
SUCCESSOR: Final = "successor"
"""The attribute whose values are suppliers in which others go on."""
REFERRER: Final = "referrer"
"""The attribute whose values are suppliers that brought others in."""
MOST_LATEST: Final = 500
"""Facts of one kind that are read of one supplier at once, however many there are."""
MOST_SHARERS: Final = 50
"""Who shares a value with more others is not told: it is a warehouse's, an agency's.

What is only claimed makes no such value of one that was confirmed to be some suppliers' own.
"""

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
_VALUES = tables.supplier_values.c
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
_LATEST = (
    select(tables.supplier_facts)
    .where(
        _FACTS.marketplace == HERE,
        _FACTS.supplier_id == bindparam("supplier_id", type_=String),
        _FACTS.kind == bindparam("kind", type_=String),
        _FACTS.observed_at > bindparam("since", type_=_FACTS.observed_at.type),
        _FACTS.observed_at <= bindparam("as_of", type_=_FACTS.observed_at.type),
        _FACTS.withdrawn == 0,
    )
    .order_by(_FACTS.observed_at.desc(), _FACTS.fact_id.desc())
    .limit(MOST_LATEST)
)
_WITH = (
    select(_FACTS.supplier_id)
    .distinct()
    .where(among(tables.supplier_facts, "asked", "supplier_id", "kind"), _FACTS.withdrawn == 0)
)
_FORGET_VALUES = delete(tables.supplier_values).where(among(tables.supplier_values, "named", "supplier_id", "source"))
_GONE_ON_IN = select(_VALUES.value).where(
    among(tables.supplier_values, "named", "supplier_id", "source"), _VALUES.attribute == SUCCESSOR
)
_OLD_OWNERS = select(_FACTS.supplier_id, _FACTS.fact_id).where(among(tables.supplier_facts, "ids", "fact_id"))
_SHARED_BY = (
    select(
        _VALUES.attribute,
        _VALUES.value,
        func.count(_VALUES.supplier_id.distinct()).label("suppliers"),
        func.count(case((_VALUES.verified == 1, _VALUES.supplier_id)).distinct()).label("confirmed"),
    )
    .where(among(tables.supplier_values, "asked", "attribute", "value"))
    .group_by(_VALUES.attribute, _VALUES.value)
)
_SHARERS = (
    select(_VALUES.attribute, _VALUES.value, _VALUES.supplier_id, func.max(_VALUES.verified).label("verified"))
    .where(among(tables.supplier_values, "asked", "attribute", "value"))
    .group_by(_VALUES.attribute, _VALUES.value, _VALUES.supplier_id)
    .order_by(_VALUES.attribute, _VALUES.value, _VALUES.supplier_id)
)
_CONFIRMED_SHARERS = _SHARERS.where(_VALUES.verified == 1)
_VALUES_OF = (
    select(_VALUES.supplier_id, _VALUES.attribute, _VALUES.value, func.max(_VALUES.verified).label("verified"))
    .where(
        among(tables.supplier_values, "ids", "supplier_id"),
        _VALUES.attribute != SUCCESSOR,
        _VALUES.attribute != REFERRER,
    )
    .group_by(_VALUES.supplier_id, _VALUES.attribute, _VALUES.value)
    .order_by(_VALUES.supplier_id, _VALUES.attribute, _VALUES.value)
)


@dataclass(frozen=True, slots=True)
class Sharers:
    """Who shares one value."""

    suppliers: int
    """How many they are."""
    confirmed: int
    """Of how many of them it was confirmed to be their own."""
    verified: dict[str, bool]
    """Whether it was confirmed to be each one's own; where they are more than `MOST_SHARERS` only those of whom it was,
    and empty where these are too many as well."""


@dataclass(frozen=True, slots=True)
class SupplierFactReader:
    """Facts as they are stored: of each its highest revision, without what was withdrawn."""

    scope: Scope

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
        self, supplier_id: str, kinds: Iterable[FactType], since: datetime, as_of: datetime
    ) -> tuple[SupplierFact, ...]:
        """What was so of one supplier after `since` and up to `as_of`: of each kind the latest `MOST_LATEST`."""
        return tuple(
            _fact_from_row(row)
            for kind in kinds
            for row in self.scope.rows(_LATEST, supplier_id=supplier_id, kind=_KIND_OF[kind], since=since, as_of=as_of)
        )

    def those_with(self, kind: FactType, supplier_ids: Collection[str]) -> frozenset[str]:
        """Those of the suppliers of whom there is any fact of a kind."""
        asked = [(supplier_id, _KIND_OF[kind]) for supplier_id in supplier_ids]
        return frozenset(row.supplier_id for row in self.scope.rows(_WITH, asked=asked)) if asked else frozenset()

    def values_of(self, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
        """What suppliers may share with others, and whether it was confirmed to be their own; most have something."""
        found: defaultdict[str, dict[Shared, bool]] = defaultdict(dict)
        for row in self.scope.rows(_VALUES_OF, ids=supplier_ids) if supplier_ids else ():
            found[row.supplier_id][row.attribute, row.value] = bool(row.verified)
        return dict(found)

    def sharers(self, values: Collection[Shared]) -> dict[Shared, Sharers]:
        """Who shares each value; one that nobody has is left out."""
        if not values:
            return {}
        counts = {(row.attribute, row.value): row for row in self.scope.rows(_SHARED_BY, asked=values)}
        few = [value for value, count in counts.items() if count.suppliers <= MOST_SHARERS]
        claimed = [value for value, count in counts.items() if count.confirmed <= MOST_SHARERS < count.suppliers]
        verified: defaultdict[Shared, dict[str, bool]] = defaultdict(dict)
        for statement, asked in ((_SHARERS, few), (_CONFIRMED_SHARERS, claimed)):
            for row in self.scope.rows(statement, asked=asked) if asked else ():
                verified[row.attribute, row.value][row.supplier_id] = bool(row.verified)
        return {
            value: Sharers(count.suppliers, count.confirmed, verified.get(value, {})) for value, count in counts.items()
        }

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
        rows = ((*_row_from_fact(fact), now) for fact in told.values())
        new = [told[row[0], row[1]] for row in self.scope.insert_new(tables.supplier_fact_log, rows)]
        latest = {fact.fact_id: fact for fact in sorted(new, key=lambda fact: fact.revision)}
        before = self.owners(latest)
        known = {row.fact_id: row.revision for row in self.scope.rows(_KNOWN, ids=latest)} if latest else {}
        current = [fact for key, fact in latest.items() if fact.revision > known.get(key, -1)]
        if not current:
            return frozenset()
        self.scope.upsert_distinct(tables.supplier_facts, map(_row_from_fact, current))
        touched = {(before.get(fact.fact_id, fact.supplier_id), fact.fact_id) for fact in current}
        left = {row.value for row in self.scope.rows(_GONE_ON_IN, named=touched)}
        self.scope.change(_FORGET_VALUES, named=touched)
        self.scope.upsert(tables.supplier_values, _values_in(current))
        suppliers = frozenset(fact.supplier_id for fact in current) | {supplier_id for supplier_id, _ in touched}
        mark_stale(self.scope, suppliers | left, Stale.SCORE, Stale.LINKS)
        return suppliers


def _values_in(facts: Iterable[SupplierFact]) -> Iterator[dict[str, Any]]:
    """What of the facts others may share."""
    for told in facts:
        match told.fact:
            case KeyedToken(kind, value, verified):
                attribute = kind.value
            case SupplierDocument(sha256=value, verified=verified) if value:
                attribute = DOCUMENT
            case Succession(value, verified):
                attribute = SUCCESSOR
            case Referral(value):
                attribute, verified = REFERRER, True
            case _:
                continue
        if not told.withdrawn:
            yield {
                "attribute": attribute,
                "value": value,
                "supplier_id": told.supplier_id,
                "source": told.fact_id,
                "verified": int(verified),
            }


def _row_from_fact(told: SupplierFact) -> tuple[object, ...]:
    kind = _KIND_OF[type(told.fact)]
    body = _CODECS[kind].to_text(told.fact)
    return told.fact_id, told.supplier_id, kind, told.observed_at, told.revision, int(told.withdrawn), body


def _fact_from_row(row: Any) -> SupplierFact:
    fact = _CODECS[row.kind].from_text(row.body)
    return SupplierFact(row.fact_id, row.supplier_id, row.observed_at, fact, row.revision)
