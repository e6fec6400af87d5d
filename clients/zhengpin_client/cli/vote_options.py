"""What commands on votes are about: the options that several of them share."""

from __future__ import annotations

from typing import Annotated

import typer

from zhengpin.v1 import vote_pb2
from zhengpin_client.targets import read_target

TargetArgument = Annotated[
    str,
    typer.Argument(metavar="TARGET", help="brand:ID, factory:ID, origin:PLACE, gtin:CODE, listing:ID or product:KEY."),
]
LimitOption = Annotated[int, typer.Option(min=1, help="How many at most.")]


def target_named(name: str) -> vote_pb2.VoteTarget:
    """Read a target."""
    try:
        return read_target(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
