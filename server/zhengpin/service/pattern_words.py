"""The contract's patterns in words, for people who don't read regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGNS: Mapping[str, str] = {
    "A-Za-z0-9._:/-": "only letters A-Z and a-z, digits, and . _ : / -",
    "a-z0-9.-": "only letters a-z, digits, and . -",
    "A-Z": "only capital letters A-Z",
    "0-9a-f": "only digits and letters a-f",
    "0-9": "only digits",
    r"^\x00-\x1f": "none of them a control character (U+0000 to U+001F)",
}
_FORMS: Mapping[str, str] = {
    "[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}": "must be a version as they are listed, such as 2026-03-01-0a1b2c3d",
}
_MAY_BE_EMPTY = re.compile(r"\((.*)\)\?")
_COUNTED = re.compile(r"\[(.+)\]\{(\d+)(?:,(\d+))?\}")


def pattern_in_words(pattern: str) -> str | None:
    """Say how many characters a text must have and which, or `None` of a pattern that is not known here."""
    written = pattern.removeprefix("^").removesuffix("$")
    optional = _MAY_BE_EMPTY.fullmatch(written)
    said = _said(optional[1] if optional else written)
    return f"{said}, or be empty" if said and optional else said


def _said(written: str) -> str | None:
    counted = _COUNTED.fullmatch(written)
    if counted is None or counted[1] not in _SIGNS:
        return _FORMS.get(written)
    return f"must have {_count(counted[2], counted[3])} characters, {_SIGNS[counted[1]]}"


def _count(least: str, most: str | None) -> str:
    if most is None:
        return f"exactly {least}"
    return f"at most {most}" if least == "0" else f"{least} to {most}"
