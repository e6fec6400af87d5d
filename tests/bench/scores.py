"""How long a million suppliers take to be scored anew, and how long the score of one takes to be asked for.

Suppliers are made up: orders by a log-normal law, each with a bad share of its own in each component, some with a cap,
in fifty categories. Timed are

- `rescore_seconds`: what a server does every night, through the store (SQLite, `synchronous=FULL`): what is usual is
  fitted to all of them, and all are scored anew by it and written, with every change; one process, beside whatever else
  the machine does;
- `points_seconds`: the formula alone, supplier by supplier, in as many processes as asked for: the plain way, which
  reads and writes nothing;
- `get_p50_over_echo`: `GetSupplierScore` of one supplier of them after another, beside a bare service that gives a
  ready answer of the same size (`bench.echo`), one call at a time, in turns.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.scored_suppliers import asked, made_up, rescored
from bench.server_process import serving
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.standards import UNFITTED

SUPPLIERS, PROCESSES, CALLS, SEED = 1_000_000, 2, 2_000, 20_260_101
LATER = datetime(2026, 3, 2, tzinfo=UTC)
PAGE = 10_000


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
    """Score all, ask for some, print a table, and write the figures if asked to."""
    options = _options()
    headline = _by_formula(options)
    with tempfile.TemporaryDirectory(prefix="zhengpin-scores-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'scores.db'}"
        headline |= rescored(database, options.suppliers)
        with serving(folder, database) as server:
            headline |= asked(server.port, options.suppliers, options.calls)
    _show(headline, options.processes)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _by_formula(options: argparse.Namespace) -> dict[str, float]:
    share = options.suppliers // options.processes
    with ProcessPoolExecutor(options.processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        done = [pool.submit(_score, share, SEED + place) for place in range(options.processes)]
        with Progress(transient=True) as progress:
            task = progress.add_task("suppliers", total=None)
            shares = [each.result() for each in done]
            progress.update(task, completed=share)
    return _headline(shares)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench scores", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--suppliers", type=int, default=SUPPLIERS, help="how many")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="how many at a time")
    parser.add_argument("--calls", type=int, default=CALLS, help="how many scores to ask for")
    return parser.parse_args()


def _score(suppliers: int, seed: int) -> Share:
    """Score so many, page by page, as a job over a table would."""
    chance = np.random.default_rng(seed)
    scored = points = 0
    seconds = cpu_seconds = 0.0
    while scored < suppliers:
        page = made_up(chance, min(PAGE, suppliers - scored))
        clock, cpu = time.perf_counter(), time.process_time()
        points += sum(points_of(sums, UNFITTED, caps_of(barred, LATER), LATER).points for sums, barred in page)
        seconds += time.perf_counter() - clock
        cpu_seconds += time.process_time() - cpu
        scored += len(page)
    return Share(scored, seconds, cpu_seconds, points)


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
    table = Table("", f"{headline['suppliers']:,} suppliers", title="Scored anew, and asked for")
    table.columns[1].justify = "right"
    table.add_row("through the store", f"{headline['rescore_seconds']:,} s")
    table.add_row(f"the formula alone, one by one, in {processes} processes", f"{headline['points_seconds']:,} s")
    table.add_row("µs each by the formula", f"{headline['points_us']:,}")
    table.add_row("mean points", f"{headline['mean_points']:,}")
    table.add_row("scores that changed in a day", f"{headline['changed']:,}")
    table.add_row("GetSupplierScore, p50", f"{headline['get_p50_ms']:,} ms")
    table.add_row("a bare service, p50", f"{headline['echo_p50_ms']:,} ms")
    table.add_row("over echo", f"{headline['get_p50_over_echo']:,}")
    Console().print(table)


if __name__ == "__main__":
    main()
