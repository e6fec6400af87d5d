"""`zhengpin supplier score | ranking | watch`: how good suppliers are."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from zhengpin.v1 import supplier_score_pb2, supplier_service_pb2
from zhengpin_client.cli.choices import chosen
from zhengpin_client.cli.score_tables import change_line, ranking_table, score_story
from zhengpin_client.cli.session import Session
from zhengpin_client.words import phrase

SupplierArgument = Annotated[str, typer.Argument(metavar="ID", help="The supplier's id.")]


def score(context: typer.Context, supplier_id: SupplierArgument) -> None:
    """Show how good a supplier is: points, what bars and raises them, each component, and how they went.

    Points have to be earned: everybody begins with 200. The range is where they
    would lie if everything were known.
    """
    session: Session = context.obj
    with session.connect() as zhengpin:
        found = zhengpin.get_supplier_score(supplier_id, with_trend=True)
    if session.as_json:
        session.print_json(found)
        return
    for part in score_story(found, session):
        session.out.print(part)


def ranking(
    context: typer.Context,
    category: Annotated[str, typer.Option(help="Only suppliers who mostly sell this, or what is below it.")] = "",
    band: Annotated[
        list[str] | None,
        typer.Option(help="preferred, good, normal, at_risk or stop; may be given several times.", show_default="all"),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
) -> None:
    """List suppliers by their score, the best first."""
    session: Session = context.obj
    bands = [chosen(each, "band", supplier_score_pb2.ScoreBand.items()) for each in band or ()]
    with session.connect() as zhengpin:
        found = list(zhengpin.supplier_scores(category, bands=bands, limit=limit))
    if session.as_json:
        for each in found:
            session.print_json(each)
        return
    session.out.print(ranking_table(found, session.language) if found else phrase("no_scores", session.language))


def watch(
    context: typer.Context,
    supplier_id: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these suppliers.")] = None,
    cursor: Annotated[str, typer.Option("--from", help="A cursor from before; 0 is the first change.")] = "",
    bands_only: Annotated[bool, typer.Option("--bands", help="Only changes into another band.")] = False,
) -> None:
    """Show scores as they change, until Ctrl-C."""
    session: Session = context.obj
    session.err.print(phrase("waiting_for_scores", session.language), style="dim")
    try:
        with session.connect() as zhengpin:
            pages = zhengpin.watch_supplier_scores(cursor, supplier_ids=supplier_id or (), band_changes_only=bands_only)
            for page in pages:
                cursor = page.cursor
                for change in page.changes:
                    _show(change, session)
                sys.stdout.flush()
    except KeyboardInterrupt:
        if cursor:
            session.err.print(f"{phrase('cursor', session.language)}: zhengpin supplier watch --from {cursor}")
        raise typer.Exit(130) from None


def _show(change: supplier_service_pb2.ScoreChange, session: Session) -> None:
    """One change on one line, however narrow the terminal is."""
    if session.as_json:
        session.print_json(change)
    else:
        session.out.print(change_line(change, session), soft_wrap=True)
