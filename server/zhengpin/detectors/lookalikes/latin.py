"""Latin names that imitate a registered one by their letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from zhengpin.detectors.lookalikes.folding import runs
from zhengpin.detectors.lookalikes.neighbourhood import Neighbourhood
from zhengpin.detectors.lookalikes.shapes_of_letters import SIGNS, plain_letters, skeleton, spoken
from zhengpin.detectors.lookalikes.spelling_distance import farthest, spelling_distance
from zhengpin.domain.look_alike import Imitation

_FEWEST_LETTERS = 3
"""A name of two letters is imitated by letters of the same shape alone."""
_FEWEST_SPOKEN = 4
_FEWEST_IN_TITLE = 4
_SURELY_IN_TITLE = 0.93
_MOST_DIGITS = 3
_LONG = 8
_MOST_CHANGED, _MOST_CHANGED_IN_LONG = 2, 3
"""So many letters at most, however little each of them counts."""


class Likeness(NamedTuple):
    """A registered name, folded, and how another imitates it."""

    name: str
    kind: Imitation
    similarity: float


class LatinNames:
    """Registered names in Latin letters."""

    def __init__(self, names: Collection[str]) -> None:
        """Take in folded names."""
        self._by_skeleton = _by_key(names, skeleton)
        lettered = [name for name in names if len(name) >= _FEWEST_LETTERS and name.isalpha() and name.isascii()]
        self._by_sound = _by_key([name for name in lettered if len(name) >= _FEWEST_SPOKEN], spoken)
        self._neighbourhood = Neighbourhood(lettered)

    def drawn_alike(self, written: str) -> Likeness | None:
        """Find the name that this one is drawn like, letter by letter."""
        names = self._by_skeleton.get(skeleton(written))
        if not names or _has_number(written):
            return None
        plain = plain_letters(written)
        name = min(names, key=lambda each: OSA.distance(plain, each))
        return Likeness(name, _kind_of_drawing(written, name), 1.0)

    def spelt_alike(self, written: str) -> Likeness | None:
        """Find the name that this one differs from in less than a reader notices, or is spoken like."""
        plain = plain_letters(written)
        if len(plain) < _FEWEST_LETTERS or not plain.isascii() or _has_number(written):
            return None
        near = [(distance, name) for name in self._neighbourhood.near(plain) if (distance := _distance(plain, name))]
        if near:
            distance, name = min(near)
            return Likeness(name, _kind_of_spelling(plain, name), 1 - distance / (2 * len(name)))
        same_sound = self._by_sound.get(spoken(plain), ()) if len(plain) >= _FEWEST_SPOKEN else ()
        return Likeness(same_sound[0], Imitation.RESPELT, 1 - 1 / len(plain)) if same_sound else None

    def in_title(self, words: str) -> Likeness | None:
        """Find the name that words of a title surely imitate: there, other languages' words are close to many names."""
        if len(words) < _FEWEST_IN_TITLE and words.isascii():
            return None
        likeness = self.drawn_alike(words) or self.spelt_alike(words)
        if likeness is None or likeness.similarity >= _SURELY_IN_TITLE:
            return likeness
        surely = len(likeness.name) > _FEWEST_IN_TITLE and words[0].casefold() == likeness.name[0]
        return likeness if surely else None


def _by_key(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        found[key(name)].append(name)
    return dict(found)


def _has_number(written: str) -> bool:
    """Whether digits stand for a number: alone, or more than one of them among few letters."""
    digits = sum(map(str.isdigit, written))
    if not digits:
        return False
    return digits > _MOST_DIGITS or any(part.isdigit() for part in runs(written.translate(SIGNS)))


def _distance(plain: str, name: str) -> float | None:
    """The distance of two names, if it is small enough for an imitation."""
    most = _MOST_CHANGED if len(name) < _LONG else _MOST_CHANGED_IN_LONG
    if plain in {name, f"{name}s"} or OSA.distance(plain, name, score_cutoff=most) > most:
        return None
    distance = spelling_distance(plain, name)
    return distance if distance <= farthest(len(name)) else None


def _kind_of_drawing(written: str, name: str) -> Imitation:
    letters = sum(map(str.isalpha, written))
    if written.isascii() and letters < sum(map(str.isalpha, name)):
        return Imitation.DIGITS
    return Imitation.HOMOGLYPHS


def _kind_of_spelling(plain: str, name: str) -> Imitation:
    if sorted(plain) == sorted(name):
        return Imitation.TRANSPOSED
    same_sound = spoken(plain) == spoken(name) and len(plain) >= _FEWEST_SPOKEN
    return Imitation.RESPELT if same_sound else Imitation.LETTERS
