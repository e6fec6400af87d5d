"""The records of suppliers that inherit of one another, each by itself or several as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import fsum

from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.suppliers.score.succession import with_history


@dataclass(frozen=True, slots=True)
class Records:
    """What was told of each supplier, and who goes on in whom."""

    own: Mapping[str, SupplierEvidence]
    """Each one's, without what it inherits."""
    shares: Mapping[str, Mapping[str, float]]
    """Of whose good record which share is due to a supplier (`succession.shares_of`), itself included."""

    def of(self, supplier_id: str) -> SupplierEvidence:
        """All that counts of one supplier."""
        return with_history(supplier_id, self.own, self.shares[supplier_id])

    def together(self, supplier_ids: Collection[str]) -> SupplierEvidence:
        """All that counts of several as if they were one, of whom most is known giving the category.

        Whoever goes on in them counts once and whole. They are stopped if one is that goes on in nobody else: who does
        may have been closed for that very reason.
        """
        everybody = sorted({each for supplier_id in supplier_ids for each in self.shares[supplier_id]})
        best_known = max(everybody, key=self._known_of)
        joint = with_history(best_known, self.own, dict.fromkeys(everybody, 1.0))
        remaining = [each for each in supplier_ids if self.shares[each][each]]
        stopped = any(self.own[each].blemishes.stopped for each in remaining)
        return replace(joint, blemishes=replace(joint.blemishes, stopped=stopped))

    def _known_of(self, supplier_id: str) -> float:
        sums = self.own[supplier_id].sums
        return fsum((*sums.good, *sums.bad))
