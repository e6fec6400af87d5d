"""`zhengpin report`: the newest verdict of each listing, as a page and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin.v1.screening_service_pb2 import VerdictFilter
from zhengpin_client.cli.filters import (
    BeforeOption,
    DecisionOption,
    ListingOption,
    ReasonOption,
    SinceOption,
    SupplierOption,
    verdict_filter,
)
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.writing import writing
from zhengpin_client.client import Zhengpin
from zhengpin_client.errors import NotFound
from zhengpin_client.importing.rows import UnusableFile
from zhengpin_client.pipeline import in_order
from zhengpin_client.report.pages import check_extra
from zhengpin_client.report.rows import ReportRow, make_report, make_row
from zhengpin_client.report.write import write_report
from zhengpin_client.words import phrase

_IN_FLIGHT = 8
Asked = TypeVar("Asked")


def report(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The folder to write report.html and verdicts.csv to.")],
    listing: ListingOption = "",
    supplier: SupplierOption = "",
    decision: DecisionOption = None,
    reason: ReasonOption = "",
    since: SinceOption = None,
    before: BeforeOption = None,
) -> None:
    """Write a report of the latest verdict on each listing: a page for people and a table for spreadsheets."""
    session: Session = context.obj
    wanted = verdict_filter(
        session,
        listing=listing,
        supplier=supplier,
        decision=decision,
        reason=reason,
        since=since,
        before=before,
        latest=True,
    )
    try:
        check_extra()
    except UnusableFile as error:
        raise typer.BadParameter(str(error)) from None
    with session.connect() as zhengpin:
        paths = write_report_of(session, out, zhengpin.verdicts(wanted), partial(stored_row, session, zhengpin))
    if session.as_json:
        session.print_json(paths)
        return
    for path in paths.values():
        session.out.print(path, markup=False, soft_wrap=True)


def write_report_of(
    session: Session, out: Path, items: Iterable[Asked], look_up: Callable[[Asked], ReportRow | None]
) -> dict[str, str]:
    """Look up each item's verdict and listing, several at a time, and write the report of all."""
    rows: list[ReportRow] = []
    with session.progress() as progress:
        task = progress.add_task(phrase("report_title", session.language), total=None)
        for _, row in in_order(look_up, items, _IN_FLIGHT):
            rows.extend([row] if row is not None else [])
            progress.advance(task)
    now = Timestamp()
    now.GetCurrentTime()
    with writing(out):
        return write_report(make_report(rows), out, session.language, session.marketplace, session.show_time(now))


def stored_row(session: Session, zhengpin: Zhengpin, verdict: verdict_pb2.Verdict) -> ReportRow:
    """Make the row of a verdict with the stored listing; one that was deleted leaves its id."""
    try:
        listing = zhengpin.get_listing(verdict.listing_id).listing
    except NotFound:
        listing = None
    explained = zhengpin.get_verdict(verdict.verdict_id, explain=True)
    return make_row(explained, listing, session.language, session.show_time)


def latest_row(session: Session, zhengpin: Zhengpin, listing: listing_pb2.Listing) -> ReportRow | None:
    """Make the row of a listing with its latest verdict; `None` if it was never judged."""
    newest = VerdictFilter(listing_id=listing.listing_id, latest_only=True)
    for verdict in zhengpin.verdicts(newest, limit=1):
        explained = zhengpin.get_verdict(verdict.verdict_id, explain=True)
        return make_row(explained, listing, session.language, session.show_time)
    return None
