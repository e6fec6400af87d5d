"""The learned model never stands in the way of a verdict."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.verdict import Risk
from zhengpin.risk.sighting import Sighting
from zhengpin.signals.signal import SignalValues
from zhengpin.usecases import assess_risk
from zhengpin.usecases.assess_risk import Assessment, AssessRisk

RISK = Risk(probability=0.3, anomaly=0.5, model_version="v1")


class Model:
    """Answers what it is told to, or fails."""

    def __init__(self, *, knows_labels: bool = True) -> None:
        self.knows_labels = knows_labels
        self.fails = False
        self.before: Callable[[], object] = lambda: None
        self.asked = 0

    def assess(self, values: SignalValues, category: str, rules: RuleEvidence) -> Risk:
        (risk,) = self.assess_many([Sighting(values, category, rules)])
        return risk

    def assess_many(self, asked: Sequence[Sighting]) -> list[Risk]:
        self.asked += len(asked)
        self.before()
        if self.fails or any(each.category == "bad" for each in asked):
            raise ZeroDivisionError
        return [RISK] * len(asked)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _asked(assess: AssessRisk, version: str = "") -> Assessment:
    (assessment,) = assess(version, [Sighting({}, "shoes", RuleEvidence())])
    return assessment


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def assess(model: Model, clock: Clock) -> AssessRisk:
    assess = AssessRisk(lambda _: model, "v1", clock)
    assess.prepare()
    return assess


def test_a_model_that_serves_is_heard(assess: AssessRisk) -> None:
    assert _asked(assess) == Assessment(RISK)


def test_without_a_model_the_verdict_says_so() -> None:
    assert _asked(AssessRisk(lambda _: Model())) == Assessment(None, ("model absent",))


def test_a_model_without_labels_says_so() -> None:
    assess = AssessRisk(lambda _: Model(knows_labels=False), "v1")
    assess.prepare()
    assert _asked(assess) == Assessment(RISK, ("classifier absent: too few labels",))


def test_a_model_that_fails_is_away_and_asked_again(assess: AssessRisk, model: Model) -> None:
    model.fails = True
    assert _asked(assess) == Assessment(None, ("model failed",))
    model.fails = False
    assert _asked(assess) == Assessment(RISK)


def test_a_model_that_fails_again_and_again_rests_and_then_gets_another_chance(
    assess: AssessRisk, model: Model, clock: Clock
) -> None:
    model.fails = True
    for _ in range(assess_risk.FAULTS_BEFORE_REST):
        _asked(assess)
    asked = model.asked
    assert _asked(assess) == Assessment(None, ("model resting after faults",))
    assert model.asked == asked
    model.fails = False
    clock.now += assess_risk.REST_SECONDS
    assert _asked(assess) == Assessment(RISK)


def test_a_slow_model_is_heard_and_then_rests(assess: AssessRisk, model: Model, clock: Clock) -> None:
    def dawdle() -> None:
        clock.now += 1

    model.before = dawdle
    answers = [_asked(assess) for _ in range(assess_risk.FAULTS_BEFORE_REST + 1)]
    assert answers[0] == Assessment(RISK)
    assert answers[-1] == Assessment(None, ("model resting after faults",))


def test_one_bad_listing_hides_no_other_ones_risk(assess: AssessRisk) -> None:
    asked = [Sighting({}, category, RuleEvidence()) for category in ("shoes", "bad", "food")]
    assert assess("", asked) == [Assessment(RISK), Assessment(None, ("model failed",)), Assessment(RISK)]


def test_nobody_waits_for_a_version_that_is_being_loaded() -> None:
    may_load = threading.Event()
    model = Model()

    def load(_: str) -> Model:
        may_load.wait(10)
        return model

    assess = AssessRisk(load)
    assert _asked(assess, "v2") == Assessment(None, ("model loading",))
    may_load.set()
    _wait_for_loading()
    assert _asked(assess, "v2") == Assessment(RISK)


def test_a_version_that_can_not_be_read_is_away() -> None:
    def load(version: str) -> Model:
        raise FileNotFoundError(version)

    assess = AssessRisk(load, "v1")
    assess.prepare()
    assert _asked(assess) == Assessment(None, ("model unreadable",))


def test_a_version_that_could_not_be_read_is_tried_again_later(clock: Clock) -> None:
    there = False

    def load(_: str) -> Model:
        if not there:
            raise OSError
        return Model()

    assess = AssessRisk(load, "v1", clock)
    assess.prepare()
    there = True
    assert _asked(assess) == Assessment(None, ("model unreadable",))
    clock.now += assess_risk.REST_SECONDS
    _asked(assess)
    _wait_for_loading()
    assert _asked(assess) == Assessment(RISK)


def test_a_process_keeps_the_versions_that_were_asked_for_last() -> None:
    loaded: list[str] = []

    def load(version: str) -> Model:
        loaded.append(version)
        return Model()

    assess = AssessRisk(load, "shipped")
    for number in range(2 * assess_risk.MOST_MODELS):
        _asked(assess, f"v{number}")
        _asked(assess)
    _asked(assess, "v0")
    _wait_for_loading()
    assert loaded.count("shipped") == 1
    assert loaded.count("v0") == 2
    assert loaded.count("v9") == 1


def _wait_for_loading() -> None:
    for thread in threading.enumerate():
        if thread.name == "model":
            thread.join(10)
