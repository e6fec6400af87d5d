"""Whether suppliers may trade, by their records and by what was told of them."""

from __future__ import annotations

from collections.abc import Collection

from zhengpin.domain.supplier import Supplier, SupplierState
from zhengpin.domain.supplier_fact import Termination
from zhengpin.storage.work import Reader


def states_of(reader: Reader, supplier_ids: Collection[str]) -> dict[str, SupplierState]:
    """Their states; whom a fact says to be terminated is, whatever its record says."""
    stored = reader.suppliers.without_shops(supplier_ids)
    ended = reader.supplier_facts.those_with(Termination, supplier_ids)
    return {
        each: SupplierState.TERMINATED if each in ended else stored.get(each, Supplier(each)).state
        for each in supplier_ids
    }
