"""What a listing of the marketplace may really be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What kinds have in common."""

    GENUINE = "genuine"
    LOOK_ALIKE = "look-alike"
    """Genuine, and easily taken for a fake."""
    OBVIOUS = "obvious"
    """Fake, and betrays itself."""
    CLEVER = "clever"
    """Fake, and made with care."""


LOOKS_LIKE = {
    "clearance": "dirt-cheap",
    "newcomers-introduction": "dirt-cheap",
    "depot-shop": "ring",
    "agency-shop": "ring",
    "namesake": "look-alike-brand",
    "new-edition": "hijacked-listing",
    "group-letter": "forged-papers",
    "compatible-part": "look-alike-brand",
    "maligned": "clever-price",
}
"""Which kind of fake each honest look-alike is taken for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of listing."""

    name: str
    group: Group
    share: float
    """Of all listings."""

    @property
    def fake(self) -> bool:
        """Whether the goods are fake."""
        return self.group in {Group.OBVIOUS, Group.CLEVER}

    @property
    def clever(self) -> bool:
        """Whether it is a fake that was made with care."""
        return self.group is Group.CLEVER

    @property
    def looks_like(self) -> str:
        """The kind of fake that it is taken for; empty for most."""
        return LOOKS_LIKE.get(self.name, "")
