"""Names and addresses of suppliers as a table to compare, and what a comparison says of a pair."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np

from zhengpin.domain.ring import Attribute, LinkEvidence
from zhengpin.suppliers.rings.addresses import address
from zhengpin.suppliers.rings.candidates import candidate_pairs
from zhengpin.suppliers.rings.company_names import company_name
from zhengpin.suppliers.rings.text_model import TextModel
from zhengpin.suppliers.rings.text_table import Floats, Places, TextColumn, TextTable, spoken
from zhengpin.suppliers.rings.weighing import WEIGHTS

_OF_NAME: Final = ("region", "core", "trade")
_OF_ADDRESS: Final = ("region", "district", "town", "road", "number", "unit", "postcode")
_TELLING: Final = ("name.core", "address.road", "address.number", "address.unit", "address.postcode")
_MOST_OF_ADDRESS: Final = math.log2(WEIGHTS[Attribute.ADDRESS].m / WEIGHTS[Attribute.ADDRESS].least_u)
"""However rare an address is, strangers may share it: it is a bookkeeper's, or an office of many firms."""
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


def naming_keys(supplier: Particulars) -> tuple[tuple[str, str], ...]:
    """Under which words others of the same name or address are found, each with what it is; those too common as well.

    Who shares neither the telling part of the name nor road and number is compared only for what else they share.
    """
    core = spoken(company_name(supplier.name).core)
    place = address(supplier.address)
    site = "|".join(map(spoken, (place.region, place.road, place.number)))
    whole = sha256(f"{supplier.name}\n{supplier.address}".encode()).hexdigest()
    told = ("name", core), ("site", site if place.road and place.number else ""), ("whole", whole)
    return tuple(each for each in told if each[1]) if supplier.name or supplier.address else ()


def pairs_to_compare(table: TextTable) -> tuple[Places, Places]:
    """Give the pairs of rows whose names or addresses may say something; regions and trades lead to nobody."""
    return candidate_pairs(TextTable(tuple(column for column in table.columns if column.name in _TELLING)))


def text_evidence(model: TextModel, one: Particulars, other: Particulars) -> tuple[LinkEvidence, ...]:
    """Say what the names and the addresses of two suppliers say, each if it speaks for the pair.

    That they differ is no evidence against a link: whoever hides tells another name on purpose.
    """
    return texts_evidence(model, table_of((one, other)), np.array([0]), np.array([1]))[0]


def texts_evidence(model: TextModel, table: TextTable, one: Places, other: Places) -> list[tuple[LinkEvidence, ...]]:
    """Say the same of many pairs of rows at once."""
    names, addresses = _bits(model, table, one, other)
    told = (
        _told(Attribute.COMPANY_NAME, names, _bearers(model, table, _CORE, one, other)),
        _told(Attribute.ADDRESS, addresses, _bearers(model, table, _ROAD, one, other)),
    )
    return [tuple(filter(None, each)) for each in zip(*told, strict=True)]


def text_bits(model: TextModel, table: TextTable, one: Places, other: Places) -> Floats:
    """Add up how much that evidence says, for each pair of rows."""
    names, addresses = _bits(model, table, one, other)
    total: Floats = names + addresses
    return total


def _bits(model: TextModel, table: TextTable, one: Places, other: Places) -> tuple[Floats, Floats]:
    """What names and what addresses say, at least nothing; of an address no more than it may."""
    bits = model.bits(table, one, other)
    names, addresses = bits[:, : len(_OF_NAME)].sum(axis=1), bits[:, len(_OF_NAME) :].sum(axis=1)
    return np.maximum(names, 0.0), np.clip(addresses, 0.0, _MOST_OF_ADDRESS)


def _told(attribute: Attribute, bits: Floats, bearers: Iterable[int]) -> Iterator[LinkEvidence | None]:
    for weight, shared_by in zip(bits.tolist(), bearers, strict=True):
        yield LinkEvidence(attribute, weight, shared_by) if weight > 0 else None


def _bearers(model: TextModel, table: TextTable, column: int, one: Places, other: Places) -> Iterator[int]:
    """How many suppliers share the part that tells most, both of the pair included."""
    written, counts = table.columns[column].written, model.counts[column]
    for here, there in zip(written[one].tolist(), written[other].tolist(), strict=True):
        yield max(2, counts.get(here, 0), counts.get(there, 0))
