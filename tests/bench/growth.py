"""What a screening costs as the catalogue grows: the median of single calls at 10,000 listings and at 500,000.

A catalogue grows in two ways, by new goods and by new sellers of the same goods, and they cost differently. So two
catalogues are filled, each on one server and one SQLite file, over gRPC with batches of 500 listings of 1 kB, each
screened and so stored with its prices and its verdict (`--store`: stored only), of 2,000 suppliers:

- *growing* (`p50_large_over_small`): there is a product for every 25 listings at every size, so that a new listing
  finds as many rivals in the large catalogue as in the small one. What grows is what they are found among.
- *denser* (`p50_denser_market`): there are 4,000 products at every size. The median listing has two or three rivals in
  the small catalogue and 125 in the large one, the most popular product thousands, of which the newest 200 count. Here
  the market of each product grows too, and a listing is compared with all of it: the harder case.

In both, a few products are popular and most are not. At each size this process screens new listings of the same kind,
one call after another on one channel, and takes the median of the time that a call takes, as the caller sees it.

Sizes can't take turns, and a machine is slow now and then. So at each size, in short rounds between ours, a server is
called that only appends the request to a file, syncs it to the disk and answers (`durable_echo.py`). The normalised
ratio compares what a screening takes beside this echo, round by round; the raw one compares the times as they were.
The server's processor time a call is a third witness.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Any

import grpc
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bench.durable_echo import METHOD, SERVICE, echoing
from bench.filling import BATCH, fill
from bench.ingest_workload import Market
from bench.load import MARKETPLACE, new_listings, open_channel, screen_listing
from bench.server_process import ServerProcess, serving

SHARES = (1 / 50, 1 / 10, 2 / 5, 1)
"""Sizes at which is measured, as shares of the largest: 10,000, 50,000, 200,000 and 500,000."""
CALLS_A_ROUND = 50


class Catalogue(StrEnum):
    """How a catalogue grows."""

    GROWING = "growing"
    """By new goods."""
    DENSER = "denser"
    """By new offers of the same goods."""


LISTINGS_A_PRODUCT: dict[Catalogue, int | None] = {Catalogue.GROWING: 25, Catalogue.DENSER: None}
RATIO_NAMES = {Catalogue.GROWING: "p50_large_over_small", Catalogue.DENSER: "p50_denser_market"}
"""What the figures that one looks at first are called; the others bear the catalogue's name."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured at one size."""

    listings: int
    p50: float
    """Seconds."""
    echo_p50: float
    """Seconds."""
    echoes: float
    """A screening's median beside the echo's, the median over the rounds."""
    cpu: float
    """Seconds of the server's processor time a call."""
    server_mb: float
    file_mb: float


@dataclass(frozen=True, slots=True)
class Course:
    """What is measured again and again."""

    server: ServerProcess
    screen: Callable[[bytes], object]
    echo: Callable[[bytes], object]
    market: Market
    file: Path

    def measure(self, listings: int, rounds: int) -> Point:
        """Let screenings and echoes take turns; the first round of both warms up."""
        requests = new_listings(self.market, (rounds + 1) * CALLS_A_ROUND, f"fresh-{listings}")
        ours, echoes, cpu = [], [], 0.0
        for first in range(0, len(requests), CALLS_A_ROUND):
            batch = requests[first : first + CALLS_A_ROUND]
            before = self.server.cpu_seconds()
            ours.append(_median_seconds(self.screen, batch))
            cpu += self.server.cpu_seconds() - before if first else 0
            echoes.append(_median_seconds(self.echo, batch))
        return Point(
            listings,
            median(ours[1:]),
            median(echoes[1:]),
            median(mine / echo for mine, echo in zip(ours[1:], echoes[1:], strict=True)),
            cpu / (rounds * CALLS_A_ROUND),
            self.server.memory_mb(),
            sum(each.stat().st_size for each in self.file.parent.glob(f"{self.file.name}*")) / 1e6,
        )


