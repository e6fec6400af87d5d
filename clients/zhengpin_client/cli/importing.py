"""`zhengpin import`: bring a marketplace's own files to the server."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from zhengpin.v1 import listing_pb2
from zhengpin_client.cli.error_words import told
from zhengpin_client.cli.import_summary import Summary, print_sample, rejected_file
from zhengpin_client.cli.report import latest_row, write_report_of
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import count_of
from zhengpin_client.client import Zhengpin
from zhengpin_client.errors import ZhengpinError
from zhengpin_client.importing.job import Job, read, screen, send
from zhengpin_client.importing.plan import find_mapping, make_job
from zhengpin_client.importing.rows import UnusableFile
from zhengpin_client.importing.sources import open_source
from zhengpin_client.importing.work_file import WorkFile, state_folder
from zhengpin_client.kinds import KINDS
from zhengpin_client.report.pages import check_extra
from zhengpin_client.words import phrase


def import_files(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV, JSONL or Parquet files.")],
    kind: Annotated[str | None, typer.Option(help=f"What each row is: {', '.join(KINDS)}.")] = None,
    mapping: Annotated[str | None, typer.Option(help="TOML file that turns columns into messages.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Print what the first rows become; send nothing.")] = False,
    screened: Annotated[bool, typer.Option("--screen", help="Judge the listings once everything is stored.")] = False,
    report: Annotated[Path | None, typer.Option(help="Screen, and write a report to this folder.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the same import where it stopped.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(help="Where bad rows are written.", show_default="FILE.rejected.jsonl")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of CSV and JSONL files.", show_default="UTF-8")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Of CSV files.", show_default="sniffed")] = None,
    format: Annotated[str | None, typer.Option(help="csv, jsonl or parquet.", show_default="by name")] = None,  # noqa: A002
) -> None:
    """Read files row by row, store every good row, and name every bad one with its line and reason."""
    session: Session = context.obj
    try:
        sources = tuple(open_source(file, format, encoding, delimiter) for file in files)
        job = make_job(sources, kind, mapping)
        if check:
            print_sample(session, job)
            return
        if report is not None:
            check_extra()
        rules = find_mapping(mapping).read_text("utf-8") if mapping else ""
        work = _work_file(session, job, (kind or "", rules), resume)
    except UnusableFile as error:
        raise typer.BadParameter(str(error)) from None
    run = _Run(session, job, screened or report is not None, rejected or rejected_file(files[0]), report)
    with closing(work):
        summary = run.carry_out(work)
        work.delete()
    summary.show(session)
    if summary.bad_rows or summary.refused:
        raise typer.Exit(1)


def _work_file(session: Session, job: Job, options: tuple[str, ...], resume: bool) -> WorkFile:
    """Open the import's work file; without --resume it is begun anew."""
    name = job.fingerprint(session.server, session.marketplace, *options)
    path = state_folder() / f"{name}.sqlite"
    if resume and not path.exists():
        raise UnusableFile("no import of these files with these options was broken off: run it without --resume")
    work = WorkFile(path)
    if resume:
        return work
    work.delete()
    return WorkFile(path)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the command: what it does, and what it says when it is broken off."""

    session: Session
    job: Job
    screened: bool
    rejected: Path
    report: Path | None

    def carry_out(self, work: WorkFile) -> Summary:
        """Read, send and screen; whatever breaks it off, say how to go on."""
        try:
            with self.session.connect() as zhengpin:
                decisions = self._steps(work, zhengpin)
                report = self._report(work, zhengpin)
            return Summary.of(self.job, work, decisions, self.rejected, report)
        except KeyboardInterrupt:
            self._say_how_to_go_on(phrase("interrupted", self.session.language), work)
            raise typer.Exit(130) from None
        except ZhengpinError as error:
            self._say_how_to_go_on(told(error, self.session.language), work)
            raise typer.Exit(3) from None
        except UnusableFile as error:
            raise typer.BadParameter(str(error)) from None

    def _steps(self, work: WorkFile, zhengpin: Zhengpin) -> Counter[str]:
        """Read, send and screen, and count the decisions."""
        decisions: Counter[str] = Counter()
        with self.session.progress() as progress:
            read(self.job, work, self._shown("reading", progress))
            send(zhengpin, work, self._shown("sending", progress))
            if self.screened:
                for result in screen(zhengpin, work, self._shown("screening", progress)):
                    decisions.update(count_of([result]))
        return decisions

    def _report(self, work: WorkFile, zhengpin: Zhengpin) -> dict[str, str] | None:
        """Write the report of the imported listings, if one is wanted."""
        if self.report is None:
            return None
        listings = (record for record in work.listings() if isinstance(record, listing_pb2.Listing))
        return write_report_of(self.session, self.report, listings, partial(latest_row, self.session, zhengpin))

    def _shown(self, step: str, progress: Progress) -> partial[None]:
        task = progress.add_task(phrase(step, self.session.language), total=None)
        return partial(_advance, progress, task)

    def _say_how_to_go_on(self, cause: str, work: WorkFile) -> None:
        counts = work.counts().values()
        answered = sum(each["stored"] + each["refused"] for each in counts)
        command = shlex.join(["zhengpin", *sys.argv[1:], *(() if "--resume" in sys.argv else ("--resume",))])
        self.session.err.print(f"zhengpin: {cause}", style="red", markup=False, soft_wrap=True)
        self.session.err.print(
            phrase("go_on", self.session.language, answered=answered, read=sum(each["read"] for each in counts))
            + f"\n  {command}",
            markup=False,
            soft_wrap=True,
        )


def _advance(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)
