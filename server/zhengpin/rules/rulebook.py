"""The rule book: all packs in force, and what they say of one observation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable

from zhengpin.domain.edition import PackVersion, RuleInForce
from zhengpin.domain.explanation import RuleOutcome, rule_outcomes
from zhengpin.rules.compiler import compile_rules
from zhengpin.rules.hits import Evaluation, Outcome, Register
from zhengpin.rules.lane import Lane
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.outcomes import Outcomes
from zhengpin.rules.pack import Pack
from zhengpin.rules.profile import profiler
from zhengpin.rules.syntax import signals_named
from zhengpin.signals.signal import Observation, SignalValues


class RuleBook:
    """Runs packs on the rule engine. Safe to share between threads; close it to give its memory back."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Compile the packs into lanes; rule order is the order of packs, then of their rules."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._register = Register(loaded)
        self.rules: tuple[RuleInForce, ...] = self._register.rules
        self._lanes = tuple(Lane(program) for program in compile_rules(self._register.conditions))
        self._outcomes = Outcomes(self._register.conditions, self._worked_out)

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and how every rule came out."""
        return self._register.evaluation(observation, self._outcomes.of(observation.values))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        truths = self._outcomes.of(observation.values).truths
        return rule_outcomes(self.rules, truths, observation.values)

    def asks(self, names: Collection[str]) -> Callable[[SignalValues], Hashable]:
        """Make the function that tells all that rules ask of some signals, from their values alone.

        Where it is the same of two observations that differ in nothing else, the same rules fire. Rules that name no
        other signals are run; of the others, that depend on these too, it is what they can tell of the values.
        """
        named = [{signal.name for signal in signals_named(each)} for each in self._register.conditions]
        mixed = [
            condition
            for condition, signals in zip(self._register.conditions, named, strict=True)
            if signals & set(names) and not signals <= set(names)
        ]
        profile = profiler(mixed)
        return lambda values: (self._outcomes.of(values).fired, profile(values))

    def forget(self) -> None:
        """Forget the profiles seen so far: each is worked out anew."""
        self._outcomes.forget()

    def close(self) -> None:
        """Free the lanes. May be called twice; evaluating afterwards raises RuntimeError."""
        for lane in self._lanes:
            lane.close()
        self.forget()

    def _worked_out(self, values: SignalValues) -> Outcome:
        fired = {number for lane in self._lanes for number in lane.fired(values)}
        return self._register.outcome(values, sorted(fired))


class OracleBook:
    """Runs packs as generated Python functions: the same answers as RuleBook, without the rule engine."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Generate the functions."""
        loaded = tuple(packs)
        self.packs: tuple[PackVersion, ...] = tuple(pack.as_loaded for pack in loaded)
        self._register = Register(loaded)
        self.rules: tuple[RuleInForce, ...] = self._register.rules
        self._oracle = Oracle(self._register.conditions)

    def evaluate(self, observation: Observation) -> Evaluation:
        """Give the hits, and how every rule came out."""
        return self._register.evaluation(observation, self._worked_out(observation.values))

    def explain(self, observation: Observation) -> tuple[RuleOutcome, ...]:
        """Give every rule's outcome."""
        return rule_outcomes(self.rules, self._worked_out(observation.values).truths, observation.values)

    def close(self) -> None:
        """Do nothing: there is nothing to free."""

    def _worked_out(self, values: SignalValues) -> Outcome:
        return self._register.outcome(values, self._oracle.fired(values))
