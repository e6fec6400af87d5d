"""`zhengpin-server link-suppliers`: all suppliers linked anew, as a server does when a marketplace has doubled."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table

from zhengpin.storage.store import Store
from zhengpin.stored_marketplaces import stored_marketplaces
from zhengpin.time_ordered_id import time_ordered_id

out = Console()
errors = Console(stderr=True)
_WORDS = {
    "suppliers": "suppliers linked",
    "links": "links",
    "certain_links": "of them certain",
    "rings": "rings",
    "members": "suppliers in rings",
    "largest_ring": "in the largest",
}


def link_suppliers(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Learn from all suppliers what it says that two share something, link all of them anew, and find rings.

    A server keeps links up to date by itself, and does this when a marketplace
    has doubled. It may run beside a server, which waits for short commits only.
    Whoever stops it can leave the rest to a server, or run it again from the
    start.
    """
    with stored_marketplaces(database, marketplace) as store:
        found = {name: _link(store, name) for name in marketplace}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    out.print(_table(found))


def _link(store: Store, marketplace: str) -> dict[str, int]:
    """What came of it."""
    from zhengpin.usecases.link_suppliers import LinkSuppliers  # noqa: PLC0415  brings scipy

    with store.read(marketplace) as reader:
        suppliers = reader.link_models.suppliers()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=errors, transient=True) as progress:
        read = progress.add_task(f"{marketplace}: read", total=suppliers)
        link = progress.add_task(f"{marketplace}: link", total=suppliers)
        linked = 0
        job = LinkSuppliers(store, lambda: datetime.now(UTC), time_ordered_id, partial(progress.advance, read))
        for done in job.anew(marketplace):
            linked += done
            progress.update(link, completed=linked, total=max(linked, suppliers))
    with store.read(marketplace) as reader:
        return {"suppliers": linked, **reader.supplier_links.counts()}


def _table(found: dict[str, dict[str, int]]) -> Table:
    table = Table("", *(Column(name, justify="right") for name in found), title="Suppliers linked anew")
    for name, words in _WORDS.items():
        table.add_row(words, *(f"{figures[name]:,}" for figures in found.values()))
    return table