def _median_seconds(call: Callable[[bytes], object], requests: Sequence[bytes]) -> float:
    taken = []
    for request in requests:
        start = time.perf_counter()
        call(request)
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    """Run the benchmark, print a table a catalogue, and write the figures if asked to."""
    options = _options()
    headline: dict[str, float] = {}
    for catalogue in options.only or Catalogue:
        points = _grow(catalogue, options)
        _show(catalogue, points)
        headline |= _headline(catalogue, points[0], points[-1])
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _grow(catalogue: Catalogue, options: argparse.Namespace) -> list[Point]:
    points: list[Point] = []
    with ExitStack() as opened:
        course = _course(opened, Market(options.seed, datetime.now(UTC), LISTINGS_A_PRODUCT[catalogue]))
        progress = opened.enter_context(_progress())
        task = progress.add_task(f"{catalogue} catalogue", total=options.listings)
        stored = 0
        for size in _sizes(options.listings):
            fill(
                course.server.port,
                course.market,
                size - stored,
                lambda n: progress.advance(task, n),
                screen=not options.store,
            )
            stored = size
            points.append(course.measure(size, options.rounds))
    return points


def _course(opened: ExitStack, market: Market) -> Course:
    folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="zhengpin-bench-")))
    file = folder / "growth.db"
    server = opened.enter_context(serving(folder, f"sqlite:///{file}"))
    screen = screen_listing(opened.enter_context(open_channel(server.port)))
    echo = _echo(opened.enter_context(open_channel(opened.enter_context(echoing(folder)))))
    return Course(
        server,
        lambda request: screen(request, metadata=MARKETPLACE, timeout=60),
        lambda request: echo(request, timeout=60),
        market,
        file,
    )


def _echo(channel: grpc.Channel) -> Any:
    return channel.unary_unary(f"/{SERVICE}/{METHOD}", None, None)


def _sizes(largest: int) -> list[int]:
    """The sizes at which is measured, in whole batches."""
    return sorted({max(round(largest * share / BATCH), 1) * BATCH for share in SHARES})


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench growth", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--listings", type=int, default=500_000, help="the largest size; the smallest is a fiftieth")
    parser.add_argument(
        "--rounds", type=int, default=12, help=f"rounds of {CALLS_A_ROUND} calls at each size that count"
    )
    parser.add_argument("--store", action="store_true", help="fill with listings that nobody screened")
    parser.add_argument("--only", type=Catalogue, choices=list(Catalogue), nargs=1, help="one of the two catalogues")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _headline(catalogue: Catalogue, small: Point, large: Point) -> dict[str, float]:
    return {
        RATIO_NAMES[catalogue]: round(large.p50 / small.p50, 3),
        f"{catalogue}_normalised": round(large.echoes / small.echoes, 3),
        f"{catalogue}_cpu": round(large.cpu / small.cpu, 3),
        f"{catalogue}_server_mb": round(large.server_mb, 1),
        f"{catalogue}_server_mb_small": round(small.server_mb, 1),
        "listings_small": small.listings,
        "listings_large": large.listings,
    }


def _show(catalogue: Catalogue, points: Sequence[Point]) -> None:
    table = Table(title=f"One screening of a new listing, one call at a time, on SQLite: {catalogue} catalogue")
    for column in ("stored listings", "p50", "echo's p50", "over the echo", "server CPU", "server holds", "file"):
        table.add_column(column, justify="right")
    for point in points:
        table.add_row(
            f"{point.listings:,}",
            f"{point.p50 * 1e3:.2f} ms",
            f"{point.echo_p50 * 1e3:.2f} ms",
            f"{point.echoes:.2f}",
            f"{point.cpu * 1e6:,.0f} µs",
            f"{point.server_mb:,.0f} MB",
            f"{point.file_mb:,.0f} MB",
        )
    console = Console()
    console.print(table)
    ratios = _headline(catalogue, points[0], points[-1])
    console.print(
        f"largest over smallest: {ratios[RATIO_NAMES[catalogue]]} as it was, "
        f"{ratios[f'{catalogue}_normalised']} beside the echo, {ratios[f'{catalogue}_cpu']} in the server's CPU time",
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
