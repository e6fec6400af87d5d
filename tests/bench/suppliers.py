"""Does what is said of a supplier's delivery at the end of a quarter hold in the next one? Judged by real sellers.

The sellers are those of a Brazilian marketplace in 2017, one row a seller and quarter. Pairs of consecutive quarters
with at least five orders in both are judged: the outcome is that more than 15 % of the orders of the next quarter reach
the carrier late. Evidence is what the server makes of such orders (`suppliers.score.evidence.of_orders`), and the
forecast the one that a supplier finds in its report (`suppliers.score.forecast.late_chance`), of what was known at the
end of the first quarter: evidence, priors and base rates are those of that quarter and the ones before, and no constant
was fitted to outcomes. Each quarter's counts are dated to its middle.

AUC is the area under the ROC curve; the skill of a probability is 1 - its Brier score / that of the base rate of the
quarters before. Intervals are of 90 %, by 1,000 draws of sellers.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.metrics import roc_auc_score

from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.supplier_score import ComponentName, DailyEvidence, Priors
from zhengpin.suppliers.score.evidence import of_orders
from zhengpin.suppliers.score.forecast import LATE, late_chance
from zhengpin.suppliers.score.posterior import posterior
from zhengpin.suppliers.score.priors import fit_priors
from zhengpin.suppliers.score.standards import PLACE
from zhengpin.suppliers.score.sums import Counts, fade, sum_evidence

FOLDER, FILE = "seller_quarters", "seller_quarters.csv"
SOURCE = f"{FILE}: seller-quarters of the Brazilian E-Commerce Public Dataset by Olist (https://www.kaggle.com/olistbr)"
FEWEST, FEW = 5, 20
"""The fewest orders of a quarter to be judged; below the second they are few."""
UNHAPPY = 3.5
"""A median review of so many stars or fewer is bad."""
DRAWS, SEED = 1000, 20_260_101
FORECAST, SHARE, SHRUNK, ORDERS = "forecast", "late share of the quarter", "decayed and shrunk", "orders"
MEAN = "the posterior's mean"
DELIVERY = PLACE[ComponentName.DELIVERY]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quarter:
    """One seller in one quarter."""

    orders: int
    handed_over: int
    handed_late: int
    arrived: int
    arrived_late: int
    median_review: float

    @property
    def late_share(self) -> float:
        return self.handed_late / max(1, self.handed_over)


Sellers = Mapping[str, Mapping[int, Quarter]]
"""By seller, the quarters that it sold in, 1 to 4."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A seller at the end of a quarter, and what came of it in the next one."""

    seller: str
    quarter: int
    orders: int
    chances: Mapping[str, float]
    """By method: the higher, the more likely late."""
    base_rate: float
    """Of the quarters before, this one among them."""
    is_late: bool
    median_review: float
    is_unhappy: bool


