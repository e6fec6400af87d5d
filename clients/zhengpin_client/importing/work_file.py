"""The work file of one import: what was read, sent and refused. A resumed import goes on from it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from zhengpin.v1 import supplier_fact_pb2, supplier_pb2
from zhengpin_client.importing.rows import BadRow, Problem, Row
from zhengpin_client.importing.suppliers import united
from zhengpin_client.kinds import KINDS, Record, key_of

_TABLES = """
CREATE TABLE run (all_read INTEGER NOT NULL);
CREATE TABLE row (id INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER NOT NULL, original TEXT NOT NULL);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, row INTEGER NOT NULL, message BLOB NOT NULL,
    key TEXT, stored INTEGER, screened INTEGER
);
CREATE UNIQUE INDEX key ON record (kind, key);
CREATE INDEX kind ON record (kind, id);
CREATE TABLE bad (id INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER NOT NULL, report TEXT NOT NULL);
"""


class WorkFile:
    """An SQLite file in the user's state folder, until the import is done. Nothing of it is held in memory.

    Reading fills it, sending marks what the server has answered. Rows that name the same record make one: the last row
    wins, and a supplier keeps the shops of all its rows. Each revision of a fact is a record of its own: the highest
    one counts, whatever comes last.
    """

    def __init__(self, path: Path) -> None:
        """Open the work file, making it anew where there is none."""
        fresh = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            with closing(self._database.cursor()) as cursor:
                cursor.executescript(_TABLES)
                cursor.execute("INSERT INTO run VALUES (0)")

    @property
    def all_read(self) -> bool:
        """Whether every row of every file is in it."""
        return bool(self._one("SELECT all_read FROM run"))

    # --- reading ---

    def begin_reading(self) -> None:
        """Read all or nothing: a reading that was broken off leaves no rows."""
        self._database.execute("BEGIN")

    def end_reading(self) -> None:
        """Note that nothing is left to read."""
        self._database.execute("UPDATE run SET all_read = 1")
        self._database.execute("COMMIT")

    def add(self, row: Row, records: Iterable[Record]) -> None:
        """Keep a row's records."""
        original = json.dumps(row.cells, ensure_ascii=False, default=str)
        cursor = self._database.execute(
            "INSERT INTO row (file, line, original) VALUES (?, ?, ?)", (row.file, row.line, original)
        )
        number = cursor.lastrowid
        for record in records:
            self._add_record(number, record)

    def _add_record(self, row: int | None, record: Record) -> None:
        """Add a record, or let it replace the one of an earlier row; one without an id stands alone."""
        kind = next(kind.name for kind in KINDS.values() if isinstance(record, kind.message))
        key = key_of(record) or None
        if isinstance(record, supplier_fact_pb2.SupplierFact) and key is not None:
            key = f"{key} {record.revision}"
        if isinstance(record, supplier_pb2.Supplier):
            record = self._with_earlier_shops(record)
        self._database.execute(
            "INSERT INTO record (kind, row, message, key) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET row = excluded.row, message = excluded.message",
            (kind, row, record.SerializeToString(), key),
        )

    def _with_earlier_shops(self, supplier: supplier_pb2.Supplier) -> supplier_pb2.Supplier:
        found = self._database.execute(
            "SELECT message FROM record WHERE kind = 'supplier' AND key = ?", (supplier.supplier_id,)
        ).fetchone()
        return united(supplier_pb2.Supplier.FromString(found[0]), supplier) if found else supplier

    # --- sending ---

    def to_send(self, kind: str) -> Iterator[tuple[int, Record]]:
        """Records of a kind that the server has not answered for, in the order of their rows."""
        yield from self._records(kind, "stored IS NULL")

    def to_screen(self) -> Iterator[tuple[int, Record]]:
        """Stored listings that were not screened."""
        yield from self._records("listing", "stored = 1 AND screened IS NULL")

    def listings(self) -> Iterator[Record]:
        """Give the listings that the server has stored."""
        yield from (record for _, record in self._records("listing", "stored = 1"))

    def _records(self, kind: str, condition: str) -> Iterator[tuple[int, Record]]:
        last, message = 0, KINDS[kind].message
        while True:
            found = self._database.execute(
                f"SELECT id, message FROM record WHERE kind = ? AND id > ? AND {condition} ORDER BY id LIMIT 200",
                (kind, last),
            ).fetchall()
            if not found:
                return
            yield from ((number, message.FromString(content)) for number, content in found)
            last = found[-1][0]

    def answered(self, column: str, answers: Mapping[int, tuple[Problem, ...]]) -> None:
        """Note what the server said of records, at once or not at all: no problems means that it took them."""
        self._database.execute("BEGIN")
        for number, problems in answers.items():
            self._database.execute(f"UPDATE record SET {column} = ? WHERE id = ?", (int(not problems), number))
            if problems:
                self.add_bad(self._refused(number, problems))
        self._database.execute("COMMIT")

    def _refused(self, number: int, problems: tuple[Problem, ...]) -> BadRow:
        kind, message, file, line, original = self._database.execute(
            "SELECT kind, message, file, line, original FROM record JOIN row ON row.id = record.row "
            "WHERE record.id = ?",
            (number,),
        ).fetchone()
        record = KINDS[kind].message.FromString(message)
        return BadRow(file, line, problems, json.loads(original), kind, key_of(record))

    # --- bad rows and counts ---

    def add_bad(self, row: BadRow) -> None:
        """Keep a row that could not be read, or that the server refused."""
        report = json.dumps(asdict(row), ensure_ascii=False, default=str)
        self._database.execute("INSERT INTO bad (file, line, report) VALUES (?, ?, ?)", (row.file, row.line, report))

    def bad_rows(self) -> Iterator[BadRow]:
        """Bad rows, by file and line."""
        for (report,) in self._database.execute("SELECT report FROM bad ORDER BY file, line, id"):
            fields = json.loads(report)
            problems = tuple(Problem(**problem) for problem in fields.pop("problems"))
            yield BadRow(problems=problems, **fields)

    def counts(self) -> dict[str, dict[str, int]]:
        """By kind: records read, stored, refused and screened."""
        found = self._database.execute(
            "SELECT kind, COUNT(*), COALESCE(SUM(stored = 1), 0), COALESCE(SUM(stored = 0), 0), "
            "COALESCE(SUM(screened = 1), 0) FROM record GROUP BY kind"
        ).fetchall()
        by_kind = {
            kind: dict(zip(("read", "stored", "refused", "screened"), rest, strict=True)) for kind, *rest in found
        }
        return {kind: by_kind[kind] for kind in KINDS if kind in by_kind}

    def count_rows(self) -> int:
        """Count rows that gave records."""
        return self._one("SELECT COUNT(*) FROM row")

    def count_bad(self) -> int:
        """Count distinct rows that were refused here or by the server."""
        return self._one("SELECT COUNT(*) FROM (SELECT DISTINCT file, line FROM bad)")

    def count_unreadable(self) -> int:
        """Count rows that gave no record: all that is bad but the server's refusals, of which a record has one."""
        return self._one(
            "SELECT (SELECT COUNT(*) FROM bad) - (SELECT COUNT(*) FROM record WHERE stored = 0 OR screened = 0)"
        )

    def files(self) -> set[str]:
        """Name the files that had rows, good or bad."""
        return {name for (name,) in self._database.execute("SELECT file FROM row UNION SELECT file FROM bad")}

    def _one(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0])

    # --- the end ---

    def close(self) -> None:
        """Close it; a resumed import goes on from it."""
        self._database.close()

    def delete(self) -> None:
        """Delete it: the import is done."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)


def state_folder() -> Path:
    """Where work files lie: `$XDG_STATE_HOME/zhengpin`, by default in `~/.local/state`."""
    root = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(root) / "zhengpin" / "imports"
