"""What listings turned out to be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select

from zhengpin.domain.outcome import Outcome, OutcomeKind
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_OUTCOMES = tables.outcomes.c
_LISTINGS = tables.listings.c
_LATER = tables.outcomes.alias("later")

_SUPPLIERS_OF = select(_LISTINGS.listing_id, _LISTINGS.supplier_id).where(among(tables.listings, "ids", "listing_id"))
_CONTRADICTED = exists().where(
    _LATER.c.marketplace == HERE,
    _LATER.c.listing_id == _OUTCOMES.listing_id,
    _LATER.c.kind == OutcomeKind.GENUINE,
    _LATER.c.found_at > _OUTCOMES.found_at,
    _LATER.c.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
)
_IS_FAKE = and_(
    _OUTCOMES.kind == OutcomeKind.FAKE,
    _OUTCOMES.found_at >= bindparam("since", type_=_OUTCOMES.found_at.type),
    _OUTCOMES.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
    ~_CONTRADICTED,
)
_FOUND_FAKE = (
    select(_OUTCOMES.listing_id)
    .distinct()
    .where(
        among(tables.outcomes, "ids", "listing_id"),
        _OUTCOMES.kind == OutcomeKind.FAKE,
        _OUTCOMES.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
        ~_CONTRADICTED,
    )
)


def confirmed_fakes_of(supplier: ColumnElement[str]) -> Select[Any]:
    """How many listings of another statement's supplier were found to be fake from `since` to `as_of`, both inclusive.

    A listing counts for the supplier that it had when the outcome was told, and not at all if it was found to be
    genuine later.
    """
    return select(func.count(_OUTCOMES.listing_id.distinct())).where(
        _OUTCOMES.marketplace == HERE, _OUTCOMES.supplier_id == supplier, _IS_FAKE
    )


@dataclass(frozen=True, slots=True)
class OutcomeReader:
    """Outcomes as they are stored."""

    scope: Scope

    def found_fake(self, listing_ids: Collection[str], as_of: datetime) -> frozenset[str]:
        """Those of the listings that were found to be fake, and not found to be genuine later."""
        if not listing_ids:
            return frozenset()
        return frozenset(row[0] for row in self.scope.rows(_FOUND_FAKE, ids=listing_ids, as_of=as_of))


@dataclass(frozen=True, slots=True)
class Outcomes(OutcomeReader):
    """Outcomes, to be read and added to."""

    def record_many(self, outcomes: Sequence[Outcome]) -> int:
        """Store outcomes whose ids are new, and tell how many those are."""
        told = {outcome.outcome_id: outcome for outcome in reversed(outcomes)}
        stored = self.scope.known(tables.outcomes, told)
        new = [outcome for key, outcome in told.items() if key not in stored]
        if not new:
            return 0
        raise_revision(self.scope, Topic.WITHDRAWN)
        rows = self.scope.rows(_SUPPLIERS_OF, ids={outcome.listing_id for outcome in new})
        suppliers = {row.listing_id: row.supplier_id for row in rows}
        self.scope.insert(
            tables.outcomes,
            (
                {
                    "outcome_id": outcome.outcome_id,
                    "listing_id": outcome.listing_id,
                    "supplier_id": suppliers.get(outcome.listing_id, ""),
                    "kind": outcome.kind,
                    "found_at": outcome.found_at,
                    "body": codec.OUTCOME.to_text(outcome),
                }
                for outcome in new
            ),
        )
        return len(new)
