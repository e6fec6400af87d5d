"""What is asked of a screening, and what was answered to the same question before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from zhengpin.domain.listing import Listing
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.verdict import Verdict
from zhengpin.errors import Fault, RequestIdReused, ZhengpinError
from zhengpin.storage.requests import StoredAnswer
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.call import Call, replayed, sealed
from zhengpin.usecases.problem import problem_from_json, problem_to_json

ITEM_METHOD = "ScreenListing"
"""Request ids of single listings are one space, whether they come alone or in a batch."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Screening:
    """One listing to judge: a whole one, or the id of a stored one."""

    listing: Listing | None = None
    listing_id: str = ""
    dry_run: bool = False
    explain: bool = False
    request_id: str = ""
    payload_digest: str = ""
    refusal: ZhengpinError | None = None
    """What makes it impossible to read; then it asks for nothing but this answer."""


ScreeningOutcome: TypeAlias = Verdict | ZhengpinError
"""A verdict, or what was wrong with this one item."""


def recall(reader: Reader, call: Call, screenings: Sequence[Screening]) -> dict[int, ScreeningOutcome]:
    """What the batch's items were answered before, by place; nothing for a new batch.

    Dry runs and faults left no answer. Raises `RequestIdReused` if the batch's id came with another payload.
    """
    whole = replayed(reader.requests, call) or {}
    return {int(place): _from_json(reader, stored, screenings[int(place)]) for place, stored in whole.items()}


def remember(
    unit: UnitOfWork,
    call: Call,
    outcomes: Mapping[int, ScreeningOutcome],
    before: Mapping[int, ScreeningOutcome],
    now: datetime,
) -> None:
    """Keep what a batch was answered, by place, or what a replay adds to what it was answered `before`.

    Dry runs left no verdict, and a fault of ours may be gone the next time: both are judged anew.
    """
    if not call.request_id:
        return
    lasting = {place: _to_json(each) for place, each in outcomes.items() if _lasts(each)}
    if lasting.keys() == before.keys():
        return
    keep = unit.requests.replace if before else unit.requests.add
    keep(call.method, call.request_id, call.payload_digest, sealed(lasting), now)


def recall_items(reader: Reader, screenings: Sequence[Screening]) -> dict[int, ScreeningOutcome]:
    """What single items were answered before, by place; an item's reused id is that item's outcome."""
    ids = {screening.request_id for screening in screenings} - {""}
    stored = reader.requests.find_many(ITEM_METHOD, ids) if ids else {}
    if not stored:
        return {}
    return {
        place: _recalled(reader, stored[screening.request_id], screening)
        for place, screening in enumerate(screenings)
        if screening.request_id in stored
    }


def _recalled(reader: Reader, stored: StoredAnswer, screening: Screening) -> ScreeningOutcome:
    if stored.payload_digest != screening.payload_digest:
        return RequestIdReused(screening.request_id)
    return _from_json(reader, json.loads(stored.answer), screening)


def repeats(screenings: Sequence[Screening]) -> tuple[dict[int, int], dict[int, ScreeningOutcome]]:
    """Items whose request id an item before them has: their first's place, or a problem if the payloads differ.

    Items that can't be read are problems too.
    """
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    problems: dict[int, ScreeningOutcome] = {}
    for place, screening in enumerate(screenings):
        if screening.refusal is not None:
            problems[place] = screening.refusal
            continue
        if not screening.request_id:
            continue
        before = first.setdefault(screening.request_id, place)
        if before == place:
            continue
        if screenings[before].payload_digest == screening.payload_digest:
            same[place] = before
        else:
            problems[place] = RequestIdReused(screening.request_id)
    return same, problems


def sealed_item(verdict: Verdict) -> bytes:
    """One item's answer as it is kept for replays."""
    return sealed(_to_json(verdict))


def _lasts(outcome: ScreeningOutcome) -> bool:
    return bool(outcome.verdict_id) if isinstance(outcome, Verdict) else not isinstance(outcome, Fault)


def _to_json(outcome: ScreeningOutcome) -> Any:
    return {"verdict": outcome.verdict_id} if isinstance(outcome, Verdict) else problem_to_json(outcome)


def _from_json(reader: Reader, stored: Any, screening: Screening) -> ScreeningOutcome:
    problem = problem_from_json(stored)
    return problem or reader.verdicts.get(stored["verdict"], with_explanation=screening.explain)
