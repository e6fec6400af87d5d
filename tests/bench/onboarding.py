"""How long `CheckSupplier` takes, from the call to the answer, beside a bare service that gives a ready answer.

One caller asks a server in a process of its own, on SQLite, and takes turns with the bare service (`bench.echo`), which
decodes the same request and gives the same answer. Applicants hand in papers, audits, samples, details, tokens and
letters for branded goods; of some all is stored, of others something, of others nothing. `many_facts` is one stored
supplier with a whole history: its sales and samples, day by day and lot by lot.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.applicants import LARGE, a_request, fill
from bench.echo import echoing
from bench.load import open_channel
from bench.server_process import serving
from zhengpin.v1 import onboarding_pb2, supplier_service_pb2_grpc
from zhengpin.v1 import supplier_service_pb2 as pb


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="zhengpin-onboarding-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'suppliers.db'}"
        fill(database, options.suppliers, options.facts)
        with serving(folder, database) as server:
            headline = _measured(server.port, options.suppliers, options.calls, Random(options.seed))  # noqa: S311
    headline["facts_of_large"] = options.facts
    _show(headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _measured(port: int, suppliers: int, calls: int, dice: Random) -> dict[str, float]:
    stored = min(suppliers, calls // 2)
    requests = [a_request(number, dice, stored) for number in range(calls)]
    large = pb.CheckSupplierRequest(application=onboarding_pb2.SupplierApplication(supplier_id=LARGE))
    with open_channel(port) as channel:
        check = supplier_service_pb2_grpc.SupplierServiceStub(channel).CheckSupplier
        answer = check(requests[0])
        with echoing(answer, 1, "CheckSupplier") as bare_port, open_channel(bare_port) as bare_channel:
            bare = supplier_service_pb2_grpc.SupplierServiceStub(bare_channel).CheckSupplier
            ours, echoes = _in_turns(check, bare, requests)
        whole = [_took(check, large) for _ in track(range(max(20, calls // 20)), "a large supplier", transient=True)]
    return {
        "check_p50_ms": round(median(ours), 2),
        "check_p99_ms": round(quantiles(ours, n=100)[98], 2),
        "echo_p50_ms": round(median(echoes), 2),
        "check_p50_over_echo": round(median(ours) / median(echoes), 2),
        "many_facts_p50_ms": round(median(whole), 2),
    }


def _in_turns(
    check: Callable[[pb.CheckSupplierRequest], object],
    bare: Callable[[pb.CheckSupplierRequest], object],
    requests: Sequence[pb.CheckSupplierRequest],
) -> tuple[list[float], list[float]]:
    """Give ms of each call of both; the first tenth warms up and is left out."""
    took = [(_took(check, each), _took(bare, each)) for each in track(requests, "checking", transient=True)]
    kept = took[len(took) // 10 :]
    return [mine for mine, _ in kept], [echo for _, echo in kept]


def _took(call: Callable[[pb.CheckSupplierRequest], object], request: pb.CheckSupplierRequest) -> float:
    began = time.perf_counter()
    call(request)
    return (time.perf_counter() - began) * 1000


def _show(headline: dict[str, float]) -> None:
    table = Table(title="CheckSupplier, ms a call")
    for column in ("", "p50", "p99"):
        table.add_column(column, justify="right" if column else "left")
    table.add_row("an application", str(headline["check_p50_ms"]), str(headline["check_p99_ms"]))
    table.add_row(f"a supplier with {headline['facts_of_large']:,} facts", str(headline["many_facts_p50_ms"]), "")
    table.add_row("a bare service", str(headline["echo_p50_ms"]), "")
    Console().print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench onboarding", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--suppliers", type=int, default=5_000, help="with a history, that are stored")
    parser.add_argument("--facts", type=int, default=1_000_000, help="of the supplier with a whole history")
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20_260)
    return parser.parse_args()


if __name__ == "__main__":
    main()
