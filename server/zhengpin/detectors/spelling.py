"""Long words of the trade that a title spells one letter wrong."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from zhengpin.detectors.lexicon import english, portuguese
from zhengpin.detectors.passage import folded_latin

_LONG_WORD = re.compile(r"[CcRrÇç](?<![^\W\d_].)[^\W\d_]{8,}")
"""A whole run of at least nine letters that starts as the words below do."""
_WORDS = (*portuguese.LEXICON.misspelt, *english.LEXICON.misspelt)
_STARTS = frozenset(word[:2] for word in _WORDS)


def corrected(title: str) -> str:
    """Give the title with each misspelt word of the lexicons written right; other words stay as they are."""
    return _LONG_WORD.sub(_right_spelling, title)


def _right_spelling(match: re.Match[str]) -> str:
    written = match.group()
    word = folded_latin(written)
    if word[:2] not in _STARTS or word in _WORDS:
        return written
    return next((right for right in _WORDS if _is_one_letter_off(word, right)), written)


def _is_one_letter_off(word: str, right: str) -> bool:
    return word[:2] == right[:2] and OSA.distance(word, right, score_cutoff=1) == 1
