"""Explanations: every signal and every rule behind a verdict, also those that led to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from zhengpin.domain.edition import FIRED, NOT_FIRED, UNKNOWN, Edition, RuleInForce
from zhengpin.domain.hit import Value
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


@dataclass(frozen=True, slots=True)
class SignalReading:
    """One signal as a screening saw it."""

    name: str
    value: Value | None
    as_of: datetime


class RuleTruth(Word):
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


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule whose truth is unknown because signals are missing."""

    rule_id: str
    missing: tuple[str, ...]


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
