"""Windows of votes that are left out of the count, until a person has decided and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.errors import NotFound
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among

_WINDOWS = tables.vote_windows.c

_BY_IDS = select(_WINDOWS.body).where(among(tables.vote_windows, "ids", "window_id"))
_ALARMED = (
    select(_WINDOWS.target_kind, _WINDOWS.target_key)
    .distinct()
    .where(among(tables.vote_windows, "targets", "target_kind", "target_key"), tables.UNDECIDED)
)
_OF_TARGETS = (
    select(_WINDOWS.body)
    .where(among(tables.vote_windows, "targets", "target_kind", "target_key"))
    .order_by(_WINDOWS.raised_at, _WINDOWS.window_id)
)


@dataclass(frozen=True, slots=True)
class VoteWindowReader:
    """Excluded windows as they are stored."""

    scope: Scope

    def get(self, window_id: str) -> VoteWindow:
        """One window; NotFound without."""
        row = self.scope.row(_BY_IDS, ids=[window_id])
        if row is None:
            raise NotFound("vote window", window_id)
        return codec.VOTE_WINDOW.from_text(row.body)

    def alarmed(self, targets: Collection[Target]) -> frozenset[Target]:
        """Those of the targets that have a window on which nobody has decided yet."""
        asked = [(target.kind, target.key) for target in targets]
        rows = self.scope.rows(_ALARMED, targets=asked) if asked else ()
        return frozenset(Target(TargetKind(row.target_kind), row.target_key) for row in rows)

    def of_targets(self, targets: Collection[Target]) -> list[VoteWindow]:
        """Every window on the targets, decided or not, the first raised first."""
        if not targets:
            return []
        rows = self.scope.rows(_OF_TARGETS, targets=[(target.kind, target.key) for target in targets])
        return [codec.VOTE_WINDOW.from_text(row.body) for row in rows]


@dataclass(frozen=True, slots=True)
class VoteWindows(VoteWindowReader):
    """Excluded windows, to be read and changed."""

    def put_many(self, windows: Sequence[VoteWindow]) -> None:
        """Store windows, or replace them: what is decided, and whatever more votes fell into one."""
        if not windows:
            return
        self.scope.upsert_distinct(
            tables.vote_windows,
            (
                (
                    window.window_id,
                    window.target.kind,
                    window.target.key,
                    window.why,
                    window.raised_at,
                    window.decided_at,
                    codec.VOTE_WINDOW.to_text(window),
                )
                for window in windows
            ),
        )
        raise_revision(self.scope, Topic.VOTES)
