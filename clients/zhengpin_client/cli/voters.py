"""`zhengpin voters`: how far a voter's votes count, for the voter. Voters come by `zhengpin import --kind voter`."""

from __future__ import annotations

from typing import Annotated

import typer

from zhengpin_client.cli.session import Session, message_json
from zhengpin_client.cli.vote_options import LimitOption
from zhengpin_client.cli.vote_tables import voter_story

app = typer.Typer(no_args_is_help=True, help="Show voters how far their votes count.")


@app.callback()
def voters() -> None:
    """Keep `show` a word of its own, though it is the only one."""


@app.command()
def show(
    context: typer.Context,
    voter_id: Annotated[str, typer.Argument(metavar="ID", help="A voter's id.")],
    limit: LimitOption = 50,
) -> None:
    """Show a voter's trust and, the latest first, each vote with what it counts or why it doesn't."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        trust = zhengpin.get_voter_trust(voter_id, page_size=1)
        votes = list(zhengpin.counted_votes(voter_id, limit=limit))
    if session.as_json:
        told = message_json(trust)
        told.pop("next_page_token", None)
        session.print_json({**told, "page": [message_json(each) for each in votes]})
        return
    for part in voter_story(trust, votes, session, whole=len(votes) < limit):
        session.out.print(part)
