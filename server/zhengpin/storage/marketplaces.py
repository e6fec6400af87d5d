"""Which marketplaces have what; only housekeeping looks over all of them.

Each asks a table that has few rows of a marketplace, or an index that begins with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select, union

from zhengpin.storage import supplier_tables, tables, vote_tables
from zhengpin.storage.revisions import Topic
from zhengpin.storage.stale_suppliers import Stale


def _in(table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.marketplace).where(*conditions).distinct().order_by(table.c.marketplace)


def _stale(what: Stale) -> ColumnElement[bool]:
    return supplier_tables.stale_suppliers.c.topic == what.value


_TO_LINK = union(
    _in(supplier_tables.stale_suppliers, _stale(Stale.LINKS)).order_by(None),
    _in(supplier_tables.link_models, supplier_tables.link_models.c.finished_at.is_(None)).order_by(None),
).subquery()

WITH_ANSWERS = _in(tables.requests)
"""Requests' answers are kept."""
WITH_VERDICTS = _in(tables.editions)
"""Listings were screened: the edition of rules and model of each verdict is stored once."""
WITH_VOTES = _in(tables.revisions, tables.revisions.c.topic == Topic.VOTES.value)
"""Anybody has voted."""
TO_RESCREEN = _in(vote_tables.rescreening)
"""Anything changed that listings hang on."""
WITH_PROFILES = _in(supplier_tables.supplier_profiles)
"""They tell of suppliers."""
WITH_SCORES = _in(supplier_tables.supplier_scores)
"""Their suppliers are scored."""
TO_SCORE = _in(supplier_tables.stale_suppliers, _stale(Stale.SCORE))
"""Suppliers are to be scored anew."""
TO_PROFILE = _in(supplier_tables.stale_suppliers, _stale(Stale.PROFILE))
"""Suppliers' profiles are to be made anew."""
TO_LINK = select(_TO_LINK.c.marketplace).order_by(_TO_LINK.c.marketplace)
"""Suppliers are to be linked anew, all of them or some."""
