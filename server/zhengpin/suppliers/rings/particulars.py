"""Names and addresses of suppliers as a table to compare, and what a comparison says of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from zhengpin.domain.ring import Attribute, LinkEvidence
from zhengpin.suppliers.rings.addresses import address
from zhengpin.suppliers.rings.company_names import company_name
from zhengpin.suppliers.rings.text_model import TextModel
from zhengpin.suppliers.rings.text_table import TextColumn, TextTable

_OF_NAME: Final = ("region", "core", "trade")
_OF_ADDRESS: Final = ("region", "district", "town", "road", "number", "unit", "postcode")
_CORE: Final = _OF_NAME.index("core")
_ROAD: Final = len(_OF_NAME) + _OF_ADDRESS.index("road")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a supplier is called and where it sits, as told; empty text is not known."""

    supplier_id: str
    name: str = ""
    address: str = ""


def table_of(suppliers: Sequence[Particulars]) -> TextTable:
    """Take names and addresses apart, a row a supplier. Legal forms and branches tell nobody apart and are left out."""
    names = [company_name(each.name) for each in suppliers]
    addresses = [address(each.address) for each in suppliers]
    return TextTable(
        (
            *(TextColumn.of(f"name.{part}", [getattr(each, part) for each in names]) for part in _OF_NAME),
            *(TextColumn.of(f"address.{part}", [getattr(each, part) for each in addresses]) for part in _OF_ADDRESS),
        )
    )


def text_evidence(model: TextModel, one: Particulars, other: Particulars) -> tuple[LinkEvidence, ...]:
    """Say what the names and the addresses of two suppliers say, each if it speaks for the pair.

    That they differ is no evidence against a link: whoever hides tells another name on purpose.
    """
    table = table_of((one, other))
    bits = model.bits(table, np.array([0]), np.array([1]))[0]
    told = (
        (Attribute.COMPANY_NAME, float(bits[: len(_OF_NAME)].sum()), _CORE),
        (Attribute.ADDRESS, float(bits[len(_OF_NAME) :].sum()), _ROAD),
    )
    return tuple(
        LinkEvidence(attribute, weight, _bearers(model, table, column))
        for attribute, weight, column in told
        if weight > 0
    )


def _bearers(model: TextModel, table: TextTable, column: int) -> int:
    """How many suppliers share the part that tells most, both of the pair included."""
    written = table.columns[column].written.tolist()
    return max(2, *(model.counts[column].get(text, 0) for text in written))
