"""Screen listings: read one state of the store, judge each, write listings and verdicts in one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog

from zhengpin.detectors.matching import query_for
from zhengpin.domain.listing import Listing
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Verdict
from zhengpin.errors import Fault, NotFound
from zhengpin.storage.requests import StoredAnswer
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.call import Call
from zhengpin.usecases.record_facts import store_listings
from zhengpin.usecases.screening import (
    ITEM_METHOD,
    Screening,
    ScreeningOutcome,
    recall,
    recall_items,
    remember,
    repeats,
    sealed_item,
)

log = structlog.get_logger(__name__)

JUDGED_TOGETHER = 50
"""Listings between two looks at the caller's deadline."""


@dataclass(frozen=True, slots=True)
class _JudgedPage:
    """Screenings that are judged, but of which nothing is stored yet."""

    call: Call
    screenings: Sequence[Screening]
    outcomes: Mapping[int, ScreeningOutcome]
    """By place; those of `same` are left out."""
    same: Mapping[int, int]
    """Items whose request id an item before them has, and where that stands."""
    fresh: Sequence[int]
    """The places of the verdicts that are to be stored."""
    now: datetime

    @property
    def is_to_be_kept(self) -> bool:
        """Whether there is anything to store, or anything that may have been answered before."""
        return bool(self.fresh or self.call.request_id or any(screening.request_id for screening in self.screenings))

    def with_same(self, settled: Mapping[int, ScreeningOutcome]) -> dict[int, ScreeningOutcome]:
        """The outcome of every place, with what the writing settled."""
        outcomes = {**self.outcomes, **settled}
        return outcomes | {place: outcomes[first] for place, first in self.same.items() if place not in settled}


class ScreenListings:
    """Screen a page of listings against one state of the store."""

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

    def __call__(self, call: Call, screenings: Sequence[Screening]) -> tuple[ScreeningOutcome, ...]:
        """Judge each listing and store it with its verdict, except in a dry run.

        What was answered before is answered the same way; an item that can't be judged leaves the others judged.
        """
        return self._stored(self._judged(call, screenings))

    def _judged(self, call: Call, screenings: Sequence[Screening]) -> _JudgedPage:
        """Read one state of the store and judge each listing by it.

        What was answered before is judged once more: that is seldom, and to ask costs every call. `_stored` sees it.
        """
        now = self._clock()
        same, outcomes = repeats(screenings)
        with self._store.read(call.marketplace) as reader:
            listings = _listings(reader, screenings, outcomes, same)
            snapshots = reader.snapshots.read_many([query_for(listing) for listing in listings.values()], now)
        fresh = []
        places = list(listings)
        for start in range(0, len(places), JUDGED_TOGETHER):
            call.check_deadline()
            page = slice(start, start + JUDGED_TOGETHER)
            for place, judged in zip(places[page], self._judge(snapshots[page]), strict=True):
                outcomes[place] = _outcome(judged, screenings[place], listings[place])
                if isinstance(outcomes[place], Verdict) and not screenings[place].dry_run:
                    fresh.append(place)
        return _JudgedPage(call, screenings, outcomes, same, fresh, now)

    def _stored(self, page: _JudgedPage) -> tuple[ScreeningOutcome, ...]:
        """Store what is new, with the answers for replays, in one commit; give each item's outcome."""
        outcomes = page.with_same(self._written(page))
        return tuple(outcomes[place] for place in range(len(page.screenings)))

    def _written(self, page: _JudgedPage) -> dict[int, ScreeningOutcome]:
        """What the writing changes: verdicts are told which ones they replace, and what was answered is repeated.

        A replay may bring places that have no answer yet, where there was a fault of ours: they are new, and the
        batch's answer grows by them.
        """
        if not page.is_to_be_kept:
            return {}
        call, screenings = page.call, page.screenings
        with self._store.begin(call.marketplace, len(page.fresh)) as unit:
            before = recall(unit, call, screenings)
            settled = recall_items(unit, screenings) | before
            fresh = [place for place in page.fresh if place not in settled] if settled else page.fresh
            stored_before = _store_listings(unit, screenings, fresh, page.now)
            settled |= _store_verdicts(unit, {place: page.outcomes[place] for place in fresh}, stored_before)
            _remember_items(unit, [(screenings[place], settled[place]) for place in fresh], page.now)
            remember(unit, call, page.with_same(settled), before, page.now)
        return settled


def _outcome(judged: Verdict | Exception, screening: Screening, listing: Listing) -> ScreeningOutcome:
    """What is answered; a fault of ours is logged, and stays with the item that brought it to light."""
    if isinstance(judged, Exception):
        fault = Fault(uuid4().hex)
        log.error("screening failed", reference=fault.reference, listing_id=listing.listing_id, exc_info=judged)
        return fault
    # A dry run is not stored, so it has no id to ask for it by.
    return replace(judged, verdict_id="") if screening.dry_run else judged


def _listings(
    reader: Reader,
    screenings: Sequence[Screening],
    outcomes: dict[int, ScreeningOutcome],
    same: Mapping[int, int],
) -> dict[int, Listing]:
    """The listings that are still to be judged, by place; unknown ids become their items' outcomes."""
    asked = [each.listing_id for each in screenings if each.listing is None and each.refusal is None]
    stored = {each: found for each, found in reader.listings.find_many(asked).items() if found.deleted_at is None}
    listings: dict[int, Listing] = {}
    for place, screening in enumerate(screenings):
        if place in outcomes or place in same:
            continue
        if screening.listing is not None:
            listings[place] = screening.listing
        elif screening.listing_id in stored:
            listings[place] = stored[screening.listing_id].listing
        else:
            outcomes[place] = NotFound("listing", screening.listing_id)
    return listings


def _store_listings(
    unit: UnitOfWork, screenings: Sequence[Screening], fresh: Sequence[int], now: datetime
) -> AbstractSet[str]:
    """Store the listings that came whole, of one that came twice the last; give the ids of those stored before."""
    whole = {listing.listing_id: listing for place in fresh if (listing := screenings[place].listing)}
    by_id = {screenings[place].listing_id for place in fresh} - whole.keys()
    return by_id | store_listings(unit, tuple(whole.values()), now) if whole else by_id


def _store_verdicts(
    unit: UnitOfWork, outcomes: Mapping[int, ScreeningOutcome], stored_before: AbstractSet[str]
) -> dict[int, ScreeningOutcome]:
    """Store verdicts, each naming the one on the same listing that it replaces; new listings have none."""
    verdicts = {place: each for place, each in outcomes.items() if isinstance(each, Verdict)}
    latest = unit.verdicts.latest_ids(stored_before)
    stored: dict[int, ScreeningOutcome] = {}
    for place, verdict in verdicts.items():
        supersedes = latest.get(verdict.listing_id)
        stored[place] = replace(verdict, supersedes=supersedes) if supersedes else verdict
        latest[verdict.listing_id] = verdict.verdict_id
    unit.verdicts.add_many([each for each in stored.values() if isinstance(each, Verdict)])
    return stored


def _remember_items(unit: UnitOfWork, answered: Iterable[tuple[Screening, ScreeningOutcome]], now: datetime) -> None:
    """Keep the answers to items that have a request id of their own."""
    unit.requests.add_many(
        ITEM_METHOD,
        [
            (screening.request_id, StoredAnswer(screening.payload_digest, sealed_item(outcome)))
            for screening, outcome in answered
            if screening.request_id and isinstance(outcome, Verdict)
        ],
        now,
    )
