"""Measure one version of the learned model beside another, on labelled listings that neither has learned from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhengpin.errors import InvalidModel
from zhengpin.risk.examples import Example
from zhengpin.risk.manifest import Manifest
from zhengpin.risk.metrics import Metrics, Worth
from zhengpin.risk.training import evaluate, is_worse_calibrated
from zhengpin.storage.store import Store
from zhengpin.usecases.model_examples import ModelExamples
from zhengpin.usecases.model_shelf import ListingRisks, ModelShelf

ENOUGH: Final = 10
"""Fakes, and other listings, below which a comparison would say nothing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions on the same labelled listings, or one where none serves yet."""

    version: str
    baseline: str
    """The other one; empty where the marketplace has no live model."""
    finding: str
    """What was found, in words."""
    unproven: bool
    """Whether the version is worse than the other, or by itself worth nothing, or nothing is known of it."""
    worth: Worth | None = None
    baseline_worth: Worth | None = None
    since: datetime | None = None
    """When the earliest of the listings was judged."""


class CompareModels:
    """Compare versions as a marketplace would use them."""

    def __init__(self, store: Store, registry: ListingRisks, examples: ModelExamples) -> None:
        self._store = store
        self._registry = registry
        self._examples = examples

    def __call__(self, marketplace: str, version: str, baseline: str = "") -> Comparison:
        """Compare with `baseline`, or with the live model; raises `NotFound` and `InvalidModel` for the version."""
        return self.on(self._examples.all(marketplace), marketplace, version, baseline)

    def on(self, examples: Sequence[Example], marketplace: str, version: str, baseline: str = "") -> Comparison:
        """Compare on those of the examples that neither has learned from."""
        shelf = ModelShelf(self._registry, marketplace)
        model = shelf.load(version)
        baseline = baseline or self._live(shelf)
        if baseline == version:
            return Comparison(version, baseline, "it is the same model", unproven=False)
        try:
            other = shelf.load(baseline) if baseline else None
        except InvalidModel as problem:
            return Comparison(version, baseline, f"{baseline} can't serve: {problem}", unproven=False)
        fresh = _fresh(examples, [shelf.manifest(each) for each in (version, baseline) if each])
        fakes = sum(bool(example.fake) for example in fresh)
        if min(fakes, len(fresh) - fakes) < ENOUGH:
            return Comparison(version, baseline, _too_few(fakes, len(fresh)), unproven=True)
        since = min(example.observed_at for example in fresh)
        worth = evaluate(model, fresh)
        if other is None:
            worthless = worth.together.brier_skill <= 0
            return Comparison(version, "", _finding_alone(worth), worthless, worth, since=since)
        others = evaluate(other, fresh)
        worse = worth.together.average_precision < others.together.average_precision
        unproven = worse or is_worse_calibrated(model, other, fresh)
        return Comparison(version, baseline, _finding(worth, others, baseline), unproven, worth, others, since)

    def _live(self, shelf: ModelShelf) -> str:
        with self._store.read(shelf.marketplace) as reader:
            return shelf.live(reader.models.serving())


def _fresh(examples: Sequence[Example], manifests: Iterable[Manifest]) -> Sequence[Example]:
    """The examples that no model of these has learned from; models that ship have learned from none of them."""
    trainings = [manifest.training for manifest in manifests if manifest.training.marketplace]
    if not trainings:
        return examples
    since = max(training.held_out_from or training.trained_at for training in trainings)
    return [example for example in examples if example.observed_at >= since]


def _too_few(fakes: int, listings: int) -> str:
    return (
        f"only {fakes} listings found to be fake and {listings - fakes} others are known that nothing was learned "
        f"from, and at least {ENOUGH} of each are needed"
    )


def _finding(worth: Worth, others: Worth, baseline: str) -> str:
    mine, theirs = worth.together, others.together
    than = "lower than" if mine.average_precision < theirs.average_precision else "not below"
    return (
        f"its average precision is {mine.average_precision:.3f}, {than} the {theirs.average_precision:.3f} of "
        f"{baseline}, and its Brier skill is {mine.brier_skill:.3f} beside {theirs.brier_skill:.3f}, "
        f"{_measured_on(mine)}"
    )


def _finding_alone(worth: Worth) -> str:
    mine = worth.together
    than = "above 0" if mine.brier_skill > 0 else "no better than always saying how many are fake"
    return f"no model serves yet, and its Brier skill is {mine.brier_skill:.3f}, {than}, {_measured_on(mine)}"


def _measured_on(metrics: Metrics) -> str:
    return f"on {metrics.listings} listings, {metrics.fakes} of them found to be fake"
