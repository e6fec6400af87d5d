"""How well the anomaly detector ranks what is odd, beside IsolationForest, ECOD, HBOS and COPOD of pyod.

Every set of `anomaly_benchmarks/` is a file of ADBench's form: `X` of numbers, a row an object, and `y` with 1 for an
anomaly. Nobody sees `y` but the report: each method is fitted on all rows of a set, scores these same rows, and is
judged by the area under the ROC curve (AUC), the mean over some seeds where the method throws dice.

A single method is the best of all on one set and among the worst on another, and nobody knows beforehand on which. So
two figures count: the mean over all sets, and the worst gap to whichever peer happened to be best on a set.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from pyod.models.copod import COPOD
from pyod.models.ecod import ECOD
from pyod.models.hbos import HBOS
from pyod.models.iforest import IForest
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.metrics import roc_auc_score

from zhengpin.risk.anomaly import AnomalyDetector

Scores = np.ndarray[Any, Any]
OURS = "ours"
FOLDER = "anomaly_benchmarks"
SOURCE = "ADBench (github.com/Minqi824/ADBench, adbench/datasets/Classical)"
ROWS_TIMED = 300


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Objects as rows of numbers, and which of them are anomalies."""

    name: str
    rows: Scores
    is_anomaly: Scores


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well each method ranks the anomalies of one set first."""

    name: str
    auc: Mapping[str, float]
    one_row_us: float
    """Processor time of our score of a single row, in µs."""

    @property
    def gap(self) -> float:
        """How far the best peer of this set is ahead of us; below 0 when we are ahead of all."""
        return max(auc for method, auc in self.auc.items() if method != OURS) - self.auc[OURS]


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    files = sorted((_data_folder(options) / FOLDER).glob("*.npz"))
    if not files:
        sys.exit(f"--data: no {FOLDER}/*.npz below it: put sets of {SOURCE} there")
    rankings = [
        _rank(labelled, range(options.seeds))
        for labelled in track(map(_read, files), "sets", len(files), transient=True)
    ]
    headline = _headline(rankings)
    _show(rankings, headline)
    if options.json:
        auc = {ranking.name: {**ranking.auc, "gap": ranking.gap} for ranking in rankings}
        options.json.write_text(json.dumps({"headline": headline, "auc": auc}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench anomaly", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help=f"the folder with {FOLDER}/; else ZHENGPIN_DATA names it")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--seeds", type=int, default=5, help="seeds over which the area of what throws dice is averaged"
    )
    return parser.parse_args()


def _data_folder(options: argparse.Namespace) -> Path:
    folder = options.data or os.environ.get("ZHENGPIN_DATA")
    if not folder:
        sys.exit(f"--data: no folder given: name the one whose {FOLDER}/ holds .npz files of {SOURCE}")
    return Path(folder)


def _read(file: Path) -> LabelledSet:
    with np.load(file) as arrays:
        return LabelledSet(file.stem, arrays["X"].astype(float), arrays["y"].astype(int).ravel())


def _rank(labelled: LabelledSet, seeds: range) -> Ranking:
    detectors = [AnomalyDetector(random_state=seed).fit(labelled.rows) for seed in seeds]
    scores = [(OURS, -detector.score_samples(labelled.rows)) for detector in detectors]
    by_method: dict[str, list[float]] = {}
    for method, of_rows in (*scores, *_scored_by_peers(labelled.rows, seeds)):
        by_method.setdefault(method, []).append(float(roc_auc_score(labelled.is_anomaly, of_rows)))
    auc = {method: fmean(each) for method, each in by_method.items()}
    return Ranking(labelled.name, auc, _microseconds(detectors[0].score_one, labelled.rows))


def _scored_by_peers(rows: Scores, seeds: range) -> Iterator[tuple[str, Scores]]:
    forests = [("IsolationForest", IForest(random_state=seed)) for seed in seeds]
    for name, peer in (*forests, ("ECOD", ECOD()), ("HBOS", HBOS()), ("COPOD", COPOD())):
        yield name, peer.fit(rows).decision_scores_


def _microseconds(score_one: Callable[[Scores], float], rows: Scores) -> float:
    """Give the processor time of a row's score: the best of five rounds."""
    singles = rows[:ROWS_TIMED]
    return min(_seconds(score_one, singles) for _ in range(5)) / len(singles) * 1e6


def _seconds(score_one: Callable[[Scores], float], rows: Scores) -> float:
    start = time.process_time()
    for row in rows:
        score_one(row)
    return time.process_time() - start


def _headline(rankings: Sequence[Ranking]) -> dict[str, float]:
    means = {method: float(np.mean([ranking.auc[method] for ranking in rankings])) for method in rankings[0].auc}
    peers = {method: mean for method, mean in means.items() if method != OURS}
    return {
        "sets": len(rankings),
        "mean_auc": round(means[OURS], 4),
        "best_peer_mean_auc": round(max(peers.values()), 4),
        "worst_gap": round(max(ranking.gap for ranking in rankings), 4),
        **{f"mean_auc_{method.lower()}": round(mean, 4) for method, mean in peers.items()},
        "one_row_us": round(max(ranking.one_row_us for ranking in rankings), 1),
    }


def _show(rankings: Sequence[Ranking], headline: Mapping[str, float]) -> None:
    table = Table(title="Area under the ROC curve; labels are used to report only")
    for column in ("set", *rankings[0].auc, "gap to the best peer", "one row"):
        table.add_column(column, justify="left" if column == "set" else "right")
    for ranking in rankings:
        figures = (f"{auc:.3f}" for auc in ranking.auc.values())
        table.add_row(ranking.name, *figures, f"{ranking.gap:+.3f}", f"{ranking.one_row_us:.0f} µs")
    console = Console()
    console.print(table)
    console.print(
        f"mean {headline['mean_auc']}, best single peer {headline['best_peer_mean_auc']}, "
        f"worst gap {headline['worst_gap']}",
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
