"""Latin names by the shape of their letters, and by their sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from zhengpin.detectors.lookalike import latin_letters
from zhengpin.detectors.lookalikes.folding import folded

SIGNS = str.maketrans(
    {"@": "a", "$": "s", "!": "i", "|": "l", "€": "e", "£": "l", "¥": "y", "+": "t", "¡": "i", "ß": "b"}
)
"""Signs that are written for letters."""
_DIGITS = str.maketrans("0123456789", "olzeasgtbg")
_SMALL = str.maketrans(
    "тмкнвьпиягіӏԁɑøđłıħŧƒαβγεηικμνρστυχωοհոսց",
    "tmkhbbnurrildaodlihtfabyenikuvpotuxwohnug",
)
"""Small letters that the standard's table does not draw together with Latin ones."""
_ALONE_ALIKE = str.maketrans("ij", "ll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"), ("lc", "k"))
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"gh", "g"),
        (r"wh", "w"),
        (r"a([^aeiou])e$", r"e\1"),
        (r"s?ch(?![rl])", "sh"),
        (r"ck|ch(?=[rl])", "k"),
        (r"qu", "kw"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"z", "s"),
        (r"y", "i"),
        (r"ee|ea|ie", "i"),
        (r"oo|ou|uu|ew|ue", "u"),
        (r"ai|ei|ae", "e"),
        (r"au|aw|oa", "o"),
        (r"w", "v"),
        (r"(?<=.{3})e$", ""),
        (r"(?<=[aeiou])h(?![aeiou])", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=50_000)
def plain_letters(name: str) -> str:
    """Give a name in Latin letters, those of other scripts, digits and signs read as the letters they resemble.

    Source of the shapes: Unicode Technical Standard 39, as `detectors.lookalike` has them.
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)).casefold()
    read = latin_letters(parted.translate(_SMALL)).translate(SIGNS)
    return folded(read).translate(_DIGITS)


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """Give what is left of a name for a hasty eye: plain letters, rn as m, vv as w, cl as d, and i as l."""
    drawn = plain_letters(name).translate(_ALONE_ALIKE)
    for pair, letter in _PAIRS:
        drawn = drawn.replace(pair, letter)
    return drawn


@lru_cache(maxsize=50_000)
def spoken(letters: str) -> str:
    """Give how English readers may speak a name in plain letters: one key for spellings of one sound."""
    for pattern, sound in _SOUNDS:
        letters = pattern.sub(sound, letters)
    return letters
