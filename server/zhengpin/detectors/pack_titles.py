"""What a title says of the number of units: "kit 2", "3 pcs", "2 black + 1 colour", 两瓶装."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import gcd

from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.unit_counts import counts_in, without_sizes
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
from zhengpin.domain.quick_init import quickly_made


@quickly_made
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


@quickly_made
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


_GIFT = re.compile(variants.GIFT)
_MORE_FOR_LESS = re.compile(variants.MORE_FOR_LESS)
_PLURAL_HEAD = re.compile(r"^(?:[a-z]+\s+){0,2}?[a-z]{4,}s\b")


@lru_cache(maxsize=8192)
def read_pack_title(title: str, brand: str, model: str) -> PackTitle:
    """Read a title once: screening asks for it several times."""
    brand_name, own_codes = _own_names(brand, model)
    written = without_sizes(title)
    text = without_measures(written)
    mentions: dict[str, int | None] = {}
    for each in _colours_in(text):
        number = each.number if each.number and str(each.number) not in own_codes else None
        mentions[each.colour] = mentions.get(each.colour) or number
    return PackTitle(
        counts=frozenset(number for number in counts_in(written) if str(number) not in own_codes),
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


def _claim(text: str, *, several_colours: bool) -> Claim:
    is_plural = _PLURAL_HEAD.match(text) is not None
    if not variants.PACK_WORDS.isdisjoint(words(text)):
        return Claim.SEVERAL
    return Claim.MAYBE_SEVERAL if is_plural or several_colours else Claim.NOTHING


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
