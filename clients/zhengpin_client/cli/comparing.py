"""`zhengpin verdicts compare`: hold the latest verdicts against what the listings really are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from zhengpin.v1.screening_service_pb2 import VerdictFilter
from zhengpin_client.cli.comparison_tables import as_json, show
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import plain
from zhengpin_client.comparison import Judged, judge
from zhengpin_client.importing.rows import BadRow, UnusableFile
from zhengpin_client.importing.sources import open_source
from zhengpin_client.truth import Truth, read_truth
from zhengpin_client.words import phrase

_PAGE = 1000


def compare(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSONL, CSV or Parquet with listing_id and fake on each row.")
    ],
) -> None:
    """Compare the latest verdicts with what the listings really are: caught, missed, wrongly suspected.

    Rows may also tell the kind of listing, whether a fake is clever, and what a genuine one looks_like.
    """
    session: Session = context.obj
    truths, bad = _read(file)
    judged, degraded = _judged(session, truths)
    if session.as_json:
        session.print_json({**as_json(judged), "degraded": dict(degraded), "bad_rows": len(bad)})
    else:
        show(judged, degraded, session)
    for row in bad:
        session.err.print(plain(str(row)), soft_wrap=True)
    if bad:
        raise typer.Exit(1)


def _read(file: Path) -> tuple[dict[str, Truth], list[BadRow]]:
    """Read the truth; a file without any is refused."""
    try:
        truths, bad = read_truth(open_source(file, None, None, None))
    except UnusableFile as error:
        raise typer.BadParameter(str(error)) from None
    if not truths:
        first = f"{bad[0]}" if bad else f"{file.name} tells of no listing"
        raise typer.BadParameter(f'{first}: write {{"listing_id": "…", "fake": true}} on each line')
    return truths, bad


def _judged(session: Session, truths: dict[str, Truth]) -> tuple[list[Judged], Counter[str]]:
    """Ask for the latest verdicts until each listing's is found; also count what was away when they were made."""
    found: dict[str, Judged] = {}
    degraded: Counter[str] = Counter()
    with session.connect() as zhengpin, session.progress() as progress:
        task = progress.add_task(phrase("verdicts", session.language), total=len(truths))
        for verdict in zhengpin.verdicts(VerdictFilter(latest_only=True), page_size=_PAGE):
            if verdict.listing_id not in truths:
                continue
            found[verdict.listing_id] = judge(truths[verdict.listing_id], verdict)
            degraded.update(verdict.degraded)
            progress.advance(task)
            if len(found) == len(truths):
                break
    return [found.get(name) or judge(truth, None) for name, truth in truths.items()], degraded
