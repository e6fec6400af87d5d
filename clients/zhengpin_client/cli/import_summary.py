"""What an import came to: counts, bad rows, and where they are written."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from rich import box
from rich.table import Table

from zhengpin_client.cli.session import Session, message_json
from zhengpin_client.cli.tables import counts_line, plain
from zhengpin_client.cli.writing import writing
from zhengpin_client.importing.job import Job
from zhengpin_client.importing.native import BadRecord, readable
from zhengpin_client.importing.work_file import WorkFile
from zhengpin_client.kinds import KINDS
from zhengpin_client.words import phrase

_SHOWN = 10
"""Bad rows that are printed; the file has all."""
_SAMPLE = 3
"""Rows of each file that --check prints."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of an import."""

    rows: int
    bad_rows: int
    kinds: dict[str, dict[str, int]]
    decisions: Counter[str]
    first_bad: tuple[str, ...]
    rejected: Path | None
    """Where the bad rows are, if there are any."""
    report: dict[str, str] | None
    """The report's files, if one was wanted."""

    @classmethod
    def of(cls, work: WorkFile, decisions: Counter[str], rejected: Path, report: dict[str, str] | None) -> Summary:
        """Sum up a finished import, and write its bad rows to a file."""
        bad = work.count_bad()
        with writing(rejected):
            _write_bad(work, rejected)
        first = tuple(str(row) for row in islice(work.bad_rows(), _SHOWN))
        return cls(work.count_rows(), bad, work.counts(), decisions, first, rejected if bad else None, report)

    @property
    def refused(self) -> int:
        """How many listings could not be screened."""
        return self.decisions["REFUSED"]

    def show(self, session: Session) -> None:
        """Print it, for a person or a program."""
        if session.as_json:
            session.print_json(self.as_json())
            return
        lang = session.language
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(phrase("kind", lang))
        names = ("read", "stored", "refused", "screened") if self.decisions else ("read", "stored", "refused")
        for name in names:
            table.add_column(phrase(name, lang), justify="right")
        for kind, counts in self.kinds.items():
            table.add_row(kind, *(f"{counts[name]:,}" for name in names))
        session.out.print(table)
        if self.decisions:
            session.out.print(counts_line(self.decisions, lang))
        for line in self.first_bad:
            session.err.print(plain(line), soft_wrap=True)
        if self.rejected is not None:
            session.err.print(
                f"{self.bad_rows} {phrase('rejected', lang)}: {self.rejected}", markup=False, soft_wrap=True
            )
        for path in (self.report or {}).values():
            session.out.print(path, markup=False, soft_wrap=True)

    def as_json(self) -> dict[str, object]:
        """Give it as a program reads it."""
        return {
            "rows": self.rows,
            "rejected_rows": self.bad_rows,
            "rejected_file": None if self.rejected is None else str(self.rejected),
            "records": self.kinds,
            "decisions": dict(self.decisions),
            "report": self.report,
        }


def _write_bad(work: WorkFile, rejected: Path) -> None:
    """Write the bad rows, one a line; where there are none, no file of an earlier import stays."""
    if not work.count_bad():
        rejected.unlink(missing_ok=True)
        return
    with rejected.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in work.bad_rows())


def rejected_file(first: Path) -> Path:
    """Say where bad rows go: beside the first file, or here if nothing may be written there."""
    name = f"{first.name}.rejected.jsonl"
    return first.parent / name if os.access(first.parent, os.W_OK) else Path(name)


def print_sample(session: Session, job: Job) -> None:
    """Print what the first rows of each file become, with what is wrong with them."""
    for each in job.inputs:
        for row in islice(each.source.rows(), _SAMPLE):
            try:
                records = each.convert(readable(row))
            except BadRecord as error:
                session.err.print(plain(f"{row.file}:{row.line}: {error}"), soft_wrap=True)
                continue
            for record in records:
                kind = next(kind.name for kind in KINDS.values() if isinstance(record, kind.message))
                if session.as_json:
                    session.print_json({kind: message_json(record)})
                else:
                    session.out.print(f"{row.file}:{row.line} {kind}", style="bold", markup=False)
                    session.out.print_json(data=message_json(record), ensure_ascii=False)
