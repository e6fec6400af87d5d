"""Whose a file is that several suppliers handed in as their own (KYB-07)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from zhengpin.detectors.companies import is_same_company
from zhengpin.domain.paper_holder import PaperHolder
from zhengpin.domain.supplier import Supplier


def lenders_of(
    supplier: Supplier, holders: Iterable[PaperHolder], known: Mapping[str, Supplier], *, verified: bool = False
) -> tuple[Supplier, ...]:
    """The companies whose file a supplier has handed in; none where the file is its own company's.

    A file belongs to the company of which it was verified, else to the one that handed it in first: a copy comes after
    what it was made from, whatever day it bears. Where it was verified of two companies, or where nobody knows who came
    first, each is told of the other, and a person finds out. `verified` says that the file was confirmed to be the
    supplier's, beside what the holders say; suppliers that are not `known` are companies of their own.
    """
    own, others = list[PaperHolder](), dict[PaperHolder, Supplier]()
    for each in holders:
        holder = known.get(each.supplier_id, Supplier(each.supplier_id))
        if each.supplier_id == supplier.supplier_id or is_same_company(supplier, holder):
            own.append(each)
        else:
            others[each] = holder
    confirmed = tuple(holder for each, holder in others.items() if each.verified)
    if confirmed or verified or any(each.verified for each in own):
        return confirmed
    first = min((each.place for each in own), default=inf)
    return tuple(holder for each, holder in others.items() if each.place <= first)
