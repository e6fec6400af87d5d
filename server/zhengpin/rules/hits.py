"""From the numbers of rules that fired to hits, with what was observed, the reason's text and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhengpin.domain.verdict import (
    ActionKind,
    Evidence,
    Hit,
    NotEvaluated,
    Proof,
    RuleOutcome,
    RuleTruth,
    Text,
)
from zhengpin.errors import InvalidPack
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.pack import Pack, Rule, said_twice
from zhengpin.rules.packfile import OnMissing
from zhengpin.rules.syntax import signals_named, signals_read
from zhengpin.signals.signal import Observation, SignalValues


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules say of one observation, in rule order."""

    hits: tuple[Hit, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    """The rules whose truth is unknown; those that fire or ask for a look all the same have a hit too."""


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    pack: Pack
    reads: tuple[str, ...]
    """The signals whose absence can make the rule unknown."""
    names: tuple[str, ...]
    """The signals that a person should see with it: what its condition names, then what its text tells."""


class Register:
    """The rules of some packs by number."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Number the rules: the packs as they stand, then their rules. Raise InvalidPack if two share a name."""
        loaded = tuple(packs)
        problems = tuple(said_twice((pack.name, pack) for pack in loaded))
        if problems:
            raise InvalidPack(problems)
        self._entries = tuple(_entry(rule, pack) for pack in loaded for rule in pack.rules)
        self.conditions = tuple(entry.rule.condition for entry in self._entries)
        self._oracle = Oracle(self.conditions)

    def evaluation(self, observation: Observation, fired: Sequence[int]) -> Evaluation:
        """Make the hits of the rules that fired, and apply `on_missing` to those whose truth is unknown."""
        entries = self._entries
        unknown = self._oracle.unknown(observation.values, fired)
        guesses = {number for number in unknown if entries[number].rule.on_missing is not OnMissing.SKIP}
        numbers = sorted([*fired, *guesses]) if guesses else fired
        return Evaluation(
            tuple([_hit(entries[number], observation, guessed=number in guesses) for number in numbers]),
            tuple([_not_evaluated(entries[number], observation.values) for number in unknown]),
        )

    def outcomes(self, values: SignalValues, fired: Sequence[int]) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome, in order."""
        truths = dict.fromkeys(self._oracle.unknown(values, fired), RuleTruth.UNKNOWN)
        truths.update(dict.fromkeys(fired, RuleTruth.FIRED))
        return tuple(
            RuleOutcome(
                entry.rule.rule_id,
                truth := truths.get(number, RuleTruth.NOT_FIRED),
                _missing(entry, values) if truth is RuleTruth.UNKNOWN else (),
            )
            for number, entry in enumerate(self._entries)
        )


def _entry(rule: Rule, pack: Pack) -> _Entry:
    reads = tuple(signal.name for signal in signals_read(rule.condition))
    decided_by = [signal.name for signal in signals_named(rule.condition)]
    told = [slot.name for text in (rule.zh, rule.en) for slot in text.slots]
    return _Entry(rule, pack, reads, tuple(dict.fromkeys([*decided_by, *told])))


def _not_evaluated(entry: _Entry, values: SignalValues) -> NotEvaluated:
    return NotEvaluated(entry.rule.rule_id, _missing(entry, values))


def _missing(entry: _Entry, values: SignalValues) -> tuple[str, ...]:
    return tuple([name for name in entry.reads if _absent(values, name)])


def _absent(values: SignalValues, name: str) -> bool:
    value = values.get(name)
    return value is None or value != value  # noqa: PLR0124 - "not a number" differs from itself


def _hit(entry: _Entry, observation: Observation, *, guessed: bool) -> Hit:
    """Make a rule's hit. An unknown truth is no proof, whatever the rule claims to be."""
    rule, pack, values = entry.rule, entry.pack, observation.values
    review = guessed and rule.on_missing is OnMissing.REVIEW
    return Hit(
        rule_id=rule.rule_id,
        ref=rule.ref,
        pack=pack.name,
        pack_version=pack.version,
        family=rule.family,
        severity=rule.severity,
        proof=Proof.STATISTICAL if guessed else rule.proof,
        action=ActionKind.OPEN_CASE if review else rule.action,
        observed=tuple([(name, values[name]) for name in entry.names if not _absent(values, name)]),
        threshold=rule.when,
        because=Text(zh=rule.zh.fill(values), en=rule.en.fill(values)),
        evidence=_evidence(entry, observation) if observation.evidence else (),
    )


def _evidence(entry: _Entry, observation: Observation) -> tuple[Evidence, ...]:
    """Gather the evidence of the signals that the rule names, each piece once."""
    found = (piece for name in entry.names for piece in observation.evidence.get(name, ()))
    return tuple(dict.fromkeys(found))
