"""What rules ask of suppliers: a row of each of whom anything is told, worked out when it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_PROFILES = tables.supplier_profiles.c
_BY_IDS = select(_PROFILES.supplier_id, _PROFILES.body).where(among(tables.supplier_profiles, "ids", "supplier_id"))
_DUE = (
    select(_PROFILES.supplier_id)
    .where(
        _PROFILES.marketplace == HERE,
        tables.IS_DUE,
        _PROFILES.due_on <= bindparam("today", type_=_PROFILES.due_on.type),
        _PROFILES.supplier_id > bindparam("behind"),
    )
    .order_by(_PROFILES.supplier_id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A profile, and until when it holds."""

    supplier_id: str
    profile: SupplierProfile
    due_on: date | None
    """The UTC day on which time alone makes another one; `None` if it never will."""


@dataclass(frozen=True, slots=True)
class SupplierProfileReader:
    """Profiles as they are stored. Screenings read them with the rest of a dossier."""

    scope: Scope

    def find_many(self, supplier_ids: Collection[str]) -> dict[str, SupplierProfile]:
        """The profiles of those of the suppliers that have one."""
        rows = self.scope.rows(_BY_IDS, ids=supplier_ids) if supplier_ids else ()
        return {row.supplier_id: codec.SUPPLIER_PROFILE.from_text(row.body) for row in rows}

    def due(self, today: date, behind: str, most: int) -> list[str]:
        """Suppliers behind one, by id, whose profile time alone has made another one: at most so many."""
        return [row.supplier_id for row in self.scope.rows(_DUE, today=today, behind=behind, most=most)]


@dataclass(frozen=True, slots=True)
class SupplierProfiles(SupplierProfileReader):
    """Profiles, to be read and changed."""

    def put_many(self, profiles: Iterable[KeptProfile]) -> None:
        """Store profiles, or replace them."""
        self.scope.upsert_distinct(
            tables.supplier_profiles,
            ((each.supplier_id, each.due_on, codec.SUPPLIER_PROFILE.to_text(each.profile)) for each in profiles),
        )
