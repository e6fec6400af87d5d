"""A model learned from examples, in the order of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.errors import WrongState
from zhengpin.risk.examples import Example, split
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.metrics import is_farther_off
from zhengpin.risk.model_file import state_from_bytes, state_to_bytes
from zhengpin.risk.sighting import Sighting
from zhengpin.risk.training import LEAST_EXAMPLES, Progress, Trained, evaluate, is_worse_calibrated, train

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
COUNT = 1500


def _an_example(number: int, chance: np.random.Generator, *, labelled: bool = True) -> Example:
    """A listing of a week; fakes are cheaper, and their buyers complain."""
    fake = bool(chance.random() < 0.2)
    return Example(
        values={
            "price.vs_market": float(chance.normal(0.7 if fake else 1.0, 0.15)),
            "shop.reputation": float(chance.uniform(0.5, 1)),
            "orders.fake_complaints_90d": int(chance.poisson(1.0 if fake else 0.1)),
            "supplier.kind": "retailer" if chance.random() < 0.5 else "agent",
            **({"text.says_replica": True} if fake and chance.random() < 0.3 else {}),
        },
        category="shoes" if number % 3 else "food",
        observed_at=MONDAY + timedelta(hours=number),
        fake=fake if labelled else None,
        rules=RuleEvidence(families=1, grave=1) if fake and chance.random() < 0.3 else RuleEvidence(),
    )


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    chance = np.random.default_rng(11)
    return [_an_example(number, chance) for number in range(COUNT)]


@pytest.fixture(scope="module")
def trained(examples: list[Example]) -> Trained:
    return train(examples, seed=4)


def test_it_tells_fakes_that_it_has_not_seen(trained: Trained) -> None:
    assert trained.worth is not None
    assert trained.worth.classifier.average_precision > 0.6
    assert trained.worth.classifier.brier_skill > 0.2


def test_rules_and_classifier_together_are_worth_more_than_either(trained: Trained) -> None:
    assert trained.worth is not None
    together = trained.worth.together.average_precision
    assert together > trained.worth.classifier.average_precision
    assert together > trained.worth.rules_precision


def test_nothing_is_learned_from_what_came_later(examples: list[Example]) -> None:
    parts = split(examples)
    assert max(each.observed_at for each in parts.learn) < min(each.observed_at for each in parts.calibrate)
    assert max(each.observed_at for each in parts.calibrate) < min(each.observed_at for each in parts.held_out)
    assert len(parts.learn) + len(parts.calibrate) + len(parts.held_out) == COUNT


def test_the_same_examples_and_seed_give_the_same_model(examples: list[Example], trained: Trained) -> None:
    again = train(examples, seed=4)
    rows, categories = again.risk.reader.matrix([each.values for each in examples]), [""] * len(examples)
    assert (again.risk.probabilities(rows, categories) == trained.risk.probabilities(rows, categories)).all()
    assert again.worth == trained.worth


def test_a_model_comes_back_as_it_was_kept(examples: list[Example], trained: Trained) -> None:
    kept = ListingRisk.from_state("v", state_from_bytes(state_to_bytes(trained.risk.state()), "model.skops"))
    for each in examples[:20]:
        risk = kept.assess(each.values, each.category, each.rules)
        before = trained.risk.assess(each.values, each.category, each.rules)
        assert (risk.probability, risk.suspicion, risk.anomaly) == (
            before.probability,
            before.suspicion,
            before.anomaly,
        )


def test_a_listing_alone_and_in_a_batch_has_the_same_figures(examples: list[Example], trained: Trained) -> None:
    some, risk = examples[:50], trained.risk
    rows, categories = risk.reader.matrix([each.values for each in some]), [each.category for each in some]
    alone = [risk.assess(each.values, each.category, each.rules) for each in some]
    together = risk.assess_many([Sighting(each.values, each.category, each.rules) for each in some])
    assert [each.contributions for each in together] == [each.contributions for each in alone]
    assert [each.suspicion for each in together] == pytest.approx([each.suspicion for each in alone], abs=1e-9)
    assert [each.probability for each in alone] == pytest.approx(risk.probabilities(rows, categories), abs=1e-9)
    assert [each.suspicion for each in alone] == pytest.approx(
        risk.suspicions(rows, categories, [each.rules for each in some]), abs=1e-9
    )
    assert [each.anomaly for each in alone] == pytest.approx(risk.unusual(rows, categories), abs=1e-9)


def test_contributions_say_what_raised_and_what_lowered_the_probability(trained: Trained) -> None:
    cheap = trained.risk.assess({"price.vs_market": 0.4, "orders.fake_complaints_90d": 3, "shop.reputation": 0.9})
    effects = {each.signal: each.effect for each in cheap.contributions}
    assert effects["price.vs_market"] > 0
    assert effects["orders.fake_complaints_90d"] > 0
    dear = trained.risk.assess({"price.vs_market": 1.2, "orders.fake_complaints_90d": 0})
    assert {each.signal: each.effect for each in dear.contributions}["price.vs_market"] < 0
    assert [abs(each.effect) for each in cheap.contributions] == sorted(map(abs, effects.values()), reverse=True)


def test_words_by_which_rules_decide_move_the_suspicion_alone(trained: Trained) -> None:
    signals = {"price.vs_market": 0.95, "shop.reputation": 0.8, "orders.fake_complaints_90d": 0}
    plain = trained.risk.assess(signals)
    said = trained.risk.assess({**signals, "text.says_replica": True}, "", RuleEvidence(families=1, grave=1))
    assert plain.suspicion is not None
    assert said.suspicion is not None
    assert said.suspicion > plain.suspicion
    assert "text.says_replica" not in {each.signal for each in said.contributions}


def test_without_labels_there_is_a_detector_and_no_classifier() -> None:
    chance = np.random.default_rng(12)
    trained = train([_an_example(number, chance, labelled=False) for number in range(400)], seed=4)
    risk = trained.risk.assess({"price.vs_market": -9.0, "shop.reputation": 0.9}, "shoes")
    assert (trained.worth, trained.risk.knows_labels, risk.probability, risk.suspicion) == (None, False, None, None)
    assert risk.anomaly > 0.95


def _labelled(count: int, fakes: set[int], step: timedelta = timedelta(hours=1)) -> list[Example]:
    """Listings at steps of time of which some are found to be fake, and of the others nothing is known."""
    chance = np.random.default_rng(15)
    plain = (_an_example(number, chance, labelled=False) for number in range(count))
    return [
        replace(each, observed_at=MONDAY + step * number, fake=number in fakes or None)
        for number, each in enumerate(plain)
    ]


@pytest.mark.parametrize(
    "some",
    [_labelled(400, {0}), _labelled(400, {3}), _labelled(400, set(range(100)), timedelta(0))],
    ids=["the first is the one fake", "the fourth is the one fake", "all came in one batch"],
)
def test_where_labels_do_not_suffice_what_is_usual_is_learned_from_everything(some: list[Example]) -> None:
    trained = train(some, seed=4)
    assert (trained.risk.knows_labels, trained.worth, trained.held_out_from) == (False, None, None)
    assert trained.reference.score.listings == 400


def test_a_classifier_needs_as_many_examples_to_learn_from_as_a_training() -> None:
    some = _labelled(LEAST_EXAMPLES + 100, set(range(0, LEAST_EXAMPLES + 100, 2)))
    assert len(split(some).learn) < LEAST_EXAMPLES
    assert not train(some, seed=4).risk.knows_labels


@pytest.mark.parametrize("hours", [0, COUNT], ids=["spread as the labels are", "after all labels"])
def test_where_all_unlabelled_listings_are_later_there_is_no_classifier(hours: int, examples: list[Example]) -> None:
    later = timedelta(hours=hours)
    others = [replace(each, fake=None, observed_at=each.observed_at + later) for each in examples[::4]]
    trained = train([*examples, *others], seed=4)
    assert trained.risk.knows_labels == (not hours)


def test_too_few_examples_are_refused_with_the_number_that_is_needed() -> None:
    chance = np.random.default_rng(13)
    with pytest.raises(WrongState, match=f"12 screened listings.*{LEAST_EXAMPLES}"):
        train([_an_example(number, chance) for number in range(12)], seed=1)


def test_a_training_tells_how_far_it_is() -> None:
    chance, told = np.random.default_rng(14), list[Progress]()
    train([_an_example(number, chance, labelled=False) for number in range(200)], seed=1, told=told.append)
    assert [each.done for each in told] == [0, 1, 2, 3, 4]
    assert {each.total for each in told} == {4}


def test_a_model_is_measured_on_what_it_is_given(examples: list[Example], trained: Trained) -> None:
    assert evaluate(trained.risk, split(examples).held_out) == trained.worth


def test_a_model_whose_suspicions_are_all_higher_is_worse_calibrated_though_it_ranks_alike(
    examples: list[Example], trained: Trained
) -> None:
    fresh, risk = split(examples).held_out, trained.risk
    assert risk.together is not None
    curve = risk.together.calibration
    raised = replace(curve, probabilities=(1 + curve.probabilities) / 2)
    alarmist = replace(risk, together=replace(risk.together, calibration=raised))
    worth, others = evaluate(alarmist, fresh).together, evaluate(risk, fresh).together
    assert worth.average_precision == pytest.approx(others.average_precision)
    assert is_worse_calibrated(alarmist, risk, fresh)
    assert not is_worse_calibrated(risk, alarmist, fresh)
    assert not is_worse_calibrated(risk, risk, fresh)


def test_a_difference_that_chance_explains_makes_no_model_worse() -> None:
    chance = np.random.default_rng(16)
    truth = chance.uniform(0, 0.4, 400)
    fakes, weights = chance.random(400) < truth, chance.uniform(1, 5, 400)
    one, other = (np.clip(truth + chance.normal(0, 0.1, 400), 0, 1) for _ in range(2))
    assert not is_farther_off(one, other, fakes, weights)
    assert not is_farther_off(other, one, fakes, weights)
    assert is_farther_off(truth + 0.5, one, fakes, weights)
