"""What two offers share and what only one of them says, as numbers: words, numbers, codes, brands, prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from math import log, nan

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from zhengpin.detectors.products.offer import OfferText

_MISSPELT = 0.85
"""Jaro-Winkler similarity from which two words are spellings of one (0.9 in Cohen, Ravikumar and Fienberg, 2003)."""
_SHORTEST_RUN = 4
"""Of a word that may be found inside others run together."""
_SHORTEST_NUMBER_RUN = 3
_HIGHEST_VERSION = 30
_YEARS = (1980, 2030)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two offers, and how rare words are."""

    left: OfferText
    right: OfferText
    weights: Mapping[str, float]

    def features(self) -> dict[str, float]:
        """Every feature by name, always the same names in the same order; not a number where nothing is known."""
        return {
            **self._of_words(),
            **self._of_titles(),
            **self._of_numbers(),
            **self._of_codes(),
            **self._of_models(),
            **self._of_brands(),
            **self._of_variants(),
            **self._of_prices(),
        }

    def _of_words(self) -> dict[str, float]:
        left, right = self.left.words, self.right.words
        shared = left & right
        only_left = {word for word in left - right if not _runs_in(word, self.right, _SHORTEST_RUN)}
        only_right = {word for word in right - left if not _runs_in(word, self.left, _SHORTEST_RUN)}
        weight_left, weight_right = self._weight(only_left), self._weight(only_right)
        return {
            "jaccard": len(shared) / max(len(left | right), 1),
            "weighted jaccard": self._weight(shared) / max(self._weight(left | right), 1e-9),
            "left contained": 1 - weight_left / max(self._weight(left), 1e-9),
            "right contained": 1 - weight_right / max(self._weight(right), 1e-9),
            "left contained if misspelt": self._soft_containment(only_left, only_right),
            "rarest shared": max(map(self._weight_of, shared), default=0),
            "rarest left": max(map(self._weight_of, only_left), default=0),
            "rarest right": max(map(self._weight_of, only_right), default=0),
            "words shared": len(shared),
            "words left": len(only_left),
            "words right": len(only_right),
            "weight shared": self._weight(shared),
            "weight left": weight_left,
            "weight right": weight_right,
        }

    def _weight_of(self, word: str) -> float:
        return self.weights[word]

    def _weight(self, words: Iterable[str]) -> float:
        # In one order, for a sum depends on it in its last digits and sets have none.
        return sum(sorted(map(self._weight_of, words)))

    def _soft_containment(self, only_left: set[str], only_right: set[str]) -> float:
        """Share of the left words' weight that the right ones hold, misspelt or not (soft TF-IDF)."""
        nearest = {
            word: max((JaroWinkler.similarity(word, other) for other in only_right), default=0)
            for word in only_left
            if len(word) > 2  # noqa: PLR2004  two letters are alike by chance
        }
        found = sorted(self.weights[word] * near for word, near in nearest.items() if near > _MISSPELT)
        return (self._weight(self.left.words - only_left) + sum(found)) / max(self._weight(self.left.words), 1e-9)

    def _of_titles(self) -> dict[str, float]:
        left, right = self.left.written, self.right.written
        pairs = zip(self.left.title, self.right.title, strict=False)
        return {
            "token set": fuzz.token_set_ratio(left, right),
            "token sort": fuzz.token_sort_ratio(left, right),
            "partial": fuzz.partial_ratio(left, right),
            "partial token sort": fuzz.partial_token_sort_ratio(left, right),
            "levenshtein": fuzz.ratio(left, right),
            "jaro-winkler": JaroWinkler.similarity(left, right),
            "same beginning": len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))),
            "left length": len(self.left.title),
            "right length": len(self.right.title),
        }

    def _of_numbers(self) -> dict[str, float]:
        left, right = self.left.numbers, self.right.numbers
        shared = len(left & right)
        missing_right = _unmatched(left - self.right.words, self.right)
        missing_left = _unmatched(right - self.left.words, self.left)
        all_numbers = shared + missing_left + missing_right
        return {
            "numbers shared": shared,
            "numbers left": missing_right,
            "numbers right": missing_left,
            "numbers jaccard": shared / max(all_numbers, 1) if left or right else nan,
            "versions": _agreement(_within(left, 0, _HIGHEST_VERSION), _within(right, 0, _HIGHEST_VERSION)),
            "years": _agreement(_within(left, *_YEARS), _within(right, *_YEARS)),
        }

    def _of_codes(self) -> dict[str, float]:
        left, right = self.left.codes, self.right.codes
        shared = left & right
        only_left = {code for code in left - right if code not in self.right.run_together}
        only_right = {code for code in right - left if code not in self.left.run_together}
        return {
            "codes shared": len(shared),
            "longest code": max(map(len, shared), default=0),
            "rarest code": max(map(self._weight_of, shared), default=0),
            "codes left": len(only_left),
            "codes right": len(only_right),
            "nearest codes": max((fuzz.ratio(one, two) for one in only_left for two in only_right), default=0),
            "codes in part": max(
                (fuzz.partial_ratio(one, two) for one in only_left | shared for two in only_right | shared), default=0
            ),
        }

    def _of_models(self) -> dict[str, float]:
        left, right = self.left.model, self.right.model
        both = bool(left and right)
        return {
            "models equal": float(left == right) if both else nan,
            "models in part": fuzz.partial_ratio(left, right) if both else nan,
            "left model in right": float(left in self.right.run_together) if left else nan,
            "right model in left": float(right in self.left.run_together) if right else nan,
        }

    def _of_brands(self) -> dict[str, float]:
        left, right = self.left, self.right
        both = left.brand and right.brand
        return {
            "brands": fuzz.token_set_ratio(left.offer.brand, right.offer.brand) if both else nan,
            "left brand in right": _share(left.brand, right.words),
            "right brand in left": _share(right.brand, left.words),
        }

    def _of_variants(self) -> dict[str, float]:
        return {
            "colours": _agreement(self.left.colours, self.right.colours),
            "measures": _agreement(self.left.measures, self.right.measures),
        }

    def _of_prices(self) -> dict[str, float]:
        left, right = self.left.offer.price or 0, self.right.offer.price or 0
        step = log(left / right) if left > 0 and right > 0 else nan
        return {
            "price step": step,
            "price distance": abs(step),
            "left price": log(left) if left > 0 else nan,
            "right price": log(right) if right > 0 else nan,
        }


def _runs_in(word: str, other: OfferText, shortest: int) -> bool:
    return len(word) >= shortest and word in other.run_together


def _unmatched(numbers: Iterable[str], other: OfferText) -> int:
    return sum(not _runs_in(number, other, _SHORTEST_NUMBER_RUN) for number in numbers)


def _within(numbers: Iterable[str], least: float, most: float) -> frozenset[str]:
    return frozenset(number for number in numbers if number.count(".") <= 1 and least <= float(number) <= most)


def _agreement(left: frozenset[str], right: frozenset[str]) -> float:
    """1 if both say the same, 0.5 if some of it, 0 if only one says anything, -1 if they differ; nan without either."""
    if not left and not right:
        return nan
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    return 0.5 if left & right else -1.0


def _share(words: frozenset[str], of: frozenset[str]) -> float:
    return len(words & of) / len(words) if words else nan
