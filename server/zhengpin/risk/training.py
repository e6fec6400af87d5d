"""Learns a model from examples: the detector from all of them, the classifier from labels, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from zhengpin.errors import WrongState
from zhengpin.risk.anomaly import AnomalyDetector
from zhengpin.risk.boosting import boost
from zhengpin.risk.calibration import calibrate
from zhengpin.risk.classifier import Classifier
from zhengpin.risk.drift import Reference, reference_of
from zhengpin.risk.examples import Example, Split, fakes_of, labels_suffice, split, unlabelled_in, weights_of
from zhengpin.risk.features import DECIDED_BY_RULES, FeatureReader, Matrix, feature_names, signal_of
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.metrics import Worth, is_farther_off, measure
from zhengpin.risk.rule_columns import RULE_COLUMNS, rule_columns
from zhengpin.risk.unlabelled import worth_learning

LEAST_EXAMPLES = 200
LEAST_LABELS = 30
"""Labelled fakes, and others, in each part of the time: fewer teach chance."""
LEAST_SHARE = 0.05
"""Of the unlabelled examples, in each part of the time: without them labelled fakes look as common as labels are."""
_RANKS = 1001
_STAGES = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training has come."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that was just trained, and what it is worth."""

    risk: ListingRisk
    """Its version is empty until it is registered."""
    worth: Worth | None
    """On the held-out time; `None` without enough labels."""
    held_out_from: datetime | None
    reference: Reference
    """How features and probabilities were spread among the listings that it learned from."""


def train(
    examples: Sequence[Example],
    *,
    seed: int,
    told: Callable[[Progress], object] = lambda _: None,
    beside: Callable[[Sequence[Example]], Sequence[Example]] = lambda learned: learned,
) -> Trained:
    """Train a model; the same examples and seed give the same model. `told` hears of each stage as it begins.

    `beside` may add to the examples that the classifiers learn from; nothing is calibrated or measured by what it adds.

    Where labels don't suffice (`LEAST_LABELS`, `LEAST_SHARE`), the model has no classifier, and learns what is usual
    from everything. Raises `WrongState` for fewer than `LEAST_EXAMPLES` examples.
    """
    if len(examples) < LEAST_EXAMPLES:
        raise WrongState(
            f"{len(examples)} screened listings are too few to train on: screen at least {LEAST_EXAMPLES} first"
        )
    parts = _parts(examples)
    reader = FeatureReader(feature_names())
    told(Progress("reading signals", 0, _STAGES))
    learn = _seen(reader, parts.learn)
    told(Progress("learning what is usual", 1, _STAGES))
    risk = _learn_the_usual(reader, learn, seed)
    told(Progress("learning from labels", 2, _STAGES))
    if parts.held_out:
        # On a busy machine threads wait for one another twenty times as long as they work; screenings want the cores.
        with threadpool_limits(1):
            risk = _learn_from_labels(risk, beside(parts.learn), parts.calibrate, seed)
    told(Progress("measuring", 3, _STAGES))
    worth = evaluate(risk, parts.held_out) if parts.held_out else None
    reference = reference_of(reader.names, learn.rows, risk.probabilities(learn.rows, learn.categories))
    told(Progress("done", _STAGES, _STAGES))
    return Trained(risk, worth, parts.held_out_from, reference)


def evaluate(risk: ListingRisk, examples: Sequence[Example]) -> Worth:
    """Measure a model on examples with labelled fakes among them; who was never looked at counts as genuine.

    So a fake that nobody found counts against the model that finds it: the figures are what it is worth at least.
    """
    seen = _seen(risk.reader, examples)
    fakes, weights = fakes_of(examples), weights_of(examples)
    raised = np.array([10 * each.rules.proofs + 3 * each.rules.families + each.rules.grave for each in examples])
    return Worth(
        measure(risk.probabilities(seen.rows, seen.categories), fakes, weights),
        measure(_suspicions(risk, examples), fakes, weights),
        float(average_precision_score(fakes, raised, sample_weight=weights)),
    )


def is_worse_calibrated(risk: ListingRisk, other: ListingRisk, examples: Sequence[Example]) -> bool:
    """Whether a model's suspicions lie farther from the truth than another's, by more than chance explains."""
    suspicions, others = _suspicions(risk, examples), _suspicions(other, examples)
    return is_farther_off(suspicions, others, fakes_of(examples), weights_of(examples))


def _suspicions(risk: ListingRisk, examples: Sequence[Example]) -> NDArray[np.float64]:
    seen = _seen(risk.reader, examples)
    return risk.suspicions(seen.rows, seen.categories, [each.rules for each in examples])


def _parts(examples: Sequence[Example]) -> Split:
    """In the order of time; all is to learn from where labels suffice not in each part, or the first is too small."""
    ordered = tuple(sorted(examples, key=lambda each: each.observed_at))
    parts = split(ordered)
    least = int(LEAST_SHARE * unlabelled_in(ordered))
    suffices = all(
        labels_suffice(part, LEAST_LABELS) and unlabelled_in(part) >= least
        for part in (parts.learn, parts.calibrate, parts.held_out)
    )
    return parts if suffices and len(parts.learn) >= LEAST_EXAMPLES else Split(ordered, (), ())


@dataclass(frozen=True, slots=True)
class _Seen:
    """Examples as a detector sees them."""

    rows: Matrix
    categories: list[str]


def _seen(reader: FeatureReader, examples: Sequence[Example]) -> _Seen:
    return _Seen(reader.matrix([each.values for each in examples]), [each.category for each in examples])


def _learn_the_usual(reader: FeatureReader, learn: _Seen, seed: int) -> ListingRisk:
    detector = AnomalyDetector(random_state=seed).fit(learn.rows, categories=learn.categories)
    scores = -detector.score_samples(learn.rows, categories=learn.categories)
    return ListingRisk("", reader, detector, np.quantile(scores, np.linspace(0, 1, _RANKS)))


def _learn_from_labels(
    usual: ListingRisk, learn: Sequence[Example], later: Sequence[Example], seed: int
) -> ListingRisk:
    """The classifier by signals alone, and the one that hears the rules beside all signals."""
    signals = tuple(map(signal_of, usual.columns_named))
    seen, heard = _columns(usual, learn)
    fakes, unlabelled = fakes_of(learn), np.array([each.fake is None for each in learn])
    sure = worth_learning(heard, fakes, unlabelled, (*signals, *RULE_COLUMNS), seed)
    alone = boost(seen[sure], fakes[sure], signals, unseen=DECIDED_BY_RULES, seed=seed)
    both = boost(heard[sure], fakes[sure], (*signals, *RULE_COLUMNS), seed=seed)
    seen, heard = _columns(usual, later)
    fakes, weights = fakes_of(later), weights_of(later)
    return replace(
        usual,
        classifier=Classifier(alone, calibrate(alone.margins(seen), fakes, weights)),
        together=Classifier(both, calibrate(both.margins(heard), fakes, weights)),
    )


def _columns(usual: ListingRisk, examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """What the classifier sees of examples, and that with what the rules hold against them."""
    seen = _seen(usual.reader, examples)
    columns = usual.columns(seen.rows, seen.categories)
    return columns, np.column_stack([columns, rule_columns([each.rules for each in examples])])
