"""What rules, anomaly detector and classifier find of the fakes in a simulated marketplace, alone and together.

The model is the one that serves (`models/listing_risk/CURRENT`, or `--models DIR`); the marketplace is made with a seed
that it was not trained on, and everything is asked as the service asks it. Average precision and recall come from the
order in which each of them would have people take listings up. Rules order listings by what they propose, and then by
how many kinds of evidence they raise. The classifier sees signals alone; together, it is heard beside the rules.

The simulation is a made-up market: what is caught here says which parts help one another, not what a real market's
fakes look like.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sklearn.metrics import average_precision_score, roc_auc_score

from zhengpin.domain.ladder import STRICTNESS
from zhengpin.domain.policy import Policy, Subject, judge
from zhengpin.domain.verdict import Decision
from zhengpin.pretraining.pretrain import NOW
from zhengpin.pretraining.simulated_examples import Screened, screened
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.metrics import measure, recall_at
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation.market import Marketplace

Scores = NDArray[np.float64]
REVIEWED = 0.05
"""The share of listings that people look at."""


@dataclass(frozen=True, slots=True)
class Market:
    """A marketplace as each part scored it."""

    listings: Sequence[Screened]
    fakes: NDArray[np.bool_]
    clever: NDArray[np.bool_]
    rules: Scores
    anomaly: Scores
    classifier: Scores
    together: Scores
    blocked: NDArray[np.bool_]
    """By a verdict that nobody looks at first."""


def main() -> None:
    """Run the benchmark, print its tables, and write the figures if asked to."""
    options = _options()
    registry = Shelf(options.models, options.models).registry()
    version = registry.current()
    manifest = registry.manifest(version)
    if str(options.seed) in manifest.training.note.split():
        raise SystemExit(f"--seed {options.seed}: the model was trained on it, take another")
    market = _score(registry.load(version), _screened(options.listings, options.seed))
    headline = _headline(market)
    _show(market, headline, version)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _screened(listings: int, seed: int) -> list[Screened]:
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    with closing(rulebook), _progress() as progress:
        task = progress.add_task("storing and screening", total=2 * listings)
        market = Marketplace(seed=seed, now=NOW, listings=listings)
        return list(screened(market, NOW, rulebook, lambda n: progress.advance(task, n)))


def _score(risk: ListingRisk, listings: Sequence[Screened]) -> Market:
    rows = risk.reader.matrix([each.example.values for each in listings])
    categories = [each.example.category for each in listings]
    rules = [each.example.rules for each in listings]
    together = risk.suspicions(rows, categories, rules)
    return Market(
        listings,
        np.array([each.offer.kind.fake for each in listings]),
        np.array([each.offer.kind.clever for each in listings]),
        np.array([_by_rules(each) for each in listings]),
        risk.unusual(rows, categories),
        risk.probabilities(rows, categories),
        together,
        np.array([_decision(each) is Decision.BLOCK for each in listings]),
    )


def _by_rules(listing: Screened) -> float:
    """The strictest action that rules propose, then how many kinds of evidence they raise, then how many hits."""
    strictest = max((STRICTNESS[hit.action] for hit in listing.hits), default=0)
    return strictest * 1e4 + listing.example.rules.families * 1e2 + len(listing.hits)


def _decision(listing: Screened) -> Decision:
    """What the rules decide alone: the model only ever asks for a look."""
    subject = Subject(
        as_of=listing.snapshot.as_of,
        on_sale_since=listing.snapshot.on_sale_since,
        allow_listed=listing.example.values.get("listing.allow_listed") is True,
    )
    return judge(listing.hits, None, subject, Policy()).decision


def _headline(market: Market) -> dict[str, float]:
    fakes = market.fakes
    parts = {"rules": market.rules, "anomaly": market.anomaly, "classifier": market.classifier}
    precision = {name: float(average_precision_score(fakes, scores)) for name, scores in parts.items()}
    together = measure(market.together, fakes)
    return {
        **{f"ap_{name}": round(each, 4) for name, each in precision.items()},
        "ap_together": round(together.average_precision, 4),
        "gain_over_best_part": round(together.average_precision - max(precision.values()), 4),
        "block_precision": round(float(fakes[market.blocked].mean()) if market.blocked.any() else 1.0, 4),
        "blocked": int(market.blocked.sum()),
        "brier_skill": round(together.brier_skill, 4),
        "brier_skill_classifier": round(measure(market.classifier, fakes).brier_skill, 4),
        "clever_recall": round(_clever_recall(market, market.together), 4),
        "clever_recall_rules": round(_clever_recall(market, market.rules), 4),
        "clever_recall_classifier": round(_clever_recall(market, market.classifier), 4),
        "listings": len(fakes),
        "fakes": int(fakes.sum()),
    }


def _clever_recall(market: Market, scores: Scores) -> float:
    """The share of the clever fakes among the 5 % of listings that people look at first."""
    return recall_at(REVIEWED, scores, market.clever)


def _show(market: Market, headline: dict[str, float], version: str) -> None:
    console = Console()
    table = Table(title=f"{headline['listings']:,} listings, {headline['fakes']:,} fakes, model {version}")
    for column in ("", "average precision", "AUC", "clever fakes among the first 5 %"):
        table.add_column(column, justify="right" if column else "left")
    for name in ("rules", "anomaly", "classifier", "together"):
        scores: Scores = getattr(market, name)
        table.add_row(
            name,
            f"{headline[f'ap_{name}']:.3f}",
            f"{roc_auc_score(market.fakes, scores):.3f}",
            f"{_clever_recall(market, scores):.3f}",
        )
    console.print(table)
    console.print(_by_kind(market))
    console.print(
        f"blocked without a person: {headline['blocked']}, of them fake {headline['block_precision']:.1%} · "
        f"Brier skill together {headline['brier_skill']}, classifier {headline['brier_skill_classifier']}"
    )


def _by_kind(market: Market) -> Table:
    """What becomes of each kind of listing: an average hides what is silly."""
    looked_at = np.zeros(len(market.fakes), dtype=bool)
    looked_at[np.argsort(-market.together, kind="stable")[: int(REVIEWED * len(market.fakes))]] = True
    kinds = Counter(each.offer.kind for each in market.listings)
    table = Table(title="by kind")
    for column in ("kind", "group", "listings", "among the first 5 %", "median probability"):
        table.add_column(column, justify="right" if column in {"listings", "median probability"} else "left")
    for kind, count in sorted(kinds.items(), key=lambda item: (item[0].group, item[0].name)):
        here = np.array([each.offer.kind == kind for each in market.listings])
        table.add_row(
            kind.name,
            kind.group,
            f"{count:,}",
            f"{looked_at[here].mean():.0%}",
            f"{np.median(market.together[here]):.4f}",
        )
    return table


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench detection", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--listings", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20_260, help="of the marketplace; none that the model has seen")
    parser.add_argument("--models", type=Path, default=shipped("models"), help="the folder of models")
    return parser.parse_args()


if __name__ == "__main__":
    main()
