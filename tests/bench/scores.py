"""How long a million suppliers take to be scored anew, as their evidence has faded by a day.

Suppliers are made up: orders by a log-normal law, each with a bad share of its own in each component, some with a cap.
What is timed is the formula alone, from sums as a store would hold them to points, interval and band, in as many
processes as asked for; making the suppliers up is not.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from zhengpin.domain.supplier_score import Blemishes, Cap, EvidenceSums
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED

SUPPLIERS, PROCESSES, SEED = 1_000_000, 2, 20_260_101
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = 10_000
CAPPED = 0.02


@dataclass(frozen=True, slots=True)
class Share:
    """What one process did."""

    suppliers: int
    seconds: float
    """By the clock."""
    cpu_seconds: float
    points: int
    """Of all of them together: the same in every run."""


def main() -> None:
    """Score all, print a table, and write the figures if asked to."""
    options = _options()
    share = options.suppliers // options.processes
    with ProcessPoolExecutor(options.processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        done = [pool.submit(_score, share, SEED + place) for place in range(options.processes)]
        with Progress(transient=True) as progress:
            task = progress.add_task("suppliers", total=None)
            shares = [each.result() for each in done]
            progress.update(task, completed=share)
    headline = _headline(shares)
    _show(headline, options.processes)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench scores", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--suppliers", type=int, default=SUPPLIERS, help="how many")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="how many at a time")
    return parser.parse_args()


def _score(suppliers: int, seed: int) -> Share:
    """Score so many, page by page, as a job over a table would."""
    chance = np.random.default_rng(seed)
    cap = caps_of(Blemishes(open_high=("incident",)), NOW)
    scored = points = 0
    seconds = cpu_seconds = 0.0
    while scored < suppliers:
        page = _made_up(chance, min(PAGE, suppliers - scored), cap)
        clock, cpu = time.perf_counter(), time.process_time()
        points += sum(points_of(sums, UNFITTED, caps, NOW + timedelta(days=1)).points for sums, caps in page)
        seconds += time.perf_counter() - clock
        cpu_seconds += time.process_time() - cpu
        scored += len(page)
    return Share(scored, seconds, cpu_seconds, points)


def _made_up(
    chance: np.random.Generator, suppliers: int, cap: tuple[Cap, ...]
) -> list[tuple[EvidenceSums, tuple[Cap, ...]]]:
    tolerated = np.array([standard.tolerated for standard in STANDARDS])
    events = chance.lognormal(4, 2, (suppliers, 1)) * chance.uniform(0.02, 1, (suppliers, len(STANDARDS)))
    shares = np.minimum(1, tolerated * chance.lognormal(-0.5, 1.2, (suppliers, len(STANDARDS))))
    capped = (chance.random(suppliers) < CAPPED).tolist()
    good, bad = (events * (1 - shares)).tolist(), (events * shares).tolist()
    return [
        (EvidenceSums(tuple(of_good), tuple(of_bad)), cap if has_cap else ())
        for of_good, of_bad, has_cap in zip(good, bad, capped, strict=True)
    ]


def _headline(shares: Sequence[Share]) -> dict[str, float]:
    suppliers = sum(share.suppliers for share in shares)
    cpu_seconds = sum(share.cpu_seconds for share in shares)
    return {
        "suppliers": suppliers,
        "points_seconds": round(max(share.seconds for share in shares), 1),
        "points_cpu_seconds": round(cpu_seconds, 1),
        "points_us": round(cpu_seconds / suppliers * 1e6, 1),
        "mean_points": round(sum(share.points for share in shares) / suppliers, 1),
    }


def _show(headline: dict[str, float], processes: int) -> None:
    table = Table("suppliers", title=f"Scored anew in {processes} processes, without a store")
    for column in ("seconds", "of processors", "µs each", "mean points"):
        table.add_column(column, justify="right")
    names = ("points_seconds", "points_cpu_seconds", "points_us", "mean_points")
    table.add_row(f"{headline['suppliers']:,}", *(f"{headline[name]:,}" for name in names))
    Console().print(table)


if __name__ == "__main__":
    main()
