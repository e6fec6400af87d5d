"""A title or a field as words, numbers, measures and colours, ready to be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lexicon import variants

# Below, a character that most texts have few of comes first in each expression, and what must not stand before it is
# asked after it: so the search leaps from one to the next.
_ACCENTS = {
    chr(code): base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii() and base.isalpha()
}
_ACCENTED = re.compile(f"[{''.join(_ACCENTS)}]")
_UNITS = "|".join(sorted(map(re.escape, variants.MEASURES), key=len, reverse=True))
_MEASURE = re.compile(rf"(\d(?<![\w.,].)\d*(?:[.,]\d+)?)\s*({_UNITS})(?![a-z0-9])")
_RUN = re.compile(r"[a-z\d-]+")
_CODE = re.compile(r"(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*")
_PART_NUMBER = re.compile(r"[a-z](?<![a-z0-9].)(?=[a-z-]*\d)[a-z0-9-]*")
_SPELT_OUT = re.compile(r"[a-z0-9](?<![a-z0-9].) (?:[a-z0-9] )+[a-z0-9](?![a-z0-9])")
_SUFFIXES = "|".join(sorted(variants.MODEL_SUFFIXES, key=len, reverse=True))
_SPACED_SUFFIXES = re.compile(rf"\d[a-z0-9]*(?:\s+(?:{_SUFFIXES})\b)+")
_WORD = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]+")
_COLOUR_OF = {word: colour for colour, words in variants.COLOURS.items() for word in words.split()}
_CHINESE_COLOURS = tuple(word for word in _COLOUR_OF if not word.isascii())
_BETWEEN_NUMBER_AND_COLOUR = frozenset({"un", "und", "unid", "x", "pc", "pcs"})
_LONGEST_COUNT = 2
"""Digits: a longer number before a colour is a model's."""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Give lower case without accents and with one space between words; other scripts stay."""
    folded = text if text.isascii() else _ACCENTED.sub(_without_accent, compatibility_form(text))
    return " ".join(folded.lower().replace("tri-color", "tricolor").split())


def _without_accent(match: re.Match[str]) -> str:
    return _ACCENTS[match[0]]


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Give the runs of Latin letters, of digits and of other letters of a plain text."""
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=8192)
def measures(text: str) -> frozenset[str]:
    """Give quantities with a unit, in one unit each: "0,5 l" is "500ml"."""
    if not _may_measure(text):
        return frozenset()
    return frozenset(measure(number, unit) for number, unit in _MEASURE.findall(text))


def measure(number: str, unit: str) -> str:
    """Write one quantity in the unit that its kind is counted in."""
    counted_in, times = variants.MEASURES[unit]
    return f"{float(number.replace(',', '.')) * times:g}{counted_in}"


@lru_cache(maxsize=8192)
def without_measures(text: str) -> str:
    """Give the text without its quantities."""
    return _MEASURE.sub(" ", text) if _may_measure(text) else text


def _may_measure(text: str) -> bool:
    """Tell quickly of most texts that no quantity has a unit. Only Chinese units may be part of a longer word."""
    return not text.isascii() or not variants.MEASURES.keys().isdisjoint(words(text))


def without_part_numbers(text: str) -> str:
    """Give the text without words that start with a letter and hold a digit: "te-3 black" names no three of them."""
    return _PART_NUMBER.sub(" ", text)


@lru_cache(maxsize=8192)
def codes(text: str, brand: str) -> frozenset[str]:
    """Give what may be a model's code: words with a digit, without the brand before them, suffixes joined.

    "Hp664 XL" by HP is "664xl"; so are "664xl" and "h p 6 6 4 xl".
    """
    joined = _SPELT_OUT.sub(_joined, text)
    if not variants.MODEL_SUFFIXES.isdisjoint(words(joined)):
        joined = _SPACED_SUFFIXES.sub(_joined, joined)
    return frozenset(code for code in _each_code(joined, brand) if code)


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _each_code(text: str, brand: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if run.isalpha():
            continue
        for found in _CODE.findall(run):
            code = found.replace("-", "")
            yield code.removeprefix(brand) if brand and code != brand else code


class ColourMention(NamedTuple):
    """One colour word of a text, and the number right before it."""

    colour: str
    number: int | None


def colour_mentions(parts: Sequence[str]) -> tuple[ColourMention, ...]:
    """Give the colours among a text's words, in their order."""
    return tuple(
        ColourMention(colour, _count_before(parts, place))
        for place, part in enumerate(parts)
        if (named := _colours_of(part))
        for colour in named
    )


@lru_cache(maxsize=16_384)
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
