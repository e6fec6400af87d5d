"""`zhengpin-server simulate`: write a marketplace with ground truth to a folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from zhengpin.errors import InvalidSettings
from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.parameters_file import load_parameters
from zhengpin.simulation.suppliers.circles import Circle
from zhengpin.simulation.write import JsonLines, Sink, Written, write_market

out = Console()
errors = Console(stderr=True)

NAMED = 8
"""So many of the files that are in the way are named."""


class Form(StrEnum):
    """The form of the files."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def simulate(  # noqa: PLR0917 - typer's options
    folder: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    listings: Annotated[int, typer.Option(help="How many listings.", min=1)] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed and time make the same marketplace.")] = 1,
    fakes: Annotated[float | None, typer.Option(help="Share of listings that are fake.", min=0, max=1)] = None,
    clever: Annotated[float | None, typer.Option(help="Share of the fakes made with care.", min=0, max=1)] = None,
    now: Annotated[str, typer.Option(help="When it is looked at, such as 2026-03-01T12:00Z; by default now.")] = "",
    parameters: Annotated[Path | None, typer.Option(help="A file of changes to the shipped parameters.toml.")] = None,
    form: Annotated[Form, typer.Option(help="The form of the files.")] = Form.JSONL,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over what the folder holds.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")] = False,
) -> None:
    """Write a made-up marketplace with its truth: honest trade and fakes, votes of shop owners and arranged ones."""
    market = Marketplace(
        load_parameters(parameters, fakes=fakes, clever=clever), seed=seed, now=_moment(now), listings=listings
    )
    if not overwrite:
        _keep_what_is_there(folder)
    written = _write(market, _sink(form, folder))
    if as_json:
        typer.echo(json.dumps(_document(market, written, folder), ensure_ascii=False))
        return
    out.print(_table(market, written))
    out.print(_votes_table(written))
    out.print(_suppliers_table(written))
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(written.records.items()))
    out.print(f"In {folder}: {told}", markup=False, highlight=False, soft_wrap=True)


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidSettings(f"--now: {text!r} is no time: write it as 2026-03-01T12:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _keep_what_is_there(folder: Path) -> None:
    """Refuse a folder that holds anything: a market of other parameters would be mixed into it, or lost."""
    if folder.exists() and not folder.is_dir():
        raise InvalidSettings(f"--out: {folder} is a file: name a folder")
    names = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    if names:
        more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
        raise InvalidSettings(
            f"--out: {folder} is not empty: it holds {', '.join(names[:NAMED])}{more}: "
            "name another folder, or write over what is there with --overwrite"
        )


def _sink(form: Form, folder: Path) -> Sink:
    if form is Form.JSONL:
        return JsonLines(folder)
    from zhengpin.simulation.parquet import ParquetFiles  # noqa: PLC0415 - an extra: only who asks for Parquet needs it

    return ParquetFiles(folder)


def _write(market: Marketplace, sink: Sink) -> Written:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("listings", total=market.listings)
        return write_market(market, sink, lambda count: progress.update(task, completed=count))


def _table(market: Marketplace, written: Written) -> Table:
    table = Table(title=f"{market.listings:,} listings", title_justify="left")
    for name in ("kind", "group", "taken for"):
        table.add_column(name)
    for name in ("listings", "share"):
        table.add_column(name, justify="right")
    for kind in market.kinds:
        count = written.kinds[kind.name]
        table.add_row(kind.name, kind.group, kind.looks_like, f"{count:,}", f"{count / market.listings:.2%}")
    fakes, clever = _fakes(market, written)
    table.add_section()
    table.add_row("all fakes", "", "", f"{fakes:,}", f"{fakes / market.listings:.2%}")
    table.add_row("clever among them", "", "", f"{clever:,}", f"{clever / max(fakes, 1):.2%}")
    return table


def _votes_table(written: Written) -> Table:
    votes = written.stories.total()
    table = Table(title=f"{votes:,} votes", title_justify="left")
    for name in ("story", "arranged", "taken for"):
        table.add_column(name)
    for name in ("votes", "share"):
        table.add_column(name, justify="right")
    for story, count in written.stories.most_common():
        arranged = "yes" if story.arranged else ""
        table.add_row(story, arranged, story.looks_like, f"{count:,}", f"{count / votes:.2%}")
    return table


def _suppliers_table(written: Written) -> Table:
    table = Table(title=f"{written.suppliers:,} suppliers, by what they share", title_justify="left")
    for name in ("circle", "belong together", "taken for"):
        table.add_column(name)
    for name in ("suppliers", "share"):
        table.add_column(name, justify="right")
    for circle in Circle:
        count = written.circles[circle]
        together = "yes" if circle.together else ""
        table.add_row(circle, together, circle.looks_like, f"{count:,}", f"{count / written.suppliers:.2%}")
    return table


def _document(market: Marketplace, written: Written, folder: Path) -> dict[str, object]:
    fakes, clever = _fakes(market, written)
    kinds = {
        kind.name: {"group": kind.group, "listings": written.kinds[kind.name], "looks_like": kind.looks_like}
        for kind in market.kinds
    }
    stories = {
        story: {"arranged": story.arranged, "votes": count, "looks_like": story.looks_like}
        for story, count in written.stories.items()
    }
    circles = {
        circle: {"together": circle.together, "suppliers": written.circles[circle], "looks_like": circle.looks_like}
        for circle in Circle
    }
    totals = {"listings": market.listings, "fakes": fakes, "clever": clever}
    return {
        "folder": str(folder),
        **totals,
        "kinds": kinds,
        "votes": stories,
        "suppliers": circles,
        "records": dict(written.records),
    }


def _fakes(market: Marketplace, written: Written) -> tuple[int, int]:
    fakes = sum(written.kinds[kind.name] for kind in market.kinds if kind.fake)
    return fakes, sum(written.kinds[kind.name] for kind in market.kinds if kind.clever)
