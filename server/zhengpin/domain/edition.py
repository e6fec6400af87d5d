"""Editions of the rule book: the packs, rules and signals by which verdicts were made."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

FIRED: Final = "f"
NOT_FIRED: Final = "-"
UNKNOWN: Final = "?"
"""How a rule came out, as one letter."""

DIGEST_LENGTH: Final = 32
"""Half of a SHA-256: 128 bits tell any number of editions apart."""


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A rule pack as it was loaded."""

    name: str
    version: int
    digest: str
    """SHA-256 of the pack's canonical form."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule, and the signals whose absence can make its truth unknown."""

    rule_id: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a verdict was made by. It changes with a pack or a signal, and stands under many verdicts."""

    packs: tuple[PackVersion, ...] = field(compare=False)
    signals: tuple[str, ...] = field(compare=False)
    """The names of all signals, in the order in which people read them."""
    rules: tuple[RuleInForce, ...] = field(compare=False)
    """In the order in which they are evaluated."""
    digest: str = field(init=False)
    """The first half of the SHA-256 of all the rest; equal editions have equal digests."""

    def __post_init__(self) -> None:
        """Compute the digest."""
        packs = [[each.name, each.version, each.digest] for each in self.packs]
        rules = [[each.rule_id, each.reads] for each in self.rules]
        whole = json.dumps([packs, self.signals, rules], ensure_ascii=False)
        object.__setattr__(self, "digest", sha256(whole.encode()).hexdigest()[:DIGEST_LENGTH])
