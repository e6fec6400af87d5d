"""Signals of the pictures: how near they come to official ones, and to those of confirmed fakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from zhengpin.detectors.images.phash import RADIUS, phash_to_text
from zhengpin.domain.hit import Evidence
from zhengpin.domain.image import ImageMatch, ImageRole
from zhengpin.domain.listing import Image, pictures_since
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet

FAR = RADIUS + 1
"""Stands for every distance beyond those that are looked for."""
MOST_SHOWN = 3
"""Pairs of pictures that are shown of one signal, the nearest first."""


def note_image_matches(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every `listing.image_near_…` signal; without anything to compare they stay unknown.

    So they do where not all were looked for that might be near, and none was found.
    """
    matches = snapshot.image_matches
    if matches is None or not (matches or snapshot.copies_looked_for):
        return
    if not matches:
        sheet.note_all(_NONE_NEAR)
        return
    named = _named_brands(snapshot)
    since = pictures_since(snapshot.on_sale_since, snapshot.edits) or snapshot.as_of
    telling: dict[str, Callable[[ImageMatch], bool]] = {
        _OFFICIAL: lambda match: _is_official(match) and match.registered.brand_id in named,
        _ANOTHER_BRANDS: lambda match: _is_official(match) and match.registered.brand_id not in named,
        _FAKES: lambda match: not _is_official(match) and not _showed_it_before(since, match),
    }
    for signal, tells in telling.items():
        found = [match for match in matches if tells(match)]
        if found or snapshot.copies_looked_for:
            _note_nearest(sheet, signal, found)


_OFFICIAL = "listing.image_near_official"
_ANOTHER_BRANDS = "listing.image_near_another_brands_official"
_FAKES = "listing.image_near_confirmed_fake"
_NONE_NEAR = dict.fromkeys((_OFFICIAL, _ANOTHER_BRANDS, _FAKES), FAR)


def _named_brands(snapshot: Snapshot) -> frozenset[str]:
    """The brands that the listing names, in its brand or in its title."""
    named = (*((snapshot.brand,) if snapshot.brand else ()), *snapshot.known_brands)
    return frozenset(brand.brand_id for brand in named)


def _is_official(match: ImageMatch) -> bool:
    return match.registered.role is ImageRole.OFFICIAL


def _showed_it_before(since: datetime, match: ImageMatch) -> bool:
    """Whether the listing showed its pictures before the fake did: then the fake copied them."""
    first = match.registered.first_shown_at
    return first is not None and since < first


def _note_nearest(sheet: Sheet, signal: str, found: Sequence[ImageMatch]) -> None:
    nearest = min((match.distance for match in found), default=FAR)
    sheet.note(signal, nearest, *map(_pair, found[:MOST_SHOWN]))


def _pair(match: ImageMatch) -> Evidence:
    """Both pictures, so that a person can lay them side by side."""
    registered = match.registered
    of = f"{registered.role.value} {registered.image_id}"
    where = registered.uri or _hash_of(Image("", registered.sha256, registered.phash))
    return Evidence("image_pair", match.shown.uri or _hash_of(match.shown), f"{match.distance} bits from {of}: {where}")


def _hash_of(image: Image) -> str:
    return image.sha256 or ("" if image.phash is None else phash_to_text(image.phash))
