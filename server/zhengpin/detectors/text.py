"""What a listing's own text says of its goods."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhengpin.domain.listing import Listing


class Saying(StrEnum):
    """What a text can say of the goods that it sells."""

    EMPTY = "empty"
    COMPATIBLE = "compatible"
    EXPIRED = "expired"
    USED = "used"
    RECHARGED = "recharged"
    WITHOUT_BOX = "without_box"
    REPLICA = "replica"
    LEAKED_FACTORY_GOODS = "leaked_factory_goods"
    SAME_STYLE = "same_style"
    GENUINE = "genuine"
    OFF_PLATFORM_CONTACT = "off_platform_contact"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence in which the listing says something of its own goods."""

    saying: Saying
    term: str
    """The trade's term, as the lexicon names it."""
    field: str
    """"title" or "description"."""
    sentence: str


REPLICA_TERMS: tuple[str, ...] = ("replica",)


def sayings(listing: Listing) -> tuple[Finding, ...]:
    return ()
