"""`zhengpin-server profile`: where a screening's time goes."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from zhengpin.garbage import seldom_collected
from zhengpin.profiling.stopwatch import Stage
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import Settings
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation.market import Marketplace
from zhengpin.storage.store import Store
from zhengpin.usecases.assess_risk import AssessRisk

if TYPE_CHECKING:
    from zhengpin.profiling.course import Course

out = Console()
errors = Console(stderr=True)

SEED = 1
SINGLE = 50
"""Listings a round that are screened alone."""
SHOWN = {
    Stage.DECODE: "bytes to a checked message, and to a listing",
    Stage.READ: "what it says it is, and one snapshot of what is known around it",
    Stage.SIGNALS: "typed facts",
    Stage.RULES: "the packs' lanes, and the rules that could not be evaluated",
    Stage.RISK: "how likely a fake by the learned model, and why",
    Stage.POLICY: "a verdict of both",
    Stage.WRITE: "listing, prices, verdict and answer for replays, commit included",
    Stage.ENCODE: "the verdict as a message, and as bytes",
    Stage.BETWEEN: "whatever lies between",
}


def profile(
    listings: Annotated[
        int, typer.Option(help="Listings of the simulated marketplace that is filled in first.", min=1)
    ] = 2000,
    batch: Annotated[int, typer.Option(help="Listings in a batch.", min=2, max=1000)] = 500,
    rounds: Annotated[int, typer.Option(help="Batches; and 50 times as many single listings.", min=1)] = 10,
    cpu: Annotated[
        bool, typer.Option("--cpu", help="Count the processor's time, and not the time that passes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Screen new listings of a simulated marketplace, and print where the time goes: alone, and in batches.

    It runs in this process, on an SQLite file of its own that it removes; what gRPC takes comes on top.
    """
    rulebook = RuleBook(load_packs(Settings().packs, CATALOGUE))
    market = Marketplace(seed=SEED, now=datetime.now(UTC), listings=listings)
    with tempfile.TemporaryDirectory(prefix="zhengpin-profile-") as folder, closing(rulebook):
        store = Store(f"sqlite:///{Path(folder) / 'zhengpin.db'}")
        with closing(store):
            store.migrate()
            with Progress(console=errors, transient=True) as progress:
                course = _course(store, rulebook, market, time.process_time if cpu else time.perf_counter, progress)
                with seldom_collected():  # as a server does
                    alone, batched = _measure(course, batch, rounds, progress)
    if as_json:
        typer.echo(json.dumps({"alone": _microseconds(alone), "batch": _microseconds(batched), "size": batch}))
    else:
        out.print(_table(alone, batched, batch))


def _course(
    store: Store, rulebook: RuleBook, market: Marketplace, clock: Callable[[], float], progress: Progress
) -> Course:
    """Fill a store, and make the course over it."""
    from zhengpin.profiling.course import Course  # noqa: PLC0415  these bring gRPC, which few commands need
    from zhengpin.told_market import tell  # noqa: PLC0415

    task = progress.add_task("filling a store", total=market.listings)
    tell(store, market, list(market.offers()), datetime.now(UTC), lambda count: progress.advance(task, count))
    settings = Settings()
    shelf = Shelf(settings.models, settings.shipped_models)
    assess = AssessRisk(shelf.load, shelf.current())
    assess.prepare()
    return Course(store, rulebook, assess, market, clock)


def _measure(
    course: Course, batch: int, rounds: int, progress: Progress
) -> tuple[Mapping[Stage, float], Mapping[Stage, float]]:
    """Seconds a listing, by stage: alone and in a batch, each the median; the first round warms up."""
    task = progress.add_task("screening", total=(rounds + 1) * 2)
    batched, alone = [], []
    for number in range(rounds + 1):
        first = number * (batch + SINGLE)
        batched.append(course.seconds(first, 1, batch))
        progress.advance(task)
        alone.append(course.seconds(first + batch, SINGLE, 1))
        progress.advance(task)
    return _medians(alone[1:]), _medians(batched[1:])


def _medians(rounds: Sequence[Sequence[Mapping[Stage, float]]]) -> dict[Stage, float]:
    pages = [page for found in rounds for page in found]
    return {stage: median(page[stage] for page in pages) for stage in Stage}


def _microseconds(seconds: Mapping[Stage, float]) -> dict[str, float]:
    return {stage.value: round(each * 1e6, 1) for stage, each in seconds.items()}


def _table(alone: Mapping[Stage, float], batched: Mapping[Stage, float], batch: int) -> Table:
    table = Table(title="µs a listing", title_justify="left", show_footer=True)
    table.add_column("stage", "total")
    for heading, found in (("alone", alone), (f"in a batch of {batch}", batched)):
        table.add_column(heading, f"{sum(found.values()) * 1e6:,.0f}", justify="right")
    table.add_column("what it is")
    for stage in Stage:
        table.add_row(stage.value, f"{alone[stage] * 1e6:,.0f}", f"{batched[stage] * 1e6:,.0f}", SHOWN[stage])
    return table
