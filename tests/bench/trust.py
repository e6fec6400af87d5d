"""Whom to trust, judged by signed ratings whose raters are known; and what it costs on millions of votes.

The ratings are those of Bitcoin-OTC, where people who trade with one another rate each other from -10 to 10. The labels
were made from ratings *received* (whom the founder, or those he trusts, rate well is benign, whom they rate badly is a
fraud), so that received ratings tell them by construction. Two protocols don't fall for it:

- *A, voters*: the labelled who gave ratings are ranked by what they gave. Each one is scored in a network from which
  the ratings of it are taken out, by every method alike.
- *B, targets*: all labelled are ranked by what they received, after every rating by a benign-labelled of a labelled one
  is taken out.

Nobody sees a label but the report, and nothing in any method was learned or set by them. AUC is the area under the ROC
curve, AP the average precision with frauds as what is sought.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.metrics import average_precision_score, roc_auc_score

from bench import trust_baselines as plain
from bench.trust_scale import Solve, circles, solve_in_a_process_of_its_own
from bench.trust_update import sums_p50_us
from bench.vote_update import vote_p50s
from zhengpin.reputation.behaviour import Floats
from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.vote_columns import VoteColumns

FOLDER = "signed_ratings"
RATINGS, LABELS = "soc-sign-bitcoinotc.csv", "otc_gt.csv"
SOURCE = (
    f"{RATINGS} of SNAP (https://snap.stanford.edu/data/soc-sign-bitcoin-otc.html) and {LABELS} of REV2 "
    "(https://cs.stanford.edu/~srijan/rev2/)"
)
SIZES = (500_000, 1_000_000, 5_000_000)
SEED = 20_260_101
TRUST, SECOND, NO_BEHAVIOUR, NO_DEVIATION = "trust", "second opinion", "without behaviour", "without deviation"
OURS = (TRUST, SECOND, NO_BEHAVIOUR, NO_DEVIATION)
MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Network:
    """Ratings, and who of those concerned is known to be benign or a fraud."""

    votes: VoteColumns
    labelled: NDArray[np.intp]
    is_fraud: NDArray[np.bool_]
    """Of each of the labelled."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well one method tells frauds from the benign."""

    auc: float
    ap: float


