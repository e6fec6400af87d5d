"""Who offers on the markets of a page: whose offers count, and which of the sellers may sell a brand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from zhengpin.detectors.authorisation import Place
from zhengpin.domain.brand import Brand
from zhengpin.domain.outcome import ListEntry, ListKind, SubjectKind
from zhengpin.storage.licences import Licences, Pair, read_edges, read_official
from zhengpin.storage.list_entries import known_entries
from zhengpin.storage.listings import WITHDRAWN, ListingReader
from zhengpin.storage.outcomes import OutcomeReader
from zhengpin.storage.quotes import Quote
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

CLOCKS_DIFFER = timedelta(minutes=10)
"""An outcome may be told with a time so far ahead; that its offer makes no market holds at once."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class MarketSellers:
    """What is known of the sellers of some quotes at one moment."""

    inactive: Mapping[str, bool]
    licences: Licences
    withdrawn: Mapping[str, bool]
    """Listings that are no longer on offer, or that were found to be fake."""
    entries: Mapping[tuple[SubjectKind, str], tuple[ListEntry, ...]]
    as_of: datetime

    def counts(self, quote: Quote) -> bool:
        """Whether the quote is part of the market; the others are what a market is there to tell."""
        if self.inactive[quote.seller] or self.withdrawn.get(quote.listing_id, False):
            return False
        subjects = (SubjectKind.SUPPLIER, quote.seller), (SubjectKind.LISTING, quote.listing_id)
        return not (self.entries and any(map(self._denied, subjects)))

    def depends_on_time(self, quotes: Iterable[Quote]) -> bool:
        """Whether there are list entries about them, which begin and end."""
        return bool(self.entries) and any(
            (SubjectKind.SUPPLIER, quote.seller) in self.entries
            or (SubjectKind.LISTING, quote.listing_id) in self.entries
            for quote in quotes
        )

    def authorised(self, seller: str, brand: Brand | None, place: Place) -> bool:
        """Whether the seller may sell the brand today: what `brand.authorised` says of a listing of its own."""
        if brand is None:
            return False
        return self.licences.may_sell(seller, brand, place)

    def _denied(self, subject: tuple[SubjectKind, str]) -> bool:
        entries = self.entries.get(subject, ())
        return any(entry.kind is ListKind.DENY and entry.holds_at(self.as_of) for entry in entries)


def read_market_sellers(
    scope: Scope, quotes: Collection[Quote], pairs: Collection[Pair], revisions: Revisions, as_of: datetime
) -> MarketSellers:
    """What is known of the sellers of the quotes; of `pairs` of supplier and brand, who may sell what."""
    sellers = {quote.seller for quote in quotes}
    listings = {quote.listing_id for quote in quotes} - {""}
    suppliers, memory = SupplierReader(scope), scope.memory
    subjects = {(SubjectKind.SUPPLIER, each) for each in sellers} | {(SubjectKind.LISTING, each) for each in listings}
    return MarketSellers(
        inactive=memory.notes("inactive sellers", revisions.standings).look_up(
            sellers, lambda asked: _true_for(suppliers.not_active(asked)), False
        ),
        licences=Licences(read_edges(scope, pairs, revisions), read_official(scope, sellers, revisions), as_of),
        withdrawn=memory.notes(WITHDRAWN, revisions.withdrawn).look_up(
            listings, lambda asked: _true_for(_withdrawn(scope, asked, as_of)), False
        ),
        entries=known_entries(scope, subjects, revisions.entries),
        as_of=as_of,
    )


def _withdrawn(scope: Scope, listing_ids: Collection[str], as_of: datetime) -> frozenset[str]:
    deleted = ListingReader(scope).deleted(listing_ids)
    return deleted | OutcomeReader(scope).found_fake(listing_ids, as_of + CLOCKS_DIFFER)


def _true_for(keys: Collection[Key]) -> dict[Key, bool]:
    return dict.fromkeys(keys, True)
