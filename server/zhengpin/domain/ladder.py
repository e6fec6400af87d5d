"""The action ladder: what is stricter than what, and what each action makes of a listing."""

from __future__ import annotations

from zhengpin.domain.hit import ActionKind
from zhengpin.domain.verdict import Decision

STRICTNESS = {kind: place for place, kind in enumerate(ActionKind)}
"""Actions from mild to strict."""

DECISION_OF = {
    ActionKind.RECORD: Decision.ALLOW,
    ActionKind.BOOST: Decision.ALLOW,
    ActionKind.INFORM: Decision.WATCH,
    ActionKind.LABEL: Decision.WATCH,
    ActionKind.ASK_DOCUMENTS: Decision.WATCH,
    ActionKind.ORDER_SAMPLE: Decision.WATCH,
    ActionKind.OPEN_CASE: Decision.REVIEW,
    ActionKind.HOLD: Decision.REVIEW,
    ActionKind.DEMOTE: Decision.REVIEW,
    ActionKind.DELIST: Decision.BLOCK,
}
"""What each action makes of a listing, once the policy has lowered what screening may not do."""

RESTRICTIONS = frozenset({ActionKind.HOLD, ActionKind.DEMOTE})
PEOPLE_ONLY = frozenset(
    {ActionKind.CLOSE_CATEGORY, ActionKind.HOLD_PAYOUT, ActionKind.SUSPEND_SHOP, ActionKind.TERMINATE}
)
SUSPICIONS = frozenset(kind for kind in ActionKind if STRICTNESS[kind] >= STRICTNESS[ActionKind.OPEN_CASE])
"""What a rule proposes that suspects the listing. Less only tells, asks or tests."""
OBJECTIONS = frozenset(kind for kind in ActionKind if STRICTNESS[kind] >= STRICTNESS[ActionKind.LABEL])
"""What does not go together with a boost: whoever is warned of, asked or suspected is not put forward."""
