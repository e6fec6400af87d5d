"""A name that passes itself off as a registered brand's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import unique

from zhengpin.domain.brand import Brand
from zhengpin.domain.word import Word


@unique
class Imitation(Word):
    """What makes a name look like another."""

    CASE = "case"
    """Capitals where nobody writes them: nIKE."""
    WIDTH = "width"
    """Letters of full width: ＮＩＫＥ."""
    SPACING = "spacing"
    """Gaps or signs inside a word: N-I-K-E, 小·米."""
    DIGITS = "digits"
    """Digits and signs for letters: N1KE, @didas, 7喜."""
    HOMOGLYPHS = "homoglyphs"
    """Letters of the same shape: Cyrillic а, l for I, rn for m, accents."""
    TRANSPOSED = "transposed"
    """Two letters or characters that have changed places: Nkie."""
    LETTERS = "letters"
    """A letter too many, too few or another, or few of them in a long name: Adidass, SQNY, 老干爹."""
    RESPELT = "respelt"
    """Another spelling of the same sound: Kolgate."""
    SHAPE = "shape"
    """Characters that are drawn alike: 康帅傅."""
    SOUND = "sound"
    """Characters that are spoken alike: 澳利奥."""
    ADDED_WORDS = "added_words"
    """The brand's name with words that promise more of it: 小米新品, Sharp Pioneer."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A name that is not a brand's, and will be taken for it."""

    brand: Brand
    name: str
    """The brand's name or alias that is imitated, as registered."""
    text: str
    """The imitation, as written."""
    kind: Imitation
    similarity: float
    """0 to 1, where 1 can't be told from the name by eye or ear. It orders imitations of several brands."""
