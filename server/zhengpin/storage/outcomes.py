"""What listings turned out to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select

from zhengpin.domain.image import ImageRole, RegisteredImage
from zhengpin.domain.listing import StoredListing, pictures_since
from zhengpin.domain.outcome import Outcome, OutcomeKind
from zhengpin.storage import codec, tables
from zhengpin.storage.listings import ListingReader, is_telling
from zhengpin.storage.registered_images import RegisteredImages
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.stale_suppliers import mark_stale

_OUTCOMES = tables.outcomes.c
_LATER = tables.outcomes.alias("later")


def _contradicted_by(kind: OutcomeKind) -> ColumnElement[bool]:
    """Whether the listing was found to be of another kind later."""
    return exists().where(
        _LATER.c.marketplace == HERE,
        _LATER.c.listing_id == _OUTCOMES.listing_id,
        _LATER.c.kind == kind,
        _LATER.c.found_at > _OUTCOMES.found_at,
        _LATER.c.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
    )


_CONTRADICTED = _contradicted_by(OutcomeKind.GENUINE)
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
_FOUND_GENUINE = (
    select(_OUTCOMES.listing_id)
    .distinct()
    .where(
        among(tables.outcomes, "ids", "listing_id"),
        _OUTCOMES.kind == OutcomeKind.GENUINE,
        _OUTCOMES.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
        ~_contradicted_by(OutcomeKind.FAKE),
    )
)
_OF_SUPPLIERS = (
    select(_OUTCOMES.supplier_id, _OUTCOMES.body)
    .where(
        among(tables.outcomes, "ids", "supplier_id"),
        _OUTCOMES.found_at <= bindparam("as_of", type_=_OUTCOMES.found_at.type),
        or_(_OUTCOMES.kind != OutcomeKind.FAKE, ~_CONTRADICTED),
    )
    .order_by(_OUTCOMES.supplier_id, _OUTCOMES.found_at, _OUTCOMES.outcome_id)
)
_COMING = (
    select(_OUTCOMES.supplier_id, func.min(_LATER.c.found_at).label("found_at"))
    .join(_LATER, and_(_LATER.c.marketplace == HERE, _LATER.c.listing_id == _OUTCOMES.listing_id))
    .where(
        among(tables.outcomes, "ids", "supplier_id"),
        _LATER.c.found_at > bindparam("as_of", type_=_OUTCOMES.found_at.type),
    )
    .group_by(_OUTCOMES.supplier_id)
)
_SPOKEN_OF = select(_OUTCOMES.supplier_id).distinct().where(among(tables.outcomes, "ids", "listing_id"))


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

    def found_genuine(self, listing_ids: Collection[str], as_of: datetime) -> frozenset[str]:
        """Those of the listings that were found to be genuine, and not found to be fake later."""
        if not listing_ids:
            return frozenset()
        return frozenset(row[0] for row in self.scope.rows(_FOUND_GENUINE, ids=listing_ids, as_of=as_of))

    def of_suppliers(self, supplier_ids: Collection[str], as_of: datetime) -> dict[str, list[Outcome]]:
        """What suppliers' listings were found to be, by supplier, the oldest first.

        Of a listing that was found to be genuine later nobody is told that it was a fake.
        """
        found: defaultdict[str, list[Outcome]] = defaultdict(list)
        for row in self.scope.rows(_OF_SUPPLIERS, ids=supplier_ids, as_of=as_of) if supplier_ids else ():
            found[row.supplier_id].append(codec.OUTCOME.from_text(row.body))
        return dict(found)

    def coming(self, supplier_ids: Collection[str], as_of: datetime) -> dict[str, datetime]:
        """When the next outcome of a listing counts for or clears each supplier, of those that were told ahead."""
        rows = self.scope.rows(_COMING, ids=supplier_ids, as_of=as_of) if supplier_ids else ()
        return {row.supplier_id: row.found_at for row in rows}


@dataclass(frozen=True, slots=True)
class Outcomes(OutcomeReader):
    """Outcomes, to be read and added to."""

    def record_many(self, outcomes: Sequence[Outcome]) -> int:
        """Store outcomes whose ids are new, and tell how many those are.

        The pictures that a fake shows are kept, whatever becomes of its listing: others are compared with them.
        """
        told = {outcome.outcome_id: outcome for outcome in reversed(outcomes)}
        stored = self.scope.known(tables.outcomes, told)
        new = [outcome for key, outcome in told.items() if key not in stored]
        if not new:
            return 0
        raise_revision(self.scope, Topic.WITHDRAWN)
        listings = ListingReader(self.scope).find_many({outcome.listing_id for outcome in new})
        RegisteredImages(self.scope).upsert_many(
            [
                image
                for outcome in new
                if outcome.kind is OutcomeKind.FAKE and outcome.listing_id in listings
                for image in _pictures_of(outcome, listings[outcome.listing_id])
            ]
        )
        self.scope.insert(
            tables.outcomes,
            (
                {
                    "outcome_id": outcome.outcome_id,
                    "listing_id": outcome.listing_id,
                    "supplier_id": _supplier_of(listings.get(outcome.listing_id)),
                    "kind": outcome.kind,
                    "found_at": outcome.found_at,
                    "body": codec.OUTCOME.to_text(outcome),
                }
                for outcome in new
            ),
        )
        # Whoever had the listing before may be cleared by what it was found to be now.
        touched = self.scope.rows(_SPOKEN_OF, ids={outcome.listing_id for outcome in new})
        mark_stale(self.scope, (row.supplier_id for row in touched))
        return len(new)


def _supplier_of(stored: StoredListing | None) -> str:
    return stored.listing.supplier_id if stored else ""


def _pictures_of(outcome: Outcome, stored: StoredListing) -> list[RegisteredImage]:
    """What a listing shows that was found to be fake. Nobody else can have given an image such an id: it has a `#`."""
    since = pictures_since(stored.on_sale_since, stored.edits)
    return [
        RegisteredImage(
            image_id=f"{outcome.outcome_id}#{place}",
            role=ImageRole.CONFIRMED_FAKE,
            gtin=stored.listing.gtin,
            model=stored.listing.model,
            uri=image.uri,
            sha256=image.sha256,
            phash=image.phash if is_telling(image.phash) else None,
            source=outcome.source.value,
            listing_id=outcome.listing_id,
            first_shown_at=since,
        )
        for place, image in enumerate(stored.listing.images)
        if image.sha256 or is_telling(image.phash)
    ]
