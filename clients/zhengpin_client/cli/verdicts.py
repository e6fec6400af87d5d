"""`zhengpin verdicts`: list, show, watch, export and compare verdicts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from zhengpin.v1 import verdict_pb2
from zhengpin.v1.screening_service_pb2 import VerdictFilter
from zhengpin_client.cli.comparing import compare
from zhengpin_client.cli.filters import (
    BeforeOption,
    DecisionOption,
    ListingOption,
    ReasonOption,
    SinceOption,
    SupplierOption,
    verdict_filter,
)
from zhengpin_client.cli.session import Session, message_json
from zhengpin_client.cli.show import walk
from zhengpin_client.cli.tables import verdict_row, verdict_table
from zhengpin_client.cli.writing import writing
from zhengpin_client.client import Zhengpin
from zhengpin_client.errors import NotFound
from zhengpin_client.report.csv_file import verdict_cells, write_csv
from zhengpin_client.words import phrase

app = typer.Typer(no_args_is_help=True, help="List, show, watch, export and compare verdicts.")
app.command()(compare)

LatestOption = Annotated[bool, typer.Option("--latest", help="Only the latest verdict on each listing.")]


@app.command("list")
def list_verdicts(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    listing: ListingOption = "",
    supplier: SupplierOption = "",
    decision: DecisionOption = None,
    reason: ReasonOption = "",
    since: SinceOption = None,
    before: BeforeOption = None,
    latest: LatestOption = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
) -> None:
    """List verdicts, the newest first."""
    session: Session = context.obj
    wanted = verdict_filter(
        session,
        listing=listing,
        supplier=supplier,
        decision=decision,
        reason=reason,
        since=since,
        before=before,
        latest=latest,
    )
    with session.connect() as zhengpin:
        found = zhengpin.verdicts(wanted, limit=limit)
        if session.as_json:
            for verdict in found:
                session.print_json(verdict)
            return
        _show_all(session, list(found))


@app.command()
def show(
    context: typer.Context,
    verdict_id: Annotated[str, typer.Argument(metavar="ID", help="A verdict's id, or a listing's for its latest.")],
    explain: Annotated[bool, typer.Option("--explain", help="Add every signal and every rule's outcome.")] = False,
) -> None:
    """Walk through one verdict: what was decided, why, and on what evidence."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        verdict = _find(zhengpin, verdict_id)
    if session.as_json:
        if not explain:
            verdict.ClearField("explanation")
        session.print_json(verdict)
        return
    session.out.print(walk(verdict, session, explain=explain))


@app.command()
def watch(
    context: typer.Context,
    cursor: Annotated[str, typer.Option("--from", help="A cursor from before; 0 is the first verdict.")] = "",
    decision: DecisionOption = None,
) -> None:
    """Show new verdicts as they are made, until Ctrl-C."""
    session: Session = context.obj
    session.err.print(phrase("watching", session.language), style="dim")
    try:
        with session.connect() as zhengpin:
            for page in zhengpin.watch_verdicts(cursor, verdict_filter(session, decision=decision)):
                cursor = page.cursor
                for verdict in page.verdicts:
                    _show_new(session, verdict)
                sys.stdout.flush()
    except KeyboardInterrupt:
        if cursor:
            session.err.print(f"{phrase('cursor', session.language)}: zhengpin verdicts watch --from {cursor}")
        raise typer.Exit(130) from None


@app.command()
def export(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    csv: Annotated[Path | None, typer.Option(help="Write a table to this file.")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="Write whole verdicts to this file, one a line.")] = None,
    listing: ListingOption = "",
    supplier: SupplierOption = "",
    decision: DecisionOption = None,
    reason: ReasonOption = "",
    since: SinceOption = None,
    before: BeforeOption = None,
    latest: LatestOption = False,
) -> None:
    """Write verdicts to a CSV or a JSONL file."""
    session: Session = context.obj
    if (csv is None) == (jsonl is None):
        raise typer.BadParameter("give either --csv FILE or --jsonl FILE")
    wanted = verdict_filter(
        session,
        listing=listing,
        supplier=supplier,
        decision=decision,
        reason=reason,
        since=since,
        before=before,
        latest=latest,
    )
    path = str(csv or jsonl)
    with session.connect() as zhengpin, writing(Path(path)):
        verdicts = zhengpin.verdicts(wanted)
        if csv is not None:
            count = write_csv(csv, (verdict_cells(each, session.language, session.show_time) for each in verdicts))
        elif jsonl is not None:
            count = _write_jsonl(jsonl, verdicts)
    if session.as_json:
        session.print_json({"file": path, "verdicts": count})
    else:
        session.out.print(f"{count} {phrase('verdicts', session.language)}: {path}", markup=False, soft_wrap=True)


def _find(zhengpin: Zhengpin, name: str) -> verdict_pb2.Verdict:
    """Find a verdict by its id, or the latest on the listing with this id, with what it knew: units stand there."""
    try:
        return zhengpin.get_verdict(name, explain=True)
    except NotFound:
        latest = VerdictFilter(listing_id=name, latest_only=True)
        for verdict in zhengpin.verdicts(latest, limit=1):
            return zhengpin.get_verdict(verdict.verdict_id, explain=True)
        raise


def _show_all(session: Session, verdicts: Sequence[verdict_pb2.Verdict]) -> None:
    """Print verdicts as a table, or that there is none."""
    if not verdicts:
        session.out.print(phrase("no_verdicts", session.language))
        return
    times = [session.show_time(each.evaluated_at) for each in verdicts]
    rows = [verdict_row(each, session.language) for each in verdicts]
    session.out.print(verdict_table(rows, session.language, session.out, times))


def _show_new(session: Session, verdict: verdict_pb2.Verdict) -> None:
    """Print a verdict in one line, as it comes."""
    if session.as_json:
        session.print_json(verdict)
        return
    decision, listing, reason = verdict_row(verdict, session.language)
    line = Text(f"{session.show_time(verdict.evaluated_at)}  ")
    session.out.print(line.append_text(decision).append("  ").append_text(listing).append("  ").append_text(reason))


def _write_jsonl(path: Path, verdicts: Iterable[verdict_pb2.Verdict]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, verdict in enumerate(verdicts, start=1):  # noqa: B007 - the last number is the count
            file.write(json.dumps(message_json(verdict), ensure_ascii=False) + "\n")
    return count
