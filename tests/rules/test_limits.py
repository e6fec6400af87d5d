"""Networks beyond the rule engine's limits still answer rightly: behind gates, or in several lanes."""

from __future__ import annotations

import json

from rules.words import a_signal, lanes_of
from zhengpin.rules.branches import MAX_BRANCHES, branches_of
from zhengpin.rules.dimension import Computed, Space
from zhengpin.rules.fields import lay_out
from zhengpin.rules.limits import STACK, within_limits
from zhengpin.rules.network import ordered, stack_needed, tree
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.parser import parse
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import Signal, SignalType

FLAGS = {f"flag.b{n}": a_signal(f"flag.b{n}", SignalType.BOOLEAN) for n in range(600)}
KIND = a_signal("kind", SignalType.CHOICE, choices=tuple(f"text{n}" for n in range(1200)))
RATIO = a_signal("ratio", SignalType.NUMBER)
CATALOGUE: dict[str, Signal] = {**FLAGS, "kind": KIND, "ratio": RATIO}


def conditions(*texts: str) -> list[Condition]:
    return [condition for text in texts if (condition := parse(text, CATALOGUE).condition) is not None]


def test_sixty_four_rules_that_hold_together_need_no_gate() -> None:
    with lanes_of(conditions(*(f"flag.b{n}" for n in range(64)))) as lanes:
        (program,) = lanes.programs
        assert '"G"' not in program.definition
        assert lanes.fired(dict.fromkeys(FLAGS, True)) == list(range(64))


def test_two_hundred_rules_that_hold_together_stand_behind_gates_in_one_lane() -> None:
    with lanes_of(conditions(*(f"flag.b{n}" for n in range(200)))) as lanes:
        (program,) = lanes.programs
        assert '"G"' in program.definition
        assert lanes.fired(dict.fromkeys(FLAGS, True)) == list(range(200))
        assert lanes.fired({"flag.b7": True, "flag.b8": False}) == [7]


def test_more_fields_than_a_fact_may_have_are_split_over_lanes() -> None:
    with lanes_of(conditions(*FLAGS)) as lanes:
        assert len(lanes.programs) > 1
        assert lanes.fired(dict.fromkeys(FLAGS, True)) == list(range(600))


def test_twelve_hundred_first_tests_of_one_signal_are_answered() -> None:
    with lanes_of(conditions(*(f'kind == "text{n}"' for n in range(1200)))) as lanes:
        assert [lanes.fired({"kind": f"text{n}"}) for n in (0, 511, 512, 1199)] == [[0], [511], [512], [1199]]


def test_a_thousand_rules_with_one_and_the_same_condition_all_fire() -> None:
    with lanes_of(conditions(*["ratio < 0.5"] * 1000)) as lanes:
        assert lanes.fired({"ratio": 0.1}) == list(range(1000))
        assert lanes.fired({"ratio": 0.5}) == []


def test_a_hundred_thresholds_on_one_scale_are_told_apart() -> None:
    asked = conditions(*(f"ratio <= {n}" for n in range(50)), *(f"ratio > {n}" for n in range(50)))
    oracle = Oracle(asked)
    with lanes_of(asked) as lanes:
        for value in (-1.0, 0.0, 0.5, 24.0, 24.5, 49.0, 50.0):
            assert lanes.fired({"ratio": value}) == oracle.fired({"ratio": value})


def test_the_stack_bound_counts_what_can_hold_at_once_and_not_what_excludes_itself() -> None:
    asked = conditions(*(f'kind == "text{n}"' for n in range(300)), "ratio < 1", "ratio < 2", "ratio > 3")
    space = Space(asked)
    branches = [(n, branch) for n, condition in enumerate(asked) for branch in branches_of(condition, space)]
    paths = ordered(branches, lay_out(literal for _, literals in branches for literal in literals))

    assert stack_needed(tree(paths)) == 3
    gating = within_limits(paths)
    assert gating is not None
    assert gating.group == 0


def test_a_condition_with_too_many_branches_is_computed_as_a_whole() -> None:
    text = " and ".join(f"(flag.b{2 * n} or flag.b{2 * n + 1})" for n in range(6))
    (condition,) = conditions(text)
    ((literal,),) = branches_of(condition, Space([condition]))

    assert MAX_BRANCHES < 2**6
    assert literal.dimension == Computed(condition)
    with lanes_of([condition]) as lanes:
        assert lanes.fired({f"flag.b{2 * n}": True for n in range(6)}) == [0]
        assert lanes.fired({f"flag.b{2 * n}": True for n in range(5)}) == []


def test_literals_of_one_signal_become_one_test() -> None:
    with lanes_of(conditions("ratio > 1 and ratio < 5", 'kind != "text1" and kind != "text2"')) as lanes:
        tests = [rule["all"][0]["m"] for rule in json.loads(lanes.programs[0].definition).values()]
        assert all("$and" not in test for test in tests)
        assert lanes.fired({"ratio": 3.0, "kind": "text3"}) == [0, 1]
        assert lanes.fired({"ratio": 5.0, "kind": "text2"}) == []


def test_the_engine_takes_as_deep_a_stack_as_the_bound_allows() -> None:
    texts = [f"flag.b{n} and flag.b{100 + m}" for n in range(16) for m in range(48)]
    with lanes_of(conditions(*texts)) as lanes:
        assert STACK == 64
        assert lanes.fired(dict.fromkeys(FLAGS, True)) == list(range(len(texts)))
