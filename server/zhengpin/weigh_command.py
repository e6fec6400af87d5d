"""`zhengpin-server weigh-votes`: all votes weighed anew, as a server does by itself once a day."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from zhengpin.storage.store import Store
from zhengpin.stored_marketplaces import stored_marketplaces
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.weighing_steps import Step

out = Console()
errors = Console(stderr=True)


def weigh_votes(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Find brigades and how far voters are to be trusted, weigh all votes by it, and say where every target stands.

    A server does it by itself once a day; after this it waits for a day. It may
    run beside a server, which waits for short commits only, and may be stopped
    and run again at any time.
    """
    with stored_marketplaces(database, marketplace) as store:
        found = {name: _weigh(store, name) for name in marketplace}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    out.print(_table(found))


def _weigh(store: Store, marketplace: str) -> dict[str, int]:
    """What was done, by step."""
    from zhengpin.usecases.arranged_votes import arranged_votes  # noqa: PLC0415  these bring much of scipy
    from zhengpin.usecases.weigh_votes import WeighVotes  # noqa: PLC0415

    done = {step.value: 0 for step in Step}
    columns = SpinnerColumn(), TextColumn("{task.description} {task.completed:,}"), TimeElapsedColumn()
    with Progress(*columns, console=errors, transient=True) as progress:
        steps = {step: progress.add_task(f"{marketplace}: {_words(step)}", total=None) for step in Step}
        for part in WeighVotes(store, lambda: datetime.now(UTC), time_ordered_id, arranged_votes)(marketplace):
            done[part.step] += part.done
            progress.advance(steps[part.step], part.done)
    return done


def _table(found: dict[str, dict[str, int]]) -> Table:
    table = Table(
        "", *(Column(name, justify="right") for name in found), title="Votes weighed anew, and what came of it"
    )
    for step in Step:
        table.add_row(_words(step), *(f"{done[step]:,}" for done in found.values()))
    return table


def _words(step: Step) -> str:
    return step.replace("_", " ")
