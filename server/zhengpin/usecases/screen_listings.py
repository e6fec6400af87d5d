"""Screen listings: read one state of the store, judge each, write listings and verdicts in one commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import structlog

from zhengpin.detectors.matching import query_for
from zhengpin.domain.listing import Listing, StoredListing, edit_between
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Restriction, Verdict
from zhengpin.errors import Fault, NotFound
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
    repeats,
    sealed_batch,
    sealed_item,
)

log = structlog.get_logger(__name__)


class ScreenListings:
    """Screen a batch of listings against one state of the store."""

    def __init__(self, store: Store, judge: Callable[[Snapshot], Verdict], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._judge = judge
        self._clock = clock

    def __call__(self, call: Call, screenings: Sequence[Screening]) -> tuple[ScreeningOutcome, ...]:
        """Judge each listing and store it with its verdict, except in a dry run.

        What was answered before is answered the same way; an item that can't be judged leaves the others judged.
        """
        now = self._clock()
        same, problems = repeats(screenings)
        with self._store.read(call.marketplace) as reader:
            before = recall(reader, call, screenings)
            outcomes = {**problems, **recall_items(reader, screenings)} if before is None else before
            listings = _listings(reader, screenings, outcomes, same)
            snapshots = _snapshots(reader, listings, now)
        for place, snapshot in snapshots.items():
            call.check_deadline()
            outcomes[place] = self._judged(snapshot, screenings[place])
        if before is None:
            outcomes |= self._write(call, screenings, outcomes, snapshots.keys(), now)
        outcomes |= {place: outcomes[first] for place, first in same.items()}
        return tuple(_as_asked(outcomes[place], screening) for place, screening in enumerate(screenings))

    def _judged(self, snapshot: Snapshot, screening: Screening) -> ScreeningOutcome:
        """Judge one listing; a fault of ours stays with the item that brought it to light."""
        try:
            verdict = self._judge(snapshot)
        except Exception:
            fault = Fault(uuid4().hex)
            log.exception("screening failed", reference=fault.reference, listing_id=snapshot.listing.listing_id)
            return fault
        # A dry run is not stored, so it has no id to ask for it by.
        return replace(verdict, verdict_id="") if screening.dry_run else verdict

    def _write(
        self,
        call: Call,
        screenings: Sequence[Screening],
        outcomes: Mapping[int, ScreeningOutcome],
        judged: Collection[int],
        now: datetime,
    ) -> dict[int, ScreeningOutcome]:
        """Store what is new, with the answers for replays; answer what is stored in the end."""
        fresh = [place for place in judged if isinstance(each := outcomes[place], Verdict) and each.verdict_id]
        if not fresh and not (call.request_id and sealed_batch(outcomes)):
            return {}
        with self._store.begin(call.marketplace) as unit:
            # The same call may have come twice at once, and the other one may have been stored since.
            raced = recall(unit, call, screenings)
            if raced is not None:
                return raced
            settled = recall_items(unit, screenings)
            fresh = [place for place in fresh if place not in settled]
            _store_listings(unit, screenings, fresh, now)
            settled |= _store_verdicts(unit, {place: outcomes[place] for place in fresh})
            for place in fresh:
                _remember_item(unit, screenings[place], settled[place], now)
            answer = sealed_batch({**outcomes, **settled}) if call.request_id else None
            if answer is not None:
                unit.requests.add(call.method, call.request_id, call.payload_digest, answer, now)
        return settled


def _listings(
    reader: Reader,
    screenings: Sequence[Screening],
    outcomes: dict[int, ScreeningOutcome],
    same: Mapping[int, int],
) -> dict[int, Listing]:
    """The listings that are still to be judged, by place; unknown ids become their items' outcomes."""
    asked = [screening.listing_id for screening in screenings if screening.listing is None]
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


def _snapshots(reader: Reader, listings: Mapping[int, Listing], now: datetime) -> dict[int, Snapshot]:
    """What is known around each listing, by place."""
    snapshots = reader.snapshots.read_many([query_for(listing) for listing in listings.values()], now)
    known = [each.listing.listing_id for each in snapshots if each.stored_before]
    stored, restrictions = reader.listings.find_many(known), reader.verdicts.restrictions(known)
    return {
        place: _with_history(snapshot, stored, restrictions)
        for place, snapshot in zip(listings, snapshots, strict=True)
    }


def _with_history(
    snapshot: Snapshot, stored: Mapping[str, StoredListing], restrictions: Mapping[str, tuple[Restriction, ...]]
) -> Snapshot:
    """Add what the latest verdict restricted, and count the change that this very screening makes among the edits."""
    listing = snapshot.listing
    before = stored.get(listing.listing_id)
    if before is None:
        return snapshot
    edit = edit_between(before.listing, listing, snapshot.as_of, snapshot.units_sold_total or 0)
    edits = (edit, *snapshot.edits) if edit else snapshot.edits
    return replace(snapshot, edits=edits, restrictions=restrictions.get(listing.listing_id, ()))


def _store_listings(unit: UnitOfWork, screenings: Sequence[Screening], fresh: Sequence[int], now: datetime) -> None:
    """Store the listings that came whole; of one that came twice, the last."""
    whole = {listing.listing_id: listing for place in fresh if (listing := screenings[place].listing)}
    if whole:
        store_listings(unit, tuple(whole.values()), now)


def _store_verdicts(unit: UnitOfWork, outcomes: Mapping[int, ScreeningOutcome]) -> dict[int, ScreeningOutcome]:
    """Store verdicts, each naming the one on the same listing that it replaces."""
    verdicts = {place: each for place, each in outcomes.items() if isinstance(each, Verdict)}
    latest = dict(unit.verdicts.latest_ids([each.listing_id for each in verdicts.values()]))
    stored: dict[int, ScreeningOutcome] = {}
    for place, verdict in verdicts.items():
        stored[place] = replace(verdict, supersedes=latest.get(verdict.listing_id, ""))
        latest[verdict.listing_id] = verdict.verdict_id
    unit.verdicts.add_many([each for each in stored.values() if isinstance(each, Verdict)])
    return stored


def _remember_item(unit: UnitOfWork, screening: Screening, outcome: ScreeningOutcome, now: datetime) -> None:
    """Keep the answer to an item that has a request id of its own."""
    if screening.request_id and isinstance(outcome, Verdict):
        answer = sealed_item(outcome)
        unit.requests.add(ITEM_METHOD, screening.request_id, screening.payload_digest, answer, now)


def _as_asked(outcome: ScreeningOutcome, screening: Screening) -> ScreeningOutcome:
    """Leave out the explanation where the caller did not ask for it."""
    if screening.explain or not isinstance(outcome, Verdict):
        return outcome
    return replace(outcome, explanation=None)
