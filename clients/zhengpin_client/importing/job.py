"""One import: read every file, send what was read, screen the listings. Each step goes on where a broken one stood."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from zhengpin.v1.batch_pb2 import BatchResponse
from zhengpin_client.catalog import refusals
from zhengpin_client.client import Zhengpin
from zhengpin_client.errors import Rejected, ZhengpinError
from zhengpin_client.importing.native import BadRecord
from zhengpin_client.importing.rows import BadRow, Problem, Row
from zhengpin_client.importing.sources import Source
from zhengpin_client.importing.work_file import WorkFile
from zhengpin_client.kinds import KINDS, Record, key_of
from zhengpin_client.pipeline import in_order, pages
from zhengpin_client.screening import Screened

Convert: TypeAlias = Callable[[Row], list[Record]]
"""Makes a row's records, or raises BadRecord."""
Progress: TypeAlias = Callable[[int, int], None]
"""Is told how much is done, of how much."""

_PAGE = 500
_IN_FLIGHT = 4


@dataclass(frozen=True, slots=True)
class Input:
    """A file to import, and how its rows become records."""

    source: Source
    convert: Convert


@dataclass(frozen=True, slots=True)
class Job:
    """Files to import, in their order."""

    inputs: tuple[Input, ...]

    def fingerprint(self, *circumstances: str) -> str:
        """Tell this import from any other: the files' content, and whatever else changes what is sent where."""
        digest = hashlib.sha256("\0".join(circumstances).encode())
        for each in self.inputs:
            with each.source.path.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
        return digest.hexdigest()[:32]


def read(job: Job, work: WorkFile, progress: Progress) -> None:
    """Read every row into the work file, with what is wrong with the bad ones."""
    if work.all_read:
        return
    total = sum(each.source.path.stat().st_size for each in job.inputs)
    before = 0
    work.begin_reading()
    for each in job.inputs:
        for row in each.source.rows(partial(_from, before, total, progress)):
            _keep(row, each.convert, work)
        before += each.source.path.stat().st_size
    work.end_reading()


def _from(before: int, total: int, progress: Progress, done: int) -> None:
    progress(before + done, total)


def _keep(row: Row | BadRow, convert: Convert, work: WorkFile) -> None:
    if isinstance(row, BadRow):
        work.add_bad(row)
        return
    try:
        work.add(row, convert(row))
    except BadRecord as error:
        work.add_bad(BadRow(row.file, row.line, error.problems, row.cells, error.kind, error.id))


def send(zhengpin: Zhengpin, work: WorkFile, progress: Progress) -> None:
    """Store every record, kind by kind, so that what others refer to is there before them."""
    counts = work.counts()
    total = sum(each["read"] for each in counts.values())
    done = sum(each["stored"] + each["refused"] for each in counts.values())
    progress(done, total)
    for kind in KINDS:
        batches = pages(work.to_send(kind), _size_of, _PAGE)
        for page, response in in_order(_sender(zhengpin, kind), batches, _IN_FLIGHT):
            refused = refusals(response)
            work.answered("stored", {number: _problems(refused.get(at)) for at, (number, _) in enumerate(page)})
            done += len(page)
            progress(done, total)


def screen(zhengpin: Zhengpin, work: WorkFile, progress: Progress, *, explain: bool = False) -> Iterator[Screened]:
    """Judge every listing that was stored, now that the whole market is known, and yield how each fared."""
    listings = work.counts().get("listing", {"stored": 0, "screened": 0})
    done, total = listings["screened"], listings["stored"]
    progress(done, total)
    for page in pages(work.to_screen(), _size_of, 200 * _IN_FLIGHT):
        results = [*zhengpin.screen_many((key_of(record) for _, record in page), explain=explain)]
        answers = {number: _problems(result.error) for (number, _), result in zip(page, results, strict=True)}
        work.answered("screened", answers)
        yield from results
        done += len(page)
        progress(done, total)


def _sender(zhengpin: Zhengpin, kind: str) -> Callable[[list[tuple[int, Record]]], BatchResponse]:
    return lambda page: zhengpin.upsert_page(kind, (record for _, record in page))


def _problems(error: ZhengpinError | None) -> tuple[Problem, ...]:
    """Say why the server refused a record, field by field where it said so."""
    if error is None:
        return ()
    if isinstance(error, Rejected) and error.violations:
        return tuple(Problem(each.field, each.description) for each in error.violations)
    return (Problem("", str(error)),)


def _size_of(numbered: tuple[int, Record]) -> int:
    return numbered[1].ByteSize()
