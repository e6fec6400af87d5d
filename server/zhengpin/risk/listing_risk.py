"""A trained model that serves: from a listing's signals to its risk, with reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.verdict import Contribution, Risk
from zhengpin.risk.anomaly import AnomalyDetector
from zhengpin.risk.classifier import Classifier
from zhengpin.risk.features import FeatureReader, Matrix
from zhengpin.risk.questions import Patterns, Questions
from zhengpin.risk.registry import Kind
from zhengpin.risk.rule_columns import RULE_COLUMNS, rule_columns, rule_numbers
from zhengpin.risk.sighting import Sighting
from zhengpin.signals.signal import SignalValues

ANOMALY = "anomaly"
"""The name under which the anomaly score stands among the contributions."""
CONTRIBUTIONS = 5
"""How many signals a verdict names that moved the model most."""
NO_EVIDENCE = RuleEvidence()


@dataclass(frozen=True)
class ListingRisk:
    """How likely listings are fakes by their signals. Immutable; safe to share between threads.

    Without labels there is no classifier: then only the anomaly detector serves, and the probability is unknown.
    """

    version: str
    reader: FeatureReader
    detector: AnomalyDetector
    anomalies: NDArray[np.float64]
    """Rising: the detector's scores at equal steps of the training listings, the least unusual first."""
    classifier: Classifier | None = None
    """Sees signals, but for those by which rules decide."""
    together: Classifier | None = None
    """Sees all signals, and what the rules hold against the listing."""

    @property
    def knows_labels(self) -> bool:
        """Whether there is a classifier."""
        return self.classifier is not None

    @cached_property
    def columns_named(self) -> tuple[str, ...]:
        """What the classifier sees: the features, and the anomaly last."""
        return (*self.reader.names, ANOMALY)

    def assess(
        self,
        values: SignalValues,
        category: str = "",
        rules: RuleEvidence = NO_EVIDENCE,
        *,
        contributions: int = CONTRIBUTIONS,
    ) -> Risk:
        """Assess one listing by its signals, in some 0.1 ms; `rules` is what rules hold against it."""
        last = len(self.reader.names)
        heard = np.empty((1, last + 1 + len(RULE_COLUMNS)))
        row = heard[0]
        self.reader.read(values, row[:last])
        row[last] = np.interp(-self.detector.score_one(row[:last], category), self.anomalies, self._ranks)
        row[last + 1 :] = rule_numbers(rules)
        (risk,) = self._risks(heard, contributions)
        return risk

    def assess_many(self, asked: Sequence[Sighting], *, contributions: int = CONTRIBUTIONS) -> list[Risk]:
        """Assess listings as `assess` does, together in a fraction of the time."""
        rows = self.reader.matrix([each.values for each in asked])
        seen = self.columns(rows, [each.category for each in asked])
        return self._risks(np.column_stack([seen, rule_columns([each.rules for each in asked])]), contributions)

    def _risks(self, heard: Matrix, contributions: int) -> list[Risk]:
        """From what the classifier sees, with what the rules hold against the listings in the last columns."""
        unusual = heard[:, -len(RULE_COLUMNS) - 1].tolist()
        if self.classifier is None or self.together is None:
            return [Risk(None, each, self.version) for each in unusual]
        patterns = self._questions.patterns(heard)
        own = patterns[:, : self.classifier.trees]
        probabilities = self.classifier.probabilities_by(own).tolist()
        suspicions = self.together.probabilities_by(patterns[:, self.classifier.trees :]).tolist()
        reasons = self._explained(heard, self.classifier, own, contributions)
        return [
            Risk(probability, anomaly, self.version, told, suspicion)
            for probability, anomaly, told, suspicion in zip(probabilities, unusual, reasons, suspicions, strict=True)
        ]

    @cached_property
    def _questions(self) -> Questions:
        """What both classifiers ask, the first one's first."""
        return reduce(Questions.and_then, [each.tables.questions for each in (self.classifier, self.together) if each])

    def warm_up(self) -> None:
        """Work out what the first assessment would else wait for."""
        self.assess({})

    def columns(self, rows: Matrix, categories: Sequence[str]) -> Matrix:
        """What the classifier sees of many listings: their features, and how unusual they are."""
        return np.column_stack([rows, self.unusual(rows, categories)])

    def probabilities(self, rows: Matrix, categories: Sequence[str]) -> NDArray[np.float64]:
        """The classifier's probabilities of many listings, (listings,); without one, how unusual they are."""
        if self.classifier is None:
            return self.unusual(rows, categories)
        return self.classifier.probabilities(self.columns(rows, categories))

    def suspicions(self, rows: Matrix, categories: Sequence[str], rules: Sequence[RuleEvidence]) -> NDArray[np.float64]:
        """How suspicious many listings are by rules and model together, (listings,)."""
        if self.together is None:
            return self.unusual(rows, categories)
        return self.together.probabilities(np.column_stack([self.columns(rows, categories), rule_columns(rules)]))

    def unusual(self, rows: Matrix, categories: Sequence[str]) -> NDArray[np.float64]:
        """The share of training listings that were less unusual than each of these, (listings,)."""
        return np.interp(-self.detector.score_samples(rows, categories=categories), self.anomalies, self._ranks)

    @cached_property
    def _ranks(self) -> NDArray[np.float64]:
        return np.linspace(0, 1, len(self.anomalies))

    def _explained(
        self, heard: Matrix, classifier: Classifier, patterns: Patterns, most: int
    ) -> list[tuple[Contribution, ...]]:
        """The features that moved each row's margin most, the strongest first."""
        if not most:
            return [()] * len(heard)
        effects = classifier.tables.contributions_of(patterns)
        strongest = np.argsort(-np.abs(effects), axis=1, kind="stable")[:, :most]
        values, moved = (np.take_along_axis(each, strongest, axis=1).tolist() for each in (heard, effects))
        return [
            tuple(
                Contribution(self.columns_named[place], None if math.isnan(value) else value, effect)
                for place, value, effect in zip(*row, strict=True)
                if effect
            )
            for row in zip(strongest.tolist(), values, moved, strict=True)
        ]

    def state(self) -> dict[str, Any]:
        """Everything but the version, as arrays, texts and numbers."""
        return {
            "features": list(self.reader.names),
            "detector": self.detector.to_state(),
            "anomalies": self.anomalies,
            "classifier": self.classifier.state() if self.classifier else None,
            "together": self.together.state() if self.together else None,
        }

    @classmethod
    def from_state(cls, version: str, state: Mapping[str, Any]) -> Self:
        """As `state` gave it. Raises `InvalidModel` for features that no signal gives any more."""
        classifiers = (state[name] for name in ("classifier", "together"))
        return cls(
            version,
            FeatureReader(tuple(state["features"])),
            AnomalyDetector.from_state(state["detector"]),
            state["anomalies"],
            *(Classifier.from_state(each) if each else None for each in classifiers),
        )


def digest_of(features: tuple[str, ...]) -> str:
    """What these features mean now, as one digest. Raises `InvalidModel` for features that no signal gives any more."""
    return FeatureReader(features).digest


LISTING_RISK = Kind("listing_risk", digest_of, ListingRisk.from_state)
"""Models of listings' risk, as a shelf keeps them."""
