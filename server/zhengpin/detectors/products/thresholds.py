"""From which probability on two offers are called one product."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.metrics import precision_recall_curve

from zhengpin.detectors.products.catalogue import Column

Labels: TypeAlias = npt.NDArray[np.bool_]

SURE = 0.95
"""The precision that a merge asks for."""
NEVER = float(np.nextafter(1.0, 2.0))
"""A threshold that no probability reaches."""
_Z = 1.645
"""One-sided, of 95 %."""


def best_f1_threshold(labels: Labels, probabilities: Column) -> float:
    """Give the probability from which on the pairs called matches have the highest F1."""
    precision, recall, thresholds = precision_recall_curve(labels, probabilities)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return float(thresholds[np.argmax(f1[:-1])])


def sure_threshold(labels: Labels, probabilities: Column, precision_wanted: float = SURE) -> float:
    """Give the lowest probability from which on surely so large a share of the pairs are matches; else `NEVER`.

    Surely: by Wilson's lower bound (1927), for the highest of many shares that were looked at is too good by chance.
    """
    precision, recall, thresholds = precision_recall_curve(labels, probabilities)
    called = recall[:-1] * labels.sum() / np.maximum(precision[:-1], 1e-12)
    good = _wilson_lower(precision[:-1], np.maximum(called, 1e-12)) >= precision_wanted
    return float(thresholds[np.flatnonzero(good)[0]]) if good.any() else NEVER


def _wilson_lower(share: Column, count: Column) -> Column:
    spread = _Z * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return np.asarray((share + _Z**2 / (2 * count) - spread) / (1 + _Z**2 / count), dtype=np.float64)


def recall_at_precision(labels: Labels, probabilities: Column, precision_wanted: float = SURE) -> float:
    """Give the highest share of matches that is found at such a precision."""
    precision, recall, _ = precision_recall_curve(labels, probabilities)
    return float(recall[precision >= precision_wanted].max(initial=0.0))
