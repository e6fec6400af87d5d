"""`zhengpin-server rebuild-summaries`: put right what is kept up to date as facts come in."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from zhengpin.storage.correction import Differences
from zhengpin.storage.store import Store
from zhengpin.stored_marketplaces import stored_marketplaces
from zhengpin.usecases.rebuild_summaries import RebuildSummaries

out = Console()
errors = Console(stderr=True)


def rebuild_summaries(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
) -> None:
    """Recompute order counts, baselines and price histories from the recorded facts, and tell what differed.

    It may run beside a server, whose writes wait for the end of each table.
    """
    with stored_marketplaces(database, marketplace) as store:
        for name in marketplace:
            out.print(_table(name, _rebuild(store, name)))


def _rebuild(store: Store, marketplace: str) -> tuple[Differences, ...]:
    columns = SpinnerColumn(), TextColumn("{task.description} {task.completed:,} rows"), TimeElapsedColumn()
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(f"Recomputing {marketplace}:", total=None)
        return RebuildSummaries(store)(marketplace, lambda count: progress.advance(task, count))


def _table(marketplace: str, found: tuple[Differences, ...]) -> Table:
    table = Table(title=f"{marketplace}: rows as the facts make them, and what was corrected")
    for column in ("table", "rows", "missing", "wrong", "surplus"):
        table.add_column(column, justify="left" if column == "table" else "right")
    for each in found:
        table.add_row(each.table, *(f"{count:,}" for count in (each.rows, each.missing, each.wrong, each.surplus)))
    return table
