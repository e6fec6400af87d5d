"""The rule book: all packs in force, and what they say of one observation."""

from __future__ import annotations

from collections.abc import Iterable

from zhengpin.domain.verdict import PackVersion, RuleOutcome
from zhengpin.rules.compiler import compile_rules
from zhengpin.rules.hits import Evaluation, Register
from zhengpin.rules.lane import Lane
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.pack import Pack
from zhengpin.signals.signal import Observation, SignalValues


class RuleBook:
    """Runs packs on the rule engine. Safe to share between threads; close it to give its memory back."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Compile the packs into lanes; rule order is the order of packs, then of their rules."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._register = Register(loaded)
        self._lanes = tuple(Lane(program) for program in compile_rules(self._register.conditions))

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and the rules whose truth is unknown because signals are missing."""
        return self._register.evaluation(observation, self._fired(observation.values))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        return self._register.outcomes(observation.values, self._fired(observation.values))

    def evaluate_and_explain(self, observation: Observation) -> tuple[Evaluation, tuple[RuleOutcome, ...]]:
        """Give both of one run of the lanes."""
        fired = self._fired(observation.values)
        return self._register.evaluation(observation, fired), self._register.outcomes(observation.values, fired)

    def close(self) -> None:
        """Free the lanes. May be called twice; evaluating afterwards raises RuntimeError."""
        for lane in self._lanes:
            lane.close()

    def _fired(self, values: SignalValues) -> list[int]:
        fired = [lane.fired(values) for lane in self._lanes]
        return fired[0] if len(fired) == 1 else sorted({number for numbers in fired for number in numbers})


class OracleBook:
    """Runs packs as generated Python functions: the same answers as RuleBook, without the rule engine."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Generate the functions."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._register = Register(loaded)
        self._oracle = Oracle(self._register.conditions)

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and the rules whose truth is unknown because signals are missing."""
        return self._register.evaluation(observation, self._oracle.fired(observation.values))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        return self._register.outcomes(observation.values, self._oracle.fired(observation.values))

    def close(self) -> None:
        """Do nothing: there is nothing to free."""
