"""Who handed in the same file: papers among the facts, and letters of the authorisation graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, func, literal, select

from zhengpin.storage import supplier_tables, tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, each
from zhengpin.storage.supplier_values import DOCUMENT

MOST_HOLDERS: Final = 10
"""Of one file so many holders are told; whoever reads them asks for strangers, and one is enough."""

_VALUES = supplier_tables.supplier_values.alias()
_LETTERS = tables.authorisations.alias()


def _first_holders(
    table: FromClause, sha256: ColumnElement[str], holder: ColumnElement[str], *conditions: ColumnElement[bool]
) -> Select[Any]:
    """The first holders of each file in alphabetical order, each looked up after the one before.

    So a file that a million rows name is read as quickly as one of two.
    """
    asked = each("files", "sha256")

    def least(of: ColumnElement[str], *after: ColumnElement[bool]) -> ColumnElement[str]:
        found = select(func.min(holder)).select_from(table)
        return found.where(table.c.marketplace == HERE, *conditions, sha256 == of, *after).scalar_subquery()

    start = select(asked.c.sha256, least(asked.c.sha256).label("holder"), literal(1).label("nth"))
    held = start.cte("held", recursive=True)
    following = least(held.c.sha256, holder > held.c.holder)
    held = held.union_all(
        select(held.c.sha256, following, held.c.nth + 1).where(held.c.holder.is_not(None), held.c.nth < MOST_HOLDERS)
    )
    return select(held.c.sha256, held.c.holder).where(held.c.holder.is_not(None))


_OF_PAPERS = _first_holders(_VALUES, _VALUES.c.value, _VALUES.c.supplier_id, _VALUES.c.attribute == DOCUMENT)
# As an expression: SQLite would else look for the least licensee among all letters, by the index that begins with it.
_OF_LETTERS = _first_holders(_LETTERS, _LETTERS.c.document_sha256, _LETTERS.c.licensee_id.concat(""))


@dataclass(frozen=True, slots=True)
class PaperHolderReader:
    """Suppliers by the files that they handed in."""

    scope: Scope

    def of(self, hashes: Collection[str]) -> dict[str, frozenset[str]]:
        """Up to twice `MOST_HOLDERS` suppliers that told of each file as a paper or hold it as a letter, by SHA-256.

        Files that nobody has are left out.
        """
        files = [(sha256,) for sha256 in hashes if sha256]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for statement in (_OF_PAPERS, _OF_LETTERS) if files else ():
            for row in self.scope.rows(statement, files=files):
                found[row.sha256].add(row.holder)
        return {sha256: frozenset(holders) for sha256, holders in found.items()}
