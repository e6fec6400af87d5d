"""The companies of suppliers, by numbers in the register that were verified, so that several are known as one."""

from __future__ import annotations

import json
from itertools import islice

import sqlalchemy as sa
from alembic import op

from zhengpin.detectors.codes import company_key

ROWS_AT_ONCE = 1000

_SUPPLIERS = sa.table("suppliers", sa.column("marketplace"), sa.column("supplier_id"), sa.column("body"))


def name_companies() -> None:
    """Make `verified_companies` of the suppliers; all of these are to be scored anyway (`supplier_scores`)."""
    table = op.create_table(
        "verified_companies",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("supplier_id", sa.String, primary_key=True),
        sa.Column("company_key", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["marketplace", "supplier_id"],
            ["suppliers.marketplace", "suppliers.supplier_id"],
            name="fk_verified_companies_suppliers",
        ),
        sqlite_with_rowid=False,
    )
    index = "ix_verified_companies_marketplace_company_key"
    op.create_index(index, "verified_companies", ["marketplace", "company_key"])
    found = op.get_bind().execute(sa.select(_SUPPLIERS)).all()
    bodies = ((row.marketplace, row.supplier_id, json.loads(row.body)) for row in found)
    rows = (
        {"marketplace": marketplace, "supplier_id": supplier_id, "company_key": key}
        for marketplace, supplier_id, body in bodies
        if body.get("verified_at") and (key := company_key(body["registration_code"], body["country"]))
    )
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(table.insert(), page)


def forget_companies() -> None:
    """Drop `verified_companies`."""
    op.drop_table("verified_companies")
