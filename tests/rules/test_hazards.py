"""The rule engine hangs, crashes or answers wrongly in known ways; each is shown, and shown not to reach our lanes.

The engine runs in a process of its own here, since some of these end it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass

import pytest

from rules.words import a_condition, flaws, lanes_of
from zhengpin.rules.compiler import Program
from zhengpin.rules.lane import Lane
from zhengpin.signals.signal import SignalValues

PRELUDE = """
import json
import durable_rules_engine as engine

def network(*conditions):
    return engine.create_ruleset("raw", json.dumps({str(n): {"all": [{"m": c}]} for n, c in enumerate(conditions)}))

def fires(handle, fact):
    return engine.assert_fact(handle, json.dumps({"id": "f", **fact}))[0] == 0
"""


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    said: str
    error: str


def raw(code: str, seconds: float = 20.0) -> Ended:
    """Run code against the engine itself, in a process of its own."""
    program = PRELUDE + textwrap.dedent(code)
    # Freed and fresh memory is filled with rubbish, so that what reads it crashes every time and not now and then.
    environment = {**os.environ, "MALLOC_PERTURB_": "165"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=seconds, check=False, env=environment
    )
    return Ended(done.returncode, done.stdout.strip(), done.stderr.strip().rpartition("\n")[2])


def fired(texts: list[str], values: SignalValues) -> list[int]:
    with lanes_of([a_condition(text) for text in texts]) as lanes:
        return lanes.fired(values)


def test_raw_engine_refuses_a_fact_under_which_65_first_conditions_hold() -> None:
    ended = raw("""
        handle = network(*({f"b{n}": 1} for n in range(65)))
        fires(handle, {f"b{n}": 1 for n in range(65)})
    """)
    assert ended.error.endswith("error code: 303")  # ours: test_limits, two hundred rules that hold together


def test_raw_engine_hangs_on_513_first_conditions() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        raw("network(*({'k': n} for n in range(513)))", seconds=1.0)  # ours: test_limits, twelve hundred first tests


def test_raw_engine_crashes_on_257_rules_under_one_condition() -> None:
    ended = raw("""
        handle = network(*({"k": 1} for n in range(257)))
        print(fires(handle, {"k": 1}))
    """)
    assert ended.code != 0  # ours: test_limits, a thousand rules with one and the same condition


def test_raw_engine_refuses_facts_of_more_than_252_fields() -> None:
    ended = raw('fires(network({"a": 1}), {f"b{n}": 1 for n in range(260)})')
    assert ended.error.endswith("error code: 302")  # ours: test_limits, more fields than a fact may have


def test_raw_engine_dies_of_a_division_by_zero_and_a_lane_calls_it_unknown() -> None:
    ended = raw("""
        handle = network({"$lt": {"a": {"$div": {"$l": {"$m": "b"}, "$r": {"$m": "c"}}}}})
        fires(handle, {"a": 0, "b": 1, "c": 0})
    """)
    assert ended.code < 0
    quotient = ["price.paid / price.market_sellers > 1", "not (price.paid / price.market_sellers > 1)"]
    assert fired(quotient, {"price.paid": 5.0, "price.market_sellers": 0}) == []
    assert fired(quotient, {"price.paid": 5.0, "price.market_sellers": 2}) == [0]


def test_raw_engine_refuses_tiny_numbers_and_a_lane_never_shows_it_any() -> None:
    ended = raw("engine.assert_fact(network({'$lt': {'a': 1}}), '{\"id\":\"f\",\"a\":1e-05}')")
    assert ended.error.endswith("error code: 204")
    assert fired(["price.vs_market < 0.5"], {"price.vs_market": 1e-05}) == [0]
    assert fired(["price.vs_market > 0.5"], {"price.vs_market": float("inf")}) == [0]
    assert fired(["price.vs_market != 0.5"], {"price.vs_market": float("nan")}) == []


def test_raw_engine_takes_huge_integers_for_equal_and_a_lane_tells_them_apart() -> None:
    ended = raw("print(fires(network({'a': 10 ** 30}), {'a': 2 ** 64}))")
    assert ended.said == "True"
    assert fired(["price.paid == 1e15"], {"price.paid": 10**30}) == []


def test_raw_engine_compares_texts_with_numbers_and_the_language_refuses_to() -> None:
    ended = raw("print(fires(network({'$gt': {'a': 10}}), {'a': '9'}))")
    assert ended.said == "True"
    assert "a text is compared with a number" in flaws('price.paid > "9"')[0]


def test_raw_engine_orders_texts_wrongly_and_the_language_has_no_order_of_texts() -> None:
    ended = raw("print(fires(network({'$lt': {'a': 'abc d'}}), {'a': 'abc'}))")
    assert ended.said == "False"
    assert "texts have no order" in flaws('listing.condition < "new"')[0]


def test_raw_engine_takes_a_long_text_for_an_empty_one_and_a_lane_has_no_texts() -> None:
    ended = raw("print(fires(network({'a': ''}), {'a': 'x' * 65536}))")
    assert ended.said == "True"
    texts = ['listing.condition == "new"', 'listing.condition != "new"']
    assert fired(texts, {"listing.condition": "new" + "x" * 65536}) == [1]


def test_raw_engine_takes_an_unknown_reference_for_true_and_the_language_refuses_it() -> None:
    ended = raw("print(fires(network({'$gt': {'a': {'m': 'b'}}}), {'a': 1, 'b': 5}))")
    assert ended.said == "True"
    assert "there is no signal" in flaws("price.paid > price.unheard_of")[0]


def test_raw_engine_matches_its_own_state_by_absence_and_a_lane_computes_absence() -> None:
    ended = raw("""
        handle = network({"$nex": {"a": 1}})
        result, state = engine.assert_fact(handle, '{"id":"f","b":1}')
        print(engine.start_action_for_state(handle, state)[1])
    """)
    assert '"$s":1' in ended.said
    assert fired(["missing(price.paid)"], {}) == [0]
    assert fired(["missing(price.paid)"], {"price.paid": 1.0}) == []


def test_raw_engine_fires_a_rule_for_each_alternative_and_a_lane_once() -> None:
    ended = raw("""
        handle = network({"$or": [{"a": 1}, {"b": 1}]})
        result, state = engine.assert_fact(handle, '{"id":"f","a":1,"b":1}')
        print(bool(engine.start_action_for_state(handle, state)), bool(engine.complete_and_start_action(handle, state)))
    """)
    assert ended.said == "True True"
    assert fired(["brand.gated or brand.authorised"], {"brand.gated": True, "brand.authorised": True}) == [0]


def test_raw_engine_crashes_when_a_state_that_never_fired_is_freed_and_a_fresh_lane_closes() -> None:
    ended = raw("""
        handle = network({"a": 1})
        fires(handle, {"b": 1})
        engine.delete_state(handle, "0")
    """)
    assert ended.code < 0
    with lanes_of([a_condition("brand.gated")]):
        pass


def test_raw_engine_answers_nothing_while_an_action_is_open() -> None:
    ended = raw("""
        handle = network({"a": 1})
        for attempt in range(2):
            result, state = engine.assert_fact(handle, '{"id":"f","a":1}')
            print(engine.start_action_for_state(handle, state) is None)
            engine.retract_fact(handle, '{"id":"f"}')
    """)
    assert ended.said.split() == ["False", "True"]


def test_raw_engine_crashes_when_the_fact_of_an_abandoned_action_is_retracted() -> None:
    ended = raw("""
        handle = network({"a": 1}, {"b": 1})
        for fact in ('{"id":"f","a":1}', '{"id":"f","b":1}'):
            result, state = engine.assert_fact(handle, fact)
            engine.start_action_for_state(handle, state)
            engine.abandon_action(handle, state)
            engine.retract_fact(handle, '{"id":"f"}')
    """)
    assert ended.code < 0


def test_a_lane_that_is_interrupted_anywhere_still_answers_rightly_afterwards() -> None:
    ended = raw("""
        import random, signal, sys, time, traceback
        sys.path.insert(0, "tests")
        from rules.words import a_condition, Lanes

        class Interrupted(Exception):
            pass

        def interrupt(number, frame):
            raise Interrupted

        signal.signal(signal.SIGALRM, interrupt)
        lanes = Lanes([a_condition("brand.gated")] * 40)
        interrupted = 0
        for attempt in range(400):
            try:
                signal.setitimer(signal.ITIMER_REAL, random.uniform(5e-6, 150e-6))
                lanes.fired({"brand.gated": True})
                time.sleep(0.0005)
            except Interrupted as error:
                interrupted += "_results" in [frame.name for frame in traceback.extract_tb(error.__traceback__)]
            assert lanes.fired({"brand.gated": True}) == list(range(40))
        print("inside the engine", interrupted > 20)
    """)
    assert ended.said == "inside the engine True", ended


def test_raw_engine_refuses_a_fact_whose_forerunner_is_still_there_and_a_lane_recovers_from_errors() -> None:
    ended = raw("""
        handle = network({"a": 1})
        print([engine.assert_fact(handle, '{"id":"f","a":1}')[0] for _ in range(2)])
    """)
    assert ended.said == "[0, 2]"
    facts = iter(['{"id":"f","a":1e-05}', '{"id":"f"', '{"id":"f","a":1}', '{"id":"f","a":1}'])
    lane = Lane(Program(json.dumps({"00000": {"all": [{"m": {"a": 1}}]}}), lambda _: next(facts)))
    for _ in range(2):
        with pytest.raises(Exception, match="error code: 204"):
            lane.fired({})
    assert [lane.fired({}), lane.fired({})] == [[0], [0]]
    lane.close()


def test_a_closed_lane_says_so_and_may_be_closed_again() -> None:
    with lanes_of([a_condition("brand.gated")]) as lanes:
        lanes.close()
        lanes.close()
        with pytest.raises(RuntimeError, match="the lane is closed"):
            lanes.fired({"brand.gated": True})


def test_a_network_that_fails_its_self_test_is_refused() -> None:
    greedy = Program(json.dumps({"00000": {"all": [{"m": {"CANARY": 1}}]}}), lambda _: "")
    with pytest.raises(RuntimeError, match="fails its self-test"):
        Lane(greedy)


def test_names_of_fields_never_meet_the_names_that_the_engine_keeps_for_itself() -> None:
    texts = [f"price.paid / {n + 1} > 1" for n in range(180)]
    with lanes_of([a_condition(text) for text in texts]) as lanes:
        fact = lanes.programs[0].encode({"price.paid": 1e6})
    pairs = json.loads(fact, object_pairs_hook=list)
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)) == 182
    assert "sid" not in names


def test_a_lane_keeps_its_memory_flat_over_reloads() -> None:
    """A used network that is freed in the wrong order keeps megabytes."""
    code = """
        import sys
        sys.path.insert(0, "tests")
        from bench.memory import rss_mb
        from bench.rules_workload import a_workload
        from zhengpin.rules.compiler import compile_rules
        from zhengpin.rules.lane import Lane

        workload = a_workload(rules=40, facts=20)
        programs = compile_rules(workload.conditions)
        for reload in range(60):
            if reload == 20:
                before = rss_mb()
            for program in programs:
                lane = Lane(program)
                for values in workload.facts:
                    lane.fired(values)
                lane.close()
        print(rss_mb() - before)
    """
    assert float(raw(code).said) < 4.0
