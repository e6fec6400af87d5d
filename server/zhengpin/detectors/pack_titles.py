"""What a title says of the number of units: "kit 2", "3 pcs", "2 black + 1 colour", 两瓶装."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import gcd

from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.wording import (
    ColourMention,
    codes,
    colour_mentions,
    colours,
    plain,
    without_measures,
    without_part_numbers,
    words,
)
from zhengpin.domain.brand import normalised_name


@dataclass(frozen=True, slots=True)
class Units:
    """How many units one purchase brings."""

    count: int
    parts: tuple[tuple[str, int], ...] = ()
    """Of a set: its colours and how many of each, sorted; empty for units that are all the same."""

    @property
    def mixture(self) -> str:
        """Name what a set is made of: two black and two in colour are the same mixture as one and one."""
        common = gcd(*(number for _, number in self.parts)) if self.parts else 1
        return "+".join(f"{name}*{number // common}" if number > common else name for name, number in self.parts)


class Claim(Enum):
    """What a title lets expect where it states no number."""

    NOTHING = "nothing"
    MAYBE_SEVERAL = "maybe several"
    """A plural, which shoes have too, or several colours, which one article may have."""
    SEVERAL = "several"
    """A kit, a pack, a set."""


@dataclass(frozen=True, slots=True)
class PackTitle:
    """A title as far as it speaks of the number of units."""

    counts: frozenset[int]
    colours: tuple[tuple[str, int | None], ...]
    """Each colour, and the number right before it."""
    claim: Claim
    bundled: bool
    """Other goods come with it."""

    @property
    def contradicts_itself(self) -> bool:
        """Whether it states several numbers that make no sum."""
        return len(self.counts) > 1 or any(number for _, number in self.colours)

    def units(self, field: int | None) -> Units | None:
        """Give the number that the title states, if it states one; a sum of parts may need the field's word."""
        if len(self.colours) > 1:
            return self._set(field)
        numbered = {number for _, number in self.colours if number} | self.counts
        return Units(numbered.pop()) if len(numbered) == 1 else None

    def _set(self, field: int | None) -> Units | None:
        numbers = [number for _, number in self.colours]
        totals = self.counts if not all(numbers) else self.counts - set(numbers)
        if len(totals) > 1:
            return None
        total = next(iter(totals), None)
        if not any(numbers):
            one_each = _set_of([(name, 1) for name, _ in self.colours])
            if (total or field) == one_each.count:
                return one_each
            return Units(total) if total else None
        if all(numbers):
            counted = _set_of([(name, number) for name, number in self.colours if number])
            return counted if total in {None, counted.count} else None
        # "3 cartridges black, 2 colour": the leading number is the first colour's, if the field agrees with the sum.
        if total and numbers[0] is None and all(numbers[1:]):
            rest = [(name, number) for name, number in self.colours[1:] if number]
            counted = _set_of([(self.colours[0][0], total), *rest])
            return counted if counted.count == field else None
        return None


def _set_of(parts: list[tuple[str, int]]) -> Units:
    return Units(sum(number for _, number in parts), tuple(sorted(parts)))


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
_GIFT = re.compile(variants.GIFT)
_MORE_FOR_LESS = re.compile(variants.MORE_FOR_LESS)
_PLURAL_HEAD = re.compile(r"^(?:[a-z]+\s+){0,2}?[a-z]{4,}s\b")


@lru_cache(maxsize=8192)
def read_pack_title(title: str, brand: str, model: str) -> PackTitle:
    """Read a title once: screening asks for it several times."""
    brand_name, own_codes = _own_names(brand, model)
    written = _without_sizes(title)
    text = without_measures(written)
    mentions: dict[str, int | None] = {}
    for each in _colours_in(text):
        number = each.number if each.number and str(each.number) not in own_codes else None
        mentions[each.colour] = mentions.get(each.colour) or number
    return PackTitle(
        counts=frozenset(number for number in _counts_in(written) if str(number) not in own_codes),
        colours=tuple(mentions.items()),
        claim=_claim(text, several_colours=len(mentions) > 1),
        bundled=_is_bundle(text, own_codes, brand_name),
    )


def _colours_in(text: str) -> tuple[ColourMention, ...]:
    # Part numbers hide numbers, never colours, and most titles name no colour.
    return colour_mentions(words(without_part_numbers(text))) if colours(words(text)) else ()


@lru_cache(maxsize=8192)
def _own_names(brand: str, model: str) -> tuple[str, frozenset[str]]:
    """Give the brand's name and the codes of its model."""
    name = normalised_name(brand)
    return name, codes(plain(model), name)


@lru_cache(maxsize=8192)
def stated_counts(spec: str) -> frozenset[int]:
    """Give the numbers of units that a spec states."""
    return frozenset(_counts_in(_without_sizes(spec)))


def _without_sizes(text: str) -> str:
    """Give the plain text without "60 x 40 cm", whose first number would stand alone once its measure is taken out."""
    written = plain(text)
    return _SIZE.sub(" ", written) if _has_times_sign(written) else written


def _has_times_sign(text: str) -> bool:
    return "x" in text or "*" in text or "×" in text


def _counts_in(written: str) -> set[int]:
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


def _claim(text: str, *, several_colours: bool) -> Claim:
    is_plural = _PLURAL_HEAD.match(text) is not None
    if not variants.PACK_WORDS.isdisjoint(words(text)):
        return Claim.SEVERAL
    return Claim.MAYBE_SEVERAL if is_plural or several_colours else Claim.NOTHING


def _number(written: str) -> int:
    return _CHINESE_NUMBERS.get(written) or (int(written) if written.isdigit() else 0)


def _is_bundle(title: str, model: frozenset[str], brand: str) -> bool:
    """Whether other goods come with it: a gift, or a part after "+" that names neither the model nor a colour."""
    if _may_bring_more(title) and (_MORE_FOR_LESS.search(title) or _GIFT.search(title)):
        return True
    if "+" not in title:
        return False
    parts = [part for part in title.split("+") if words(part)]
    return len(parts) > 1 and not all(_is_of_the_product(part, model, brand) for part in parts)


def _may_bring_more(title: str) -> bool:
    """Tell quickly of most titles that neither a gift nor more for less is spoken of."""
    if not title.isascii() and any(sign in title for sign in variants.GIFT_SIGNS):
        return True
    return not variants.GIFT_WORDS.isdisjoint(words(title))


def _is_of_the_product(part: str, model: frozenset[str], brand: str) -> bool:
    named = words(part)
    return bool(colours(named)) or not model.isdisjoint(codes(part, brand)) or all(map(str.isdigit, named))
