"""Times, dates, money and enums."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2, money_pb2

from zhengpin.domain.money import NANOS, Money
from zhengpin.domain.quick_init import quick_factory
from zhengpin.errors import FieldViolation, InvalidInput

Member = TypeVar("Member", bound=Enum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_money = quick_factory(Money)
_moment_at = datetime.fromtimestamp


def moment_of(seconds: int, nanos: int) -> datetime:
    """A time in UTC, to the microsecond; raises `ValueError` outside the years 1 to 9999."""
    try:
        moment = _moment_at(seconds, UTC)
        if 0 <= nanos < NANOS:
            return moment.replace(microsecond=nanos // 1000) if nanos else moment
    except (OverflowError, OSError, ValueError):
        pass
    raise ValueError("must be a time between the years 1 and 9999")


def moment_from_proto(message: Message, field: str) -> datetime:
    """A time that was given; raises `InvalidInput` outside the years 1 to 9999."""
    stamp: Timestamp = getattr(message, field)
    try:
        return moment_of(stamp.seconds, stamp.nanos)
    except ValueError as problem:
        raise InvalidInput(FieldViolation(field, str(problem))) from problem


def optional_moment_from_proto(message: Message, field: str) -> datetime | None:
    """A time, or `None` where none was given."""
    return moment_from_proto(message, field) if message.HasField(field) else None


def moment_to_proto(moment: datetime) -> Timestamp:
    """A time with its zone."""
    stamp = Timestamp()
    write_moment(stamp, moment)
    return stamp


def write_moment(stamp: Timestamp, moment: datetime) -> None:
    """Write a time with its zone into a message, where it stands."""
    since = moment - _EPOCH
    stamp.seconds = since.days * 86_400 + since.seconds
    stamp.nanos = since.microseconds * 1000


def date_of(year: int, month: int, day: int) -> date:
    """A whole date; raises `ValueError` for parts of dates and impossible ones."""
    return date(year, month, day)


def date_from_proto(message: Message, field: str) -> date:
    """A whole date that was given; raises `InvalidInput` for parts of dates and impossible ones."""
    value: date_pb2.Date = getattr(message, field)
    try:
        return date_of(value.year, value.month, value.day)
    except ValueError as problem:
        raise InvalidInput(FieldViolation(field, f"must be a whole date of the calendar: {problem}")) from problem


def optional_date_from_proto(message: Message, field: str) -> date | None:
    """A date, or `None` where none was given."""
    return date_from_proto(message, field) if message.HasField(field) else None


def money_of(currency_code: str, units: int, nanos: int) -> Money:
    """An exact amount."""
    return _money(currency_code, units * NANOS + nanos)


def money_from_proto(message: money_pb2.Money) -> Money:
    """An exact amount."""
    return money_of(message.currency_code, message.units, message.nanos)


def optional_money_from_proto(message: Message, field: str) -> Money | None:
    """An exact amount, or `None` where none was given."""
    return money_from_proto(getattr(message, field)) if message.HasField(field) else None


def money_to_proto(money: Money | None) -> money_pb2.Money | None:
    """An exact amount; `None` leaves the field unset."""
    if money is None:
        return None
    return money_pb2.Money(currency_code=money.currency, units=money.nanos // NANOS, nanos=money.nanos % NANOS)


class EnumPair(Generic[Member]):
    """A domain enum beside its proto enum: members of one name belong together."""

    def __init__(self, members: type[Member], proto: Any, prefix: str, unspecified: Member | None = None) -> None:
        """Pair `NEW` with `CONDITION_NEW` by the prefix `CONDITION_`; `unspecified` stands for the zero value."""
        numbers: Mapping[str, int] = dict(proto.items())
        self._to_proto = {member: numbers.get(prefix + member.name, 0) for member in members}
        from_proto = {number: member for member, number in self._to_proto.items() if number}
        if unspecified is not None:
            from_proto[0] = unspecified
        self.members: Mapping[int, Member] = from_proto
        """The domain member of each proto number."""
        self.from_proto: Callable[[int], Member] = from_proto.__getitem__
        """The domain member of a proto number."""

    def to_proto(self, member: Member) -> Any:
        """The proto number, in whatever type the message's stubs ask for."""
        return self._to_proto[member]
