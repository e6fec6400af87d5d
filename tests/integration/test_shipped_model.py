"""The learned model that ships, as a screening asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from callers import Caller, a_listing_message
from markets import NOW, a_market
from zhengpin.bootstrap import Service
from zhengpin.pretraining.simulated_examples import Screened, screened
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.metrics import measure, recall_at
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import Settings, shipped
from zhengpin.signals.catalogue import CATALOGUE

SEED = 90_210
"""Of a marketplace that the model has not seen."""


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(shipped("models"), shipped("models"))


@pytest.fixture(scope="module")
def risk(shelf: Shelf) -> ListingRisk:
    return shelf.load(shelf.current())


@pytest.fixture(scope="module")
def market() -> Iterator[list[Screened]]:
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    with closing(rulebook):
        yield list(screened(a_market(2500, seed=SEED, fakes=0.1), NOW, rulebook))


def test_it_says_what_it_was_made_of(shelf: Shelf) -> None:
    registry = shelf.registry()
    manifest = registry.manifest(shelf.current())
    assert manifest.training.marketplace == ""
    assert str(SEED) not in manifest.training.note.split()
    assert "Simulated marketplaces alone" in registry.card(shelf.current())


def test_it_finds_more_together_with_the_rules_than_either_alone(risk: ListingRisk, market: list[Screened]) -> None:
    fakes = _mask(market, fake=True)
    rows = risk.reader.matrix([each.example.values for each in market])
    categories, rules = [each.example.category for each in market], [each.example.rules for each in market]
    together = measure(risk.suspicions(rows, categories, rules), fakes)
    alone = measure(risk.probabilities(rows, categories), fakes)
    assert together.average_precision > alone.average_precision > 0.7
    assert together.brier_skill > 0.5


def test_it_finds_clever_fakes_that_rules_let_pass(risk: ListingRisk, market: list[Screened]) -> None:
    unsuspected = [each for each in market if not each.example.rules.families]
    clever = _mask(unsuspected, fake=True)
    rows = risk.reader.matrix([each.example.values for each in unsuspected])
    probabilities = risk.probabilities(rows, [each.example.category for each in unsuspected])
    assert clever.sum() > 30
    assert recall_at(0.05, probabilities, clever) > 3 * 0.05


def _mask(listings: list[Screened], *, fake: bool) -> NDArray[np.bool_]:
    return np.array([each.offer.kind.fake is fake for each in listings])


def test_a_server_that_ships_with_it_names_it_in_each_verdict(tmp_path: Path, shelf: Shelf) -> None:
    settings = Settings(
        database=f"sqlite:///{tmp_path / 'z.db'}",
        listen="127.0.0.1:0",
        grace_seconds=1,
        log_level="error",
        models=tmp_path / "models",
        shipped_models=shipped("models"),
    )
    with Service(settings) as service, Caller(service.start(), "m") as caller:
        verdict = caller.screen(a_listing_message())
    assert verdict.degraded == []
    assert verdict.risk.model_version == shelf.current()
    assert verdict.risk.HasField("probability")
    assert len(verdict.risk.contributions) == 5
