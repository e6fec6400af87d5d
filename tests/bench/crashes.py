"""How often kill -9 breaks a promise: servers killed at random moments under load, on both databases.

Several backends write at once to two marketplaces. After each kill another server takes over the same database; what
was acknowledged must be there, what was in doubt is sent again under the same request id and must be there once, and
every sum must equal one that is computed anew from all that was sent (`tests/faults`). A database is new every
`KILLS_A_DATABASE` kills: the first starts are killed while they make its tables, later ones now and then on their way.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from databases import postgres_server
from faults.crash_run import CrashRun, Outcome, Plan
from faults.ledger import Promise
from faults.server_host import ServerHost

KILLS_A_DATABASE = 20
SHOWN = 5
ENGINES = ("sqlite", "postgresql")

NewDatabase = Callable[[Path], AbstractContextManager[str]]
"""Makes an empty database for the block and gives its URL; the folder is there for files."""


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs on one kind of database."""

    runs: tuple[tuple[int, Outcome], ...]
    """Each with its seed."""
    seconds: float

    def total(self, name: str) -> int:
        """A count of `Outcome`, added up."""
        return sum(getattr(outcome, name) for _, outcome in self.runs)

    def broken(self, promise: Promise) -> int:
        """How often a promise was broken."""
        return sum(outcome.broken(promise) for _, outcome in self.runs)

    @property
    def figures(self) -> dict[str, float]:
        """What the table and the file show."""
        counts = ("kills", "kills_on_the_way_up", "acknowledged", "in_doubt", "in_doubt_committed")
        return {
            **{promise.value: self.broken(promise) for promise in Promise},
            **{name: self.total(name) for name in counts},
            "seconds": round(self.seconds, 1),
        }


def main() -> None:
    """Run the benchmark, print a table, write the figures if asked to; exit code 1 if a promise was broken."""
    options = _options()
    engines = ENGINES if options.database == "both" else (options.database,)
    arguments = () if options.workers == 1 else ("--workers", str(options.workers))
    console = Console()
    with _progress(console) as progress, ServerHost() as host:
        measured = {}
        for engine in engines:
            task = progress.add_task(engine, total=options.kills)
            with _databases(engine) as new_database:
                plans = _plans(options, arguments)
                measured[engine] = _measure(host, new_database, plans, partial(progress.advance, task))
    _show(console, measured, options.workers)
    if options.json:
        figures = {engine: each.figures for engine, each in measured.items()}
        options.json.write_text(json.dumps({"headline": _headline(measured), "databases": figures}, indent=2) + "\n")
    sys.exit(any(outcome.breaches for each in measured.values() for _, outcome in each.runs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench crashes", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--kills", type=int, default=300, help="kills under load on each kind of database")
    parser.add_argument("--seed", type=int, default=1, help="of the first database; the next ones count on from it")
    parser.add_argument("--database", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--workers", type=int, default=1, help="processes of the server")
    parser.add_argument("--load-seconds", type=float, default=0.5, help="the longest time under load")
    return parser.parse_args()


def _plans(options: argparse.Namespace, arguments: tuple[str, ...]) -> Iterator[Plan]:
    """One plan a database."""
    for number, done in enumerate(range(0, options.kills, KILLS_A_DATABASE)):
        kills = min(KILLS_A_DATABASE, options.kills - done)
        yield Plan(options.seed + number, kills, options.load_seconds, arguments)


def _measure(
    host: ServerHost, new_database: NewDatabase, plans: Iterator[Plan], killed: Callable[[], object]
) -> Measured:
    runs = []
    start = time.perf_counter()
    for plan in plans:
        with tempfile.TemporaryDirectory(prefix="zhengpin-crashes-") as name, new_database(Path(name)) as database:
            runs.append((plan.seed, CrashRun(plan)(host, database, Path(name), killed)))
    return Measured(tuple(runs), time.perf_counter() - start)


@contextmanager
def _databases(engine: str) -> Iterator[NewDatabase]:
    if engine == "sqlite":
        yield _new_sqlite
        return
    with postgres_server() as server:
        yield lambda _: server.new_database()


@contextmanager
def _new_sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'zhengpin.db'}"


def _progress(console: Console) -> Progress:
    """A bar for each kind of database, which counts kills under load."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )


def _headline(measured: dict[str, Measured]) -> dict[str, float]:
    """The sums over all databases."""
    figures = [each.figures for each in measured.values()]
    return {name: round(sum(each[name] for each in figures), 1) for name in figures[0]}


def _show(console: Console, measured: dict[str, Measured], workers: int) -> None:
    table = Table(title=f"SIGKILL under load, workers: {workers}")
    table.add_column("")
    for engine in measured:
        table.add_column(engine, justify="right")
    for name in next(iter(measured.values())).figures:
        table.add_row(name.replace("_", " "), *(f"{each.figures[name]:,}" for each in measured.values()))
    console.print(table)
    for engine, each in measured.items():
        for seed, outcome in each.runs:
            _show_breaches(console, f"{engine}, seed {seed}", outcome)


def _show_breaches(console: Console, place: str, outcome: Outcome) -> None:
    for breach in outcome.breaches[:SHOWN]:
        console.print(f"{place}: {breach.promise}: {breach.what}", style="red", markup=False, highlight=False)
    if len(outcome.breaches) > SHOWN:
        console.print(f"{place}: and {len(outcome.breaches) - SHOWN} more", style="red")


if __name__ == "__main__":
    main()
