"""How far two spellings are from each other for a reader, and how far an imitation may go."""

from __future__ import annotations

from functools import lru_cache

_ALIKE = (
    "ilj",
    "oq",
    "oc",
    "od",
    "oa",
    "bd",
    "bh",
    "pq",
    "mn",
    "nh",
    "uv",
    "un",
    "vy",
    "vw",
    "ef",
    "ec",
    "cg",
    "gq",
    "kx",
    "pr",
    "ft",
    "it",
    "lt",
    "rn",
    "sz",
    "aeo",
)
_SOUND_ALIKE = ("aeiouy", "ckq", "sz", "sc", "vwf", "gj", "bp", "dt", "mn", "lr")
_SHAPED = 0.5
_SOUNDED = 0.7
_DOUBLED = 0.4
_SWAPPED = 0.8
_SWAPPED_APART = 0.9
_UNSPEAKABLE = 0.9
"""For a consonant in a vowel's place and the other way round: no maker calls himself Olqy."""
_VOWELS = frozenset("aeiouy")
_FIRST_LETTER = 0.35
"""Added where the first letter differs: readers seldom overlook that."""
_INSIDE, _AT_THE_END = 0.9, 1.25
"""For a letter too many or too few: an ending makes another word more often than a slip."""
_FARTHEST = {2: 0.0, 3: 0.5, 4: 0.9, 5: 0.9, 6: 1.1, 7: 1.2, 8: 1.4, 9: 1.6}
_FARTHEST_OF_ALL = 1.8


def farthest(length: int) -> float:
    """How far the imitation of a name of so many letters may be from it, in letters."""
    return _FARTHEST.get(length, _FARTHEST_OF_ALL)


@lru_cache(maxsize=20_000)
def spelling_distance(name: str, brand: str) -> float:
    """Count the letters in which a name differs from a brand's: alike in shape or sound they count less.

    Damerau's distance (optimal string alignment) with weights, and two letters swapped over any others count as one.
    """
    swapped = _swapped_apart(name, brand)
    first = 0.0 if name[:1] == brand[:1] else _FIRST_LETTER * (2 - 2 * (1 - _replacing(name[0], brand[0])))
    return min(_aligned(name, brand), swapped) + first


def _swapped_apart(name: str, brand: str) -> float:
    if len(name) != len(brand):
        return float("inf")
    places = [place for place, (one, other) in enumerate(zip(name, brand, strict=True)) if one != other]
    if len(places) != 2:  # noqa: PLR2004  two letters that changed places
        return float("inf")
    one, other = places
    return _SWAPPED_APART if name[one] == brand[other] and name[other] == brand[one] else float("inf")


def _aligned(name: str, brand: str) -> float:
    before_last: list[float] = []
    last = [0.0]
    for place, letter in enumerate(brand):
        last.append(last[-1] + _leaving_out(brand, place, letter))
    for place, letter in enumerate(name):
        current = [last[0] + _leaving_out(name, place, letter)]
        for column, wanted in enumerate(brand):
            cost = min(
                last[column] + _replacing(letter, wanted),
                last[column + 1] + _leaving_out(name, place, letter),
                current[column] + _leaving_out(brand, column, wanted),
            )
            if place and column and letter == brand[column - 1] and name[place - 1] == wanted:
                cost = min(cost, before_last[column - 1] + _SWAPPED)
            current.append(cost)
        before_last, last = last, current
    return last[-1]


def _leaving_out(word: str, place: int, letter: str) -> float:
    if place and word[place - 1] == letter:
        return _DOUBLED
    return _INSIDE if 0 < place < len(word) - 1 else _AT_THE_END


def _replacing(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    unlike = 1.0 if (letter in _VOWELS) == (wanted in _VOWELS) else _UNSPEAKABLE
    return _REPLACING.get((letter, wanted), unlike)


def _costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for groups, cost in ((_SOUND_ALIKE, _SOUNDED), (_ALIKE, _SHAPED)):
        costs |= {(one, other): cost for group in groups for one in group for other in group if one != other}
    return costs


_REPLACING = _costs()
