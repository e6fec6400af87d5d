"""Chinese registration codes, character by character (GB 32100-2015, GB 11714)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.cn import uscc

from zhengpin.detectors.codes import compact_code, organisation_check

LENGTH = 18
_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
_MISREAD = str.maketrans("OISZ", "0152")
"""Letters that the alphabet leaves out because they look like digits; a code that has one means the digit."""
_REGION = range(2, 8)
_ORGANISATION = slice(8, 16)
_ORGANISATION_CHECK = 16


@dataclass(frozen=True, slots=True)
class WrongCharacter:
    """A character that can't stand where it stands."""

    position: int
    """Counted from 1."""
    found: str
    expected: str
    """Empty where any of several could stand."""


@dataclass(frozen=True, slots=True)
class CodeReading:
    """How a social credit code of 18 characters reads."""

    code: str
    """In capitals, without spaces and hyphens, full-width characters as plain ones."""
    wrong: tuple[WrongCharacter, ...]
    """Empty for a code that checks."""
    corrected: str = ""
    """The code with digits for the letters that look like them, where it then checks."""


def read_code(text: str) -> CodeReading:
    """Read a code of 18 characters, as it was typed."""
    code = compact_code(text)
    wrong = tuple(_wrong(code))
    corrected = code.translate(_MISREAD)
    if corrected == code or next(_wrong(corrected), None):
        return CodeReading(code, wrong)
    return CodeReading(code, wrong, corrected)


def _wrong(code: str) -> Iterator[WrongCharacter]:
    strange = [nth for nth, each in enumerate(code) if each not in _ALPHABET or (nth in _REGION and not each.isdigit())]
    for nth in strange:
        yield WrongCharacter(nth + 1, code[nth], "")
    if strange:
        return
    organisation = organisation_check(code[_ORGANISATION])
    if code[_ORGANISATION_CHECK] != organisation:
        yield WrongCharacter(_ORGANISATION_CHECK + 1, code[_ORGANISATION_CHECK], organisation)
    last = str(uscc.calc_check_digit(code[:-1]))
    if code[-1] != last:
        yield WrongCharacter(LENGTH, code[-1], last)
