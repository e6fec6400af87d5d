"""Standing decisions of the marketplace: allow, deny and watch entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from zhengpin.domain.outcome import ListEntry, SubjectKind
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among

_ENTRIES = tables.list_entries.c
_ABOUT = (
    select(_ENTRIES.body)
    .where(among(tables.list_entries, "subjects", "subject_kind", "subject"))
    .order_by(_ENTRIES.entry_id)
)


@dataclass(frozen=True, slots=True)
class ListEntryReader:
    """List entries as they are stored."""

    scope: Scope

    def about(self, subjects: Collection[tuple[SubjectKind, str]]) -> tuple[ListEntry, ...]:
        """Every entry about any of the subjects, those that have ended included, by id."""
        if not subjects:
            return ()
        return tuple(codec.LIST_ENTRY.from_text(row.body) for row in self.scope.rows(_ABOUT, subjects=set(subjects)))


@dataclass(frozen=True, slots=True)
class ListEntries(ListEntryReader):
    """List entries, to be read and changed."""

    def upsert_many(self, entries: Sequence[ListEntry]) -> None:
        """Store entries, or replace them."""
        raise_revision(self.scope, Topic.STANDINGS)
        self.scope.upsert(
            tables.list_entries,
            (
                {
                    "entry_id": entry.entry_id,
                    "subject_kind": entry.subject_kind,
                    "subject": entry.subject,
                    "body": codec.LIST_ENTRY.to_text(entry),
                }
                for entry in entries
            ),
        )
