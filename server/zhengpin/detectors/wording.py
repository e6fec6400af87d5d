"""A title or a field as words, numbers, measures and colours, ready to be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengpin.detectors.lexicon import variants

_ACCENTS = {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii() and base.isalpha()
}
_UNITS = "|".join(sorted(map(re.escape, variants.MEASURES), key=len, reverse=True))
_MEASURE = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*({_UNITS})(?![a-z0-9])")
_CODE = re.compile(r"(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*")
_PART_NUMBER = re.compile(r"(?<![a-z0-9])[a-z](?=[a-z-]*\d)[a-z0-9-]*")
_SPELT_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z0-9] ){2,}[a-z0-9](?![a-z0-9])")
_SUFFIXES = "|".join(sorted(variants.MODEL_SUFFIXES, key=len, reverse=True))
_SPACED_SUFFIXES = re.compile(rf"\d[a-z0-9]*(?:\s+(?:{_SUFFIXES})\b)+")
_WORD = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]+")
_COLOUR_OF = {word: colour for colour, words in variants.COLOURS.items() for word in words.split()}
_CHINESE_COLOURS = tuple(word for word in _COLOUR_OF if not word.isascii())
_BETWEEN_NUMBER_AND_COLOUR = frozenset({"un", "und", "unid", "x", "pc", "pcs"})
_LONGEST_COUNT = 2
"""Digits: a longer number before a colour is a model's."""


def plain(text: str) -> str:
    """Give lower case without accents and with one space between words; other scripts stay."""
    folded = unicodedata.normalize("NFKC", text).translate(_ACCENTS).lower()
    return " ".join(folded.replace("tri-color", "tricolor").split())


def words(text: str) -> list[str]:
    """Give the runs of Latin letters, of digits and of other letters of a plain text."""
    return _WORD.findall(text)


def measures(text: str) -> frozenset[str]:
    """Give quantities with a unit, in one unit each: "0,5 l" is "500ml"."""
    return frozenset(measure(number, unit) for number, unit in _MEASURE.findall(text))


def measure(number: str, unit: str) -> str:
    """Write one quantity in the unit that its kind is counted in."""
    counted_in, times = variants.MEASURES[unit]
    return f"{float(number.replace(',', '.')) * times:g}{counted_in}"


def without_measures(text: str) -> str:
    """Give the text without its quantities."""
    return _MEASURE.sub(" ", text)


def without_part_numbers(text: str) -> str:
    """Give the text without words that start with a letter and hold a digit: "te-3 black" names no three of them."""
    return _PART_NUMBER.sub(" ", text)


def codes(text: str, brand: str) -> frozenset[str]:
    """Give what may be a model's code: words with a digit, without the brand before them, suffixes joined.

    "Hp664 XL" by HP is "664xl"; so are "664xl" and "h p 6 6 4 xl".
    """
    joined = _SPELT_OUT.sub(lambda match: match.group().replace(" ", ""), text)
    joined = _joined_suffixes(joined)
    return frozenset(code for code in _each_code(joined, brand) if code)


def _joined_suffixes(text: str) -> str:
    return _SPACED_SUFFIXES.sub(lambda found: found.group().replace(" ", ""), text)


def _each_code(text: str, brand: str) -> Iterator[str]:
    for found in _CODE.findall(text):
        code = found.replace("-", "")
        yield code.removeprefix(brand) if brand and code != brand else code


@dataclass(frozen=True, slots=True)
class ColourMention:
    """One colour word of a text, and the number right before it."""

    colour: str
    number: int | None


def colour_mentions(parts: Sequence[str]) -> tuple[ColourMention, ...]:
    """Give the colours among a text's words, in their order."""
    return tuple(
        ColourMention(colour, _count_before(parts, place))
        for place, part in enumerate(parts)
        for colour in _colours_of(part)
    )


def _colours_of(part: str) -> tuple[str, ...]:
    if part.isascii():
        return (_COLOUR_OF[part],) if part in _COLOUR_OF else ()
    return tuple(_COLOUR_OF[word] for word in _CHINESE_COLOURS if word in part)


def _count_before(parts: Sequence[str], place: int) -> int | None:
    before = place - 1
    if before >= 0 and parts[before] in _BETWEEN_NUMBER_AND_COLOUR:
        before -= 1
    number = parts[before] if before >= 0 else ""
    return int(number) if number.isdigit() and len(number) <= _LONGEST_COUNT and int(number) else None


def colours(parts: Sequence[str]) -> frozenset[str]:
    """Give the canonical colours among a text's words."""
    named = frozenset(colour for part in parts for colour in _colours_of(part))
    return (named - variants.IN_COLOUR) | {"colour"} if named >= variants.IN_COLOUR else named


def without_colours(parts: Sequence[str]) -> frozenset[str]:
    """Give the other words."""
    return frozenset(part for part in parts if not _colours_of(part))
