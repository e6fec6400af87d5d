"""`zhengpin-server match-products`: find which keys name the same product."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from zhengpin.storage.correction import Differences
from zhengpin.storage.store import Store
from zhengpin.stored_marketplaces import stored_marketplaces
from zhengpin.usecases.match_products import MatchProducts

out = Console()
errors = Console(stderr=True)


def match_products(
    marketplace: Annotated[list[str], typer.Option(help="A marketplace; may be given several times.")],
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a marketplace.")] = False,
) -> None:
    """Let prices of listings without a GTIN compare with those of listings whose GTIN names the same product.

    Products are joined where two suppliers or more use a number and the same
    brand, model and spec, and no third. It may run beside a server, whose writes
    wait for the correction at its end alone. Listings told meanwhile count the
    next time: it may be run again at any time.
    """
    with stored_marketplaces(database, marketplace) as store:
        for name in marketplace:
            _tell(name, _matched(store, name), as_json=as_json)


def _matched(store: Store, name: str) -> Differences:
    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task(f"Matching products of {name}:", total=None)
        return MatchProducts(store)(
            name,
            lambda total: progress.update(task, total=total),
            lambda count: progress.advance(task, count),
        )


def _tell(name: str, found: Differences, *, as_json: bool) -> None:
    told = {"joined": found.rows, "new": found.missing, "changed": found.wrong, "parted": found.surplus}
    if as_json:
        out.print_json(json.dumps({"marketplace": name, **told}))
        return
    counts = ", ".join(f"{count:,} {what}" for what, count in told.items())
    out.print(f"{name}: product keys {counts}.", soft_wrap=True)
