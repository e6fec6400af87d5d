"""`zhengpin vote-windows`: votes that look arranged and are left out, and what a person decides on them."""

from __future__ import annotations

from typing import Annotated

import typer

from zhengpin.v1 import vote_pb2
from zhengpin_client.cli.actor import ActorOption
from zhengpin_client.cli.opposites import is_first
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.vote_options import LimitOption, target_named
from zhengpin_client.cli.vote_tables import window_story
from zhengpin_client.words import phrase

app = typer.Typer(no_args_is_help=True, help="List votes that look arranged and are left out, and decide on them.")


@app.command("list")
def list_windows(
    context: typer.Context,
    target: Annotated[str, typer.Option(help="Only on this target, such as brand:acme.")] = "",
    undecided: Annotated[
        bool, typer.Option("--undecided", help="Only those that wait for a decision, the soonest due first.")
    ] = False,
    limit: LimitOption = 50,
) -> None:
    """List windows of votes that are left out of the count, the latest first."""
    session: Session = context.obj
    on = target_named(target) if target else None
    with session.connect() as zhengpin:
        found = list(zhengpin.excluded_vote_windows(on, undecided=undecided, limit=limit))
    if session.as_json:
        for window in found:
            session.print_json(window)
        return
    for window in found:
        session.out.print(window_story(window, session))
    if not found:
        session.out.print(phrase("no_windows", session.language))
    if any(each.decision == vote_pb2.VOTE_WINDOW_DECISION_UNSPECIFIED for each in found):
        session.out.print(phrase("decide_with", session.language), style="dim", soft_wrap=True)


@app.command()
def decide(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    window_id: Annotated[str, typer.Argument(metavar="ID", help="A window's id.")],
    actor: ActorOption,
    uphold: Annotated[bool, typer.Option("--uphold", help="Its votes stay out of the count.")] = False,
    lift: Annotated[bool, typer.Option("--lift", help="Its votes count again.")] = False,
    note: Annotated[str, typer.Option(help="Why; it stays with the window.")] = "",
) -> None:
    """Decide on a window: its votes stay out of the count, or count again."""
    session: Session = context.obj
    upheld = is_first(uphold=uphold, lift=lift)
    decision = vote_pb2.VOTE_WINDOW_DECISION_UPHELD if upheld else vote_pb2.VOTE_WINDOW_DECISION_LIFTED
    with session.connect() as zhengpin:
        window = zhengpin.decide_vote_window(window_id, decision, actor, note=note)
    if session.as_json:
        session.print_json(window)
        return
    session.out.print(window_story(window, session))
