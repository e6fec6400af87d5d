"""Hits: rules that are surely true of a listing, what they saw and what they propose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


class ActionKind(Word):
    """The action ladder (domain.md §1.5)."""

    RECORD = "record"
    BOOST = "boost"
    """Put it forward in search. The only one in the listing's favour."""
    INFORM = "inform"
    LABEL = "label"
    ASK_DOCUMENTS = "ask_documents"
    ORDER_SAMPLE = "order_sample"
    """Buy one and have it tested."""
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


class Family(Word):
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


class Proof(Word):
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
