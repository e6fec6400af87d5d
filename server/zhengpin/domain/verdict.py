"""Verdicts: what was decided about one listing, and everything that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from itertools import compress
from typing import TypeAlias

from zhengpin.domain.edition import FIRED, NOT_FIRED, UNKNOWN, Edition, PackVersion, RuleInForce
from zhengpin.domain.quick_init import quickly_made


class Decision(StrEnum):
    """What a marketplace backend acts on, from mild to strict."""

    ALLOW = "allow"
    WATCH = "watch"
    REVIEW = "review"
    BLOCK = "block"


class ActionKind(StrEnum):
    """The action ladder (domain.md §1.5)."""

    RECORD = "record"
    INFORM = "inform"
    LABEL = "label"
    ASK_DOCUMENTS = "ask_documents"
    OPEN_CASE = "open_case"
    HOLD = "hold"
    DEMOTE = "demote"
    DELIST = "delist"
    CLOSE_CATEGORY = "close_category"
    HOLD_PAYOUT = "hold_payout"
    SUSPEND_SHOP = "suspend_shop"
    TERMINATE = "terminate"


class Severity(IntEnum):
    """How bad it would be if true. Orders cases; never decides."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Family(StrEnum):
    """The kind of evidence that a rule stands on."""

    IDENTITY = "identity"
    AUTHORISATION = "authorisation"
    CODE = "code"
    LISTING = "listing"
    PRICE = "price"
    VOTES = "votes"
    RING = "ring"
    SERVICE = "service"
    MONEY = "money"
    REFERRAL = "referral"
    PROOF = "proof"


class Proof(StrEnum):
    """How sure a rule is when it fires: statistical evidence may err, deterministic proof can be checked by anyone."""

    STATISTICAL = "statistical"
    DETERMINISTIC = "deterministic"


Value: TypeAlias = bool | int | float | str | tuple[str, ...]
"""A signal's value; a set of texts is a sorted tuple. A signal that is not known has no value at all."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people in both languages."""

    zh: str
    en: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a person can look it up."""

    kind: str
    """"sentence", "authorisation", "outcome", "list_entry", "price_baseline", "image", "edit", …"""
    reference: str
    """An id, a field or a URI."""
    quote: str = ""
    """The words themselves, where the evidence is a text."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that is surely true of one listing, and what it proposes."""

    rule_id: str
    ref: str
    """The catalogue's number, such as PRC-01; empty for rules of a marketplace's own."""
    pack: str
    pack_version: int
    family: Family
    severity: Severity
    proof: Proof
    action: ActionKind
    observed: tuple[tuple[str, Value], ...]
    """The signals that the rule and its text name, with the values that it saw."""
    threshold: str
    """The rule's condition, as written."""
    because: Text
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule whose truth is unknown because signals are missing."""

    rule_id: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """How far one signal moved the model's probability."""

    signal: str
    value: float
    effect: float


@dataclass(frozen=True, slots=True)
class Risk:
    """What the learned model says."""

    probability: float
    anomaly: float
    model_version: str
    contributions: tuple[Contribution, ...] = ()


class Adjustment(StrEnum):
    """Why less was done than a rule proposed, or something else."""

    SHIELDED_BY_ALLOW_LIST = "shielded_by_allow_list"
    LEFT_TO_PEOPLE = "left_to_people"
    DELISTING_NEEDS_PROOF = "delisting_needs_proof"
    RESTRICTION_NEEDS_SECOND_FAMILY = "restriction_needs_second_family"
    DEMOTED_AS_ON_SALE = "demoted_as_on_sale"
    HELD_AS_NEW = "held_as_new"
    RESTRICTION_USED_UP = "restriction_used_up"
    """It has held for as long as it may without a person's decision."""


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


@dataclass(frozen=True, slots=True)
class SignalReading:
    """One signal as a screening saw it."""

    name: str
    value: Value | None
    as_of: datetime


class RuleTruth(StrEnum):
    """How a rule came out."""

    FIRED = "fired"
    NOT_FIRED = "not_fired"
    UNKNOWN = "unknown"


TRUTH_OF = {FIRED: RuleTruth.FIRED, NOT_FIRED: RuleTruth.NOT_FIRED, UNKNOWN: RuleTruth.UNKNOWN}
"""What each letter of `Explanation.truths` stands for."""


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """One rule as a screening saw it."""

    rule_id: str
    truth: RuleTruth
    missing: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Explanation:
    """Every signal and every rule behind a verdict: kept briefly, told at length when somebody asks."""

    edition: Edition
    values: Mapping[str, Value]
    """What was known, by signal."""
    truths: str
    """How each of the edition's rules came out, a letter each."""
    as_of: datetime

    @property
    def signals(self) -> tuple[SignalReading, ...]:
        """Every signal, known or not."""
        return tuple(SignalReading(name, self.values.get(name), self.as_of) for name in self.edition.signals)

    @property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Every rule."""
        return rule_outcomes(self.edition.rules, self.truths, self.values)

    @property
    def not_evaluated(self) -> tuple[NotEvaluated, ...]:
        """The rules whose truth is unknown."""
        return unevaluated(self.edition.rules, self.truths, self.values)


def rule_outcomes(rules: Iterable[RuleInForce], truths: str, values: Mapping[str, Value]) -> tuple[RuleOutcome, ...]:
    """Spell out how rules came out, and what was missing for those that are unknown."""
    return tuple(
        RuleOutcome(rule.rule_id, TRUTH_OF[letter], missing_among(rule.reads, values) if letter == UNKNOWN else ())
        for rule, letter in zip(rules, truths, strict=True)
    )


def unevaluated(rules: Iterable[RuleInForce], truths: str, values: Mapping[str, Value]) -> tuple[NotEvaluated, ...]:
    """The rules whose truth is unknown, and what was missing for each."""
    unknown = compress(rules, [letter == UNKNOWN for letter in truths])
    return tuple(NotEvaluated(rule.rule_id, missing_among(rule.reads, values)) for rule in unknown)


def missing_among(names: Iterable[str], values: Mapping[str, Value]) -> tuple[str, ...]:
    """Those of the signals that are not known. "Not a number" is no knowledge either."""
    return tuple([name for name in names if (value := values.get(name)) is None or value != value])  # noqa: PLR0124


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
