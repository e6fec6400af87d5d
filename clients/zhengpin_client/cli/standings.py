"""`zhengpin standings`: where targets stand by the votes on them, and the red and the black board."""

from __future__ import annotations

from typing import Annotated

import typer

from zhengpin.v1 import vote_pb2
from zhengpin_client.cli.choices import chosen
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.standing_tables import standing_story, standing_table
from zhengpin_client.cli.vote_options import LimitOption, TargetArgument, target_named
from zhengpin_client.words import phrase

app = typer.Typer(no_args_is_help=True, help="Show what votes add up to, and the red and the black board.")


@app.command()
def show(context: typer.Context, target: TargetArgument) -> None:
    """Show where one target stands, and why."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        standing = zhengpin.get_standing(target_named(target))
    if session.as_json:
        session.print_json(standing)
        return
    session.out.print(standing_story(standing, session))


@app.command("list")
def list_standings(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    board: Annotated[str, typer.Option(help="red, black or unlisted.", show_default="all with votes")] = "",
    kind: Annotated[str, typer.Option(help="product, brand, factory or origin.", show_default="any")] = "",
    category: Annotated[str, typer.Option(help="Only targets of this category.")] = "",
    origin: Annotated[str, typer.Option(help="Only targets that come from this place.")] = "",
    limit: LimitOption = 50,
) -> None:
    """List a board, the surest first.

    Effective votes are what its votes count together: as many fresh ones of
    strangers whom everybody trusts would. Circles are the groups of acquaintances
    that they come from: the more of one vote on it, the less each counts.
    """
    session: Session = context.obj
    on_board = chosen(board, "board", vote_pb2.Board.items())
    of_kind = chosen(kind, "kind of target", vote_pb2.VoteTargetKind.items())
    with session.connect() as zhengpin:
        found = list(zhengpin.standings(on_board, kind=of_kind, category=category, origin=origin, limit=limit))
    if session.as_json:
        for standing in found:
            session.print_json(standing)
        return
    session.out.print(standing_table(found, session) if found else phrase("no_standings", session.language))
