"""Pictures that others' pictures are compared with: a brand's own, and those that fakes were sold with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.listing import Image
from zhengpin.domain.word import Word


class ImageRole(Word):
    """What a registered picture is known as."""

    OFFICIAL = "official"
    """The brand's own."""
    CONFIRMED_FAKE = "confirmed_fake"
    """Shown to sell what turned out to be a fake."""


@dataclass(frozen=True, slots=True)
class RegisteredImage:
    """A picture that others' pictures are compared with. Without a hash of either kind it is like no other."""

    image_id: str
    role: ImageRole
    brand_id: str = ""
    """Whose picture it is; of a fake's, which brand it pretended to be."""
    gtin: str = ""
    model: str = ""
    uri: str = ""
    sha256: str = ""
    phash: int | None = None
    source: str = ""
    """Who says so."""
    listing_id: str = ""
    """Of a fake's: the listing that showed it."""
    first_shown_at: datetime | None = None
    """Of a fake's: since when. Whoever showed it before copied nothing."""


@dataclass(frozen=True, slots=True)
class ImageMatch:
    """A listing's picture beside a registered one that looks like it."""

    shown: Image
    registered: RegisteredImage
    distance: int
    """Bits in which their perceptual hashes differ; 0 for the same file."""
