"""How fast batches are taken in: prices, order events and listings a second over gRPC, beside a plain bulk insert.

- *ours*: `zhengpin-server serve` in a process of its own on a fresh SQLite file. This process sends batches of 500
  items with fresh ids, two calls at a time, each under a request id of its own. The server checks, converts and stores
  each item, brings baselines, order summaries, price histories and image uses up to date, keeps the answer for replays
  and answers after the commit. Requests are made and serialised before the clock starts.
- *peer*: the rows that the server has just stored in its main table for these items (`price_observations`,
  `order_events`, `listings`: the same columns and bodies), read back and written once more by SQLAlchemy Core:
  `insert().on_conflict_do_update()` as an executemany of 500 rows and a commit each. They go into the same table of the
  same SQLite file (WAL, `synchronous=FULL`) under another marketplace, so that both write into trees of one size. It
  keeps nothing else up to date. Its rows are in memory before the clock starts.

Both take turns within one run; a pair is a round of ours and a round of the peer's. Given are medians over the pairs
after the first, which warms both up.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import grpc
from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Engine, Table, create_engine, event, func, literal_column, select
from sqlalchemy.dialects import sqlite

from bench.ingest_workload import Market
from bench.server_process import ServerProcess, serving
from zhengpin.storage import tables
from zhengpin.v1 import batch_pb2

BATCH = 500
CALLS_AT_A_TIME = 2
HERE, PEER = "market", "peer"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of items: how it is sent, and where it is stored."""

    name: str
    method: str
    table: Table
    key: str


KINDS = (
    Kind("prices", "RecordPrices", tables.price_observations, "observation_id"),
    Kind("orders", "RecordOrders", tables.order_events, "event_id"),
    Kind("listings", "UpsertListings", tables.listings, "listing_id"),
)


@dataclass(frozen=True, slots=True)
class Round:
    """What one pair of rounds took."""

    ours: float
    """Items a second."""
    peer: float
    server_cpu: float
    """Microseconds of the server's processor time an item."""


class Sender:
    """The client: batches in their wire form, a few calls at a time."""

    def __init__(self, port: int) -> None:
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self._threads = ThreadPoolExecutor(CALLS_AT_A_TIME)

    def close(self) -> None:
        """Hang up."""
        self._threads.shutdown()
        self._channel.close()

    def send(self, method: str, requests: Sequence[Any]) -> float:
        """Send all, and give the seconds that it took. Every item must be accepted."""
        call: Any = self._channel.unary_unary(
            f"/zhengpin.v1.CatalogService/{method}",
            request_serializer=None,
            response_deserializer=batch_pb2.BatchResponse.FromString,
        )
        packed = [request.SerializeToString() for request in requests]
        start = time.perf_counter()
        answers = list(
            self._threads.map(lambda each: call(each, metadata=(("zhengpin-marketplace", HERE),), timeout=120), packed)
        )
        seconds = time.perf_counter() - start
        refused = [result for answer in answers for result in answer.results if result.HasField("error")]
        if refused:
            raise RuntimeError(f"{method}: {len(refused)} items were refused, such as {refused[0]}")
        return seconds


class Peer:
    """SQLAlchemy Core, writing the same rows in bulk."""

    def __init__(self, path: Path) -> None:
        self._engine = _engine(path)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def count(self, kind: Kind) -> int:
        """How many rows of the kind our server has stored."""
        mine = kind.table.c.marketplace == HERE
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(kind.table).where(mine)).scalar_one()

    def rows_after(self, kind: Kind, known: int) -> list[dict[str, Any]]:
        """The rows that our server stored after the first `known` ones, as the peer's own."""
        stored = select(kind.table).where(kind.table.c.marketplace == HERE)
        if kind.table.dialect_options["sqlite"]["with_rowid"]:
            stored = stored.order_by(literal_column("rowid"))
        with self._engine.connect() as connection:
            rows = connection.execute(stored.offset(known)).mappings().all()
        return [{**row, "marketplace": PEER} for row in rows]

    def write(self, kind: Kind, rows: Sequence[dict[str, Any]]) -> float:
        """Write the rows in batches, and give the seconds that it took."""
        insert = sqlite.insert(kind.table)
        keys = kind.table.primary_key.columns.keys()
        others = {each.name: insert.excluded[each.name] for each in kind.table.columns if each.name not in keys}
        upsert = insert.on_conflict_do_update(index_elements=keys, set_=others)
        start = time.perf_counter()
        with self._engine.connect() as connection:
            for first in range(0, len(rows), BATCH):
                connection.execute(upsert, list(rows[first : first + BATCH]))
                connection.commit()
        return time.perf_counter() - start


