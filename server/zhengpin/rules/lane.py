"""A lane: one network of the rule engine, one lock, one fact at a time.

The only file that knows durable-rules. It calls the package's C module: no host, no threads, no events, no timers. A fact
is asserted, what fired is drained, and the fact is retracted whatever happens: one left behind would be found again
by the next evaluation. No two threads may be inside at once, or each would draw the other's results.
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
NUMBER: Final = slice(2, 6)
"""Where a result such as `{"00120":{"m":…}}` has the rule's number."""


class Lane:
    """Runs one program; safe to share between threads."""

    def __init__(self, program: Program) -> None:
        """Build the network and fire its canary: a self-test, without which the engine can't free its state."""
        self._encode = program.encode
        self._lock = threading.Lock()
        self._closed = False
        rules = json.loads(program.definition)
        rules[CANARY] = {"all": [{"m": {"CANARY": 1}}]}
        self._handle: int = engine.create_ruleset("lane", json.dumps(rules, separators=(",", ":")))
        fired = self._run(CANARY_FACT)
        if fired != [int(CANARY)]:
            raise RuntimeError(f"the rule engine fails its self-test: {CANARY_FACT} fired {fired}")

    def fired(self, values: SignalValues) -> list[int]:
        """Give the numbers of the rules that surely hold, sorted, each once."""
        numbers = self._run(self._encode(values))
        return sorted(set(numbers)) if len(numbers) > 1 else numbers

    def close(self) -> None:
        """Free the engine's state, then its network: the other order leaks both. May be called twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                engine.delete_state(self._handle, SESSION)
                engine.delete_ruleset(self._handle)

    def _run(self, fact: str) -> list[int]:
        with self._lock:
            if self._closed:
                raise RuntimeError("the lane is closed")
            kept = True
            try:
                result, state = engine.assert_fact(self._handle, fact)
                kept = result != NOT_MATCHED
                return self._drain(state) if kept else []
            finally:
                if kept:
                    engine.retract_fact(self._handle, RETRACT)

    def _drain(self, state: int) -> list[int]:
        """Take every result; an action that was begun and not ended would block all later ones."""
        handle = self._handle
        complete = engine.complete_and_start_action
        fired: list[int] = []
        try:
            result = engine.start_action_for_state(handle, state)[1]
            while result:
                fired.append(int(result[NUMBER]))
                result = complete(handle, state)
        except BaseException:
            engine.abandon_action(handle, state)
            raise
        return fired