def main() -> None:
    """Run both protocols and the solves, print tables, and write the figures if asked to."""
    options = _options()
    network = _read(_data_folder(options) / FOLDER)
    voters, targets = judge_voters(network), judge_targets(network)
    solves = [
        solve_in_a_process_of_its_own(size, SEED)
        for size in track(options.sizes, "generated votes", transient=True, disable=not options.sizes)
    ]
    updates = {**vote_p50s(SEED), "sums_p50_us": round(sums_p50_us(SEED), 1)}
    headline = {**_headline(voters, targets), **_costs(solves), **updates}
    _show(voters, targets, solves, headline)
    if options.json:
        figures = {"voters": _figures(voters), "targets": _figures(targets)}
        options.json.write_text(json.dumps({"headline": headline, **figures}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench trust", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help=f"the folder with {FOLDER}/; else ZHENGPIN_DATA names it")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=SIZES, help="how many generated votes to solve; or none"
    )
    return parser.parse_args()


def _data_folder(options: argparse.Namespace) -> Path:
    folder = options.data or os.environ.get("ZHENGPIN_DATA")
    if not folder:
        sys.exit(f"--data: no folder given: name the one whose {FOLDER}/ holds {SOURCE}")
    return Path(folder)


def _read(folder: Path) -> Network:
    for name in (RATINGS, LABELS):
        if not (folder / name).is_file():
            sys.exit(f"--data: no {FOLDER}/{name} below it: put there {SOURCE}")
    rows = np.loadtxt(folder / RATINGS, delimiter=",")
    labels = np.loadtxt(folder / LABELS, delimiter=",", dtype=np.int64)
    people = np.unique(np.concatenate([rows[:, 0], rows[:, 1], labels[:, 0]]))
    voter, target = (np.searchsorted(people, rows[:, side]).astype(np.int32) for side in (0, 1))
    votes = VoteColumns(voter, target, rows[:, 2] / 10, rows[:, 3], len(people), len(people))
    return Network(votes, np.searchsorted(people, labels[:, 0]), labels[:, 1] < 0)


def judge_voters(network: Network) -> dict[str, Ranking]:
    """Protocol A."""
    gave = plain.votes_given(network.votes)[network.labelled] > 0
    scored = network.labelled[gave].tolist()
    scores: dict[str, list[float]] = {}
    for person in track(scored, "voters, one by one", transient=True):
        votes = _kept(network.votes, network.votes.target != person)
        for method, of_all in _scores_of_voters(votes).items():
            scores.setdefault(method, []).append(float(of_all[person]))
    columns = {method: np.array(of_each) for method, of_each in scores.items()}
    columns["ranks of nearness and span"] = plain.added_ranks(columns["nearness to others"], columns["span"])
    return {method: _rank(column, network.is_fraud[gave]) for method, column in columns.items()}


def _scores_of_voters(votes: VoteColumns) -> dict[str, Floats]:
    circle = circles(votes)
    ours = solve_trust(votes, None, circle)
    return {
        TRUST: ours.trust,
        NO_BEHAVIOUR: solve_trust(votes, None, circle, by_behaviour=False).trust,
        NO_DEVIATION: solve_trust(votes, None, circle, by_deviation=False).trust,
        SECOND: ours.second_opinion,
        "REV2, our behaviour priors": plain.rev2(votes, ours.behaviour),
        "REV2, network alone": plain.rev2(votes),
        "fairness and goodness": plain.fairness_and_goodness(votes)[0],
        "nearness to others": plain.nearness(votes),
        "votes given": plain.votes_given(votes),
        "days active": plain.days_active(votes),
        "tenure": plain.tenure(votes),
        "span": plain.span(votes),
    }


def judge_targets(network: Network) -> dict[str, Ranking]:
    """Protocol B."""
    votes = network.votes
    benign = np.isin(votes.voter, network.labelled[~network.is_fraud])
    left = _kept(votes, ~(benign & np.isin(votes.target, network.labelled)))
    signs, alike = plain.signs_only(left), np.ones(left.voters)
    ours = solve_trust(left, None, circles(left))
    columns = {
        TRUST: ours.goodness,
        SECOND: ours.belief.good,
        MEAN: plain.mean_received(left, alike),
        "fairness and goodness": plain.fairness_and_goodness(left)[1],
        "shrunk mean of signs": plain.mean_received(signs, alike, shrunk=1.0),
        "mean by raters' span": plain.mean_received(left, plain.span(left)),
    }
    return {method: _rank(column[network.labelled], network.is_fraud) for method, column in columns.items()}


def _kept(votes: VoteColumns, kept: NDArray[np.bool_]) -> VoteColumns:
    return VoteColumns(
        votes.voter[kept], votes.target[kept], votes.opinion[kept], votes.at[kept], votes.voters, votes.targets
    )


def _rank(scores: Floats, is_fraud: NDArray[np.bool_]) -> Ranking:
    return Ranking(float(roc_auc_score(is_fraud, -scores)), float(average_precision_score(is_fraud, -scores)))


def _best_plain(rankings: Mapping[str, Ranking]) -> float:
    return max(ranking.auc for method, ranking in rankings.items() if method not in OURS)


def _headline(voters: Mapping[str, Ranking], targets: Mapping[str, Ranking]) -> dict[str, float]:
    figures = {
        "otc_a_auc": voters[TRUST].auc,
        "otc_a_baseline": _best_plain(voters),
        "otc_a_without_behaviour": voters[NO_BEHAVIOUR].auc,
        "otc_a_without_deviation": voters[NO_DEVIATION].auc,
        "otc_a_second_opinion": voters[SECOND].auc,
        "otc_b_auc": targets[TRUST].auc,
        "otc_b_baseline": targets[MEAN].auc,
        "otc_b_best_plain": _best_plain(targets),
    }
    return {name: round(figure, 4) for name, figure in figures.items()}


def _costs(solves: Sequence[Solve]) -> dict[str, float]:
    if not solves:
        return {}
    largest = max(solves, key=lambda solve: solve.votes)
    speeds = {f"votes_per_second_{solve.votes}": round(solve.votes_per_second) for solve in solves}
    return {"solve_seconds": round(largest.seconds, 1), "solve_gib": round(largest.gib, 2), **speeds}


def _figures(rankings: Mapping[str, Ranking]) -> dict[str, dict[str, float]]:
    return {method: {"auc": ranking.auc, "ap": ranking.ap} for method, ranking in rankings.items()}


def _show(
    voters: Mapping[str, Ranking],
    targets: Mapping[str, Ranking],
    solves: Sequence[Solve],
    headline: Mapping[str, float],
) -> None:
    console = Console()
    console.print(_ranked("A: labelled raters, by what they gave", voters))
    console.print(_ranked("B: labelled users, by what they received", targets))
    if solves:
        console.print(_solved(solves))
    console.print(_updated(headline))


def _updated(headline: Mapping[str, float]) -> Table:
    table = Table("one more vote", title="Until it is stored, counted, and its target placed, with the commit")
    table.add_column("p50, ms", justify="right")
    table.add_row("16 calls at a time, each", f"{headline['vote_p50_ms']:.3f}", style="bold")
    table.add_row("alone", f"{headline['vote_alone_p50_ms']:.3f}")
    table.add_row("alone, stored and nothing counted", f"{headline['vote_stored_only_p50_ms']:.3f}")
    table.add_row("of it trust in its voter, sums in and sums out", f"{headline['sums_p50_us'] / 1000:.3f}")
    return table


def _ranked(title: str, rankings: Mapping[str, Ranking]) -> Table:
    table = Table("method", title=title)
    for column in ("AUC", "AP"):
        table.add_column(column, justify="right")
    for method, ranking in sorted(rankings.items(), key=lambda item: (item[0] not in OURS, -item[1].auc)):
        table.add_row(method, f"{ranking.auc:.4f}", f"{ranking.ap:.4f}", style="bold" if method in OURS else None)
    return table


def _solved(solves: Sequence[Solve]) -> Table:
    table = Table(title="Full solves of generated votes, each in a process of its own")
    for column in ("votes", "voters", "targets", "rounds", "seconds on one core", "votes per second", "peak memory"):
        table.add_column(column, justify="right")
    for solve in solves:
        counts = (f"{count:,}" for count in (solve.votes, solve.voters, solve.targets, solve.rounds))
        table.add_row(*counts, f"{solve.seconds:.1f}", f"{solve.votes_per_second:,.0f}", f"{solve.gib:.2f} GiB")
    return table


if __name__ == "__main__":
    main()
