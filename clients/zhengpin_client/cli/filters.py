"""Which verdicts a command is about: the options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import verdict_pb2
from zhengpin.v1.screening_service_pb2 import VerdictFilter
from zhengpin_client.cli.session import Session
from zhengpin_client.importing.native import did_you_mean

ListingOption = Annotated[str, typer.Option(help="Only verdicts on this listing.")]
SupplierOption = Annotated[str, typer.Option(help="Only verdicts on this supplier's listings.")]
DecisionOption = Annotated[list[str] | None, typer.Option(help="allow, watch, review or block; may be repeated.")]
ReasonOption = Annotated[str, typer.Option(help="Only verdicts with this reason's code.")]
SinceOption = Annotated[datetime | None, typer.Option(help="From this time on, in the zone of --timezone.")]
BeforeOption = Annotated[datetime | None, typer.Option(help="Before this time.")]

_DECISIONS = {
    verdict_pb2.Decision.Name(value).removeprefix("DECISION_").lower(): value
    for value in verdict_pb2.Decision.values()
    if value
}


def verdict_filter(
    session: Session,
    *,
    listing: str = "",
    supplier: str = "",
    decision: list[str] | None = None,
    reason: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
    latest: bool = False,
) -> VerdictFilter:
    """Make the contract's filter of a command's options."""
    return VerdictFilter(
        listing_id=listing,
        supplier_id=supplier,
        decisions=[_decision(name) for name in decision or ()],
        reason_code=reason,
        evaluated_from=_time(since, session),
        evaluated_before=_time(before, session),
        latest_only=latest,
    )


def _decision(name: str) -> verdict_pb2.Decision.ValueType:
    if name.lower() not in _DECISIONS:
        raise typer.BadParameter(f"'{name}' is no decision: {did_you_mean(name.lower(), list(_DECISIONS))}")
    return _DECISIONS[name.lower()]


def _time(moment: datetime | None, session: Session) -> Timestamp | None:
    """Read a time without an offset in the session's zone."""
    if moment is None:
        return None
    local = moment.replace(tzinfo=session.timezone) if session.timezone else moment
    time = Timestamp()
    time.FromDatetime(local.astimezone())
    return time