def main() -> None:
    """Judge all pairs, print tables, and write the figures if asked to."""
    options = _options()
    sellers = _read(_data_folder(options) / FOLDER / FILE)
    pairs = [pair for quarter in (1, 2, 3) for pair in _judge(sellers, quarter)]
    headline = _headline(pairs)
    _show(pairs, headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench suppliers", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help=f"the folder with {FOLDER}/; else ZHENGPIN_DATA names it")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def _data_folder(options: argparse.Namespace) -> Path:
    folder = options.data or os.environ.get("ZHENGPIN_DATA")
    if not folder:
        sys.exit(f"--data: no folder given: name the one whose {FOLDER}/ holds {SOURCE}")
    return Path(folder)


def _read(path: Path) -> Sellers:
    if not path.is_file():
        sys.exit(f"--data: no {FOLDER}/{FILE} below it: put there {SOURCE}")
    sellers: dict[str, dict[int, Quarter]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            sellers.setdefault(row["seller_id"], {})[int(row["quarter"])] = Quarter(
                int(row["n_orders"]),
                int(row["n_delivered_carrier"]),
                int(row["n_orders_late_to_carrier"]),
                int(row["n_delivered_customers"]),
                int(row["n_orders_late_to_customer"]),
                float(row["median_review_score"] or "nan"),
            )
    return sellers


def _judge(sellers: Sellers, quarter: int) -> Iterator[Pair]:
    """What is known of every seller at the end of a quarter, and how those that sold on fared in the next one."""
    end = datetime(2017, 3 * quarter + 1, 1, tzinfo=UTC)
    known = {seller: _counts(quarters, end) for seller, quarters in sellers.items()}
    priors = fit_priors(known.values())
    before = [past for quarters in sellers.values() for nth, past in quarters.items() if nth <= quarter]
    base_rate = float(np.mean([past.late_share > LATE for past in before if past.orders >= FEWEST]))
    level = sum(past.handed_late for past in before) / sum(past.handed_over for past in before)
    for seller, quarters in sellers.items():
        now, then = quarters.get(quarter), quarters.get(quarter + 1)
        if now is None or then is None or min(now.orders, then.orders) < FEWEST:
            continue
        yield Pair(
            seller,
            quarter,
            now.orders,
            {**_forecast(known[seller], priors), **_plain(quarters, quarter, level)},
            base_rate,
            then.late_share > LATE,
            now.median_review,
            then.median_review <= UNHAPPY,
        )


def _counts(quarters: Mapping[int, Quarter], end: datetime) -> tuple[Counts, ...]:
    middles = ((date(2017, 3 * nth - 1, 15), quarter) for nth, quarter in quarters.items())
    told = chain.from_iterable(delivery_evidence(middle, quarter) for middle, quarter in middles)
    return fade(sum_evidence(told, end.date() - timedelta(days=1)), end)


def delivery_evidence(day: date, quarter: Quarter) -> Iterator[DailyEvidence]:
    """What the server makes of a quarter's orders when all are paid on one day: by when each was promised is known."""
    counts = OrderCounts(
        orders=quarter.orders,
        shipped=quarter.handed_over,
        shipped_late=quarter.handed_late,
        delivered=quarter.arrived,
        promised=quarter.arrived,
        arrived_late=quarter.arrived_late,
    )
    yield from of_orders(day, counts)


def _forecast(counts: Sequence[Counts], priors: Priors) -> dict[str, float]:
    """The delivery component's own words."""
    own, prior = counts[DELIVERY], priors[DELIVERY]
    return {FORECAST: late_chance(counts, priors), MEAN: posterior(prior, own).bad_share}


def _plain(quarters: Mapping[int, Quarter], quarter: int, level: float) -> dict[str, float]:
    past = [(0.5 ** (quarter - nth), each) for nth, each in quarters.items() if nth <= quarter]
    late = sum(weight * each.handed_late for weight, each in past)
    orders = sum(weight * each.handed_over for weight, each in past)
    now = quarters[quarter]
    return {SHARE: now.late_share, SHRUNK: (late + 10 * level) / (orders + 10), ORDERS: float(now.orders)}


def _headline(pairs: Sequence[Pair]) -> dict[str, float]:
    skill, hindsight = _skills(pairs)
    few = [pair for pair in pairs if pair.orders < FEW]
    many = [pair for pair in pairs if pair.orders >= FEW]
    figures = {
        "late_auc": _late_auc(FORECAST)(pairs),
        "late_reference": _late_auc(SHARE)(pairs),
        "late_decayed_and_shrunk": _late_auc(SHRUNK)(pairs),
        "brier_skill": skill,
        "brier_skill_hindsight": hindsight,
        "late_auc_few_orders": _late_auc(FORECAST)(few),
        "late_reference_few_orders": _late_auc(SHARE)(few),
        "brier_skill_few_orders": _skills(few)[0],
        "late_auc_many_orders": _late_auc(FORECAST)(many),
        "late_reference_many_orders": _late_auc(SHARE)(many),
        "brier_skill_many_orders": _skills(many)[0],
    }
    return {**{name: round(figure, 4) for name, figure in figures.items()}, "pairs": len(pairs), "pairs_few": len(few)}


def _late_auc(method: str) -> Callable[[Sequence[Pair]], float]:
    def auc(pairs: Sequence[Pair]) -> float:
        return float(roc_auc_score([pair.is_late for pair in pairs], [pair.chances[method] for pair in pairs]))

    return auc


def _review_auc(pairs: Sequence[Pair]) -> float:
    return float(roc_auc_score([pair.is_unhappy for pair in pairs], [-pair.median_review for pair in pairs]))


def _unhappy_by_orders(pairs: Sequence[Pair]) -> float:
    return float(roc_auc_score([pair.is_unhappy for pair in pairs], [-pair.orders for pair in pairs]))


def _skills(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Against the base rate of the quarters before, and against that of the outcomes themselves, known by nobody."""
    outcome = np.array([pair.is_late for pair in pairs], dtype=np.float64)
    brier = np.mean((np.array([pair.chances[FORECAST] for pair in pairs]) - outcome) ** 2)
    before = np.mean((np.array([pair.base_rate for pair in pairs]) - outcome) ** 2)
    return float(1 - brier / before), float(1 - brier / np.mean((outcome.mean() - outcome) ** 2))


def _interval(pairs: Sequence[Pair], figure: Callable[[Sequence[Pair]], float]) -> str:
    """The 5 % and 95 % quantiles over draws of sellers, each with all its quarters."""
    chance = np.random.default_rng(SEED)
    of_seller: dict[str, list[Pair]] = {}
    for pair in pairs:
        of_seller.setdefault(pair.seller, []).append(pair)
    groups = list(of_seller.values())
    figures = []
    for _ in track(range(DRAWS), "draws", transient=True):
        drawn = chance.integers(0, len(groups), len(groups))
        figures.append(figure([pair for place in drawn for pair in groups[place]]))
    low, high = np.quantile(figures, [0.05, 0.95])
    return f"{low:.3f} to {high:.3f}"


def _show(pairs: Sequence[Pair], headline: Mapping[str, float]) -> None:
    console = Console()
    console.print(_late_table(pairs))
    console.print(_skill_table(pairs))
    console.print(_review_table(pairs))
    gain = headline["late_auc"] - headline["late_reference"]
    console.print(f"late_auc {headline['late_auc']:.4f}, {gain:+.4f} on the late share of the quarter alone")


def _groups(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    few = {f"{FEWEST} to {FEW - 1} orders": [pair for pair in pairs if pair.orders < FEW]}
    many = {f"{FEW} orders and more": [pair for pair in pairs if pair.orders >= FEW]}
    return {"all": list(pairs), **few, **many}


def _late_table(pairs: Sequence[Pair]) -> Table:
    groups = _groups(pairs)
    table = Table("AUC, late in the next quarter", title="More than 15 % late")
    for name, group in groups.items():
        late = sum(pair.is_late for pair in group)
        table.add_column(f"{name}\n{len(group)} pairs, {late} late", justify="right")
    table.add_column("all, 90 % interval", justify="right")
    for method in (FORECAST, MEAN, SHRUNK, SHARE, ORDERS):
        auc = _late_auc(method)
        aucs = [f"{auc(group):.4f}" for group in groups.values()]
        table.add_row(method, *aucs, _interval(pairs, auc), style="bold" if method == FORECAST else None)
    return table


def _skill_table(pairs: Sequence[Pair]) -> Table:
    table = Table("pairs", title="The forecast's Brier skill")
    for column in ("against the quarters before", "against the outcomes' own rate"):
        table.add_column(column, justify="right")
    for name, group in _groups(pairs).items():
        table.add_row(name, *(f"{skill:.3f}" for skill in _skills(group)))
    return table


def _review_table(pairs: Sequence[Pair]) -> Table:
    told = [pair for pair in pairs if not np.isnan(pair.median_review)]
    bad = sum(pair.is_unhappy for pair in told)
    table = Table(
        "AUC, a median review of 3.5 stars or fewer in the next quarter",
        title=f"Reviews: only {bad} of {len(told)} bad",
    )
    table.add_column("AUC", justify="right")
    table.add_column("90 % interval", justify="right")
    for name, auc in (("median review of the quarter", _review_auc), ("few orders", _unhappy_by_orders)):
        table.add_row(name, f"{auc(told):.3f}", _interval(told, auc))
    return table


if __name__ == "__main__":
    main()
