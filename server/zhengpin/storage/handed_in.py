"""The order in which suppliers handed in one file, as the marketplace told it: a copy comes after its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import func, select

from zhengpin.domain.supplier_fact import MADE_OUT_TO_ONE, SupplierDocument, SupplierFact
from zhengpin.storage import supplier_tables, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among
from zhengpin.storage.supplier_values import DOCUMENT

_HANDED_IN: Final = supplier_tables.handed_in
_VALUES: Final = supplier_tables.supplier_values
_LAST_PLACES = (
    select(_HANDED_IN.c.sha256, func.max(_HANDED_IN.c.place).label("place"))
    .where(among(_HANDED_IN, "files", "sha256"))
    .group_by(_HANDED_IN.c.sha256)
)
_TOLD_BEFORE = select(_VALUES.c.value).where(
    among(_VALUES, "named", "supplier_id", "source"), _VALUES.c.attribute == DOCUMENT
)
_A_LETTER = (
    select(tables.authorisations.c.authorisation_id)
    .where(among(tables.authorisations, "files", "document_sha256"))
    .limit(1)
)


def note_files(scope: Scope, files: Iterable[tuple[str, str]]) -> None:
    """Note files, each as its SHA-256 and who handed it in, in the order of telling.

    Whoever handed a file in before keeps its place, also where that was withdrawn in between.
    """
    told = tuple(dict.fromkeys((sha256, supplier_id) for sha256, supplier_id in files if sha256))
    if not told:
        return
    asked = {sha256 for sha256, _ in told}
    places = Counter({row.sha256: row.place for row in scope.rows(_LAST_PLACES, files=asked)})
    rows = list[tuple[str, str, int]]()
    for sha256, supplier_id in told:
        places[sha256] += 1
        rows.append((sha256, supplier_id, places[sha256]))
    scope.insert_new(_HANDED_IN, rows)


def note_papers(scope: Scope, touched: Collection[tuple[str, str]], told: Sequence[SupplierFact]) -> None:
    """Note the papers among facts, in the order of telling, before what the `touched` ones told is replaced.

    Whose a letter is may be another matter by then: what is remembered of letters is read anew.
    """
    papers = [
        (each.fact.sha256, each.supplier_id)
        for each in told
        if isinstance(each.fact, SupplierDocument) and each.fact.kind in MADE_OUT_TO_ONE and not each.withdrawn
    ]
    before = {row.value for row in scope.rows(_TOLD_BEFORE, named=touched)}
    files = (before | {sha256 for sha256, _ in papers}) - {""}
    if files and scope.rows(_A_LETTER, files=files):
        raise_revision(scope, Topic.STANDINGS)
    note_files(scope, papers)
