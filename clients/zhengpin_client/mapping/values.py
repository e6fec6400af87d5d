"""From the text of a cell to the value of a field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from google.type.money_pb2 import Money

from zhengpin_client.importing.rows import Cell
from zhengpin_client.mapping.form import Leaf

_GROUPED = {".": re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?"), ",": re.compile(r"\d{1,3}([.  ]\d{3})+(,\d*)?")}
_CODE = re.compile(r"\b([A-Z]{3})\b")
_NANOS = 9
_EPOCHS = {"unix": 1, "unix_ms": 1000}


def text_of(cell: Cell) -> str:
    """Give a cell as the text that a person would have written."""
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN, a missing number in Parquet
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def field_value(text: str, leaf: Leaf, field: FieldDescriptor, currency: str = "") -> Any:
    """Turn a text into a field's value; raises ValueError that says what is wrong and what to do."""
    if field.enum_type is not None:
        return enum_value(text, field.enum_type)
    if field.message_type is not None:
        return _MESSAGES[field.message_type.full_name](text, leaf, currency)
    if field.type == FieldDescriptor.TYPE_FIXED64:
        return _bits(text, leaf)
    return _SCALARS[field.cpp_type](text, leaf)


def number(text: str, decimal: str) -> Decimal:
    """Read a number with this decimal mark; the other one and spaces may group thousands."""
    sign, digits = (text[0], text[1:]) if text[:1] in {"-", "+"} else ("", text)
    if _GROUPED[decimal].fullmatch(digits):
        digits = re.sub(r"[,  ]" if decimal == "." else r"[.  ]", "", digits)
    try:
        value = Decimal(sign + digits.replace(decimal, "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or (decimal == "," and "." in digits):
        raise ValueError(f"{text!r} is not a number with the decimal mark {decimal!r}")
    return value


def enum_value(word: str, enum: EnumDescriptor) -> int:
    """Find an enum value by its name, with or without the enum's prefix, in any case."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    name = re.sub(r"[\s-]+", "_", word.strip()).upper()
    found = enum.values_by_name.get(name) or enum.values_by_name.get(prefix + name)
    if found is not None:
        return int(found.number)
    known = [each.name.removeprefix(prefix).lower() for each in enum.values if each.number]
    near = get_close_matches(word.lower(), known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"it is one of {', '.join(known)}"
    raise ValueError(f"'{word}' is not known: {hint}")


def _integer(text: str, leaf: Leaf) -> int:
    value = number(text, leaf.decimal)
    if value != value.to_integral_value():
        raise ValueError(f"{text!r} must be a whole number")
    return int(value)


def _bits(text: str, leaf: Leaf) -> int:
    """Read 64 bits, such as a perceptual hash: sixteen digits may be decimal or not, so hexadecimal ones bear 0x."""
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", text):
        return int(text, 16)
    try:
        return _integer(text, leaf)
    except ValueError:
        hint = 'template = "0x{column}" puts it there'
        raise ValueError(f"{text!r} is neither a whole number nor 16 hexadecimal digits after 0x: {hint}") from None


def _boolean(text: str, leaf: Leaf) -> bool:
    word = text.lower()
    if word in leaf.true or word in leaf.false:
        return word in leaf.true
    words = f"{'/'.join(sorted(leaf.true))} or {'/'.join(sorted(leaf.false))}"
    raise ValueError(f"{text!r} is neither {words}: name such words with true = […] and false = […]")


def _money(text: str, leaf: Leaf, currency: str) -> Money:
    named = _CODE.search(text)
    code = named[1] if named else (currency or leaf.currency)
    if not code:
        raise ValueError(f'{text!r} has no currency: add currency = "BRL" or currency_column = "…"')
    expected = currency or leaf.currency
    if expected and code != expected:
        raise ValueError(f"{text!r} is in {code}, where {expected} is expected")
    amount = number(re.sub(r"^[^\d+\-.,]+|[^\d.,]+$", "", text) or text, leaf.decimal)
    units = int(amount)
    nanos = (amount - units).scaleb(_NANOS)
    if nanos != nanos.to_integral_value():
        raise ValueError(f"{text!r} has more than {_NANOS} decimals")
    return Money(currency_code=code, units=units, nanos=int(nanos))


def _moment(text: str, leaf: Leaf) -> datetime:
    for each in leaf.formats:
        try:
            if each in _EPOCHS:
                return datetime.fromtimestamp(float(text) / _EPOCHS[each], UTC)
            return _zoned(datetime.strptime(text, each), leaf)  # noqa: DTZ007 - the zone follows
        except (ValueError, OverflowError, OSError):
            continue
    if leaf.formats:
        raise ValueError(f"{text!r} is not a time of the form {' or '.join(map(repr, leaf.formats))}")
    try:
        return _zoned(datetime.fromisoformat(text), leaf)
    except ValueError:
        wrong = f'{text!r} is not a time in ISO 8601: name its form, such as formats = "%d/%m/%Y"'
        raise ValueError(wrong) from None


def _zoned(moment: datetime, leaf: Leaf) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=leaf.timezone)


def _timestamp(text: str, leaf: Leaf, _: str) -> Timestamp:
    time = Timestamp()
    time.FromDatetime(_moment(text, leaf))
    return time


def _date(text: str, leaf: Leaf, _: str) -> Date:
    day = _moment(text, leaf)
    return Date(year=day.year, month=day.month, day=day.day)


def _unmapped(text: str, _: Leaf) -> str:
    return text


_MESSAGES: dict[str, Callable[[str, Leaf, str], Any]] = {
    "google.type.Money": _money,
    "google.type.Date": _date,
    "google.protobuf.Timestamp": _timestamp,
}
_SCALARS: dict[int, Callable[[str, Leaf], Any]] = {
    FieldDescriptor.CPPTYPE_STRING: _unmapped,
    FieldDescriptor.CPPTYPE_BOOL: _boolean,
    FieldDescriptor.CPPTYPE_INT32: _integer,
    FieldDescriptor.CPPTYPE_INT64: _integer,
    FieldDescriptor.CPPTYPE_UINT64: _integer,
    FieldDescriptor.CPPTYPE_DOUBLE: lambda text, leaf: float(number(text, leaf.decimal)),
}
