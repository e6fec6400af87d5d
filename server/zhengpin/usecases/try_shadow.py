"""Score what was screened with the model in shadow, off the request path and by the same signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from zhengpin.domain.model_check import TENTHS, ShadowTrial
from zhengpin.domain.policy import Policy, asks_for_a_look
from zhengpin.domain.verdict import Risk
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.storage.store import Store
from zhengpin.usecases.model_examples import categories_of, rules_of, values_of
from zhengpin.usecases.model_shelf import ListingRisks, ModelShelf

PAGE: Final = 200


class TryShadow:
    """Bring a marketplace's shadow trial up to date."""

    def __init__(self, store: Store, registry: ListingRisks, policy: Policy) -> None:
        """The policy says when a model asks a person to look."""
        self._store = store
        self._registry = registry
        self._policy = policy

    def __call__(self, marketplace: str) -> Iterator[int]:
        """Score every verdict since the last look, page by page; tell after each how many they were.

        Raises `InvalidModel` or `NotFound` for a model in shadow that can't be loaded.
        """
        with self._store.read(marketplace) as reader:
            version = reader.models.serving().shadow
            end = reader.verdicts.last_cursor()
        if not version:
            return
        model = ModelShelf(self._registry, marketplace).load(version)
        while (scored := self._page(marketplace, version, model, end)) is not None:
            yield scored

    def _page(self, marketplace: str, version: str, model: ListingRisk, end: int) -> int | None:
        """Score a page of those up to `end`; give the number of its verdicts, `None` once none are left."""
        with self._store.read(marketplace) as reader:
            trial = reader.models.trial(version) or ShadowTrial(version, end)
            numbers = range(trial.cursor + 1, min(trial.cursor + PAGE, end) + 1)
            verdicts = reader.verdict_samples.numbered(numbers)
            categories = categories_of(reader, verdicts)
        if not numbers:
            return None
        pairs = [
            (verdict.risk, model.assess(values_of(verdict), categories.get(verdict.listing_id, ""), rules_of(verdict)))
            for verdict in verdicts
            if verdict.risk is not None  # without what the live model said there is nothing to compare with
        ]
        grown = replace(self._counted(trial, pairs), cursor=numbers[-1])
        with self._store.begin(marketplace) as unit:
            if unit.models.trial(version) in {trial, None}:  # nobody else has counted this page meanwhile
                unit.models.keep_trial(grown)
        return len(verdicts)

    def _counted(self, trial: ShadowTrial, pairs: Sequence[tuple[Risk, Risk]]) -> ShadowTrial:
        """Count what the live model and the one in shadow said of the same listings."""
        above = [(asks_for_a_look(live, self._policy), asks_for_a_look(shadow, self._policy)) for live, shadow in pairs]
        scores = [shadow.anomaly if shadow.suspicion is None else shadow.suspicion for _, shadow in pairs]
        tenths = [min(int(score * TENTHS), TENTHS - 1) for score in scores]
        return replace(
            trial,
            verdicts=trial.verdicts + len(pairs),
            both_above=trial.both_above + above.count((True, True)),
            live_alone=trial.live_alone + above.count((True, False)),
            shadow_alone=trial.shadow_alone + above.count((False, True)),
            scores=tuple(count + tenths.count(tenth) for tenth, count in enumerate(trial.scores)),
        )
