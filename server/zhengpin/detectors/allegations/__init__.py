"""What buyers' words claim of the goods: that they are fake, that they are genuine, or neither."""

from __future__ import annotations

from zhengpin.detectors.allegations.claim import NO_CLAIM, Claim, ClaimKind
from zhengpin.detectors.allegations.reading import claim_of, claims_of

__all__ = ["NO_CLAIM", "Claim", "ClaimKind", "claim_of", "claims_of"]
