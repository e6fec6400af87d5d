"""Brand names in titles: which words may name a brand, and which names stand in a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

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
    found = list(_spellings_of(brand))
    written, plainly = plain(title), plain(written_plainly(title))
    found += _runs(words(written))
    if plainly != written and len(found) < MOST_NAMES:
        found += _runs(words(plainly))
    return frozenset(found[:MOST_NAMES])


@lru_cache(maxsize=8192)
def _spellings_of(brand: str) -> tuple[str, ...]:
    return tuple(name for name in (normalised_name(brand), normalised_name(written_plainly(brand))) if name)


def _runs(parts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for start, part in enumerate(parts):
        name = ""
        for following in parts[start : start + LONGEST_NAME]:
            name += following
            found.append(name)
        if not part.isascii():
            found += _pieces(part)
        if len(found) >= MOST_NAMES:
            break
    return found


def _pieces(run: str) -> list[str]:
    lengths = range(2, LONGEST_CHINESE_NAME + 1)
    return [run[start : start + length] for start in range(len(run)) for length in lengths[: len(run) - start - 1]]


class Mention(NamedTuple):
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
    names = (brand.name, *brand.aliases)
    expressions = _expressions(names)
    places = [match for each in expressions if (match := each.search(written))]
    if places:
        first = min(places, key=re.Match.start)
        fits = all(_is_fitted(written[: match.start()]) for match in places)
        return Mention(brand, first.group(), fits=fits, disguised=False)
    hidden = next((match for each in expressions if (match := each.search(plainly))), None)
    if hidden is not None:
        return Mention(brand, hidden.group(), fits=False, disguised=True)
    misspelt = next((word for name in names for word in _one_letter_off(name, written)), None)
    return Mention(brand, misspelt, fits=False, disguised=True) if misspelt else None


def _is_fitted(before: str) -> bool:
    """Whether a name after these words is what the goods fit, be it the first or a later one of a list."""
    cues = list(_FITS.finditer(before)) if before else []
    if not cues:
        return False
    *listed, last = _NEXT_IN_LIST.split(before[cues[-1].end() :])
    near = len(last.split()) <= _WORDS_BEFORE_A_NAME and (last.isascii() or len(last) <= _HAN_BEFORE_A_NAME)
    return near and all(len(each.split()) <= _WORDS_OF_A_MODEL for each in listed)


@lru_cache(maxsize=20_000)
def _expressions(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Give how each of a brand's names stands in a plain text; names without letters and digits stand in none."""
    return tuple(_expression(parts) for name in names if (parts := words(plain(name))))


def _expression(parts: Sequence[str]) -> re.Pattern[str]:
    first, *others = map(re.escape, parts)
    # The name itself comes first and what must not stand before it second: so the search leaps from one to the next.
    alone = rf"(?<![a-z0-9]{first})" if parts[0].isascii() else ""
    # A model's number may follow at once: HP664.
    after = r"(?![a-z])" if parts[-1].isascii() else ""
    return re.compile(r"[\W_]*".join((first + alone, *others)) + after)


def _one_letter_off(name: str, written: str) -> Iterator[str]:
    wanted = _if_surely_misspelt(name)
    if not wanted:
        return
    for word in dict.fromkeys(words(written)):
        if (
            word[0] == wanted[0]
            and abs(len(word) - len(wanted)) <= 1
            and OSA.distance(word, wanted, score_cutoff=1) == 1
        ):
            yield word


@lru_cache(maxsize=20_000)
def _if_surely_misspelt(name: str) -> str:
    """Give the normalised name if a word one letter off surely means it; else nothing."""
    wanted = normalised_name(name)
    return wanted if len(wanted) >= _SURELY_MISSPELT and wanted.isascii() else ""
