"""Registered images: official ones, and those that fakes were sold with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select

from zhengpin.detectors.images.phash import BITS, phash_to_text
from zhengpin.domain.image import RegisteredImage
from zhengpin.storage import codec, tables
from zhengpin.storage.hash_log import log_hashes
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.revisions import Topic
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, each

MOST_ALIKE = 50
"""Of pictures registered under one hash, so many are compared: the first by id."""

_IMAGES = tables.registered_images.c


def _under(name: str) -> Select[Any]:
    """The first images under each of the hashes that come as `hashes`."""
    asked, first = each("hashes", name), tables.registered_images.alias("first")
    few = (
        select(first.c.image_id)
        .where(first.c.marketplace == HERE, first.c[name] == asked.c[name])
        .order_by(first.c.image_id)
        .limit(MOST_ALIKE)
        .correlate(asked)
    )
    these = and_(_IMAGES.marketplace == HERE, _IMAGES.image_id.in_(few))
    return select(_IMAGES.body).select_from(starting_from(asked, tables.registered_images, these))


_UNDER_PHASH = _under("phash")
_UNDER_SHA256 = _under("sha256")


@dataclass(frozen=True, slots=True)
class RegisteredImageReader:
    """Registered images as they are stored."""

    scope: Scope

    def under_phashes(self, phashes: Collection[int]) -> dict[int, list[RegisteredImage]]:
        """The images with each of the perceptual hashes, by hash and then id; hashes of none are left out."""
        found: defaultdict[int, list[RegisteredImage]] = defaultdict(list)
        for image in self._images(_UNDER_PHASH, map(phash_to_text, phashes)):
            assert image.phash is not None
            found[image.phash].append(image)
        return found

    def under_sha256s(self, sha256s: Collection[str]) -> dict[str, list[RegisteredImage]]:
        """The images with each of the files' hashes, by hash and then id; hashes of none are left out."""
        found: defaultdict[str, list[RegisteredImage]] = defaultdict(list)
        for image in self._images(_UNDER_SHA256, sha256s):
            found[image.sha256].append(image)
        return found

    def _images(self, statement: Select[Any], hashes: Iterable[str]) -> list[RegisteredImage]:
        asked = [(hashed,) for hashed in hashes]
        rows = self.scope.rows(statement, hashes=asked) if asked else ()
        return sorted((codec.REGISTERED_IMAGE.recall(row.body) for row in rows), key=lambda image: image.image_id)


@dataclass(frozen=True, slots=True)
class RegisteredImages(RegisteredImageReader):
    """Registered images, to be read and changed."""

    def upsert_many(self, images: Sequence[RegisteredImage]) -> None:
        """Store images, or replace them."""
        latest = {image.image_id: image for image in images}
        log_hashes(self.scope, Topic.REGISTERED_IMAGES, _hashes_of(latest.values()))
        self.scope.upsert_distinct(tables.registered_images, map(_row_from_image, latest.values()))


def head_of(sha256: str) -> int:
    """The first 64 bits of a file's hash: enough to tell whether it may have been told."""
    return int(sha256[: BITS // 4], 16)


def _hashes_of(images: Collection[RegisteredImage]) -> set[int]:
    """What the images may be found by: perceptual hashes, and the heads of the files' own."""
    phashes = {image.phash for image in images if image.phash is not None}
    return phashes | {head_of(image.sha256) for image in images if image.sha256}


def _row_from_image(image: RegisteredImage) -> dict[str, Any]:
    return {
        "image_id": image.image_id,
        "phash": "" if image.phash is None else phash_to_text(image.phash),
        "sha256": image.sha256,
        "body": codec.REGISTERED_IMAGE.to_text(image),
    }
