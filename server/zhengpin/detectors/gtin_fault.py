"""Why a number is no GTIN, in words."""

from __future__ import annotations

import re

from stdnum import ean

_SEPARATORS = re.compile(r"[\s-]")
_LENGTHS = (8, 12, 13, 14)


def gtin_fault(text: str) -> str:
    """Say what is wrong with a number that is no well-formed GTIN (`read_gtin`): signs, length or check digit.

    The check digit that would be right is given, so that whoever mistyped one can see it.
    Source: GS1 General Specifications, §7.9.
    """
    printed = _SEPARATORS.sub("", text)
    if not (printed.isascii() and printed.isdigit()):
        return "it has signs other than the digits 0 to 9"
    if len(printed) not in _LENGTHS:
        return f"it has {len(printed)} digits, and a GTIN has 8, 12, 13 or 14"
    return f"its check digit is {printed[-1]}, and {ean.calc_check_digit(printed[:-1])} would be right"
