"""One text made ready to be read: folded for comparison, cut into sentences, able to quote itself.

Most texts hold no word of the trade at all, so the folded forms are made when they are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lexicon.traditional import SIMPLIFIED
from zhengpin.detectors.lookalike import invisible, latin_letters, unlike_what_they_seem

_ENDS_OF_SENTENCES = "!?;*|\r\x95\xb6\xb7"
_WIDE_ENDS = "。!?;*|•"
_QUOTED_CHARACTERS = 240
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])[\s/._·*~|-]+(?=[\u4e00-\u9fff])")


def _base_letter(code: int) -> int:
    base = unicodedata.normalize("NFKD", chr(code).lower())[0]
    return ord(base) if base.isascii() else code


# One byte stands for one letter, before and after: places in the folded text are places in the text.
_LOWER_WITHOUT_ACCENTS = bytes(map(_base_letter, range(256)))
_LINES = bytes(ord("\n") if chr(code) in _ENDS_OF_SENTENCES else code for code in _LOWER_WITHOUT_ACCENTS)
_WORDS = bytes(code if chr(code).isalnum() else ord(" ") for code in _LOWER_WITHOUT_ACCENTS)


def folded_latin(text: str) -> str:
    """Give lower case without accents, letter by letter; what is not Latin becomes a question mark."""
    return _latin_bytes(text).translate(_LOWER_WITHOUT_ACCENTS).decode("latin-1")


def _latin_bytes(text: str) -> bytes:
    return text.replace("\u2019", "'").encode("latin-1", "replace")


class Passage:
    """A title or a description. In the folded forms each sentence is a line."""

    __slots__ = (
        "_latin",
        "_letters",
        "_needs_care",
        "_read",
        "_seen",
        "_text",
        "_wide",
        "_written",
        "field",
        "is_latin",
    )

    def __init__(self, field: str, text: str, written: str = "") -> None:
        """Fold full-width and look-alike letters and read over unseen characters.

        `written` is quoted whole where `text` was put right.
        """
        self.field = field
        self._written = written
        self._text = self._read = compatibility_form(text)
        self._seen: tuple[int, ...] = ()
        self.is_latin = _is_latin(self._text)
        self._needs_care = "\xad" in self._text if self.is_latin else bool(_needing_care().search(self._text))
        if self._needs_care:
            self._seen = _places_seen(self._text)
            self._read = latin_letters(without_invisible(self._text))
            self.is_latin = _is_latin(self._read)
        self._letters = _latin_bytes(self._read)
        self._latin = self._wide = ""

    @property
    def latin(self) -> str:
        """Lower case without accents; what is not Latin is a question mark."""
        if not self._latin:
            self._latin = self._letters.translate(_LINES).replace(b". ", b".\n").decode("latin-1")
        return self._latin

    @property
    def wide(self) -> str:
        """Lower case and simplified characters for languages that are not written in Latin letters; else empty."""
        if not self._wide and not self.is_latin:
            self._wide = self._lines_of_wide()
        return self._wide

    def words_among(self, vocabulary: frozenset[bytes]) -> list[str]:
        """Give, in their order, the words of a vocabulary that the text holds: lower case without accents, as bytes."""
        found = vocabulary.intersection(self._letters.translate(_WORDS).split())
        return sorted(word.decode("ascii") for word in found)

    def signs_among(self, signs: Iterable[bytes]) -> list[str]:
        """Give those of some signs, which have neither case nor accents, that the text holds."""
        letters = self._letters
        return [sign.decode("ascii") for sign in signs if sign in letters]

    def _lines_of_wide(self) -> str:
        lowered = self._read.lower()
        lines = lowered if len(lowered) == len(self._read) else self._read
        if self._needs_care:
            lines = simplified(lines)
        for end in _WIDE_ENDS:
            lines = lines.replace(end, "\n")
        return lines

    def quote(self, start: int, end: int, place: int) -> str:
        """Give the words of a sentence; of a long one what stands around a place."""
        if self._written:
            cut = self._written[:_QUOTED_CHARACTERS]
            return cut if cut == self._written else f"{cut}…"
        first, last = start, end
        if end - start > _QUOTED_CHARACTERS:
            first = max(start, place - _QUOTED_CHARACTERS // 2)
            last = min(end, first + _QUOTED_CHARACTERS)
        words = self._as_written(first, last).strip(" \t\n\r.;。*•|-")
        return ("…" if first > start else "") + words + ("…" if last < end else "")

    def _as_written(self, start: int, end: int) -> str:
        if not self._seen or start >= end:
            return self._text[start:end]
        return self._text[self._seen[start] : self._seen[end - 1] + 1]


@cache
def _needing_care() -> re.Pattern[str]:
    """Match a character of a text beyond Latin-1 that is not read as it stands there."""
    others = "".join(map(chr, SIMPLIFIED))
    return re.compile(f"[{unlike_what_they_seem()}{others}]")


def _places_seen(text: str) -> tuple[int, ...]:
    """Give the places of the characters that are read; none where all are."""
    unseen = invisible(text)
    return tuple(place for place, each in enumerate(text) if each not in unseen) if unseen else ()


def without_invisible(text: str) -> str:
    """Give the text without characters that only hide a word from a reader of bytes."""
    unseen = invisible(text)
    return text.translate({ord(each): "" for each in unseen}) if unseen else text


def simplified(text: str) -> str:
    """Give simplified characters for the traditional ones of the trade's words, one for one."""
    return text.translate(SIMPLIFIED)


def sentence_around(lines: str, place: int) -> tuple[int, int]:
    """Give start and end of the line around a place."""
    end = lines.find("\n", place)
    return lines.rfind("\n", 0, place) + 1, end if end >= 0 else len(lines)


def _is_latin(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def without_gaps(title: str) -> str:
    """Close the gaps that hide a word between Chinese characters: 高 / 仿."""
    return title if title.isascii() else _BETWEEN_HAN.sub("", title)
