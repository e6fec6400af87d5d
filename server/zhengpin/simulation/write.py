"""Write a marketplace to a folder, part by part, in the order in which a server can take it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.records import Record
from zhengpin.simulation.votes.ballot import Ballot, VoteStory
from zhengpin.simulation.votes.records import truth_record, vote_record, voter_record
from zhengpin.simulation.votes.told import Told

PARTS = ("parties", "history", "listings", "trade", "votes", "truth", "votes_truth")
"""In the order in which they are told: `history` is what edited listings were before; no `truth` is told to anybody."""

_VOTED_ON = frozenset({"parties", "listings", "trade"})


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
    stories: Counter[VoteStory] = field(default_factory=Counter)
    """Votes by how they came about."""


def write_market(market: Marketplace, sink: Sink, progress: Callable[[int], None] = lambda _: None) -> Written:
    """Write every record of a marketplace in one pass; `progress` is told how many listings are written."""
    written = Written()
    told = Told(market.votes_reach)
    try:
        for quarter in range(market.quarters):
            for part, records in _of_quarter(market, quarter, told, written):
                sink.write(part, records)
                written.records.update([kind for record in records for kind in record])
            progress(written.kinds.total())
    finally:
        sink.close()
    return written


def _of_quarter(market: Marketplace, quarter: int, told: Told, written: Written) -> Iterator[tuple[str, list[Record]]]:
    told.begin_quarter()
    for part, records in _trade_of_quarter(market, quarter, written):
        if part in _VOTED_ON:
            told.hear(records)
        yield part, records
    yield from _votes_of_quarter(market, quarter, told, written)


def _trade_of_quarter(market: Marketplace, quarter: int, written: Written) -> Iterator[tuple[str, list[Record]]]:
    yield "parties", market.parties_of(quarter)
    yield "trade", list(market.elsewhere_of(quarter))
    yield "truth", list(market.links_of(quarter))
    for offer in market.offers_of(quarter):
        written.kinds[offer.kind.name] += 1
        yield "listings", [{"listing": offer.listing}]
        yield "truth", [{"truth": offer.truth}]
        yield "history", list(offer.history())
        yield "trade", list(offer.trade())


def _votes_of_quarter(
    market: Marketplace, quarter: int, told: Told, written: Written
) -> Iterator[tuple[str, list[Record]]]:
    """Votes in the order in which they were cast, each voter before its first."""
    for ballot in sorted(told.votes(market.ballots_of(quarter)), key=_when_cast):
        written.stories[ballot.plot.story] += 1
        voter = [voter_record(ballot.voter)] if told.is_new(ballot.voter.voter_id) else []
        yield "votes", [*voter, vote_record(ballot.vote)]
        yield "votes_truth", [truth_record(ballot)]


def _when_cast(ballot: Ballot) -> tuple[datetime, str]:
    return ballot.vote.cast_at, ballot.vote.vote_id
