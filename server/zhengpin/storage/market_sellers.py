"""Who offers on the markets of a page: whose offers count, and which of the sellers may sell a brand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat

from zhengpin.detectors.authorisation import Place
from zhengpin.domain.brand import Brand
from zhengpin.domain.outcome import ListEntry, ListKind, SubjectKind
from zhengpin.storage.licences import Licences, Pair, read_edges, read_official
from zhengpin.storage.list_entries import has_entries, known_entries
from zhengpin.storage.listings import WITHDRAWN, ListingReader
from zhengpin.storage.outcomes import OutcomeReader
from zhengpin.storage.quotes import Quotes
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

CLOCKS_DIFFER = timedelta(minutes=10)
"""An outcome may be told with a time so far ahead; that its offer makes no market holds at once."""


@dataclass(frozen=True, slots=True)
class MarketSellers:
    """What is known of the sellers of some quotes at one moment; it names few of them, for few are special."""

    inactive: AbstractSet[str]
    withdrawn: AbstractSet[str]
    """Listings that are no longer on offer, or that were found to be fake."""
    entries: Mapping[tuple[SubjectKind, str], tuple[ListEntry, ...]]
    licences: Licences
    as_of: datetime

    def counted(self, quotes: Quotes) -> Quotes:
        """The quotes that are part of the market; the others are what a market is there to tell."""
        sellers = self.inactive | self._denied(SubjectKind.SUPPLIER)
        listings = self.withdrawn | self._denied(SubjectKind.LISTING)
        if sellers.isdisjoint(quotes.sellers) and listings.isdisjoint(quotes.listing_ids):
            return quotes
        offered = zip(quotes.sellers, quotes.listing_ids, strict=True)
        return quotes.chosen([seller not in sellers and listing not in listings for seller, listing in offered])

    def depends_on_time(self, quotes: Quotes) -> bool:
        """Whether there are list entries about them, which begin and end."""
        subjects = {SubjectKind.SUPPLIER: quotes.sellers, SubjectKind.LISTING: quotes.listing_ids}
        return any(subject in subjects[kind] for kind, subject in self.entries)

    def authorised(self, sellers: Collection[str], brand: Brand | None, place: Place) -> frozenset[str]:
        """Those of the sellers that may sell the brand today: what `brand.authorised` says of listings of their own."""
        if brand is None:
            return frozenset()
        known = {seller for seller, brand_id in self.licences.edges if brand_id == brand.brand_id} | {brand.owner_id}
        return frozenset(each for each in known.intersection(sellers) if self.licences.may_sell(each, brand, place))

    def _denied(self, kind: SubjectKind) -> AbstractSet[str]:
        return {
            subject
            for (subject_kind, subject), entries in self.entries.items()
            if subject_kind == kind
            and any(entry.kind is ListKind.DENY and entry.holds_at(self.as_of) for entry in entries)
        }


def read_market_sellers(
    scope: Scope, quotes: Iterable[Quotes], pairs: set[Pair], revisions: Revisions, as_of: datetime
) -> MarketSellers:
    """What is known of the sellers of the quotes; of `pairs` of supplier and brand, who may sell what."""
    quoted = tuple(quotes)
    sellers: set[str] = set().union(*[each.sellers for each in quoted])
    listings: set[str] = set().union(*[each.listing_ids for each in quoted]) - {""}
    edges = read_edges(scope, pairs, revisions)
    official = read_official(scope, {seller for seller, _ in edges}, revisions)
    return MarketSellers(
        inactive=_read_inactive(scope, sellers, revisions),
        withdrawn=_read_withdrawn(scope, listings, revisions, as_of),
        entries=_read_entries(scope, sellers, listings, revisions),
        licences=Licences(edges, official, as_of),
        as_of=as_of,
    )


def _read_inactive(scope: Scope, sellers: set[str], revisions: Revisions) -> AbstractSet[str]:
    def read(asked: Collection[str]) -> Mapping[str, bool]:
        return dict.fromkeys(SupplierReader(scope).not_active(asked), True)

    return scope.memory.notes("inactive sellers", revisions.standings).look_up_few(sellers, read).keys()


def _read_withdrawn(scope: Scope, listings: set[str], revisions: Revisions, as_of: datetime) -> AbstractSet[str]:
    def read(asked: Collection[str]) -> Mapping[str, bool]:
        fake = OutcomeReader(scope).found_fake(asked, as_of + CLOCKS_DIFFER)
        return dict.fromkeys(fake | ListingReader(scope).deleted(asked), True)

    return scope.memory.notes(WITHDRAWN, revisions.withdrawn).look_up_few(listings, read).keys()


def _read_entries(
    scope: Scope, sellers: set[str], listings: set[str], revisions: Revisions
) -> Mapping[tuple[SubjectKind, str], tuple[ListEntry, ...]]:
    if not has_entries(scope, revisions.entries):
        return {}
    suppliers, offers = zip(repeat(SubjectKind.SUPPLIER), sellers), zip(repeat(SubjectKind.LISTING), listings)
    return known_entries(scope, {*suppliers, *offers}, revisions.entries)
