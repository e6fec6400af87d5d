"""How much faster two worker processes screen than one, on PostgreSQL, 32 calls at a time.

Two servers stand side by side, one with one process, one with `--workers 2`, each on a database of its own in one
PostgreSQL server, with its commits on disk, and each filled with the same market. They take turns: a client in a
process of its own screens new listings on one of them, 32 calls at a time over 8 connections, for some seconds, while
the other one rests. Then the same on the other one. Connections are made anew in every round, for the kernel decides
which worker gets one. Given are medians over the rounds after the first of each, which warms it up.

Client, PostgreSQL and server share the cores of this machine, so two workers can't be twice as fast.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.filling import fill
from bench.ingest_workload import Market
from bench.load import CALLERS, CHANNELS, Load, load_from_a_process
from bench.server_process import ServerProcess, serving
from databases import PostgresServer, postgres_server

NAMES = {1: "one", 2: "two"}


@dataclass(frozen=True, slots=True)
class Round:
    """What the client got through, and what it cost the server."""

    load: Load
    server_cpu: float
    """Seconds of processor time, without PostgreSQL's."""

    @property
    def rate(self) -> float:
        """Screenings a second."""
        return self.load.calls / self.load.seconds


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    with ExitStack() as opened:
        progress = opened.enter_context(Progress(transient=True))
        databases = opened.enter_context(postgres_server(durable=True))
        servers = {workers: _server(opened, databases, workers) for workers in NAMES}
        task = progress.add_task("filling", total=options.listings * len(servers))
        for server in servers.values():
            market = Market(options.seed, datetime.now(UTC))
            fill(server.port, market, options.listings, lambda n: progress.advance(task, n), screen=True)
        rounds = _measure(servers, options, progress)
    headline = _headline(rounds)
    _show(rounds, headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _server(opened: ExitStack, databases: PostgresServer, workers: int) -> ServerProcess:
    folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="zhengpin-bench-")))
    url = opened.enter_context(databases.new_database())
    return opened.enter_context(serving(folder, url, "--workers", str(workers)))


def _measure(
    servers: Mapping[int, ServerProcess], options: argparse.Namespace, progress: Progress
) -> dict[int, list[Round]]:
    """Let the servers take turns; the first round of each is left out."""
    rounds: dict[int, list[Round]] = {workers: [] for workers in servers}
    task = progress.add_task("measuring", total=(options.rounds + 1) * len(servers))
    for number in range(options.rounds + 1):
        for workers in sorted(servers, reverse=bool(number % 2)):
            rounds[workers].append(_round(servers[workers], f"r{number}", options))
            progress.advance(task)
    return {workers: taken[1:] for workers, taken in rounds.items()}


def _round(server: ServerProcess, name: str, options: argparse.Namespace) -> Round:
    cpu = server.cpu_seconds()
    done = load_from_a_process(server.port, options.seconds, options.most, name)
    return Round(done, server.cpu_seconds() - cpu)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench workers", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--listings", type=int, default=2000, help="listings that are stored and screened before")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each server that count")
    parser.add_argument("--seconds", type=float, default=6, help="how long a round lasts")
    parser.add_argument("--most", type=int, default=12_000, help="most calls a round; a round may end earlier")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _headline(rounds: Mapping[int, Sequence[Round]]) -> dict[str, float]:
    rates = {workers: median(each.rate for each in taken) for workers, taken in rounds.items()}
    pairs = [two.rate / one.rate for one, two in zip(rounds[1], rounds[2], strict=True)]
    return {
        "two_over_one": round(median(pairs), 3),
        **{f"{NAMES[workers]}_per_second": round(rate, 1) for workers, rate in rates.items()},
    }


def _show(rounds: Mapping[int, Sequence[Round]], headline: Mapping[str, float]) -> None:
    table = Table(title=f"Screenings a second on PostgreSQL, {CALLERS} at a time over {CHANNELS} connections")
    for column in ("workers", "a second", "of the rounds", "server CPU a call", "client CPU a call"):
        table.add_column(column, justify="right")
    for workers, taken in rounds.items():
        rates = sorted(each.rate for each in taken)
        table.add_row(
            NAMES[workers],
            f"{headline[f'{NAMES[workers]}_per_second']:,.0f}",
            f"{rates[0]:,.0f} … {rates[-1]:,.0f}",
            f"{median(each.server_cpu / each.load.calls for each in taken) * 1e6:,.0f} µs",
            f"{median(each.load.cpu_seconds / each.load.calls for each in taken) * 1e6:,.0f} µs",
        )
    console = Console()
    console.print(table)
    console.print(f"two over one, round by round: {headline['two_over_one']}")
    cores = len(os.sched_getaffinity(0))
    console.print(f"The load generator, PostgreSQL and the server shared the same {cores} cores.", soft_wrap=True)


if __name__ == "__main__":
    main()
