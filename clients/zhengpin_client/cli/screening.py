"""`zhengpin screen`: judge listings of a file, or stored ones by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin_client.cli.session import Session, message_json
from zhengpin_client.cli.show import walk
from zhengpin_client.cli.tables import Strictest, count_of, counts_line, plain
from zhengpin_client.importing.native import BadRecord, native_records, readable
from zhengpin_client.importing.sources import Source
from zhengpin_client.screening import Screened
from zhengpin_client.words import phrase

MOST_EXPLAINED = 10
"""Explanations that are printed; --json gives all."""


def screen(
    context: typer.Context,
    subjects: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|ID…", help="JSONL files of listings, or ids of stored ones.")
    ] = None,
    ids_from: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file with one stored listing's id on each line.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Walk through the first ten, with every signal and rule.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and answer, store nothing.")] = False,
) -> None:
    """Judge listings and show each verdict with its first reason."""
    session: Session = context.obj
    if not subjects and ids_from is None:
        raise typer.BadParameter("name files of listings or ids of stored ones, or give --ids-from FILE")
    bad: list[str] = []
    counts: Counter[str] = Counter()
    strictest = Strictest()
    explained: list[verdict_pb2.Verdict] = []
    with session.connect() as zhengpin, session.progress() as progress:
        task = progress.add_task(phrase("screening", session.language), total=None)
        listings = _listings(subjects or [], ids_from, bad)
        for result in zhengpin.screen_many(
            listings, dry_run=dry_run, explain=explain, page_size=50 if explain else 200
        ):
            counts.update(count_of([result]))
            progress.advance(task)
            if session.as_json:
                session.print_json(_as_json(result))
            else:
                strictest.add(result)
                explained += [result.verdict] if explain and result.verdict and len(explained) < MOST_EXPLAINED else []
    if not session.as_json:
        for verdict in explained:
            session.out.print(walk(verdict, session, explain=True))
        table = strictest.table(session.language, session.out)
        if table.row_count:
            session.out.print(table)
        session.out.print(counts_line(counts, session.language))
    for line in bad:
        session.err.print(plain(line))
    if bad or counts["REFUSED"]:
        raise typer.Exit(1)


def _listings(subjects: list[str], ids_from: Path | None, bad: list[str]) -> Iterator[listing_pb2.Listing | str]:
    """Give the listings to judge: those of files whole, others by their ids. What can't be read is added to `bad`."""
    for subject in subjects:
        if Path(subject).is_file():
            yield from _listings_of_file(Path(subject), bad)
        else:
            yield subject
    if ids_from is not None:
        yield from (line.strip() for line in ids_from.read_text(encoding="utf-8-sig").splitlines() if line.strip())


def _listings_of_file(path: Path, bad: list[str]) -> Iterator[listing_pb2.Listing]:
    """Read a file in the native form; its records of other kinds are passed over."""
    for row in Source(path, "jsonl").rows():
        try:
            records = native_records(readable(row), "listing")
        except BadRecord as error:
            bad.append(f"{row.file}:{row.line}: {error}")
            continue
        yield from (record for record in records if isinstance(record, listing_pb2.Listing))


def _as_json(result: Screened) -> dict[str, object]:
    """Give one result as a program reads it."""
    if result.verdict is not None:
        return {"listing_id": result.listing_id, "verdict": message_json(result.verdict)}
    return {
        "listing_id": result.listing_id,
        "error": {"kind": type(result.error).__name__, "message": str(result.error)},
    }
