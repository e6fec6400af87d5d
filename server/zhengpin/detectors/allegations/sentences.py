"""A buyer's words cut into sentences and folded for reading, in the language that they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import OSA

from zhengpin.detectors.allegations.chinese import CHINESE
from zhengpin.detectors.allegations.english import ENGLISH
from zhengpin.detectors.allegations.language import Language
from zhengpin.detectors.allegations.portuguese import PORTUGUESE
from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lookalike import latin_letters
from zhengpin.detectors.passage import folded_latin, simplified, without_gaps, without_invisible

_SENTENCE = re.compile(r"[^!?。\n~]{1,400}?(?:[!?。\n~]+|\.+(?=\s|$)|$)|[^!?。\n~]{400}")
"""What nobody ends is cut, so that reading stays cheap."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "–": "-", "—": "-"})
_BEYOND_LATIN = re.compile(r"[^\x00-\xff]")
_DRAWN_OUT = re.compile(r"([a-gi-jl-z])\1{2,}")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SHORTEST_MISSPELT = 6
_QUESTIONS_TO_CHINESE = str.maketrans(
    {"嗎": "吗", "麽": "么", "誰": "谁", "說": "说", "該": "该", "還": "还", "會": "会"}
)


def sentences_of(text: str) -> list[str]:
    """Cut a text into sentences, each with the sign that ends it; full-width signs become ordinary ones."""
    read = latin_letters(without_invisible(compatibility_form(text))).translate(_TYPOGRAPHY)
    return [sentence for match in _SENTENCE.finditer(read) if (sentence := match[0].strip())]


def readings_of(text: str) -> Iterator[Language]:
    """Give the languages that a text may be written in: one, or those of the Latin script where nothing tells."""
    if _HAN.search(text):
        yield CHINESE
        return
    words = _WORD.findall(_plain_latin(text))
    english, portuguese = (sum(_is_known_by(word, language) for word in words) for language in (ENGLISH, PORTUGUESE))
    if english >= portuguese:
        yield ENGLISH
    if portuguese >= english:
        yield PORTUGUESE


def folded(sentence: str, language: Language) -> str:
    """Write a sentence as the language's expressions read it."""
    if language is CHINESE:
        return without_gaps(simplified(sentence.lower()).translate(_QUESTIONS_TO_CHINESE))
    return _WORD.sub(lambda match: _right_spelling(match[0], language.long_words), _plain_latin(sentence))


def _plain_latin(text: str) -> str:
    letters = folded_latin(_BEYOND_LATIN.sub(" ", text))
    return _DRAWN_OUT.sub(r"\1", letters) if _DRAWN_OUT.search(letters) else letters


@cache
def _function_words(language: Language) -> frozenset[str]:
    return frozenset(language.function_words.split())


def _is_known_by(word: str, language: Language) -> bool:
    return word in _function_words(language) or language.endings.search(word) is not None


@cache
def _right_spellings(long_words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(long_words)


def _right_spelling(word: str, long_words: tuple[str, ...]) -> str:
    if len(word) < _SHORTEST_MISSPELT or word in _right_spellings(long_words):
        return word
    near = (right for right in long_words if right[:2] == word[:2] and abs(len(right) - len(word)) <= 1)
    return next((right for right in near if OSA.distance(word, right, score_cutoff=1) == 1), word)
