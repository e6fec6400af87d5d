"""`zhengpin votes`: cast a vote. Many are imported: `zhengpin import votes.csv --kind vote`."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated

import typer

from zhengpin.v1 import vote_pb2
from zhengpin_client.catalog import refusals
from zhengpin_client.cli.choices import chosen
from zhengpin_client.cli.opposites import is_first
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import plain
from zhengpin_client.cli.vote_options import TargetArgument, target_named
from zhengpin_client.words import phrase

app = typer.Typer(no_args_is_help=True, help="Cast votes of shop owners.")


@app.callback()
def votes() -> None:
    """Keep `cast` a word of its own, though it is the only one."""


@app.command()
def cast(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    target: TargetArgument,
    voter: Annotated[str, typer.Option(help="Who votes: a voter that was imported.")],
    recommend: Annotated[bool, typer.Option("--recommend", help="The voter recommends it.")] = False,
    warn: Annotated[bool, typer.Option("--warn", help="The voter warns of it.")] = False,
    tag: Annotated[list[str] | None, typer.Option(help="A reason, such as genuine or fake; may be repeated.")] = None,
    text: Annotated[str, typer.Option(help="The voter's own words.")] = "",
    order: Annotated[str, typer.Option(help="The order by which the voter bought it.")] = "",
    predicted_share: Annotated[
        float | None, typer.Option(min=0, max=1, help="What share of owners will recommend it, as the voter guesses.")
    ] = None,
    at: Annotated[
        datetime | None, typer.Option(help="When it was cast, such as 2026-03-01T12:00.", show_default="now")
    ] = None,
    vote_id: Annotated[str, typer.Option(help="The vote's own id.", show_default="a new one")] = "",
) -> None:
    """Cast one vote: a voter recommends a target, or warns of it."""
    session: Session = context.obj
    recommends = is_first(recommend=recommend, warn=warn)
    vote = vote_pb2.Vote(
        vote_id=vote_id or str(uuid.uuid4()),
        voter_id=voter,
        target=target_named(target),
        opinion=vote_pb2.OPINION_RECOMMEND if recommends else vote_pb2.OPINION_WARN,
        cast_at=session.read_time(at or datetime.now(UTC)),
        tags=[chosen(each, "reason", vote_pb2.VoteTag.items()) for each in tag or ()],
        text=text,
        purchase=vote_pb2.Purchase(order_id=order) if order else None,
        predicted_share=predicted_share,
    )
    with session.connect() as zhengpin:
        for error in refusals(zhengpin.cast_votes([vote])).values():
            raise error
    if session.as_json:
        session.print_json(vote)
        return
    session.out.print(plain(phrase("vote_stored", session.language, vote=vote.vote_id, voter=voter)), soft_wrap=True)
