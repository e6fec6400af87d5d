"""Who handed in the same file: papers among the facts, and letters of the authorisation graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import FromClause, Select, and_, exists, func, or_, select

from zhengpin.domain.paper_holder import PaperHolder
from zhengpin.storage import supplier_tables, tables
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, each
from zhengpin.storage.supplier_values import DOCUMENT

MOST_HOLDERS: Final = 10
"""Of one file so many holders are told: those of whom it was verified before others, then the first ones."""

_TOLD = supplier_tables.handed_in.alias()
_VALUES = supplier_tables.supplier_values.alias()
_LETTERS = tables.authorisations.alias()


def first_holders(files: FromClause) -> Select[Any]:
    """Of rows with a `sha256`, each with its `holder`, the holder's `place`, and whether the file was `verified`.

    Whoever has withdrawn a file, or holds another letter in its stead, is no holder of it.
    """
    is_file = and_(_TOLD.c.marketplace == HERE, _TOLD.c.sha256 == files.c.sha256)
    verified = (
        select(func.max(_VALUES.c.verified))
        .where(
            _VALUES.c.marketplace == HERE,
            _VALUES.c.attribute == DOCUMENT,
            _VALUES.c.value == _TOLD.c.sha256,
            _VALUES.c.supplier_id == _TOLD.c.supplier_id,
        )
        .scalar_subquery()
    )
    # As an expression: SQLite would else look for the licensee among all letters, by the index that begins with it.
    holds_letter = exists().where(
        _LETTERS.c.marketplace == HERE,
        _LETTERS.c.document_sha256 == _TOLD.c.sha256,
        _LETTERS.c.licensee_id.concat("") == _TOLD.c.supplier_id,
    )
    told = select(
        *files.c,
        _TOLD.c.supplier_id.label("holder"),
        _TOLD.c.place,
        verified.label("confirmed"),
        holds_letter.label("holds_letter"),
    )
    held = told.select_from(starting_from(files, _TOLD, is_file)).subquery()
    is_confirmed = func.coalesce(held.c.confirmed, 0)
    ranked = (
        select(
            held,
            is_confirmed.label("verified"),
            func.row_number()
            .over(
                partition_by=[held.c[column.name] for column in files.c],
                order_by=(is_confirmed.desc(), held.c.place, held.c.holder),
            )
            .label("nth"),
        )
        .where(or_(held.c.confirmed.is_not(None), held.c.holds_letter))
        .subquery()
    )
    columns = (*(ranked.c[column.name] for column in files.c), ranked.c.holder, ranked.c.place, ranked.c.verified)
    return select(*columns).where(ranked.c.nth <= MOST_HOLDERS)


_HOLDERS = first_holders(each("files", "sha256"))


def holder_of(row: Any) -> PaperHolder:
    """One of the `first_holders`."""
    return PaperHolder(row.holder, row.place, bool(row.verified))


@dataclass(frozen=True, slots=True)
class PaperHolderReader:
    """Suppliers by the files that they handed in."""

    scope: Scope

    def of(self, hashes: Collection[str]) -> dict[str, frozenset[PaperHolder]]:
        """Up to `MOST_HOLDERS` suppliers that handed each file in, by SHA-256; files that nobody has are left out.

        Papers count that are made out to one company, and letters of the authorisation graph.
        """
        files = {(sha256,) for sha256 in hashes if sha256}
        found: defaultdict[str, set[PaperHolder]] = defaultdict(set)
        for row in self.scope.rows(_HOLDERS, files=files) if files else ():
            found[row.sha256].add(holder_of(row))
        return {sha256: frozenset(holders) for sha256, holders in found.items()}
