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

from zhengpin_client.cli.error_words import with_commands
from zhengpin_client.cli.session import Session, message_json
from zhengpin_client.cli.tables import counts_line, plain
from zhengpin_client.cli.writing import writing
from zhengpin_client.importing.job import Job
from zhengpin_client.importing.native import BadRecord, readable
from zhengpin_client.importing.work_file import WorkFile
from zhengpin_client.kinds import KINDS
from zhengpin_client.words import Language, phrase

_SHOWN = 10
"""Bad rows that are printed; the file has all."""
_SAMPLE = 3
"""Rows of each file that --check prints."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of an import."""

    rows: int
    bad_rows: int
    unreadable: int
    """Of the bad rows, those that gave nothing to send."""
    without_rows: tuple[str, ...]
    """The files that had no rows."""
    kinds: dict[str, dict[str, int]]
    decisions: Counter[str]
    first_bad: tuple[str, ...]
    more_bad: int
    """Errors that are not printed."""
    rejected: Path | None
    """Where the bad rows are, if there are any."""
    report: dict[str, str] | None
    """The report's files, if one was wanted."""

    @classmethod
    def of(
        cls, job: Job, work: WorkFile, decisions: Counter[str], rejected: Path, report: dict[str, str] | None
    ) -> Summary:
        """Sum up a finished import, and write its bad rows to a file."""
        with writing(rejected):
            _write_bad(work, rejected)
        names, found, bad = [each.source.path.name for each in job.inputs], work.files(), work.bad_rows()
        return cls(
            rows=work.count_rows(),
            bad_rows=work.count_bad(),
            unreadable=work.count_unreadable(),
            without_rows=tuple(name for name in names if name not in found),
            kinds=work.counts(),
            decisions=decisions,
            first_bad=tuple(str(row) for row in islice(bad, _SHOWN)),
            more_bad=sum(1 for _ in bad),
            rejected=rejected if work.count_bad() else None,
            report=report,
        )

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
        if self.kinds:
            session.out.print(self._table(lang))
        if self.unreadable:
            session.out.print(phrase("unreadable_rows", lang, count=f"{self.unreadable:,}"))
        if self.decisions:
            session.out.print(counts_line(self.decisions, lang))
        self._show_bad(session)
        for path in (self.report or {}).values():
            session.out.print(path, markup=False, soft_wrap=True)

    def _table(self, language: Language) -> Table:
        """One kind of record a row."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(phrase("kind", language))
        names = ("read", "stored", "refused", "screened") if self.decisions else ("read", "stored", "refused")
        for name in names:
            table.add_column(phrase(name, language), justify="right")
        for kind, counts in self.kinds.items():
            table.add_row(kind, *(f"{counts[name]:,}" for name in names))
        return table

    def _show_bad(self, session: Session) -> None:
        """Print the first bad rows, where all of them are, and which files had none at all."""
        lang = session.language
        for line in self.first_bad:
            session.err.print(plain(with_commands(line)), soft_wrap=True)
        if self.rejected is not None:
            if self.more_bad:
                more = phrase("more_bad", lang, count=f"{self.more_bad:,}", file=self.rejected.name)
                session.err.print(plain(more), soft_wrap=True)
            rejected = phrase("rejected", lang, count=f"{self.bad_rows:,}", file=self.rejected)
            session.err.print(plain(rejected), soft_wrap=True)
        for name in self.without_rows:
            session.err.print(plain(phrase("without_rows", lang, file=name)), soft_wrap=True)

    def as_json(self) -> dict[str, object]:
        """Give it as a program reads it."""
        return {
            "rows": self.rows,
            "rejected_rows": self.bad_rows,
            "unreadable_rows": self.unreadable,
            "files_without_rows": list(self.without_rows),
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
