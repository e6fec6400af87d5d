"""Look once a day at the model that serves: whether signals or scores drift, and its probabilities hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

import structlog

from zhengpin.domain.model_check import ModelCheck
from zhengpin.domain.verdict import Verdict
from zhengpin.risk.drift import Reference, count_into, drifts, together
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.weekly_calibration import Judged, is_off, weekly_rates
from zhengpin.storage.store import Store
from zhengpin.usecases.model_examples import categories_of, values_of
from zhengpin.usecases.model_shelf import ListingRisks, ModelShelf

EVERY: Final = timedelta(days=1)
WINDOW: Final = timedelta(days=7)
LABELLED_WINDOW: Final = timedelta(days=84)
"""How far back listings were judged by which calibration is told: outcomes come late."""
MOST_VERDICTS: Final = 5_000
"""A random sample of so many tells any share to within one and a half percent."""
MOST_FEATURES: Final = 20
"""Of which a check tells: those that have moved farthest."""
PAGE: Final = 200

log = structlog.get_logger(__name__)


class CheckModels:
    """Check a marketplace's live model if a day has passed since it was last checked."""

    def __init__(
        self,
        store: Store,
        registry: ListingRisks,
        clock: Callable[[], datetime],
        most_verdicts: int = MOST_VERDICTS,
    ) -> None:
        """Of more verdicts in the last seven days than `most_verdicts`, a random sample is looked at."""
        self._store = store
        self._registry = registry
        self._clock = clock
        self._most_verdicts = most_verdicts

    def __call__(self, marketplace: str) -> Iterator[int]:
        """Check what is due, page by page; tell after each how many verdicts were looked at.

        The check is stored, and what is alarming is logged as `model.drift`. Raises `InvalidModel` or `NotFound` for a
        live model that can't be loaded.
        """
        now, shelf = self._clock(), ModelShelf(self._registry, marketplace)
        version = self._due(shelf, now)
        if not version:
            return
        model, reference = shelf.load(version), shelf.manifest(version).training.reference
        observed: Reference | None = None
        for counted in self._counted_pages(marketplace, model, reference, now):
            observed = together(observed, counted) if observed else counted
            yield counted.score.listings
        if observed is None:
            return
        judged: list[Judged] = []
        for page in self._judged_pages(marketplace, version, now):
            judged += page
            yield len(page)
        self._keep(
            marketplace,
            ModelCheck(
                version=version,
                checked_at=now,
                verdicts=observed.score.listings,
                drifts=drifts(reference, observed)[: MOST_FEATURES + 1],
                calibration=weekly_rates(judged),
                is_calibrated=not is_off(judged),
            ),
        )

    def _due(self, shelf: ModelShelf, now: datetime) -> str:
        """The live version, if it was not checked for a day."""
        with self._store.read(shelf.marketplace) as reader:
            version = shelf.live(reader.models.serving())
            last = reader.models.checks(version)[:1] if version else ()
        return "" if any(check.checked_at > now - EVERY for check in last) else version

    def _counted_pages(
        self, marketplace: str, model: ListingRisk, reference: Reference, now: datetime
    ) -> Iterator[Reference]:
        """Signals and scores of the last days' verdicts, counted into the bins of the training, a page at a time."""
        with self._store.read(marketplace) as reader:
            first = reader.verdict_samples.first_since(now - WINDOW)
            last = reader.verdicts.last_cursor()
        if first is None:
            return
        numbers = sorted(_chance_of(now).sample(range(first, last + 1), min(last + 1 - first, self._most_verdicts)))
        for start in range(0, len(numbers), PAGE):
            with self._store.read(marketplace) as reader:
                verdicts = reader.verdict_samples.numbered(numbers[start : start + PAGE])
                categories = categories_of(reader, verdicts)
            matrix = model.reader.matrix([values_of(verdict) for verdict in verdicts])
            named = [categories.get(verdict.listing_id, "") for verdict in verdicts]
            yield count_into(reference, matrix, model.probabilities(matrix, named))

    def _judged_pages(self, marketplace: str, version: str, now: datetime) -> Iterator[list[Judged]]:
        """What the model said of listings before anything was known of them: all labelled ones, a sample of others."""
        since = now - LABELLED_WINDOW
        after: str | None = ""
        while after is not None:
            with self._store.read(marketplace) as reader:
                found, after = reader.verdict_samples.labelled(after, PAGE)
            unknowing = ((each.verdict, each.fake) for each in found if not each.was_known)
            yield [told for verdict, fake in unknowing if (told := _judged(verdict, version, since, fake=fake))]
        with self._store.read(marketplace) as reader:
            first, last = reader.verdict_samples.first_since(since), reader.verdicts.last_cursor()
        if first is None:
            return
        drawn = min(last + 1 - first, self._most_verdicts)
        numbers = sorted(_chance_of(now).sample(range(first, last + 1), drawn))
        for start in range(0, drawn, PAGE):
            with self._store.read(marketplace) as reader:
                verdicts = reader.verdict_samples.unlabelled(numbers[start : start + PAGE])
            told_of = (_judged(verdict, version, since, fake=False) for verdict in verdicts)
            yield [replace(told, weight=(last + 1 - first) / drawn) for told in told_of if told]

    def _keep(self, marketplace: str, check: ModelCheck) -> None:
        with self._store.begin(marketplace) as unit:
            unit.models.add_check(check)
        if check.alarms:
            log.warning("model.drift", marketplace=marketplace, version=check.version, alarms=check.alarms)


def _chance_of(now: datetime) -> Random:
    """Dice that fall the same all day, however often a check is begun."""
    return Random(now.date().toordinal())  # noqa: S311  nobody gains by guessing them


def _judged(verdict: Verdict, version: str, since: datetime, *, fake: bool) -> Judged | None:
    """What the model of a version said of a listing; `None` where it was another, or long ago."""
    risk = verdict.risk
    if risk is None or risk.suspicion is None or risk.model_version != version or verdict.evaluated_at < since:
        return None
    return Judged(verdict.evaluated_at, risk.suspicion, fake)
