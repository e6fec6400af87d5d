"""Which verdicts a command is about: the options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zhengpin.v1 import verdict_pb2
from zhengpin.v1.screening_service_pb2 import VerdictFilter
from zhengpin_client.cli.choices import chosen
from zhengpin_client.cli.session import Session

ListingOption = Annotated[str, typer.Option(help="Only verdicts on this listing.")]
SupplierOption = Annotated[str, typer.Option(help="Only verdicts on this supplier's listings.")]
DecisionOption = Annotated[list[str] | None, typer.Option(help="allow, watch, review or block; may be repeated.")]
ReasonOption = Annotated[str, typer.Option(help="Only verdicts with this reason's code.")]
SinceOption = Annotated[datetime | None, typer.Option(help="From this time on, in the zone of --timezone.")]
BeforeOption = Annotated[datetime | None, typer.Option(help="Before this time.")]


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
        decisions=[chosen(name, "decision", verdict_pb2.Decision.items()) for name in decision or ()],
        reason_code=reason,
        evaluated_from=None if since is None else session.read_time(since),
        evaluated_before=None if before is None else session.read_time(before),
        latest_only=latest,
    )
