"""Letters that look like others: Cyrillic а for a, Greek ο for o, 0 for o inside a word; and characters unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_DIGITS = str.maketrans("0135", "oies")
_DIGIT_BESIDE_A_LETTER = re.compile(r"[0135](?:(?=[^\W\d_])|(?<=[^\W\d_].))")
_WORD = re.compile(r"[^\W_]{4,}")
_LAST_OF_THE_BASIC_PLANE = 0xFFFF
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f"
)
"""Unicode's format characters (category Cf)."""
_FILLERS_AND_MARKS = "\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f"
_INVISIBLE = re.compile(f"[{_FORMAT}{_FILLERS_AND_MARKS}]")
_FIRST_BEYOND_LATIN = 0x100


def invisible(text: str) -> frozenset[str]:
    """Give the text's characters that print nothing of their own: Unicode's format characters, fillers and marks."""
    return frozenset() if text.isascii() else frozenset(_INVISIBLE.findall(text))


def unlike_what_they_seem() -> str:
    """Give the inside of a regular expression's character class: whatever is invisible or of a Latin letter's shape.

    Beyond the basic plane it takes in whole ranges of old scripts, for a list of them would be slow to search with.
    """
    shapes = _in_the_basic_plane(_latin_by_foreign_shape())
    return shapes + _FORMAT + _FILLERS_AND_MARKS + "\U00010000-\U0001efff"


def latin_letters(text: str) -> str:
    """Give the text, as long as it was, with Latin letters for those of other scripts that have their shape."""
    return text if text.isascii() else text.translate(_latin_by_foreign_shape())


@lru_cache(maxsize=8192)
def written_plainly(text: str) -> str:
    """Give the text with look-alike letters written as the Latin letters that they imitate.

    Source of the shapes: Unicode Technical Standard 39, confusables, as packed in confusable-homoglyphs.
    """
    latin = text.translate(_latin_by_shape()) if _may_imitate(text) else text
    return _WORD.sub(_letters_for_digits, latin) if _DIGIT_BESIDE_A_LETTER.search(latin) else latin


def _may_imitate(text: str) -> bool:
    return not text.isascii() and _imitating().search(text) is not None


@cache
def _imitating() -> re.Pattern[str]:
    return re.compile(f"[{_in_the_basic_plane(_latin_by_shape())}\U00010000-\U0001efff]")


def _in_the_basic_plane(codes: Iterable[int]) -> str:
    return "".join(chr(code) for code in codes if code <= _LAST_OF_THE_BASIC_PLANE)


def _letters_for_digits(match: re.Match[str]) -> str:
    word = match.group()
    if word.isalpha():
        return word
    digits = sum(character.isdigit() for character in word)
    return word.translate(_DIGITS) if digits == 1 else word


@cache
def _latin_by_foreign_shape() -> dict[int, str]:
    return {code: letter for code, letter in _latin_by_shape().items() if code >= _FIRST_BEYOND_LATIN}


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
