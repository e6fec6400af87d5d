"""Verdicts that name the edition of the rule book by which they were made, instead of repeating it.

What lies in the table stays as it is: the program reads both forms (`verdict_body`). On the way back each verdict of
the second form is written out in the first one.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

ROWS_AT_ONCE = 1000

_BY_SUPPLIER_AND_TIME = "ix_verdicts_marketplace_supplier_id_evaluated_at_sequence"
_BY_SUPPLIER = "ix_verdicts_marketplace_supplier_id_sequence"
_NOT_ALLOWED = "ix_verdicts_not_allowed"
_TRUTHS = {"f": "fired", "-": "not_fired", "?": "unknown"}
_COLUMNS = ("verdict_id", "listing_id", "supplier_id", "decision")
_VERDICTS = sa.table(
    "verdicts",
    *(sa.column(name, sa.String) for name in ("marketplace", *_COLUMNS, "edition")),
    sa.column("sequence", sa.BigInteger),
    sa.column("evaluated_at", sa.DateTime(timezone=True)),
    sa.column("body", sa.LargeBinary),
    sa.column("explanation", sa.LargeBinary),
)
_EDITIONS = sa.table("editions", *(sa.column(name, sa.String) for name in ("marketplace", "digest", "body")))


def name_editions() -> None:
    """Make the table of editions, which only grows, and the column that names one."""
    op.create_table(
        "editions",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.add_column("verdicts", sa.Column("edition", sa.String))
    _guard("editions")


def repeat_editions() -> None:
    """Write every verdict in the first form, and drop the editions."""
    _leave_unguarded("verdicts")
    for row in _of_second_form():
        body, explanation = _in_first_form(row)
        op.get_bind().execute(
            sa.update(_VERDICTS)
            .where(_VERDICTS.c.marketplace == row.marketplace, _VERDICTS.c.verdict_id == row.verdict_id)
            .values(body=_packed(body), explanation=_packed(explanation))
        )
    op.drop_column("verdicts", "edition")
    op.drop_table("editions")
    _guard("verdicts")


def number_lists() -> None:
    """Let lists go by the verdicts' numbers; those that are not simply allowed have an index of their own."""
    op.drop_index(_BY_SUPPLIER_AND_TIME, "verdicts")
    op.create_index(_BY_SUPPLIER, "verdicts", ["marketplace", "supplier_id", "sequence"])
    few = sa.text("decision <> 'allow'")
    columns = ["marketplace", "sequence"]
    op.create_index(_NOT_ALLOWED, "verdicts", columns, sqlite_where=few, postgresql_where=few)


def date_lists() -> None:
    """Let lists go by time."""
    op.drop_index(_NOT_ALLOWED, "verdicts")
    op.drop_index(_BY_SUPPLIER, "verdicts")
    op.create_index(_BY_SUPPLIER_AND_TIME, "verdicts", ["marketplace", "supplier_id", "evaluated_at", "sequence"])


def _guard(table: str) -> None:
    """Let triggers refuse changes, as the first revision does."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _leave_unguarded(table: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_refuse_change ON {table}")
        return
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_refuse_{change}")


def _of_second_form() -> Iterator[Any]:
    """Their rows, a few at a time: each with its edition as `edition_body`."""
    marketplace, sequence = "", -1
    columns = _VERDICTS.c
    of_edition = sa.and_(_EDITIONS.c.marketplace == columns.marketplace, _EDITIONS.c.digest == columns.edition)
    wanted = sa.select(_VERDICTS, _EDITIONS.c.body.label("edition_body")).join(_EDITIONS, of_edition)
    while True:
        later = sa.tuple_(columns.marketplace, columns.sequence) > sa.tuple_(
            sa.literal(marketplace), sa.literal(sequence, sa.BigInteger)
        )
        page = wanted.where(later).order_by(columns.marketplace, columns.sequence).limit(ROWS_AT_ONCE)
        rows = op.get_bind().execute(page).all()
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        marketplace, sequence = rows[-1].marketplace, rows[-1].sequence


def _in_first_form(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The body and the explanation that the first revision's program would have written."""
    said = json.loads(zlib.decompress(row.body) if row.body.startswith(b"x") else row.body)
    edition = json.loads(row.edition_body)
    presence, values = int(said["signals"], 16), iter(said["values"])
    known = {name: next(values) for place, name in enumerate(edition["signals"]) if presence >> place & 1}
    readings = [
        {"name": name, "value": _finite(known.get(name)), "as_of": said["as_of"]} for name in edition["signals"]
    ]
    rules = [
        {"rule_id": rule["rule_id"], "truth": _TRUTHS[letter], "missing": _missing(rule, letter, known)}
        for rule, letter in zip(edition["rules"], said["truths"], strict=True)
    ]
    unknown = [{"rule_id": each["rule_id"], "missing": each["missing"]} for each in rules if each["truth"] == "unknown"]
    empty = {"actions": [], "reasons": [], "degraded": [], "supersedes": "", "case_id": "", "restrictions": []}
    body = {
        **empty,
        **{name: getattr(row, name) for name in _COLUMNS},
        "lane_decision": row.decision,
        "evaluated_at": _in_utc(row.evaluated_at).isoformat(),
        "packs": edition["packs"],
        "not_evaluated": unknown,
        "risk": None,
        "explanation": None,
        **{name: value for name, value in said.items() if name not in ("form", "signals", "values", "truths")},
    }
    return body, {"signals": readings, "rules": rules}


def _missing(rule: dict[str, Any], letter: str, known: dict[str, Any]) -> list[str]:
    if letter != "?":
        return []
    return [name for name in rule["reads"] if known.get(name) is None or known[name] != known[name]]


def _finite(value: Any) -> Any:
    """The first form has no infinity and no "not a number"."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _packed(value: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 1)
