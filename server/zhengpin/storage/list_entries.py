"""Standing decisions of the marketplace: allow, deny and watch entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from zhengpin.domain.outcome import ListEntry, SubjectKind
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

MOST_KNOWN = 200_000
"""Subjects with entries that a process keeps in mind."""

_ENTRIES = tables.list_entries.c
_ABOUT = (
    select(_ENTRIES.body)
    .where(among(tables.list_entries, "subjects", "subject_kind", "subject"))
    .order_by(_ENTRIES.entry_id)
)
_SUBJECTS = (
    select(_ENTRIES.subject_kind, _ENTRIES.subject).distinct().where(_ENTRIES.marketplace == HERE).limit(MOST_KNOWN + 1)
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


def known_entries(
    scope: Scope, subjects: Collection[tuple[SubjectKind, str]], revision: int
) -> dict[tuple[SubjectKind, str], tuple[ListEntry, ...]]:
    """The entries about those of the subjects that have any, those that have ended included, by id.

    Most subjects have none: the process knows which have, and reads no others.
    """
    listed = _known_subjects(scope, revision)
    asked = frozenset(subjects) if listed is None else listed.intersection(subjects)
    if not asked:
        return {}
    return scope.memory.notes("entries", revision).look_up_few(asked, lambda wanted: _about(scope, wanted))


def has_entries(scope: Scope, revision: int) -> bool:
    """Whether there may be an entry about anything at all; of many marketplaces there is none."""
    return _known_subjects(scope, revision) != frozenset()


def _known_subjects(scope: Scope, revision: int) -> frozenset[tuple[str, str]] | None:
    notes = scope.memory.notes("subjects of entries", revision)
    known: dict[None, frozenset[tuple[str, str]] | None]
    known = notes.look_up((None,), lambda _: {None: _listed(scope)}, None)
    return known[None]


def _listed(scope: Scope) -> frozenset[tuple[str, str]] | None:
    """Every subject that has an entry; `None` where they are too many to be kept in mind."""
    subjects = frozenset((row[0], row[1]) for row in scope.rows(_SUBJECTS))
    return subjects if len(subjects) <= MOST_KNOWN else None


def _about(
    scope: Scope, subjects: Collection[tuple[SubjectKind, str]]
) -> dict[tuple[SubjectKind, str], tuple[ListEntry, ...]]:
    found: dict[tuple[SubjectKind, str], tuple[ListEntry, ...]] = {}
    for entry in ListEntryReader(scope).about(subjects):
        subject = (entry.subject_kind, entry.subject)
        found[subject] = (*found.get(subject, ()), entry)
    return found


@dataclass(frozen=True, slots=True)
class ListEntries(ListEntryReader):
    """List entries, to be read and changed."""

    def upsert_many(self, entries: Sequence[ListEntry]) -> None:
        """Store entries, or replace them."""
        raise_revision(self.scope, Topic.ENTRIES)
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
