"""The simulated marketplace as a server gets to see it: told through its own calls, and screened listing by listing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from google.protobuf.json_format import ParseDict

from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.records import Record
from zhengpin.v1 import screening_service_pb2 as pb
from zhengpin_client import Zhengpin
from zhengpin_client.kinds import KINDS

SEED = 20_260
_KINDS = {
    "supplier": "supplier", "brand": "brand", "authorisation": "authorisation", "image": "image", "listing": "listing",
    "price": "price", "order": "order_event", "outcome": "outcome", "listEntry": "list_entry",
}  # fmt: skip
"""What the records of each name are called in the SDK."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A marketplace of so many stored listings, and as many new ones as are wanted."""

    market: Marketplace

    @classmethod
    def of(cls, listings: int) -> Simulated:
        """Simulate it as of now."""
        return cls(Marketplace(seed=SEED, now=datetime.now(UTC), listings=listings))

    def tell(self, client: Zhengpin) -> None:
        """Store its parties, its listings and what was paid for them; raises for a record that is refused."""
        records = [*self.market.parties(), *self._listings(), *self.market.elsewhere(), *self._trade()]
        for kind in KINDS:
            told = [_message(record) for record in records if _kind_of(record) == kind]
            refused = [stored for stored in client.upsert_many(kind, told, page_size=500) if stored.error]
            if refused:
                raise RuntimeError(f"{len(refused)} records were refused: {refused[0].error}: {refused[0].record}")

    def requests(self, first: int, count: int) -> Iterator[bytes]:
        """Calls of `ScreenListing` for new listings, as bytes, each with a request id of its own."""
        ids = Random(f"{SEED}/{first}")  # noqa: S311  no secret
        for offer in islice(map(self.market.fresh, range(first, first + count)), count):
            request = pb.ScreenListingRequest(request_id=str(UUID(int=ids.getrandbits(128), version=4)))
            ParseDict(offer.listing, request.listing)
            yield request.SerializeToString()

    def _listings(self) -> Iterator[Record]:
        return ({"listing": offer.listing} for offer in self.market.offers())

    def _trade(self) -> Iterator[Record]:
        return (record for offer in self.market.offers() for record in offer.trade())


def _kind_of(record: Record) -> str:
    (name,) = record
    return _KINDS.get(name, name)


def _message(record: Record) -> Any:
    ((_, fields),) = record.items()
    return ParseDict(fields, KINDS[_kind_of(record)].message())
