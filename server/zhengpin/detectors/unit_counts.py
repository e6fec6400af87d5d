"""Numbers of units in a text: "kit 2", "3 pcs", "2x500ml", 两瓶装; and the sizes that look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.wording import plain, without_measures, words

_NUMBER = r"(\d{1,3})"
_KITS = "kit|lote|combo|conjunto|pack|set|box|caixa"
_KIT_OF = re.compile(
    rf"\b(?:{_KITS})\s*(?:c/|com|de|of|with)?\s*{_NUMBER}"
    r"(?![\d.,]|\s*(?:em|in)\b|\s?[x*×]\s?\d)"
)
_OF_UNITS = re.compile(rf"(\d(?<![\w.,].)\d{{0,2}})\s*-?\s*(?:{variants.UNIT_WORDS})\b")
_LEADING = re.compile(rf"^{_NUMBER}\s+[a-z]{{3,}}s\b")
_AMOUNT_UNITS = "ml|l|litros?|kg|gr?|gramas|毫升|升|克|千克|公斤"
_NO_GOODS = (
    "zoom|optic(?:al|o)?|otico|digital|hybrid|tele|magnif[a-z]*|ampliacao|aumento|lens|lente|objective|objetiva|"
    "binocul[a-z]*|monocul[a-z]*|loupe|lupa|microscop[a-z]*|telescop[a-z]*|luneta|mirror|espelho|"
    "speed|velocidade|faster|slower|more|mais|times|vezes|cd|dvd|sem|no|de|do|in|em|juros|interest|r"
)
"""What an "8x" before or after it enlarges, speeds up or splits into instalments."""
_LENGTHS = "mm|cm|mts?|m|pol|inch(?:es)?"
_TIMES = rf"[\d.,]*\s?(?:(?:{_LENGTHS})\s?)?[x*×]\s?"
_SIZE = re.compile(rf"\d(?<![\w.,].){_TIMES}(?:\d{_TIMES})*\d[\d.,]*\s?(?:{_LENGTHS})(?![a-z0-9])")
_ANY_MEASURE = "|".join(sorted(map(re.escape, variants.MEASURES), key=len, reverse=True))
_TIMES_GOODS = re.compile(
    rf"(\d(?<![\w.,*×].)(?<![x*×]\s.)\d?)\s?[x*×]\s?"
    rf"(?:\d+(?:[.,]\d+)?\s?(?:{_AMOUNT_UNITS})(?![a-z0-9])|(?<=\s)(?!(?:{_NO_GOODS})\b)[a-z])"
)
"""2x500ml, 3 x 100 g, 3x caneta; not 4 x 4, 60 x 40 cm, 8 x zoom, 10x sem juros."""
_GOODS_TIMES = re.compile(
    rf"[x*×](?<!\wx)\s?(\d{{1,2}})(?!\w|[.,]\d|\s?[x*×]|\s?(?:{_ANY_MEASURE}|{_LENGTHS})(?![a-z0-9]))"
)
"""caneta x3, 500 ml x 6, 100g*12; what stands before decides."""
_LONGEST_WORD = 20
_LAST_WORD = re.compile(r"[^\s*×]+(?=\s?$)")
_TIMES_NO_GOODS = re.compile(rf"[\d.,]*|\d*(?:{_LENGTHS}|{_NO_GOODS})")
_CHINESE = re.compile(
    rf"([\d两二三四五六八十](?<![\d.满第].)(?:(?<=\d)\d{{1,2}})?)\s*(?:{variants.UNIT_MEASURE_WORDS})(?!套)(?:装|入)?"
)
_CHINESE_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十": 10}
_COUNTING_WORDS = frozenset(
    (
        *variants.UNIT_WORDS.split("|"),
        *(kit + preposition for kit in _KITS.split("|") for preposition in ("", "c", "com", "de", "of", "with")),
    )
)
"""One of these words stands in whatever `_KIT_OF` and `_OF_UNITS` find."""


@lru_cache(maxsize=8192)
def stated_counts(spec: str) -> frozenset[int]:
    """Give the numbers of units that a spec states."""
    return frozenset(counts_in(without_sizes(spec)))


def without_sizes(text: str) -> str:
    """Give the plain text without "60 x 40 cm", whose first number would stand alone once its measure is taken out."""
    written = plain(text)
    return _SIZE.sub(" ", written) if _has_times_sign(written) else written


def _has_times_sign(text: str) -> bool:
    return "x" in text or "*" in text or "×" in text


def counts_in(written: str) -> set[int]:
    """Give the numbers of units that a plain text without sizes states."""
    text = without_measures(written)
    found = {_number(match[1]) for pattern in _patterns_for(text) for match in pattern.finditer(text)}
    if _has_times_sign(written):
        found.update(_multiples_in(written))
    return found - {0}


def _patterns_for(text: str) -> list[re.Pattern[str]]:
    """Give the patterns that may find something: most titles hold no word that counts."""
    patterns = [_LEADING]
    if not _COUNTING_WORDS.isdisjoint(words(text)):
        patterns += _KIT_OF, _OF_UNITS
    return patterns if text.isascii() else [*patterns, _CHINESE]


def _multiples_in(written: str) -> Iterator[int]:
    """Give the numbers that count goods: "4 x 4" counts none, "8 x zoom" and "60 x 40 cm" neither."""
    for match in _TIMES_GOODS.finditer(written):
        yield int(match[1])
    for match in _GOODS_TIMES.finditer(written):
        before = _LAST_WORD.search(written[max(match.start() - _LONGEST_WORD, 0) : match.start()])
        if before and not _TIMES_NO_GOODS.fullmatch(before[0]):
            yield int(match[1])


def _number(written: str) -> int:
    return _CHINESE_NUMBERS.get(written) or (int(written) if written.isdigit() else 0)
