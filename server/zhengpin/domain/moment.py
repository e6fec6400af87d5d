"""Moments as whole microseconds since 1970 (UTC): cheaper to compare and to keep than dates and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds_of(moment: datetime | timedelta) -> int:
    """Give a moment that knows its time zone, or a span of time, in microseconds; nothing is rounded."""
    return (moment - _EPOCH if isinstance(moment, datetime) else moment) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """Give the moment so many microseconds after the beginning of 1970, in UTC."""
    return _EPOCH + microseconds * _MICROSECOND
