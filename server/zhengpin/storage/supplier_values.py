"""What suppliers share with others: keyed tokens and papers, in whom they go on, and who brought them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import case, delete, exists, func, or_, select

from zhengpin.domain.supplier_fact import SUCCESSION, KeyedToken, Referral, Succession, SupplierDocument, SupplierFact
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

Shared: TypeAlias = tuple[str, str]
"""An attribute and a value of it that suppliers may share: the kind of a token and the token, `document` and a hash,
`succession` and the supplier in which others go on, `referrer` and who brought others in."""

DOCUMENT: Final = "document"
"""The attribute whose values are hashes of papers."""
REFERRER: Final = "referrer"
"""The attribute whose values are suppliers that brought others in."""
MOST_SHARERS: Final = 50
"""Who shares a value with more others is not told: it is a warehouse's, an agency's.

What is only claimed makes no such value of one that was confirmed to be some suppliers' own.
"""

_VALUES = tables.supplier_values.c
_FORGET_VALUES = delete(tables.supplier_values).where(among(tables.supplier_values, "named", "supplier_id", "source"))
_GONE_ON_IN = select(_VALUES.value).where(
    among(tables.supplier_values, "named", "supplier_id", "source"), _VALUES.attribute == SUCCESSION
)
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
_HANDED_IN = tables.handed_in.c
_MADE_OUT_TO_ONE = exists().where(
    _HANDED_IN.marketplace == HERE, _HANDED_IN.sha256 == _VALUES.value, _HANDED_IN.supplier_id == _VALUES.supplier_id
)
_VALUES_OF = (
    select(_VALUES.supplier_id, _VALUES.attribute, _VALUES.value, func.max(_VALUES.verified).label("verified"))
    .where(
        among(tables.supplier_values, "ids", "supplier_id"),
        _VALUES.attribute != SUCCESSION,
        _VALUES.attribute != REFERRER,
        or_(_VALUES.attribute != DOCUMENT, _MADE_OUT_TO_ONE),
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
class SupplierValueReader:
    """Values that suppliers may share, as far as what told of them holds."""

    scope: Scope

    def values_of(self, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
        """What suppliers may share with others, and whether it was confirmed to be their own; most have something.

        Of papers those that are made out to one: a report on goods is handed in by whoever sells these.
        """
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


def replace_values(scope: Scope, touched: Collection[tuple[str, str]], told: Iterable[SupplierFact]) -> frozenset[str]:
    """Share what facts tell by now, and no more what those that were touched told before, by supplier and fact.

    Gives those in whom somebody was told to go on before.
    """
    left = frozenset(row.value for row in scope.rows(_GONE_ON_IN, named=touched))
    scope.change(_FORGET_VALUES, named=touched)
    scope.upsert(tables.supplier_values, _values_in(told))
    return left


def _values_in(facts: Iterable[SupplierFact]) -> Iterator[dict[str, Any]]:
    """What of the facts others may share."""
    for told in facts:
        match told.fact:
            case KeyedToken(kind, value, verified):
                attribute = kind.value
            case SupplierDocument(sha256=value, verified=verified) if value:
                attribute = DOCUMENT
            case Succession(value, verified):
                attribute = SUCCESSION
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
