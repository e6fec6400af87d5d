"""What one assessment costs: the model that serves, a listing at a time, beside scikit-learn's own way to score a row.

Ours is all that a screening asks of the model: signals to a row, how unusual it is, the probability by the classifier,
the suspicion by rules and classifier together, and, explained, what moved the probability most. scikit-learn's is a
gradient boosting with as many trees of the same depth, twice, and an isolation forest with as many trees, on a ready
row; they are fitted to listings as the model judged them, so that their trees are of the same kind. Listings are those
of a simulated marketplace. Rounds of both take turns; what is told is the median of the rounds.

`largest_difference` is how far apart the same listings' figures come out alone and in a batch, and how far the tables
lie from scikit-learn's own margins where they are made of scikit-learn's trees.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.ensemble import HistGradientBoostingClassifier, IsolationForest

from zhengpin.pretraining.pretrain import NOW
from zhengpin.pretraining.simulated_examples import screened
from zhengpin.risk.boosting import LEARNING_RATE, TREES, tables_of
from zhengpin.risk.decision_tables import LEAVES
from zhengpin.risk.examples import Example
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.questions import DEPTH
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation.market import Marketplace

Rows = NDArray[np.float64]
BATCH = 500
ALONE = 20
"""Listings a round that are scored alone."""


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    shelf = Shelf(options.models, options.models)
    risk = shelf.load(shelf.current())
    examples = _examples(options.listings, options.seed)
    rows = np.nan_to_num(risk.reader.matrix([each.values for each in examples]), nan=-1.0)
    boosting, isolation = _peers(risk, examples, rows)
    microseconds = _measure(risk, examples, rows, boosting, isolation, options.rounds)
    headline = {
        **{name: round(each, 1) for name, each in microseconds.items()},
        "sklearn_over_ours": round(microseconds["sklearn_us"] / microseconds["score_us"], 1),
        "largest_difference": max(_alone_and_in_batch(risk, examples), _tables_and_trees(boosting, rows)),
    }
    _show(headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _examples(listings: int, seed: int) -> list[Example]:
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    with closing(rulebook):
        market = Marketplace(seed=seed, now=NOW, listings=listings)
        found = screened(market, NOW, rulebook)
        return [each.example for each in track(found, "screening", total=listings, transient=True)]


def _peers(
    risk: ListingRisk, examples: Sequence[Example], rows: Rows
) -> tuple[HistGradientBoostingClassifier, IsolationForest]:
    suspicion = risk.suspicions(
        risk.reader.matrix([each.values for each in examples]),
        [each.category for each in examples],
        [each.rules for each in examples],
    )
    boosting = HistGradientBoostingClassifier(
        max_depth=DEPTH,
        max_leaf_nodes=LEAVES,
        max_iter=TREES,
        learning_rate=LEARNING_RATE,
        early_stopping=False,
        random_state=0,
    )
    isolation = IsolationForest(n_estimators=risk.detector.trees, random_state=0)
    return boosting.fit(rows, suspicion > np.quantile(suspicion, 0.9)), isolation.fit(rows)


def _measure(  # noqa: PLR0917  what is measured
    risk: ListingRisk,
    examples: Sequence[Example],
    rows: Rows,
    boosting: HistGradientBoostingClassifier,
    isolation: IsolationForest,
    rounds: int,
) -> dict[str, float]:
    """Microseconds a listing."""
    matrix, categories = risk.reader.matrix([each.values for each in examples]), [each.category for each in examples]
    batch = slice(0, BATCH)
    rules = [each.rules for each in examples[batch]]

    def alone(contributions: int) -> Callable[[int], object]:
        return lambda place: risk.assess(
            examples[place].values, examples[place].category, examples[place].rules, contributions=contributions
        )

    def sklearn_alone(place: int) -> object:
        row = rows[place : place + 1]
        return boosting.predict_proba(row), boosting.predict_proba(row), isolation.score_samples(row)

    def batched(_: int) -> object:
        return risk.suspicions(matrix[batch], categories[batch], rules), risk.probabilities(
            matrix[batch], categories[batch]
        )

    def sklearn_batched(_: int) -> object:
        page = rows[batch]
        return boosting.predict_proba(page), boosting.predict_proba(page), isolation.score_samples(page)

    taken: dict[str, list[float]] = {name: [] for name in _NAMES}
    for number in track(range(rounds + 1), "measuring", transient=True):
        places = [(number * ALONE + each) % len(examples) for each in range(ALONE)]
        taken["score_us"].append(_seconds(alone(0), places))
        taken["explained_us"].append(_seconds(alone(5), places))
        taken["sklearn_us"].append(_seconds(sklearn_alone, places[:3]))
        taken["batch_us"].append(_seconds(batched, [0]) / BATCH)
        taken["sklearn_batch_us"].append(_seconds(sklearn_batched, [0]) / BATCH)
    return {name: median(found[1:]) * 1e6 for name, found in taken.items()}


_NAMES = ("score_us", "explained_us", "sklearn_us", "batch_us", "sklearn_batch_us")


def _seconds(work: Callable[[int], object], places: Sequence[int]) -> float:
    """Seconds of one call, the mean of several."""
    start = time.perf_counter()
    for place in places:
        work(place)
    return (time.perf_counter() - start) / len(places)


def _alone_and_in_batch(risk: ListingRisk, examples: Sequence[Example]) -> float:
    some = examples[:200]
    rows, categories = risk.reader.matrix([each.values for each in some]), [each.category for each in some]
    alone = [risk.assess(each.values, each.category, each.rules, contributions=0) for each in some]
    pairs = (
        ([each.probability for each in alone], risk.probabilities(rows, categories)),
        ([each.suspicion for each in alone], risk.suspicions(rows, categories, [each.rules for each in some])),
        ([each.anomaly for each in alone], risk.unusual(rows, categories)),
    )
    return max(float(np.abs(np.array(one, dtype=float) - many).max()) for one, many in pairs)


def _tables_and_trees(boosting: HistGradientBoostingClassifier, rows: Rows) -> float:
    tables = tables_of(boosting, np.arange(rows.shape[1]), rows.shape[1])
    return float(np.abs(tables.margins(rows) - boosting.decision_function(rows)).max())


def _show(headline: dict[str, float]) -> None:
    table = Table(title="µs a listing")
    for column in ("", "ours", "scikit-learn"):
        table.add_column(column, justify="right" if column else "left")
    table.add_row("alone", str(headline["score_us"]), str(headline["sklearn_us"]))
    table.add_row("alone, explained", str(headline["explained_us"]), "–")
    table.add_row(f"in batches of {BATCH}", str(headline["batch_us"]), str(headline["sklearn_batch_us"]))
    console = Console()
    console.print(table)
    console.print(f"largest difference between ways: {headline['largest_difference']:.1e}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench serving", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--listings", type=int, default=2_000, help="of the simulated marketplace, at least 500")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20_260)
    parser.add_argument("--models", type=Path, default=shipped("models"), help="the folder of models")
    return parser.parse_args()


if __name__ == "__main__":
    main()
