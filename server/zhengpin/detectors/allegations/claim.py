"""What a buyer's words claim of the goods."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What somebody says of whether the goods are genuine."""

    FAKE = "fake"
    GENUINE = "genuine"
    QUESTION = "question"
    """Asked, or left open: "is it genuine?", "can't tell whether it is"."""
    OTHER = "other"
    """Nothing: of something else, of other goods, or only of a case ("if it is fake …")."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The strongest claim of a text, and the sentence that makes it."""

    kind: ClaimKind
    sentence: str = ""
    """As it was written; empty for `OTHER`."""
    certainty: float = 0.0
    """From 0 to 1: some 0.9 for what is said outright, less for impressions and hearsay. An order, no probability."""


NO_CLAIM = Claim(ClaimKind.OTHER)
