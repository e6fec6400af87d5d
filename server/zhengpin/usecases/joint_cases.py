"""Rings that are worth one case for all of them (RNG-02)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Final

from zhengpin.domain.image import ImageRole
from zhengpin.domain.ring import Attribute, Edge
from zhengpin.domain.ring_view import JointCase
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.hash_log import NOTHING_KEPT
from zhengpin.storage.work import Reader
from zhengpin.usecases.ring_standings import entities_among

FEWEST_SHOPS: Final = 4
FEWEST_OWNERS: Final = 2
_SHARED: Final = frozenset({Attribute.DEPOT, Attribute.DOCUMENT})
"""What several owners share, beside pictures."""
_MOST_LISTINGS: Final = 20
"""Of each member whose pictures are compared."""

Owners = Mapping[str, frozenset[str]]


def joint_case(
    reader: Reader, suppliers: Collection[Supplier], shops: Collection[str], edges: Collection[Edge]
) -> JointCase | None:
    """Say whether the members of a ring are taken up together; `shops` are those that sell to buyers.

    Only what different owners share counts: that one company's shops look alike is no wonder. Pictures are read last,
    for few rings come that far.
    """
    owners = entities_among((each.supplier_id for each in suppliers), edges)
    found = JointCase(
        sum(max(len(each.shops), each.supplier_id in shops) for each in suppliers), len(set(owners.values()))
    )
    if found.shops < FEWEST_SHOPS or found.owners < FEWEST_OWNERS:
        return None
    between = (edge for edge in edges if owners[edge.one] != owners[edge.other])
    shared = {each.attribute for edge in between for each in edge.evidence if not each.is_hub}
    return found if shared >= _SHARED and _share_pictures(reader, owners) else None


def _share_pictures(reader: Reader, owners: Owners) -> bool:
    """Whether different owners show the same files: no stock pictures, and none that are a brand's own."""
    ids = chain.from_iterable(reader.offered_goods.listings(each, "", _MOST_LISTINGS) for each in owners)
    stored = reader.listings.find_many([*ids]).values()
    files = {image.sha256: image for each in stored for image in each.listing.images if image.sha256}
    for sha256, registered in reader.registered_images.under_sha256s(files.keys()).items():
        if any(each.role is ImageRole.OFFICIAL for each in registered):
            del files[sha256]
    showing = reader.listings.showing(files.values(), NOTHING_KEPT).values()
    return any(len({owners[each] for each in those.values() if each in owners}) > 1 for those in showing)
