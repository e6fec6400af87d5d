"""What a screening costs: our server beside a bare echo server of the same kind, in one run.

Both are synchronous gRPC servers with as many threads and processes; the echo has no interceptors, decodes the same
requests and answers a ready verdict, one of ours (`echo.py`). Ours stores each listing, its prices, its verdict and the
answer for replays in an SQLite file with `synchronous=FULL` before it answers. Each request is a listing of the
simulated marketplace that the server does not know yet, about 1 kB, with a request id; the marketplace was told before:
its suppliers, brands, letters, listings, prices and orders.

A round calls ours and the echo one at a time, then 32 at a time, then ours in batches of 500, two at a time, the order
turned round from round to round; with two processes each, the client spreads its calls over eight connections. Client
and servers share the machine's cores. Each figure is the median of the rounds' ratios; the first round warms up.

- `unary_p50_over_echo`: our median time over the echo's, one call at a time.
- `unary_share_of_echo`, `two_workers_share`: our calls a second over the echo's, 32 at a time.
- `batch_items_over_echo`, `two_workers_batch`: our listings a second in batches over the echo's calls a second.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

import grpc
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.echo import echoing
from bench.screening_client import Client, Result, Task, client_of, write_requests
from bench.server_process import serving
from bench.simulated import Simulated
from zhengpin.v1 import screening_service_pb2 as pb
from zhengpin.v1 import screening_service_pb2_grpc, verdict_pb2
from zhengpin_client import Zhengpin

STORED = 3000
"""Listings of the marketplace before the first round."""
BATCH = 500
AT_A_TIME = 32
BATCHES_AT_A_TIME = 2
MOST_ALONE, MOST_TOGETHER, MOST_BATCHES = 600, 2500, 12
"""Requests of one round; what is not sent in time is left out."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured."""

    ours_alone: Result
    echo_alone: Result
    ours_together: Result
    echo_together: Result
    ours_batches: Result

    @property
    def p50_over_echo(self) -> float:
        """Our median time beside the echo's."""
        return self.ours_alone.p50 / self.echo_alone.p50

    @property
    def share_of_echo(self) -> float:
        """Our calls beside the echo's."""
        return self.ours_together.rate / self.echo_together.rate

    @property
    def batch_over_echo(self) -> float:
        """Our listings in batches beside the echo's calls."""
        return self.ours_batches.rate * BATCH / self.echo_together.rate


@dataclass(frozen=True, slots=True)
class Contest:
    """Our server and the echo, each with so many processes, and two clients with requests for them."""

    ours: int
    echo: int
    channels: int
    seconds: float
    single: Client
    batches: Client

    def rounds(self, count: int) -> Iterator[Round]:
        """Measure round by round."""
        steps = ("ours_alone", "echo_alone", "ours_together", "echo_together", "ours_batches")
        for number in range(count):
            ordered = steps if number % 2 else steps[::-1]
            yield Round(**{step: self._measure(step, number) for step in ordered})

    def _measure(self, step: str, number: int) -> Result:
        port = self.ours if step.startswith("ours") else self.echo
        if step == "ours_batches":
            task = Task(port, BATCHES_AT_A_TIME, self.channels, self.seconds, True, number * MOST_BATCHES, MOST_BATCHES)
            return self.batches.run(task)
        first = number * (MOST_ALONE + MOST_TOGETHER)
        if step.endswith("alone"):
            return self.single.run(Task(port, 1, self.channels, self.seconds, False, first, MOST_ALONE))
        return self.single.run(
            Task(port, AT_A_TIME, self.channels, self.seconds, False, first + MOST_ALONE, MOST_TOGETHER)
        )


