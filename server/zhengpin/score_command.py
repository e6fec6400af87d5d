"""`zhengpin-server score-suppliers`: all suppliers scored anew, as a server does by itself."""

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

STALE = "suppliers_read_anew"

out = Console()
errors = Console(stderr=True)


def score_suppliers(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Fit what is usual of suppliers, score all of them by it, and read anew of whom more was told since.

    A server does it by itself: for whom evidence came within seconds, for all
    once a day. It may run beside a server, which waits for short commits only,
    and may be stopped and run again at any time.
    """
    with stored_marketplaces(database, marketplace) as store:
        found = {name: _score(store, name) for name in marketplace}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    out.print(_table(found))


def _score(store: Store, marketplace: str) -> dict[str, int]:
    """What was done, by step."""
    from zhengpin.usecases.score_all import ScoreAll, Step  # noqa: PLC0415  it brings numpy
    from zhengpin.usecases.score_stale import ScoreStale  # noqa: PLC0415

    def now() -> datetime:
        return datetime.now(UTC)

    done = dict.fromkeys((STALE, *(step.value for step in Step)), 0)
    columns = SpinnerColumn(), TextColumn("{task.description} {task.completed:,}"), TimeElapsedColumn()
    with Progress(*columns, console=errors, transient=True) as progress:
        bars = {step: progress.add_task(f"{marketplace}: {_words(step)}", total=None) for step in done}

        def tell(step: str, count: int) -> None:
            done[step] += count
            progress.advance(bars[step], count)

        for count in ScoreStale(store, now).of(marketplace):  # who was never scored tells what is usual, too
            tell(STALE, count)
        for part in ScoreAll(store, now)(marketplace):
            tell(part.step, part.done)
        for count in ScoreStale(store, now).of(marketplace):
            tell(STALE, count)
    return done


def _table(found: dict[str, dict[str, int]]) -> Table:
    columns = (Column(name, justify="right") for name in found)
    table = Table("", *columns, title="Suppliers scored anew, and what came of it")
    for step in next(iter(found.values())):
        table.add_row(_words(step), *(f"{done[step]:,}" for done in found.values()))
    return table


def _words(step: str) -> str:
    return step.replace("_", " ")
