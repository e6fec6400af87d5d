"""The companies of terminated suppliers, by their number in the register, so that they are known under another name."""

from __future__ import annotations

import json
from itertools import islice

import sqlalchemy as sa
from alembic import op

from zhengpin.detectors.codes import company_key

ROWS_AT_ONCE = 1000

_SUPPLIERS = sa.table("suppliers", sa.column("marketplace"), sa.column("supplier_id"), sa.column("body"))


def name_terminated() -> None:
    """Make `terminated_companies` of the suppliers."""
    table = op.create_table(
        "terminated_companies",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("supplier_id", sa.String, primary_key=True),
        sa.Column("company_key", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["marketplace", "supplier_id"],
            ["suppliers.marketplace", "suppliers.supplier_id"],
            name="fk_terminated_companies_suppliers",
        ),
        sqlite_with_rowid=False,
    )
    index = "ix_terminated_companies_marketplace_company_key"
    op.create_index(index, "terminated_companies", ["marketplace", "company_key"])
    terminated = sa.select(_SUPPLIERS).where(_SUPPLIERS.c.body.like('%"state":"terminated"%'))
    found = op.get_bind().execute(terminated)
    bodies = ((row.marketplace, row.supplier_id, json.loads(row.body)) for row in found.all())
    rows = (
        {"marketplace": marketplace, "supplier_id": supplier_id, "company_key": key}
        for marketplace, supplier_id, body in bodies
        if (key := company_key(body["registration_code"], body["country"])) and body["state"] == "terminated"
    )
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(table.insert(), page)


def forget_terminated() -> None:
    """Drop `terminated_companies`."""
    op.drop_table("terminated_companies")
