"""Which company suppliers are, by their numbers in the register, as far as these were verified.

The register is public: whoever only claims a number is left out, so that nobody is taken for a company by its rival's
word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from zhengpin.detectors.codes import company_key
from zhengpin.domain.supplier import Supplier
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among
from zhengpin.storage.stale_suppliers import mark_stale

_COMPANIES = tables.verified_companies
_KEYS_OF = select(_COMPANIES.c.supplier_id, _COMPANIES.c.company_key).where(among(_COMPANIES, "ids", "supplier_id"))
_SUPPLIERS_OF = (
    select(_COMPANIES.c.company_key, _COMPANIES.c.supplier_id)
    .where(among(_COMPANIES, "keys", "company_key"))
    .order_by(_COMPANIES.c.company_key, _COMPANIES.c.supplier_id)
)
_FORGET = delete(_COMPANIES).where(among(_COMPANIES, "ids", "supplier_id"))


@dataclass(frozen=True, slots=True)
class VerifiedCompanyReader:
    """Suppliers by the companies that they are."""

    scope: Scope

    def of_several(self, supplier_ids: Collection[str]) -> list[tuple[str, ...]]:
        """The companies of the suppliers, each as all the suppliers that are this one, by id.

        A company that is one supplier alone is left out, as most are.
        """
        keys = set(_keys_of(self.scope, supplier_ids).values())
        return [those for those in _suppliers_of(self.scope, keys).values() if len(those) > 1]


def name_companies(scope: Scope, suppliers: Mapping[str, Supplier]) -> None:
    """Note which company suppliers are by now, whose records are stored.

    Suppliers of a company that others were before and are no more stand otherwise without these, and are marked.
    """
    before, by_now = _keys_of(scope, suppliers.keys()), _verified(suppliers)
    changed = [each for each in suppliers if before.get(each) != by_now.get(each)]
    if not changed:
        return
    scope.change(_FORGET, ids=changed)
    scope.upsert(_COMPANIES, ({"supplier_id": each, "company_key": by_now[each]} for each in changed if each in by_now))
    left = {before[each] for each in changed if each in before}
    mark_stale(scope, (each for those in _suppliers_of(scope, left).values() for each in those))


def _verified(suppliers: Mapping[str, Supplier]) -> dict[str, str]:
    return {
        supplier_id: key
        for supplier_id, supplier in suppliers.items()
        if supplier.verified_at is not None and (key := company_key(supplier.registration_code, supplier.country))
    }


def _keys_of(scope: Scope, supplier_ids: Collection[str]) -> dict[str, str]:
    return {row.supplier_id: row.company_key for row in scope.rows(_KEYS_OF, ids=supplier_ids)} if supplier_ids else {}


def _suppliers_of(scope: Scope, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in scope.rows(_SUPPLIERS_OF, keys=keys) if keys else ():
        found[row.company_key].append(row.supplier_id)
    return {key: tuple(those) for key, those in found.items()}
