"""Write a marketplace to a folder, part by part, in the order in which a server can take it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.records import Record

PARTS = ("parties", "history", "listings", "trade", "truth")
"""In the order in which they are told: `history` is what edited listings were before; `truth` is told to nobody."""


class Sink(Protocol):
    """Where records go."""

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""

    def close(self) -> None:
        """Finish every file."""


class JsonLines:
    """One file a part, one JSON object a line."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._open = ExitStack()
        self._files = {
            part: self._open.enter_context((folder / f"{part}.jsonl").open("w", encoding="utf-8")) for part in PARTS
        }
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""
        self._files[part].write("".join([f"{self._encode(record)}\n" for record in records]))

    def close(self) -> None:
        """Finish every file."""
        self._open.close()


@dataclass(slots=True)
class Written:
    """What a marketplace that was written consists of."""

    records: Counter[str] = field(default_factory=Counter)
    """By kind of record."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Listings by kind."""


def write_market(market: Marketplace, sink: Sink, progress: Callable[[int], None] = lambda _: None) -> Written:
    """Write every record of a marketplace in one pass; `progress` is told how many listings are written."""
    written = Written()
    try:
        for quarter in range(market.quarters):
            for part, records in _of_quarter(market, quarter, written):
                sink.write(part, records)
                written.records.update([kind for record in records for kind in record])
            progress(written.kinds.total())
    finally:
        sink.close()
    return written


def _of_quarter(market: Marketplace, quarter: int, written: Written) -> Iterator[tuple[str, list[Record]]]:
    yield "parties", market.parties_of(quarter)
    yield "trade", list(market.elsewhere_of(quarter))
    yield "truth", list(market.links_of(quarter))
    for offer in market.offers_of(quarter):
        written.kinds[offer.kind.name] += 1
        yield "listings", [{"listing": offer.listing}]
        yield "truth", [{"truth": offer.truth}]
        yield "history", list(offer.history())
        yield "trade", list(offer.trade())
