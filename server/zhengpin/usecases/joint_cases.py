"""Rings that are worth one case for all of them (RNG-02)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Final

from zhengpin.detectors.images.hash_index import HashIndex, packed, unpacked
from zhengpin.domain.image import ImageRole
from zhengpin.domain.ring import Attribute, Edge
from zhengpin.domain.ring_view import JointCase
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.hash_log import SAME_PICTURE, KeptHashes
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
    """Whether different owners show the same pictures: no stock pictures, and no files that are a brand's own."""
    ids = chain.from_iterable(reader.offered_goods.listings(each, "", _MOST_LISTINGS) for each in owners)
    images = {image for each in reader.listings.find_many([*ids]).values() for image in each.listing.images}
    registered = reader.registered_images.under_sha256s({each.sha256 for each in images if each.sha256})
    official = {file for file, those in registered.items() if any(each.role is ImageRole.OFFICIAL for each in those)}
    hashes = {each.phash for each in images if each.phash is not None}
    # Only copies that members show are looked for: an index of their own pictures is enough.
    own = KeptHashes(HashIndex(SAME_PICTURE).with_more(unpacked([packed(hashes)], len(hashes))))
    showing = reader.listings.showing([each for each in images if each.sha256 not in official], own).values()
    return any(len({owners[each] for each in those.values() if each in owners}) > 1 for those in showing)
