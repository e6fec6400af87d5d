"""From the numbers of rules that fired to hits, with what was observed, the reason's text and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhengpin.domain.edition import FIRED, NOT_FIRED, UNKNOWN, RuleInForce
from zhengpin.domain.explanation import NotEvaluated, missing_among
from zhengpin.domain.hit import ActionKind, Evidence, Hit, Proof, Text
from zhengpin.errors import InvalidPack
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.pack import Pack, Rule, said_twice
from zhengpin.rules.packfile import OnMissing
from zhengpin.rules.syntax import signals_named, signals_read
from zhengpin.signals.signal import Observation, SignalValues


@dataclass(frozen=True, slots=True)
class Outcome:
    """How every rule came out: the same for all observations of one profile, and shared between them."""

    fired: tuple[int, ...]
    """The numbers of the rules that have a hit, in order: surely true, or unknown and not to be passed over."""
    guessed: frozenset[int]
    """Those of them that are unknown."""
    truths: str
    """A letter a rule, as `Explanation.truths` has it."""
    not_evaluated: tuple[NotEvaluated, ...]
    """The rules whose truth is unknown; those that fire or ask for a look all the same have a hit too."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules say of one observation, in rule order."""

    hits: tuple[Hit, ...]
    outcome: Outcome

    @property
    def not_evaluated(self) -> tuple[NotEvaluated, ...]:
        """The rules whose truth is unknown."""
        return self.outcome.not_evaluated


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
        self.rules = tuple(RuleInForce(entry.rule.rule_id, entry.reads) for entry in self._entries)
        self._oracle = Oracle(self.conditions)

    def outcome(self, values: SignalValues, fired: Sequence[int]) -> Outcome:
        """Add what is unknown to the numbers of the rules that surely hold, and apply `on_missing` to it."""
        entries = self._entries
        unknown = self._oracle.unknown(values, fired)
        guessed = frozenset(number for number in unknown if entries[number].rule.on_missing is not OnMissing.SKIP)
        letters = [NOT_FIRED] * len(entries)
        for numbers, letter in ((fired, FIRED), (unknown, UNKNOWN)):
            for number in numbers:
                letters[number] = letter
        return Outcome(
            fired=tuple(sorted([*fired, *guessed])),
            guessed=guessed,
            truths="".join(letters),
            not_evaluated=tuple(
                NotEvaluated(entries[number].rule.rule_id, missing_among(entries[number].reads, values))
                for number in unknown
            ),
        )

    def evaluation(self, observation: Observation, outcome: Outcome) -> Evaluation:
        """Make the hits."""
        if not outcome.fired:
            return Evaluation((), outcome)
        entries, guessed = self._entries, outcome.guessed
        hits = [_hit(entries[number], observation, guessed=number in guessed) for number in outcome.fired]
        return Evaluation(tuple(hits), outcome)


def _entry(rule: Rule, pack: Pack) -> _Entry:
    reads = tuple(signal.name for signal in signals_read(rule.condition))
    decided_by = [signal.name for signal in signals_named(rule.condition)]
    told = [slot.name for text in (rule.zh, rule.en) for slot in text.slots]
    return _Entry(rule, pack, reads, tuple(dict.fromkeys([*decided_by, *told])))


def _hit(entry: _Entry, observation: Observation, *, guessed: bool) -> Hit:
    """Make a rule's hit. An unknown truth is no proof, whatever the rule claims to be."""
    rule, pack, values = entry.rule, entry.pack, observation.values
    review = guessed and rule.on_missing is OnMissing.REVIEW
    missing = missing_among(entry.names, values)
    return Hit(
        rule_id=rule.rule_id,
        ref=rule.ref,
        pack=pack.name,
        pack_version=pack.version,
        family=rule.family,
        severity=rule.severity,
        proof=Proof.STATISTICAL if guessed else rule.proof,
        action=ActionKind.OPEN_CASE if review else rule.action,
        observed=tuple([(name, values[name]) for name in entry.names if name not in missing]),
        threshold=rule.when,
        because=Text(zh=rule.zh.fill(values), en=rule.en.fill(values)),
        evidence=_evidence(entry, observation) if observation.evidence else (),
    )


def _evidence(entry: _Entry, observation: Observation) -> tuple[Evidence, ...]:
    """Gather the evidence of the signals that the rule names, each piece once."""
    found = (piece for name in entry.names for piece in observation.evidence.get(name, ()))
    return tuple(dict.fromkeys(found))
