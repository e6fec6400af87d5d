"""Judge listings anew whose product, brand, factory or origin crossed a border, or whose supplier has changed.

How far the outbox of changes is worked off is kept in the store, for changes of each kind, and moves in the very commit
that brings the verdicts. So nothing is left out and nothing is done twice, whenever a process is killed and however
many of them are at it; and products, that most rules ask of, need not wait for the many listings of a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

import structlog

from zhengpin.detectors.matching import query_for
from zhengpin.domain.rescreening import Change, HangsOn
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Verdict
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.errors import NotFound
from zhengpin.storage.marketplaces import TO_RESCREEN
from zhengpin.storage.standing_changes import Reached
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.vote_targets import TargetFinder

PAGE: Final = 8
"""Listings that are judged together: some 10 ms in which calls share the processor, and one commit."""
LOOKED_AHEAD: Final = 50
"""Changes behind the next one, among which another of the same one makes it needless."""
FIRST_TO_LAST: Final = (HangsOn.PRODUCT, HangsOn.SUPPLIER, HangsOn.BRAND, HangsOn.FACTORY, HangsOn.ORIGIN)
"""Whose listings go first: of those that say most of a single listing."""
SETTLED: Final = timedelta(seconds=5)
"""How old a change is before its listings are judged: by then calls are over that began before it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Page:
    """The next listings that are to be judged anew."""

    reached: Reached
    """How far the outbox was worked off before them."""
    change: Change
    listings: Sequence[tuple[str, str]] = ()
    """As supplier and listing, in the store's order."""
    is_last: bool = True
    """Whether no listing follows for this change."""

    @property
    def listing_ids(self) -> list[str]:
        """The listings alone."""
        return [listing_id for _, listing_id in self.listings]

    def after(self, done: int) -> Reached:
        """How far it is worked off when so many of them are done."""
        if done == len(self.listings) and self.is_last:
            return Reached(self.change.number)
        return Reached(self.reached.number, *self.listings[done - 1]) if done else self.reached


class Rescreen:
    """Work off the outbox of every marketplace."""

    def __init__(
        self,
        store: Store,
        judge: Callable[[Sequence[Snapshot]], Sequence[Verdict | Exception]],
        clock: Callable[[], datetime],
    ) -> None:
        """Take what judges listings together, in their order, with the fault in place of one that it can't judge."""
        self._store = store
        self._judge = judge
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Judge page by page what is due; tell after each how many verdicts were stored.

        Whoever asks may stop after any page, and rests between them for the sake of live calls.
        """
        for marketplace in self._store.marketplaces(TO_RESCREEN):
            while (stored := self._next_page(marketplace)) is not None:
                yield stored

    def _next_page(self, marketplace: str) -> int | None:
        """Judge the next page; `None` once nothing is due, or where another process is at it."""
        now = self._clock()
        with self._store.read(marketplace) as reader:
            pages = (_read_page(reader, kind, now) for kind in FIRST_TO_LAST)
            page = next((page for page in pages if page is not None), None)
            if page is None:
                return None
            before = reader.verdicts.latest_ids(page.listing_ids)
            screened = [each for each in page.listing_ids if each in before]
            snapshots = _read_snapshots(reader, screened, now)
        verdicts = self._judged(snapshots)
        with self._store.begin(marketplace, len(verdicts)) as unit:
            if unit.standing_changes.reached(page.change.kind) != page.reached:
                return None
            return _write(unit, page, before, verdicts, now)

    def _judged(self, snapshots: Sequence[Snapshot]) -> dict[str, Verdict]:
        """The verdicts by listing; a listing that can't be judged is told in the log and keeps the one it has."""
        verdicts: dict[str, Verdict] = {}
        for snapshot, judged in zip(snapshots, self._judge(snapshots), strict=True):
            listing_id = snapshot.listing.listing_id
            if isinstance(judged, Exception):
                log.error("rescreening failed", listing_id=listing_id, exc_info=judged)
            else:
                verdicts[listing_id] = judged
        return verdicts


def _read_page(reader: Reader, kind: HangsOn, now: datetime) -> _Page | None:
    """What is due next of changes of one kind."""
    reached = reader.standing_changes.reached(kind)
    changes = reader.standing_changes.behind(kind, reached.number, LOOKED_AHEAD)
    if not changes or changes[0].changed_at > now - SETTLED:
        return None
    change, *later = changes
    if any(each.key == change.key for each in later):
        return _Page(reached, change)
    listings = _read_listings(reader, change, (reached.supplier_id, reached.listing_id))
    return _Page(reached, change, listings[:PAGE], is_last=len(listings) <= PAGE)


def _read_listings(reader: Reader, change: Change, after: tuple[str, str]) -> list[tuple[str, str]]:
    """The listings that hang on what changed behind one, one more than a page."""
    if change.kind is HangsOn.SUPPLIER:
        listing_ids = reader.offered_goods.listings(change.key, after[1], PAGE + 1)
        return [(change.key, listing_id) for listing_id in listing_ids]
    try:
        names = TargetFinder(reader).find(Target(TargetKind(change.kind), change.key)).offered_as
    except NotFound:  # it was told once, and nobody tells of it any more
        return []
    return reader.listing_targets.listings(names, after, PAGE + 1)


def _read_snapshots(reader: Reader, listing_ids: Sequence[str], now: datetime) -> list[Snapshot]:
    """What is known now of those of the listings that are still on offer."""
    found = reader.listings.find_many(listing_ids)
    queries = [query_for(found[each].listing) for each in listing_ids if each in found and not found[each].deleted_at]
    return reader.snapshots.read_many(queries, now)


def _write(
    unit: UnitOfWork, page: _Page, before: Mapping[str, str], verdicts: Mapping[str, Verdict], now: datetime
) -> int:
    """Store the verdicts, and how far the outbox is worked off; tell how many they are.

    A listing that was screened meanwhile is judged once more, and so are those that follow it: which of the two
    verdicts knows more can't be told. One that was never screened is left to whoever screens it first.
    """
    by_now = unit.verdicts.latest_ids(page.listing_ids)
    done = list(takewhile(lambda each: by_now.get(each) == before.get(each), page.listing_ids))
    fresh = [replace(verdicts[each], supersedes=before[each]) for each in done if each in verdicts]
    if fresh:
        unit.verdicts.add_many(fresh)
    unit.standing_changes.move_to(page.change.kind, page.after(len(done)), now)
    return len(fresh)
