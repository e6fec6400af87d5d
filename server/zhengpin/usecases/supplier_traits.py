"""What suppliers have that others may share: their values, their number in the register, their names and addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from zhengpin.detectors.codes import company_key
from zhengpin.domain.ring import Attribute
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.company_names import registered_name
from zhengpin.suppliers.rings.particulars import Particulars, naming_keys

ATTRIBUTES: Final = frozenset(each.value for each in Attribute)
"""What is weighed; other traits only lead to whom names and addresses are compared with."""


def traits_by_now(reader: Reader, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
    """What each supplier shares by what is stored of it, and whether it was confirmed to be its own."""
    stored = reader.suppliers.without_shops(supplier_ids)
    values = reader.supplier_facts.values_of(supplier_ids)
    return {each: traits_of(stored.get(each, Supplier(each)), values.get(each, {})) for each in supplier_ids}


def traits_of(supplier: Supplier, values: Mapping[Shared, bool]) -> dict[Shared, bool]:
    """What a supplier shares by its record, and by its values: tokens and papers."""
    number = company_key(supplier.registration_code, supplier.country or "CN")
    codes = {(Attribute.REGISTRATION_CODE.value, number): supplier.verified_at is not None} if number else {}
    name = registered_name(supplier.name)
    names = {(Attribute.REGISTERED_NAME.value, name): False} if name else {}
    return {**values, **codes, **names, **dict.fromkeys(naming_keys(particulars_of(supplier)), False)}


def particulars_of(supplier: Supplier) -> Particulars:
    """What a supplier is called and where it sits."""
    return Particulars(supplier.supplier_id, supplier.name, supplier.address)
