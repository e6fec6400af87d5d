"""What rules hold against a listing, as the columns that classifier and rules together are learned from.

Rules are known by what they propose and how sure they are, not by name, so that a new rule counts at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.risk.features import Matrix

RULE_COLUMNS = ("rules.proofs", "rules.families", "rules.grave", "rules.remarks")
RISING_RULES = frozenset(RULE_COLUMNS[:3])
"""One more suspicion never makes a listing more trustworthy."""


def rule_columns(rules: Sequence[RuleEvidence]) -> Matrix:
    """(listings, rule columns)."""
    return np.array([rule_numbers(each) for each in rules], dtype=np.float64).reshape(len(rules), len(RULE_COLUMNS))


def rule_numbers(rules: RuleEvidence) -> tuple[int, int, int, int]:
    """One listing's rule columns."""
    return rules.proofs, rules.families, rules.grave, rules.remarks
