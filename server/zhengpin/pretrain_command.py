"""`zhengpin-server pretrain`: train the model that ships, on simulated marketplaces."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from zhengpin.errors import WrongState
from zhengpin.settings import Settings

out = Console()
errors = Console(stderr=True)


def pretrain(  # noqa: PLR0917  typer's options
    folder: Annotated[Path, typer.Option("--out", help="The folder of models to add it to.")] = Path("models"),
    markets: Annotated[int, typer.Option(help="Simulated marketplaces; the last of them are held out.", min=3)] = 8,
    listings: Annotated[int, typer.Option(help="Listings of each.", min=500)] = 20_000,
    seed: Annotated[int, typer.Option(help="Of the first marketplace; the others have the next ones.")] = 1,
    processes: Annotated[int, typer.Option(help="Marketplaces that are screened at once.", min=1)] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Train the model that ships on simulated marketplaces, whose truth is known, and have it serve by default."""
    from zhengpin.pretraining import pretrain as work  # noqa: PLC0415  brings scikit-learn, which few commands need

    with _progress() as progress:
        screening = progress.add_task("screening simulated listings", total=markets * listings)
        training = progress.add_task("training", total=None)
        trained, told = work.pretrain(
            Settings().packs,
            markets,
            listings,
            seed,
            processes,
            lambda count: progress.advance(screening, count),
            lambda each: progress.update(training, description=each.stage, completed=each.done, total=each.total),
        )
    if trained.worth is None:
        raise WrongState("there were too few fakes among the simulated listings: ask for more --listings")
    manifest = work.keep(folder, trained, told, markets)
    if as_json:
        typer.echo(json.dumps({"version": manifest.version, "metrics": asdict(trained.worth)}))
        return
    table = Table(title=f"{manifest.version}, in {folder / manifest.model}", title_justify="left")
    for column in ("on the held-out marketplaces", "average precision", "Brier skill", "fakes among the first 5 %"):
        table.add_column(column)
    for name in ("classifier", "together"):
        metrics = getattr(trained.worth, name)
        table.add_row(
            name, f"{metrics.average_precision:.3f}", f"{metrics.brier_skill:.3f}", f"{metrics.recall_at_review:.1%}"
        )
    out.print(table)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=True,
    )
