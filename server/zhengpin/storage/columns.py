"""Types of columns that mean the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator

_WITHOUT_OFFSET = len("2026-03-01 12:00:00.000000")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, comes back aware. A naive time is refused, because nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn to UTC."""
        return None if value is None else _in_utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite's own form of a moment, made at once: listings alone bring three each."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: pass an aware datetime")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


@lru_cache(maxsize=256)
def _to_text(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes moments to SQLite, without their offset; a page has one moment in most places."""
    return None if moment is None else _in_utc(moment).isoformat(" ", "microseconds")[:_WITHOUT_OFFSET]
