"""Perceptual hashes: 64 bits that stay nearly the same when a picture is resized, recompressed or marked.

Two pictures are taken for copies of one another by the number of bits in which their hashes differ.
"""

from __future__ import annotations

import re

BITS = 64
RADIUS = 8
"""Bits within which pictures are looked up; rules ask for less."""
_HEX = re.compile(r"(?:0x)?([0-9a-f]{16})", re.IGNORECASE)


def distance(one: int, other: int) -> int:
    """The number of bits in which two hashes differ (Hamming), from 0 to 64."""
    return (one ^ other).bit_count()


def is_blank(phash: int) -> bool:
    """Whether the hash is that of a picture of one colour, or within `RADIUS` of it: such pictures all look alike."""
    return not RADIUS < phash.bit_count() < BITS - RADIUS


def phash_to_text(phash: int) -> str:
    """Sixteen lower-case hexadecimal digits."""
    return f"{phash:016x}"


def phash_from_text(text: str) -> int:
    """A hash from its sixteen hexadecimal digits; raises `ValueError` that says what is wrong and what to do."""
    found = _HEX.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no perceptual hash: give its 64 bits as 16 hexadecimal digits")
    return int(found[1], 16)
