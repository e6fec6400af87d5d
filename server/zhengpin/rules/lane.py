"""A lane: one network of the rule engine, one lock, one fact at a time.

The only file that knows durable-rules. It calls the package's C module: no host, no threads, no events, no timers. A
fact is asserted, what fired is drained, and the fact is retracted. No two threads may be inside at once, or each would
draw the other's results. After any error inside, the network is thrown away and built anew: the engine crashes on a
fact that is retracted while an action on it is open, and answers nothing while one is.
"""

from __future__ import annotations

import json
import threading
from typing import Final

import durable_rules_engine as engine

from zhengpin.rules.compiler import Program
from zhengpin.signals.signal import SignalValues

SESSION: Final = "0"
RETRACT: Final = '{"id":"f"}'
NOT_MATCHED: Final = 1
"""The engine's result for a fact that no rule matched: it isn't kept."""
CANARY: Final = "9999"
CANARY_FACT: Final = '{"id":"f","CANARY":1}'
"""Capitals: no dimension's field has such a name."""
NUMBER: Final = slice(2, 6)
"""Where a result such as `{"00120":{"m":…}}` has the rule's number."""


class Lane:
    """Runs one program; safe to share between threads."""

    def __init__(self, program: Program) -> None:
        """Build the network; raise RuntimeError if it fails its self-test."""
        self._encode = program.encode
        self._lock = threading.Lock()
        self._definition = _with_canary(program.definition)
        self._handle: int | None = _build(self._definition)

    def fired(self, values: SignalValues) -> list[int]:
        """Give the numbers of the rules that surely hold, sorted, each once."""
        return self.fired_by(self._encode(values))

    def fired_by(self, fact: str) -> list[int]:
        """Do the same for a fact that is encoded already."""
        results = self._exchange(fact)
        return sorted({int(result[NUMBER]) for result in results}) if results else []

    def close(self) -> None:
        """Free the network. May be called twice."""
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is not None:
                _free(handle)

    def _exchange(self, fact: str) -> list[str]:
        with self._lock:
            handle = self._handle
            if handle is None:
                raise RuntimeError("the lane is closed")
            try:
                return _results(handle, fact)
            except BaseException:
                self._handle = None
                _free(handle)
                self._handle = _build(self._definition)
                raise


def _results(handle: int, fact: str) -> list[str]:
    """Assert a fact, take every result, retract it."""
    outcome, state = engine.assert_fact(handle, fact)
    if outcome == NOT_MATCHED:
        return []
    results: list[str] = []
    complete = engine.complete_and_start_action
    result = engine.start_action_for_state(handle, state)[1]
    while result:
        results.append(result)
        result = complete(handle, state)
    engine.retract_fact(handle, RETRACT)
    return results


def _with_canary(definition: str) -> str:
    rules = json.loads(definition)
    rules[CANARY] = {"all": [{"m": {"CANARY": 1}}]}
    return json.dumps(rules, separators=(",", ":"))


def _build(definition: str) -> int:
    """Build a network and fire its canary: a self-test, and without a fired rule the engine can't free its state."""
    handle: int = engine.create_ruleset("lane", definition)
    numbers = [result[NUMBER] for result in _results(handle, CANARY_FACT)]
    if numbers != [CANARY]:
        raise RuntimeError(f"the rule engine fails its self-test: {CANARY_FACT} fired {numbers}")
    return handle


def _free(handle: int) -> None:
    """Free the engine's state, then its network: the other order leaks both."""
    engine.delete_state(handle, SESSION)
    engine.delete_ruleset(handle)
