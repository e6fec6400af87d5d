"""Suppliers by their number in the register of companies.

They are the terminated ones, who may come again under another name, and those whose number was verified, of whom
several may be one company.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

from zhengpin.detectors.codes import company_key

ROWS_AT_ONCE = 1000

_SUPPLIERS = sa.table("suppliers", sa.column("marketplace"), sa.column("supplier_id"), sa.column("body"))
_Body: TypeAlias = Mapping[str, Any]


def name_terminated() -> None:
    """Make `terminated_companies` of the suppliers."""
    _name("terminated_companies", lambda body: bool(body["state"] == "terminated"))


def name_verified() -> None:
    """Make `verified_companies` of the suppliers; all of these are to be scored anyway (`supplier_scores`)."""
    _name("verified_companies", lambda body: bool(body.get("verified_at")))


def forget_terminated() -> None:
    """Drop `terminated_companies`."""
    op.drop_table("terminated_companies")


def forget_verified() -> None:
    """Drop `verified_companies`."""
    op.drop_table("verified_companies")


def _name(name: str, belongs: Callable[[_Body], bool]) -> None:
    """Make a table of the suppliers that belong there and whose number says which company they are."""
    table = op.create_table(
        name,
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("supplier_id", sa.String, primary_key=True),
        sa.Column("company_key", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["marketplace", "supplier_id"],
            ["suppliers.marketplace", "suppliers.supplier_id"],
            name=f"fk_{name}_suppliers",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{name}_marketplace_company_key", name, ["marketplace", "company_key"])
    found = op.get_bind().execute(sa.select(_SUPPLIERS)).all()
    bodies = ((row.marketplace, row.supplier_id, json.loads(row.body)) for row in found)
    rows = (
        {"marketplace": marketplace, "supplier_id": supplier_id, "company_key": key}
        for marketplace, supplier_id, body in bodies
        if belongs(body) and (key := company_key(body["registration_code"], body["country"]))
    )
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(table.insert(), page)
