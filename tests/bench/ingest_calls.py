"""How fast batches are taken in: prices, order events and listings a second over gRPC, beside a plain bulk insert.

- *ours*: `zhengpin-server serve` in a process of its own on a fresh SQLite file. This process sends batches of 500
  items with fresh ids, two calls at a time, each under a request id of its own. The server checks, converts and stores
  each item, brings baselines, order summaries, price histories and image uses up to date, keeps the answer for replays
  and answers after the commit. Requests are made and serialised before the clock starts.
- *bulk insert*: every row that the server has written for these items, written once more by SQLAlchemy Core:
  `insert().on_conflict_do_update()` as executemany, table by table, and a commit for each batch. They go into the same
  tables, with the same indexes, of the same SQLite file (WAL, `synchronous=FULL`) under another marketplace, so that
  both write into trees of one size. Its rows are in memory before the clock starts.
- *main rows only*: likewise, but of each item only its row of `price_observations`, `order_events` or `listings`.

The headline is the share of the whole bulk insert. A listing is stored as one row of `listings`, one for each of its
pictures, one for each of its prices and one for its price history, and changes a row of each baseline that it belongs
to; an order event changes its order's line and the days of a listing and a supplier. Whoever stores an item so that
the next screening finds all that by key writes those rows, whichever way they were worked out; a bulk insert of the
main rows alone stores something that screening can't read. What the server is compared with is the writing; the
checking, the working out and the network come on top. A row that the server changed in several batches of a round, such
as a popular product's baseline, the bulk insert writes once: it does a little less than the server had to. Both shares
are given.

All take turns within one run; a pair is a round of each. Given are medians over the pairs after the first, which warms
them up.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

import grpc
from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Engine, Table, create_engine, event, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import Insert

from bench.ingest_workload import Market
from bench.server_process import ServerProcess, serving
from zhengpin.storage import tables
from zhengpin.v1 import batch_pb2

BATCH = 500
CALLS_AT_A_TIME = 2
HERE, PEER, MAIN_ROWS = "market", "peer", "main-rows"
"""The marketplaces of the server, of the bulk insert and of that of the main rows only."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of items: how it is sent, and where it is stored."""

    name: str
    method: str
    table: Table


KINDS = (
    Kind("prices", "RecordPrices", tables.price_observations),
    Kind("orders", "RecordOrders", tables.order_events),
    Kind("listings", "UpsertListings", tables.listings),
)


@dataclass(frozen=True, slots=True)
class Round:
    """What one pair of rounds took."""

    ours: float
    """Items a second."""
    peer: float
    main_rows: float
    rows_an_item: float
    """Rows that the server wrote for an item."""
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


Rows: TypeAlias = list[dict[str, Any]]


class Peer:
    """SQLAlchemy Core, writing the same rows in bulk."""

    def __init__(self, path: Path) -> None:
        self._engine = _engine(path)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def missing(self) -> dict[Table, Rows]:
        """The rows that our server has and the peer has not, or otherwise, by table."""
        found: dict[Table, Rows] = {}
        with self._engine.connect() as connection:
            for table in tables.metadata.sorted_tables:
                columns = table.columns[1:]
                of = {name: select(*columns).where(table.c.marketplace == name) for name in (HERE, PEER)}
                rows = connection.execute(of[HERE].except_(of[PEER])).mappings().all()
                found[table] = [{"marketplace": PEER, **row} for row in rows]
        return {table: rows for table, rows in found.items() if rows}

    def write(self, rows: Mapping[Table, Rows], batches: int) -> float:
        """Write the rows in so many batches, each with its part of every table's, and give the seconds that it took."""
        upserts = {table: _upsert(table) for table in rows}
        parts = [
            [(upserts[table], part) for table, several in rows.items() if (part := several[batch::batches])]
            for batch in range(batches)
        ]
        start = time.perf_counter()
        with self._engine.connect() as connection:
            for batch in parts:
                for upsert, part in batch:
                    connection.execute(upsert, part)
                connection.commit()
        return time.perf_counter() - start


def _upsert(table: Table) -> Insert:
    insert = sqlite.insert(table)
    keys = table.primary_key.columns.keys()
    others = {each.name: insert.excluded[each.name] for each in table.columns if each.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=others)


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
        peer.write(peer.missing(), 1)
        for _ in range(options.pairs + 1):
            for kind in KINDS:
                make = getattr(market, kind.name)
                rounds[kind.name].append(
                    _pair(kind, [make(BATCH) for _ in range(options.batches)], server, sender, peer)
                )
    return {name: taken[1:] for name, taken in rounds.items()}


def _pair(kind: Kind, requests: Sequence[Any], server: ServerProcess, sender: Sender, peer: Peer) -> Round:
    items = BATCH * len(requests)
    cpu = server.cpu_seconds()
    ours = sender.send(kind.method, requests)
    cpu = server.cpu_seconds() - cpu
    rows = peer.missing()
    if len(rows[kind.table]) != items:
        raise RuntimeError(f"{items} {kind.name} were sent and {len(rows[kind.table])} stored")
    main_rows = {kind.table: [{**row, "marketplace": MAIN_ROWS} for row in rows[kind.table]]}
    return Round(
        ours=items / ours,
        peer=items / peer.write(rows, len(requests)),
        main_rows=items / peer.write(main_rows, len(requests)),
        rows_an_item=sum(map(len, rows.values())) / items,
        server_cpu=cpu / items * 1e6,
    )


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
    of_main = {name: round(median(r.ours / r.main_rows for r in taken), 3) for name, taken in rounds.items()}
    ours = {f"{name}_per_second": round(median(r.ours for r in taken)) for name, taken in rounds.items()}
    peers = {f"{name}_per_second_bulk_insert": round(median(r.peer for r in taken)) for name, taken in rounds.items()}
    return {
        "share_of_bulk_insert": min(shares.values()),
        "share_of_main_rows_only": min(of_main.values()),
        **shares,
        **{f"{name}_share_of_main_rows_only": share for name, share in of_main.items()},
        **ours,
        **peers,
    }


def _show(rounds: dict[str, list[Round]], headline: dict[str, float]) -> None:
    table = Shown(title=f"Items a second in batches of {BATCH}, {CALLS_AT_A_TIME} calls at a time")
    columns = ("", "ours", "bulk insert", "share", "share of main rows only", "rows an item", "server CPU an item")
    for column in columns:
        table.add_column(column, justify="right" if column else "left")
    for name, taken in rounds.items():
        table.add_row(
            name,
            f"{headline[f'{name}_per_second']:,.0f}",
            f"{headline[f'{name}_per_second_bulk_insert']:,.0f}",
            f"{headline[f'{name}_share']:.3f}",
            f"{headline[f'{name}_share_of_main_rows_only']:.3f}",
            f"{median(r.rows_an_item for r in taken):.1f}",
            f"{median(r.server_cpu for r in taken):,.0f} µs",
        )
    console = Console()
    console.print(table)
    console.print(
        f"share of a bulk insert, the lowest of the three: {headline['share_of_bulk_insert']}; "
        f"of one that writes the main rows only: {headline['share_of_main_rows_only']}"
    )


if __name__ == "__main__":
    main()
