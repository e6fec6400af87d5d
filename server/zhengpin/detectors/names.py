"""Brand names in titles: which words may name a brand, and which names stand in a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import OSA

from zhengpin.detectors.lookalike import written_plainly
from zhengpin.detectors.wording import plain, words
from zhengpin.domain.brand import Brand, normalised_name

LONGEST_NAME = 4
"""In words, and in Chinese characters with `LONGEST_CHINESE_NAME`."""
LONGEST_CHINESE_NAME = 6
MOST_NAMES = 600
"""So many candidates at most are looked up for one listing."""
_SURELY_MISSPELT = 5
"""A shorter name one letter off is more often another word."""
_FITS = re.compile(
    r"\b(?:para|p/|for|fits?|with|com|compat\w+|pra|serve|in|em)(?=[\s:])|适用于?|兼容|适配|配(?!件)|適用於?|適配"
)
_NEXT_IN_LIST = re.compile(r"[/,&+、，|]|\b(?:and|or|e|ou)\b|[和或及]")
_WORDS_BEFORE_A_NAME = 2
_WORDS_OF_A_MODEL = 5
_HAN_BEFORE_A_NAME = 8


def candidate_names(title: str, brand: str) -> frozenset[str]:
    """Give every run of up to four words that may be a brand's name, normalised; of Chinese text every short piece."""
    found = [name for name in (normalised_name(brand), normalised_name(written_plainly(brand))) if name]
    written = plain(title)
    plainly = plain(written_plainly(title))
    texts = (written,) if plainly == written else (written, plainly)
    found += (name for text in texts for name in _runs(words(text)))
    return frozenset(found[:MOST_NAMES])


def _runs(parts: list[str]) -> Iterator[str]:
    for start, part in enumerate(parts):
        for end in range(start + 1, min(start + LONGEST_NAME, len(parts)) + 1):
            yield "".join(parts[start:end])
        if not part.isascii():
            yield from _pieces(part)


def _pieces(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 2, min(start + LONGEST_CHINESE_NAME, len(run)) + 1):
            yield run[start:end]


@dataclass(frozen=True, slots=True)
class Mention:
    """One registered brand that a title names."""

    brand: Brand
    words: str
    """As the title writes it."""
    fits: bool
    """Named as what the goods fit ("for", "compatible with", 适用), not as what they are."""
    disguised: bool
    """Written to look like the name without being it: other letters of the same shape, or one letter off."""


def mentions(title: str, brands: Iterable[Brand]) -> tuple[Mention, ...]:
    """Find the brands that the title names, each once."""
    distinct = {brand.brand_id: brand for brand in brands}
    if not distinct or not title:
        return ()
    written, plainly = plain(title), plain(written_plainly(title))
    found = (_mention(brand, written, plainly) for brand in distinct.values())
    return tuple(each for each in found if each is not None)


def _mention(brand: Brand, written: str, plainly: str) -> Mention | None:
    names = [name for name in (brand.name, *brand.aliases) if words(plain(name))]
    places = [match for name in names if (match := _expression(name).search(written))]
    if places:
        first = min(places, key=lambda match: match.start())
        fits = all(_is_fitted(written[: match.start()]) for match in places)
        return Mention(brand, first.group(), fits=fits, disguised=False)
    hidden = next((match for name in names if (match := _expression(name).search(plainly))), None)
    if hidden is not None:
        return Mention(brand, hidden.group(), fits=False, disguised=True)
    misspelt = next((word for name in names for word in _one_letter_off(name, written)), None)
    return Mention(brand, misspelt, fits=False, disguised=True) if misspelt else None


def _is_fitted(before: str) -> bool:
    """Whether a name after these words is what the goods fit, be it the first or a later one of a list."""
    cues = list(_FITS.finditer(before))
    if not cues:
        return False
    *listed, last = _NEXT_IN_LIST.split(before[cues[-1].end() :])
    near = len(last.split()) <= _WORDS_BEFORE_A_NAME and (last.isascii() or len(last) <= _HAN_BEFORE_A_NAME)
    return near and all(len(each.split()) <= _WORDS_OF_A_MODEL for each in listed)


@lru_cache(maxsize=20_000)
def _expression(name: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in words(plain(name))]
    body = r"[\W_]*".join(parts)
    before = r"(?<![a-z0-9])" if parts[0].isascii() else ""
    # A model's number may follow at once: HP664.
    after = r"(?![a-z])" if parts[-1].isascii() else ""
    return re.compile(before + body + after)


def _one_letter_off(name: str, written: str) -> Iterator[str]:
    wanted = normalised_name(name)
    if len(wanted) < _SURELY_MISSPELT or not wanted.isascii():
        return
    for word in dict.fromkeys(chain(words(written))):
        if (
            abs(len(word) - len(wanted)) <= 1
            and word[0] == wanted[0]
            and OSA.distance(word, wanted, score_cutoff=1) == 1
        ):
            yield word
