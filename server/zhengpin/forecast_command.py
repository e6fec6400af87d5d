"""`zhengpin-server forecast-prices`: what genuine articles would cost, made anew from the prices of the last weeks."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from zhengpin.storage.store import Store
from zhengpin.stored_marketplaces import stored_marketplaces
from zhengpin.usecases.forecast_prices import Forecasted, ForecastPrices

out = Console()
errors = Console(stderr=True)


def forecast_prices(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Forecast what a genuine article of each product, brand and category costs; screenings compare prices with it.

    Run it every day. It may run beside a server; a forecast that is older than 30 days counts no more.
    """
    with stored_marketplaces(database, marketplace) as store:
        found = {name: _forecast(store, name) for name in marketplace}
    if as_json:
        typer.echo(json.dumps({name: asdict(each) for name, each in found.items()}, ensure_ascii=False))
        return
    out.print(_table(found))


def _forecast(store: Store, marketplace: str) -> Forecasted:
    columns = SpinnerColumn(), TextColumn("{task.description} {task.completed:,} products"), TimeElapsedColumn()
    with Progress(*columns, console=errors, transient=True) as progress:
        steps = {
            name: progress.add_task(f"{marketplace}: {name},", total=None) for name in ("weeks", "levels", "forecasts")
        }
        forecast = ForecastPrices(store, lambda: datetime.now(UTC))
        return forecast(marketplace, lambda step, count: progress.advance(steps[step], count))


def _table(found: dict[str, Forecasted]) -> Table:
    table = Table(title="What genuine articles cost: forecasts made, and taken away where nothing supports them now")
    for column in ("marketplace", "products", "brands and categories", "taken away"):
        table.add_column(column, justify="left" if column == "marketplace" else "right")
    for name, each in found.items():
        table.add_row(name, f"{each.products:,}", f"{each.groups:,}", f"{each.forgotten:,}")
    return table
