"""Trains the model that ships."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from zhengpin.pretraining.card import card_of
from zhengpin.pretraining.forgetting import with_parts_forgotten
from zhengpin.pretraining.simulated_examples import screened
from zhengpin.risk.examples import Example
from zhengpin.risk.manifest import Labels, Manifest, Training
from zhengpin.risk.shelf import CURRENT, KIND, Shelf
from zhengpin.risk.training import Progress, Trained, train
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation.market import Marketplace

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""When the first of the simulated marketplaces is looked at; the others follow a week apart."""
UNFORECAST = 3
"""In every third of them nobody forecasts prices, so that the model knows what to do without."""


def pretrain(  # noqa: PLR0917  what a training is made of
    packs: Path,
    markets: int,
    listings: int,
    seed: int,
    processes: int,
    screening: Callable[[int], object],
    training: Callable[[Progress], object],
) -> tuple[Trained, Training]:
    """Simulate marketplaces, screen their listings by the packs of a folder, and train on them; the last are held out.

    `screening` hears how many listings more were screened, `training` of each stage. The seeds of the marketplaces are
    `seed` and those after it. The same arguments train the same model, in however many processes.
    """
    examples: list[Example] = []
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for market in pool.map(partial(_examples, packs, listings, seed), range(markets)):
            examples += market
            screening(listings)
    trained = train(examples, seed=seed, told=training, beside=partial(with_parts_forgotten, seed=seed))
    fakes = sum(each.fake is True for each in examples)
    return trained, Training(
        trained_at=datetime.now(UTC).replace(microsecond=0),
        trained_by="zhengpin-server pretrain",
        marketplace="",
        seed=seed,
        labels=Labels(fake=fakes, genuine=len(examples) - fakes, unlabelled=0),
        metrics=trained.worth,
        held_out_from=trained.held_out_from,
        reference=trained.reference,
        note=" ".join(str(seed + number) for number in range(markets)),
    )


def keep(folder: Path, trained: Trained, training: Training, markets: int) -> Manifest:
    """Put a model on the shelf and have it serve where nobody has chosen another."""
    manifest = (
        Shelf(folder, folder)
        .registry()
        .save(trained.risk.state(), training, lambda manifest: card_of(trained, manifest, markets, training.seed))
    )
    (folder / KIND / CURRENT).write_text(f"{manifest.version}\n", encoding="utf-8")
    return manifest


def _examples(packs: Path, listings: int, seed: int, number: int) -> list[Example]:
    """The listings of one marketplace."""
    now = NOW + timedelta(weeks=number)
    market = Marketplace(seed=seed + number, now=now, listings=listings)
    forecast = number % UNFORECAST != UNFORECAST - 1
    with closing(RuleBook(load_packs(packs, CATALOGUE))) as rulebook:
        return [each.example for each in screened(market, now, rulebook, forecast=forecast)]
