"""Brand names in titles: which words may name a brand, and which names stand in a title."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.domain.brand import Brand


@dataclass(frozen=True, slots=True)
class Mention:
    """One registered brand that a title names."""

    brand: Brand
    words: str
    """As the title writes it."""
    fits: bool
    """Named as what the goods fit ("for", "compatible with", 适用), not as what they are."""
    disguised: bool
    """Written to look like the name without being it: other letters of the same shape, or one letter off."""


def mentions(title: str, brands: tuple[Brand, ...]) -> tuple[Mention, ...]:
    """Find the brands that the title names."""
    return ()
