"""Windows of votes that are left out of the count, until a person has decided and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, TextClause, and_, literal, select, tuple_

from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_lists import WindowFilter, WindowPage
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.errors import NotFound
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.page_token import place_in, token_after
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_WINDOWS = tables.vote_windows.c

_BY_IDS = select(_WINDOWS.body).where(among(tables.vote_windows, "ids", "window_id"))
_WITH_ORDER = select(_WINDOWS.raised_at, _WINDOWS.window_id, _WINDOWS.body)
_DUE_FIRST = (_WINDOWS.raised_at, _WINDOWS.window_id)
_LATEST_FIRST = (_WINDOWS.raised_at.desc(), _WINDOWS.window_id.desc())
_ALARMED = (
    select(_WINDOWS.target_kind, _WINDOWS.target_key)
    .distinct()
    .where(among(tables.vote_windows, "targets", "target_kind", "target_key"), tables.UNDECIDED)
)


@dataclass(frozen=True, slots=True)
class VoteWindowReader:
    """Excluded windows as they are stored."""

    scope: Scope

    def get(self, window_id: str) -> VoteWindow:
        """One window; NotFound without."""
        found = self.find_many((window_id,))
        if not found:
            raise NotFound("vote window", window_id)
        return found[window_id]

    def find_many(self, window_ids: Collection[str]) -> dict[str, VoteWindow]:
        """Those of the windows that there are, by id."""
        rows = self.scope.rows(_BY_IDS, ids=window_ids) if window_ids else ()
        windows = (codec.VOTE_WINDOW.from_text(row.body) for row in rows)
        return {window.window_id: window for window in windows}

    def alarmed(self, targets: Collection[Target]) -> frozenset[Target]:
        """Those of the targets that have a window on which nobody has decided yet."""
        asked = [(target.kind, target.key) for target in targets]
        rows = self.scope.rows(_ALARMED, targets=asked) if asked else ()
        return frozenset(Target(TargetKind(row.target_kind), row.target_key) for row in rows)

    def list(self, asked: WindowFilter, page_size: int, page_token: str = "") -> WindowPage:
        """A page of windows, the latest first; undecided ones come in the order in which they are due.

        A token of another list raises InvalidInput on `page_token`.
        """
        order = _DUE_FIRST if asked.undecided else _LATEST_FIRST
        statement = _WITH_ORDER.where(_matches(asked))
        if page_token:
            moment, window_id = place_in(page_token, self.scope.marketplace, asked)
            last_one = tuple_(literal(datetime.fromisoformat(moment), _WINDOWS.raised_at.type), window_id)
            these = tuple_(_WINDOWS.raised_at, _WINDOWS.window_id)
            statement = statement.where(these > last_one if asked.undecided else these < last_one)
        rows = self.scope.rows_asked(statement.order_by(*order).limit(page_size + 1))
        windows = tuple(codec.VOTE_WINDOW.from_text(row.body) for row in rows[:page_size])
        if len(rows) <= page_size:
            return WindowPage(windows)
        last = rows[page_size - 1]
        place = (last.raised_at.isoformat(), last.window_id)
        return WindowPage(windows, token_after(place, self.scope.marketplace, asked))


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


def _matches(asked: WindowFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool] | TextClause] = [_WINDOWS.marketplace == HERE]
    if asked.target is not None:
        conditions += [_WINDOWS.target_kind == asked.target.kind, _WINDOWS.target_key == asked.target.key]
    if asked.undecided:
        conditions.append(tables.UNDECIDED)
    return and_(*conditions)
