"""Letters that look like others: Cyrillic а for a, Greek ο for o, 0 for o inside a word."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

_DIGITS = str.maketrans("0135", "oies")
_WORD_WITH_A_DIGIT = re.compile(r"(?<![^\W_])(?=\w*[0135])[^\W_]{4,}(?![^\W_])")


def written_plainly(text: str) -> str:
    """Give the text with look-alike letters written as the Latin letters that they imitate.

    Source of the shapes: Unicode Technical Standard 39, confusables, as packed in confusable-homoglyphs.
    """
    latin = text if text.isascii() else text.translate(_latin_by_shape())
    return _WORD_WITH_A_DIGIT.sub(_letters_for_digits, latin)


def _letters_for_digits(match: re.Match[str]) -> str:
    word = match.group()
    digits = sum(character.isdigit() for character in word)
    return word.translate(_DIGITS) if digits == 1 else word


@cache
def _latin_by_shape() -> dict[int, str]:
    packed = files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8")
    table: dict[int, str] = {}
    for character, similar in json.loads(packed).items():
        if len(character) != 1 or character.isascii() or not character.isalpha() or _is_wide(character):
            continue
        plain = next(
            (each["c"] for each in similar if len(each["c"]) == 1 and each["c"].isascii() and each["c"].isalpha()), ""
        )
        if plain:
            table[ord(character)] = plain
    return table


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"
