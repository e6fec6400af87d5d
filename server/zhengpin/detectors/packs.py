"""How many units one purchase brings: what the field says, checked against what the title says.

A price per unit is worth nothing if the number of units is wrong, so that doubt makes it unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.wording import codes, colour_mentions, colours, plain, without_measures, words
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import Listing


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


@dataclass(frozen=True, slots=True)
class PackReading:
    """The number of units, where it can be told."""

    units: Units | None
    disagree: bool | None
    """The title's number differs from the field's; `None` if one of them is not given."""


_NUMBER = r"(\d{1,3})"
_KIT_OF = re.compile(
    rf"\b(?:kit|lote|combo|conjunto|pack|set|box|caixa)\s*(?:c/|com|de|of|with)?\s*{_NUMBER}(?![\d.,]|\s*(?:em|in)\b)"
)
_OF_UNITS = re.compile(rf"(?<![\w.,]){_NUMBER}\s*-?\s*(?:{variants.UNIT_WORDS})\b")
_LEADING = re.compile(rf"^{_NUMBER}\s*x?\s+[a-z]{{3,}}s\b|^{_NUMBER}\s?x\s")
_TIMES = re.compile(r"(?<!\w)(\d{1,2})\s?x\s+[a-z]|\bx\s?(\d{1,2})(?!\w)|[*×](\d{1,2})(?!\w)")
_CHINESE = re.compile(
    rf"(?<![\d.满第])(\d{{1,3}}|[两二三四五六八十])\s*(?:{variants.UNIT_MEASURE_WORDS})(?!套)(?:装|入)?"
)
_CHINESE_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十": 10}
_EXPLICIT = (_KIT_OF, _OF_UNITS, _LEADING, _TIMES, _CHINESE)
_GIFT = re.compile(variants.GIFT)
_MORE_FOR_LESS = re.compile(variants.MORE_FOR_LESS)
_PLURAL_HEAD = re.compile(r"^(?:[a-z]+\s+){0,2}?[a-z]{4,}s\b")


def read_pack(listing: Listing) -> PackReading:
    """Read title and field; without a title the field stands alone, and without either nothing is guessed."""
    field = listing.units_per_pack if listing.units_per_pack and listing.units_per_pack > 0 else None
    if not listing.title:
        return PackReading(Units(field) if field else None, disagree=None)
    title = _read_title(listing.title, listing.brand, listing.model)
    if title.bundled:
        return PackReading(None, disagree=None)
    stated = title.stated(field)
    if stated is not None:
        agreed = field is None or field == stated.count
        return PackReading(stated if agreed else None, disagree=None if field is None else not agreed)
    if field is None:
        return PackReading(None, disagree=None)
    if title.promises_more:
        return PackReading(Units(field) if field > 1 else None, disagree=field == 1)
    # A pack whose title does not say so is as often a wrong field as a pack.
    return PackReading(Units(field), disagree=False) if field == 1 else PackReading(None, disagree=None)


@dataclass(frozen=True, slots=True)
class _Title:
    counts: frozenset[int]
    colours: tuple[tuple[str, int | None], ...]
    promises_more: bool
    bundled: bool

    def stated(self, field: int | None) -> Units | None:
        """Give the number that the title states, if it states one without contradicting itself."""
        names = [name for name, _ in self.colours]
        if len(names) > 1:
            return self._stated_set(field)
        numbered = {number for _, number in self.colours if number} | self.counts
        return Units(numbered.pop()) if len(numbered) == 1 else None

    def _stated_set(self, field: int | None) -> Units | None:
        numbers = [number for _, number in self.colours]
        total = next(iter(self.counts)) if len(self.counts) == 1 else None
        if all(numbers):
            parts = [(name, number) for name, number in self.colours if number]
            count = sum(number for _, number in parts)
            return _set_of(parts) if total in (None, count, parts[0][1]) and len(self.counts) < 2 else None  # noqa: PLR2004
        if not any(numbers):
            one_each = _set_of([(name, 1) for name, _ in self.colours])
            return one_each if (total or field) == one_each.count and not (len(self.counts) > 1) else None
        # "3 cartridges black, 2 colour": the leading number belongs to the first colour, if the field's sum agrees.
        if total and numbers[0] is None and all(numbers[1:]):
            parts = [(self.colours[0][0], total), *((name, number) for name, number in self.colours[1:] if number)]
            return _set_of(parts) if field == sum(number for _, number in parts) else None
        return None


def _set_of(parts: list[tuple[str, int]]) -> Units:
    return Units(sum(number for _, number in parts), tuple(sorted(parts)))


@lru_cache(maxsize=8192)
def _read_title(title: str, brand: str, model: str) -> _Title:
    """Read a title once: screening asks for it several times."""
    brand_name = normalised_name(brand)
    own_codes = codes(plain(model), brand_name)
    text = without_measures(plain(title))
    parts = words(text)
    numbers = (number for pattern in _EXPLICIT for found in pattern.finditer(text) if (number := _number_in(found)))
    mentions: dict[str, int | None] = {}
    for each in colour_mentions(parts):
        number = each.number if each.number and str(each.number) not in own_codes else None
        mentions[each.colour] = mentions.get(each.colour) or number
    return _Title(
        counts=frozenset(number for number in numbers if str(number) not in own_codes),
        colours=tuple(mentions.items()),
        promises_more=len(mentions) > 1
        or not variants.PACK_WORDS.isdisjoint(parts)
        or _PLURAL_HEAD.match(text) is not None,
        bundled=_is_bundle(text, own_codes, brand_name),
    )


def _number_in(found: re.Match[str]) -> int | None:
    text = next((group for group in found.groups() if group), "")
    return _CHINESE_NUMBERS.get(text) or (int(text) if text.isdigit() and int(text) else None)


def _is_bundle(title: str, model: frozenset[str], brand: str) -> bool:
    """Whether other goods come with it: a gift, or a part after "+" that names neither the model nor a colour."""
    if _MORE_FOR_LESS.search(title) or _GIFT.search(title):
        return True
    parts = [part for part in title.split("+") if words(part)]
    return len(parts) > 1 and not all(_is_of_the_product(part, model, brand) for part in parts)


def _is_of_the_product(part: str, model: frozenset[str], brand: str) -> bool:
    named = words(part)
    return bool(colours(named)) or not model.isdisjoint(codes(part, brand)) or all(map(str.isdigit, named))