def main() -> None:
    """Run every kind in turn, pair by pair, and show medians."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="zhengpin-bench-") as folder:
        path = Path(folder) / "ingest.db"
        with serving(Path(folder), f"sqlite:///{path}") as server:
            rounds = _measure(server, path, options)
    headline = _headline(rounds)
    _show(rounds, headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _measure(server: ServerProcess, path: Path, options: argparse.Namespace) -> dict[str, list[Round]]:
    market = Market(options.seed, datetime.now(UTC))
    rounds: dict[str, list[Round]] = {kind.name: [] for kind in KINDS}
    with closing(Sender(server.port)) as sender, closing(Peer(path)) as peer:
        sender.send("UpsertListings", [market.listings(BATCH) for _ in range(options.listings_before // BATCH)])
        for _ in range(options.pairs + 1):
            for kind in KINDS:
                make = getattr(market, kind.name)
                rounds[kind.name].append(
                    _pair(kind, [make(BATCH) for _ in range(options.batches)], server, sender, peer)
                )
    return {name: taken[1:] for name, taken in rounds.items()}


def _pair(kind: Kind, requests: Sequence[Any], server: ServerProcess, sender: Sender, peer: Peer) -> Round:
    items, known = BATCH * len(requests), peer.count(kind)
    cpu = server.cpu_seconds()
    ours = sender.send(kind.method, requests)
    cpu = server.cpu_seconds() - cpu
    rows = peer.rows_after(kind, known)
    if len(rows) != items:
        raise RuntimeError(f"{items} {kind.name} were sent and {len(rows)} stored")
    return Round(items / ours, items / peer.write(kind, rows), cpu / items * 1e6)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA synchronous = FULL").close()

    return engine


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench ingest_calls", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--pairs", type=int, default=7, help="pairs of rounds that count")
    parser.add_argument("--batches", type=int, default=8, help="batches of 500 in a round")
    parser.add_argument("--listings-before", type=int, default=2000, help="listings that prices and orders speak of")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _headline(rounds: dict[str, list[Round]]) -> dict[str, float]:
    shares = {f"{name}_share": round(median(r.ours / r.peer for r in taken), 3) for name, taken in rounds.items()}
    ours = {f"{name}_per_second": round(median(r.ours for r in taken)) for name, taken in rounds.items()}
    peers = {f"{name}_per_second_bulk_insert": round(median(r.peer for r in taken)) for name, taken in rounds.items()}
    return {"share_of_bulk_insert": min(shares.values()), **shares, **ours, **peers}


def _show(rounds: dict[str, list[Round]], headline: dict[str, float]) -> None:
    table = Shown(title=f"Items a second in batches of {BATCH}, {CALLS_AT_A_TIME} calls at a time")
    for column in ("", "ours", "bulk insert", "share", "server CPU an item"):
        table.add_column(column, justify="right" if column else "left")
    for name, taken in rounds.items():
        table.add_row(
            name,
            f"{headline[f'{name}_per_second']:,.0f}",
            f"{headline[f'{name}_per_second_bulk_insert']:,.0f}",
            f"{headline[f'{name}_share']:.3f}",
            f"{median(r.server_cpu for r in taken):,.0f} µs",
        )
    console = Console()
    console.print(table)
    console.print(f"share of a bulk insert, the lowest of the three: {headline['share_of_bulk_insert']}")


if __name__ == "__main__":
    main()
