"""Verdicts: what was decided about one listing, and everything that led to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from zhengpin.domain.edition import PackVersion
from zhengpin.domain.explanation import Explanation, NotEvaluated
from zhengpin.domain.hit import ActionKind, Evidence, Family, Proof, Severity, Text, Value
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


class Decision(Word):
    """What a marketplace backend acts on, from mild to strict."""

    ALLOW = "allow"
    WATCH = "watch"
    REVIEW = "review"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Contribution:
    """How far one signal moved the classifier."""

    signal: str
    """`supplier.kind=agent` where it is one choice of a signal; `anomaly` is how unusual the listing is."""
    value: float | None
    """As the classifier read it: 1 for a true boolean and for a choice that holds; `None` if it was not known."""
    effect: float
    """In log-odds; positive towards fake."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What the learned model says."""

    probability: float | None
    """Of a fake, by the classifier alone, calibrated; `None` where too few labels were known to train one."""
    anomaly: float
    """How unusual the listing is: the share of the listings that the model learned from that were less so."""
    model_version: str
    contributions: tuple[Contribution, ...] = ()
    """The signals that moved the classifier most, the strongest first."""
    suspicion: float | None = None
    """The probability of a fake by rules and classifier together: the order in which people take listings up."""


class Adjustment(Word):
    """Why less was done than a rule proposed, or something else."""

    SHIELDED_BY_ALLOW_LIST = "shielded_by_allow_list"
    LEFT_TO_PEOPLE = "left_to_people"
    DELISTING_NEEDS_PROOF = "delisting_needs_proof"
    RESTRICTION_NEEDS_SECOND_FAMILY = "restriction_needs_second_family"
    DEMOTED_AS_ON_SALE = "demoted_as_on_sale"
    HELD_AS_NEW = "held_as_new"
    RESTRICTION_USED_UP = "restriction_used_up"
    """It has held for as long as it may without a person's decision."""
    BOOST_NEEDS_NO_OBJECTION = "boost_needs_no_objection"
    """Something else speaks against the listing."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Reason:
    """Why: one hit as it is shown to a seller, a moderator or a court."""

    code: str
    """The rule's id."""
    ref: str
    rule_version: str
    """Pack and version, such as `listing-screening/3`."""
    family: Family
    severity: Severity
    proof: Proof
    proposed: ActionKind
    taken: ActionKind
    """What was left of the proposal after the policy."""
    observed: tuple[tuple[str, Value], ...]
    threshold: str
    text: Text
    evidence: tuple[Evidence, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    """Every lowering and every shield that touched it."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the marketplace should do, and until when."""

    kind: ActionKind
    until: datetime | None = None
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Restriction:
    """A hold or a demotion that a listing's verdicts have asked for without a break since a time."""

    kind: ActionKind
    since: datetime


@quickly_made
@dataclass(frozen=True, slots=True)
class Judgement:
    """What the policy makes of the hits: the part of a verdict that is decided."""

    decision: Decision
    actions: tuple[Action, ...]
    reasons: tuple[Reason, ...]
    lane_decision: Decision
    """The decision by rules alone, without the model."""
    valid_until: datetime
    restrictions: tuple[Restriction, ...] = ()
    """What it would restrict, used up or not: the next judgement of the listing must know it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Verdict:
    """One immutable decision about one listing."""

    verdict_id: str
    listing_id: str
    supplier_id: str
    decision: Decision
    actions: tuple[Action, ...]
    reasons: tuple[Reason, ...]
    lane_decision: Decision
    packs: tuple[PackVersion, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    degraded: tuple[str, ...]
    """What was away when it was made, such as `model absent`."""
    evaluated_at: datetime
    as_of: datetime
    valid_until: datetime
    risk: Risk | None = None
    supersedes: str = ""
    """The verdict on the same listing that this one replaces."""
    case_id: str = ""
    restrictions: tuple[Restriction, ...] = ()
    explanation: Explanation | None = field(default=None, repr=False)
