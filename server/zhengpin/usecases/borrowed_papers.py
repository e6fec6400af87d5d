"""From whom a supplier borrowed papers and letters, as far as the store can tell."""

from __future__ import annotations

from collections.abc import Collection

from zhengpin.detectors.lenders import lenders_of
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.work import Reader


def lenders(
    reader: Reader, supplier: Supplier, hashes: Collection[str], verified: Collection[str] = frozenset()
) -> dict[str, tuple[Supplier, ...]]:
    """The other companies whose files a supplier has handed in, by SHA-256; files of its own are left out.

    The `verified` ones were confirmed to be its own, whether that is stored or not.
    """
    holders = reader.paper_holders.of(hashes)
    known = reader.suppliers.without_shops({each.supplier_id for those in holders.values() for each in those})
    found = {
        sha256: lenders_of(supplier, those, known, verified=sha256 in verified) for sha256, those in holders.items()
    }
    return {sha256: _in_order(those) for sha256, those in found.items() if those}


def _in_order(suppliers: Collection[Supplier]) -> tuple[Supplier, ...]:
    return tuple(sorted(suppliers, key=lambda each: each.supplier_id))
