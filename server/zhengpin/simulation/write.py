"""Write a marketplace to a folder, part by part, in the order in which a server can take it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
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

    def write(self, part: str, record: Record) -> None:
        """Take one record of a part."""

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

    def write(self, part: str, record: Record) -> None:
        """Take one record of a part."""
        self._files[part].write(self._encode(record) + "\n")

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
        for count, (part, record) in _told(market, written):
            sink.write(part, record)
            written.records.update(record.keys())
            progress(count)
    finally:
        sink.close()
    return written


def _told(market: Marketplace, written: Written) -> Iterator[tuple[int, tuple[str, Record]]]:
    quarter = -1
    for number in range(market.listings):
        if (of := market.quarter_of(number)) != quarter:
            quarter = of
            yield from ((number, each) for each in _of_quarter(market, quarter))
        offer = market.offer(number)
        written.kinds[offer.kind.name] += 1
        yield number + 1, ("listings", {"listing": offer.listing})
        yield number + 1, ("truth", {"truth": offer.truth})
        for record in offer.history():
            yield number + 1, ("history", record)
        for record in offer.trade():
            yield number + 1, ("trade", record)


def _of_quarter(market: Marketplace, quarter: int) -> Iterator[tuple[str, Record]]:
    yield from (("parties", record) for record in market.parties_of(quarter))
    yield from (("trade", record) for record in market.elsewhere_of(quarter))
    yield from (("truth", record) for record in market.links_of(quarter))
