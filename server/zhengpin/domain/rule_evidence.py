"""What the rules' hits on one listing add up to, whatever the rules are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from zhengpin.domain.hit import ActionKind, Family, Proof, Severity
from zhengpin.domain.ladder import STRICTNESS, SUSPICIONS

_REMARKS = frozenset(kind for kind in ActionKind if STRICTNESS[kind] >= STRICTNESS[ActionKind.INFORM]) - SUSPICIONS


class RuleHit(Protocol):
    """What a hit and a reason have in common."""

    @property
    def family(self) -> Family:
        """The kind of evidence."""

    @property
    def severity(self) -> Severity:
        """How bad it would be."""

    @property
    def proof(self) -> Proof:
        """How sure it is."""


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """How much the rules hold against a listing."""

    proofs: int = 0
    """Suspicions that anyone can check."""
    families: int = 0
    """Kinds of evidence that raise a suspicion."""
    grave: int = 0
    """Suspicions of high or critical severity."""
    remarks: int = 0
    """Hits that only inform, label, ask for papers or have a sample tested: no suspicion."""

    @classmethod
    def of(cls, hits: Iterable[tuple[RuleHit, ActionKind]]) -> Self:
        """Add up hits, each with the action that its rule proposes."""
        told = list(hits)
        suspicions = [hit for hit, action in told if action in SUSPICIONS]
        return cls(
            proofs=sum(hit.proof is Proof.DETERMINISTIC for hit in suspicions),
            families=len({hit.family for hit in suspicions}),
            grave=sum(hit.severity >= Severity.HIGH for hit in suspicions),
            remarks=sum(action in _REMARKS for _, action in told),
        )
