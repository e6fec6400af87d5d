"""What all tables are made of. The marketplace is the first column of every primary key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(*names: str) -> list[Column[str]]:
    """The columns of a primary key of texts, the marketplace first."""
    return [Column(name, String, primary_key=True) for name in ("marketplace", *names)]


def column(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any] = String) -> Column[Any]:
    """A column that always has a value."""
    return Column(name, kind, nullable=False)


def within(parent: str, *names: str) -> ForeignKeyConstraint:
    """A row that is part of another row of the same marketplace."""
    columns = ["marketplace", *names]
    return ForeignKeyConstraint(columns, [f"{parent}.{name}" for name in columns])