def measure(workers: int, rounds: int, seconds: float, progress: Progress) -> list[Round]:
    """Run both servers with so many processes, and measure. The first round is not counted."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="zhengpin-bench-")))
        single, batches = _write_requests(folder, rounds + 1, progress)
        database = f"sqlite:///{folder / 'zhengpin.db'}"
        options = ("--workers", str(workers)) if workers > 1 else ()
        server = opened.enter_context(serving(folder, database, *options))
        with Zhengpin(f"127.0.0.1:{server.port}", timeout=300) as client:
            Simulated.of(STORED).tell(client)
        echo = opened.enter_context(echoing(_a_verdict(server.port), workers))
        clients = (opened.enter_context(client_of(single)), opened.enter_context(client_of(batches)))
        contest = Contest(server.port, echo, 8 if workers > 1 else 1, seconds, *clients)
        task = progress.add_task(f"{workers} process(es) each", total=rounds + 1)
        found = []
        for each in contest.rounds(rounds + 1):
            if each.ours_batches.refused:
                raise RuntimeError(f"{each.ours_batches.refused} listings were not screened: see {folder}/server.log")
            found.append(each)
            progress.advance(task)
        return found[1:]


def _write_requests(folder: Path, rounds: int, progress: Progress) -> tuple[Path, Path]:
    """Make the requests of all rounds; the first of them is the one whose verdict the echo answers."""
    simulated = Simulated.of(STORED)
    alone, batched = 1 + rounds * (MOST_ALONE + MOST_TOGETHER), rounds * MOST_BATCHES * BATCH
    task = progress.add_task("making requests", total=alone + batched)
    single = []
    for request in simulated.requests(0, alone):
        single.append(request)
        progress.advance(task)
    batches, items = [], []
    for request in simulated.requests(alone, batched):
        items.append(pb.ScreenListingRequest.FromString(request))
        items[-1].ClearField("request_id")
        if len(items) == BATCH:
            batch = pb.BatchScreenListingsRequest(request_id=str(uuid4()), requests=items)
            batches.append(batch.SerializeToString())
            items = []
        progress.advance(task)
    write_requests(folder / "single", single)
    write_requests(folder / "batches", batches)
    return folder / "single", folder / "batches"


def _a_verdict(port: int) -> verdict_pb2.Verdict:
    """A verdict of ours on a listing of the marketplace, as the echo answers it."""
    listing = next(iter(Simulated.of(STORED).requests(10**6, 1)))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = screening_service_pb2_grpc.ScreeningServiceStub(channel)
        verdict: verdict_pb2.Verdict = stub.ScreenListing(pb.ScreenListingRequest.FromString(listing))
    return verdict


def headline(one: Sequence[Round], two: Sequence[Round]) -> dict[str, float]:
    """The figures, each the median over the rounds."""
    figures = {
        "unary_p50_over_echo": median(each.p50_over_echo for each in one),
        "unary_share_of_echo": median(each.share_of_echo for each in one),
        "batch_items_over_echo": median(each.batch_over_echo for each in one),
    }
    if two:
        figures["two_workers_share"] = median(each.share_of_echo for each in two)
        figures["two_workers_batch"] = median(each.batch_over_echo for each in two)
    return {name: round(figure, 3) for name, figure in figures.items()}


def show(title: str, rounds: Sequence[Round]) -> Table:
    """One configuration's rounds."""
    table = Table(title=title, title_justify="left")
    for heading in (
        "round", "ours p50", "echo p50", "ratio", "ours 32/s", "echo 32/s", "share", "batch listings/s", "over echo"
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    for number, each in enumerate(rounds, start=1):
        table.add_row(
            str(number),
            f"{each.ours_alone.p50 * 1000:.2f} ms",
            f"{each.echo_alone.p50 * 1000:.2f} ms",
            f"{each.p50_over_echo:.2f}",
            f"{each.ours_together.rate:,.0f}",
            f"{each.echo_together.rate:,.0f}",
            f"{each.share_of_echo:.2f}",
            f"{each.ours_batches.rate * BATCH:,.0f}",
            f"{each.batch_over_echo:.2f}",
        )
    return table


def main() -> None:
    """Measure, print, and write the headline."""
    parser = argparse.ArgumentParser(prog="./run bench screening", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--one", action="store_true", help="one process each, and not two")
    asked = parser.parse_args()
    console = Console(width=120)
    with Progress(console=console, transient=True) as progress:
        one = measure(1, asked.rounds, asked.seconds, progress)
        two = [] if asked.one else measure(2, asked.rounds, asked.seconds, progress)
    console.print(show("One process each", one))
    if two:
        console.print(show("Two processes each, eight connections", two))
    figures = headline(one, two)
    for name, figure in figures.items():
        console.print(f"{name}: {figure}")
    if asked.json:
        asked.json.write_text(json.dumps({"headline": figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
