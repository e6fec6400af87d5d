"""Pictures by what they show, and copies of them that were cut, marked or saved anew."""

from __future__ import annotations

from zhengpin.simulation.chance import Chance
from zhengpin.simulation.goods import Product
from zhengpin.simulation.records import Fields, Record

_OFFICIAL = 3
"""Pictures that a maker has of each product."""
_COPY = " copied to "
_BITS = 64
_MOST_CHANGED = 5
"""Bits of a perceptual hash that a copy changes."""


def official_pictures(product: Product) -> list[str]:
    """The maker's own pictures of a product."""
    return [f"{product.path}/picture/{number}" for number in range(_OFFICIAL)]


def copy_of(picture: str, path: str) -> str:
    """A picture as the listing of this path shows it: another file, which looks nearly the same."""
    return f"{picture}{_COPY}{path}"


def hashes_of(picture: str, chance: Chance) -> Fields:
    """The hash of the file, and the perceptual one: a copy's differs in a few bits."""
    original = picture.partition(_COPY)[0]
    phash = int(chance.sha256(original)[:16], 16)
    if picture != original:
        dice = chance.random(picture)
        for bit in dice.sample(range(_BITS), dice.randint(1, _MOST_CHANGED)):
            phash ^= 1 << bit
    return {"sha256": chance.sha256(picture), "phash": str(phash)}


def official_records(product: Product) -> list[Record]:
    """The maker's pictures of a product, as they are registered."""
    chance = product.brand.chance
    return [
        {
            "image": {
                "imageId": chance.id(picture),
                "role": "IMAGE_ROLE_OFFICIAL",
                "brandId": product.brand.brand_id,
                "gtin": product.gtin,
                "model": product.model,
                "uri": f"https://pictures.example/{chance.id(picture)}.jpg",
                **hashes_of(picture, chance),
                "source": "brand",
            }
        }
        for picture in official_pictures(product)
    ]
