"""A marketplace that has something to learn from, and models made by hand: they look at the price alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from builders import AN_EDITION, NOW, a_listing, a_verdict, an_outcome
from zhengpin.domain.edition import FIRED, Edition
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.verdict import Risk
from zhengpin.risk.drift import reference_of
from zhengpin.risk.features import FeatureReader
from zhengpin.risk.listing_risk import digest_of
from zhengpin.risk.manifest import Labels, Training
from zhengpin.risk.model_file import State
from zhengpin.risk.registry import Kind, Registry
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage.store import Store

HERE = "here"
DAY = timedelta(days=1)
PRICE = "price.vs_market"
EDITION = Edition(AN_EDITION.packs, tuple(CATALOGUE), AN_EDITION.rules)


@dataclass(frozen=True, slots=True)
class PriceModel:
    """Suspects by `0.5 + steepness × (1 − price)`: a negative steepness holds dear goods for fakes."""

    version: str
    steepness: float
    reader: FeatureReader = FeatureReader((PRICE,))  # noqa: RUF009  it is immutable
    knows_labels: bool = True

    @staticmethod
    def revive(version: str, state: State) -> PriceModel:
        return PriceModel(version, float(state["steepness"]))

    def probabilities(self, rows: Any, categories: Any = ()) -> Any:  # noqa: ARG002  models know categories
        return np.clip(0.5 + self.steepness * (1 - np.nan_to_num(rows[:, 0], nan=1.0)), 0, 1)

    def suspicions(self, rows: Any, categories: Any, rules: Any) -> Any:  # noqa: ARG002  models hear rules
        return self.probabilities(rows)

    def assess(self, values: Any, category: str = "", rules: Any = None) -> Risk:  # noqa: ARG002
        suspicion = float(self.probabilities(self.reader.matrix([values]))[0])
        return Risk(suspicion, 0.0, self.version, suspicion=suspicion)


def price_models(folder: Path, shipped: Path | None = None) -> Registry[Any]:
    """A shelf of models of the price, in place of learned ones."""
    return Registry(Kind("listing_risk", digest_of, PriceModel.revive), folder, shipped)


def keep(registry: Registry[Any], steepness: float = 0.5, **changes: Any) -> str:
    """Keep a model of the price, by default one that this marketplace has trained; give its version."""
    prices = np.linspace(0.2, 1.4, 200)[:, None]
    ordinary: dict[str, Any] = {
        "trained_at": datetime(2026, 2, 1, tzinfo=UTC),
        "trained_by": "an analyst",
        "marketplace": HERE,
        "seed": 7,
        "labels": Labels(fake=30, genuine=70, unlabelled=900),
        "metrics": None,
        "held_out_from": datetime(2026, 1, 1, tzinfo=UTC),
        "reference": reference_of((PRICE,), prices, PriceModel("", steepness).probabilities(prices)),
    }
    training = Training(**{**ordinary, **changes})
    return registry.save(
        {"features": [PRICE], "steepness": steepness}, training, lambda manifest: f"# {manifest.version}\n"
    ).version


def judge(
    store: Store,
    count: int,
    *,
    fake: bool | None = None,
    marketplace: str = HERE,
    name: str = "l",
    prices: tuple[float, float] = (0.2, 1.4),
    since: datetime = NOW - 6 * DAY,
    span: timedelta = timedelta(days=5),
    risk: Callable[[float], Risk] | None = None,
) -> None:
    """Store listings with a verdict each, between two prices and spread over a time; and a day later what they were."""
    chance = Random(f"{name} {count} {fake}")  # noqa: S311  the same in every run
    with store.begin(marketplace, count) as unit:
        listings = [a_listing(f"{name}-{number}") for number in range(count)]
        unit.listings.upsert_many([(listing, "") for listing in listings], since)
        verdicts = []
        for number, listing in enumerate(listings):
            price = chance.uniform(*prices)
            moment = since + span * (number / count)
            verdicts.append(
                a_verdict(
                    f"v-{name}-{number}",
                    listing_id=listing.listing_id,
                    evaluated_at=moment,
                    as_of=moment,
                    explanation=Explanation(EDITION, {PRICE: price}, FIRED, moment),
                    risk=risk(price) if risk else None,
                )
            )
        unit.verdicts.add_many(verdicts)
        if fake is not None:
            kind = OutcomeKind.FAKE if fake else OutcomeKind.GENUINE
            unit.outcomes.record_many(
                [
                    an_outcome(f"o-{name}-{number}", listing_id=listing.listing_id, kind=kind, found_at=NOW)
                    for number, listing in enumerate(listings)
                ]
            )


def told_labels(store: Store, fakes: int = 40, genuine: int = 120, marketplace: str = HERE, **when: Any) -> None:
    """Cheap fakes and dear genuine listings, overlapping a little."""
    judge(store, fakes, fake=True, name="f", prices=(0.2, 0.7), marketplace=marketplace, **when)
    judge(store, genuine, fake=False, name="g", prices=(0.5, 1.4), marketplace=marketplace, **when)


def a_suspicion(probability: float, version: str) -> Risk:
    """What a model says of a listing."""
    return Risk(probability, 0.0, version, suspicion=probability)
