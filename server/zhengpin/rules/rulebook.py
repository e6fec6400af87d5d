"""The rule book: all packs in force, and what they say of one observation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhengpin.domain.verdict import (
    ActionKind,
    Hit,
    NotEvaluated,
    PackVersion,
    Proof,
    RuleOutcome,
    RuleTruth,
    Text,
)
from zhengpin.rules.compiler import compile_rules
from zhengpin.rules.lane import Lane
from zhengpin.rules.oracle import Oracle, Truth, truth_of
from zhengpin.rules.pack import Pack, Rule
from zhengpin.rules.packfile import OnMissing
from zhengpin.rules.syntax import signals_named, signals_read
from zhengpin.signals.signal import Observation, SignalValues


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules say of one observation, in rule order."""

    hits: tuple[Hit, ...]
    not_evaluated: tuple[NotEvaluated, ...]


class RuleBook:
    """Runs packs on the rule engine. Safe to share between threads; close it to give its memory back."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Compile the packs into lanes; rule order is the order of packs, then of their rules."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._judge = _Bench(loaded)
        self._lanes = tuple(Lane(program) for program in compile_rules(self._judge.conditions))

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and the rules whose truth is unknown because signals are missing."""
        return self._judge.evaluation(observation, self._fired(observation.values))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        return self._judge.outcomes(observation, self._fired(observation.values))

    def close(self) -> None:
        """Free the lanes. May be called twice; evaluating afterwards raises RuntimeError."""
        for lane in self._lanes:
            lane.close()

    def _fired(self, values: SignalValues) -> set[int]:
        return {number for lane in self._lanes for number in lane.fired(values)}


class OracleBook:
    """Runs packs as generated Python functions: the same answers as RuleBook, without the rule engine."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Generate the functions."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._judge = _Bench(loaded)
        self._oracle = Oracle(self._judge.conditions)

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and the rules whose truth is unknown because signals are missing."""
        return self._judge.evaluation(observation, set(self._oracle.fired(observation.values)))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        return self._judge.outcomes(observation, set(self._oracle.fired(observation.values)))

    def close(self) -> None:
        """Nothing to free."""


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    pack: PackVersion
    truth: Callable[[SignalValues], Truth]
    reads: tuple[str, ...]
    """The signals whose absence can make it unknown."""
    names: tuple[str, ...]
    """The signals that a person should see with it."""


class _Bench:
    """The rules by number, and what follows once it is known which of them fired."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.entries = tuple(_entry(rule, pack.as_loaded) for pack in packs for rule in pack.rules)
        self.conditions = tuple(entry.rule.condition for entry in self.entries)
        self._readers: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for name in entry.reads:
                self._readers.setdefault(name, []).append(number)

    def evaluation(self, observation: Observation, fired: set[int]) -> Evaluation:
        unknown = self._unknown(observation.values, fired)
        hits = [
            _hit(self.entries[number], observation, unknown=number in unknown)
            for number in sorted(fired | unknown.keys())
            if number in fired or self.entries[number].rule.on_missing is not OnMissing.SKIP
        ]
        missing = (NotEvaluated(self.entries[number].rule.rule_id, names) for number, names in unknown.items())
        return Evaluation(tuple(hits), tuple(missing))

    def outcomes(self, observation: Observation, fired: set[int]) -> tuple[RuleOutcome, ...]:
        unknown = self._unknown(observation.values, fired)
        return tuple(
            RuleOutcome(
                entry.rule.rule_id,
                RuleTruth.FIRED if number in fired else RuleTruth.UNKNOWN if number in unknown else RuleTruth.NOT_FIRED,
                unknown.get(number, ()),
            )
            for number, entry in enumerate(self.entries)
        )

    def _unknown(self, values: SignalValues, fired: set[int]) -> dict[int, tuple[str, ...]]:
        """Evaluate in three-valued logic what names a missing signal and did not fire; give the missing names."""
        absent = {name for name in self._readers if _absent(values, name)}
        touched = {number for name in absent for number in self._readers[name]}
        return {
            number: tuple(name for name in self.entries[number].reads if name in absent)
            for number in sorted(touched - fired)
            if self.entries[number].truth(values) is None
        }


def _absent(values: SignalValues, name: str) -> bool:
    value = values.get(name)
    return value is None or value != value  # noqa: PLR0124 - "not a number" equals nothing, itself included


def _entry(rule: Rule, pack: PackVersion) -> _Entry:
    reads = tuple(signal.name for signal in signals_read(rule.condition))
    names = tuple(signal.name for signal in signals_named(rule.condition))
    return _Entry(rule, pack, truth_of(rule.condition), reads, names)


def _hit(entry: _Entry, observation: Observation, *, unknown: bool) -> Hit:
    """Make a rule's hit; of an unknown truth it is never proof, whatever the rule claims."""
    rule, values = entry.rule, observation.values
    review = unknown and rule.on_missing is OnMissing.REVIEW
    observed = tuple((name, values[name]) for name in entry.names if not _absent(values, name))
    evidence = dict.fromkeys(found for name in entry.names for found in observation.evidence.get(name, ()))
    return Hit(
        rule_id=rule.rule_id,
        ref=rule.ref,
        pack=entry.pack.name,
        pack_version=entry.pack.version,
        family=rule.family,
        severity=rule.severity,
        proof=Proof.STATISTICAL if unknown else rule.proof,
        action=ActionKind.OPEN_CASE if review else rule.action,
        observed=observed,
        threshold=rule.when,
        because=Text(zh=rule.zh.fill(values), en=rule.en.fill(values)),
        evidence=tuple(evidence),
    )
