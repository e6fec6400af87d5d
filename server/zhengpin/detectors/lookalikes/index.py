"""The registered brands of a marketplace, and which of them a name imitates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from zhengpin.detectors.lookalikes.added_words import bare_names
from zhengpin.detectors.lookalikes.folding import folded, is_han, runs, simplified
from zhengpin.detectors.lookalikes.han import HanNames
from zhengpin.detectors.lookalikes.latin import LatinNames, Likeness
from zhengpin.detectors.lookalikes.ordinary import marks, words
from zhengpin.detectors.lookalikes.surface import oddity
from zhengpin.detectors.lookalikes.titles import phrases, spelt_out, start_of, windows, words_alone
from zhengpin.domain.brand import Brand
from zhengpin.domain.look_alike import Imitation, LookAlike

_SIGN_FOR_A_LETTER = re.compile(r"[@$€£|]|!(?=\w)")
_LONGEST = 60
"""In characters: whatever is longer is no name."""
_TWO_SCRIPTS = 2
_FEWEST_LATIN, _FEWEST_HAN = 3, 2
"""So long a part of a registered name stands for the brand alone: of NIKE耐克 both do."""


class BrandIndex:
    """Registered names, made ready once for many questions. Safe to share between threads."""

    def __init__(self, brands: Iterable[Brand], known: Collection[str] | None = None) -> None:
        """Take in brands with their aliases. `known` are others' names, folded; by default the shipped ones."""
        self._known = marks() if known is None else known
        self._registered: dict[str, tuple[Brand, str]] = {}
        taken = [(brand, name) for brand in brands for name in (brand.name, *brand.aliases) if folded(name)]
        for brand, name in taken:
            self._registered.setdefault(folded(name), (brand, name))
        for brand, name in taken:
            for part in _parts(name):
                self._registered.setdefault(folded(part), (brand, name))
        self._han = HanNames([name for name in self._registered if is_han(name) and len(name) >= _FEWEST_HAN])
        self._latin = LatinNames([name for name in self._registered if not is_han(name)])

    def __contains__(self, name: str) -> bool:
        """Whether a name is a registered brand's own."""
        return folded(name) in self._registered

    def find(self, name: str) -> LookAlike | None:
        """Find the brand that a name imitates; `None` if it is a brand's own, another's, or like none.

        Of several brands the one that it is likest to is named.
        """
        name = name.strip()
        if not name or len(name) > _LONGEST:
            return None
        own = self._registered.get(folded(name))
        if own is not None:
            odd = oddity(name, own[1])
            return LookAlike(*own, name, odd, 1.0) if odd else None
        likeness = self._likeness(name)
        return self._look_alike(likeness, name) if likeness else None

    def find_in_title(self, title: str) -> LookAlike | None:
        """Find the first imitation in a title, in which brands' own names and ordinary words accuse nobody.

        A title is no name: words beside a brand's name, its case and width count for nothing, and what is short must be
        drawn alike.
        """
        for text in spelt_out(title):
            own = self._registered.get(folded(text))
            if own is not None and oddity(text, own[1]) is Imitation.SPACING:
                return LookAlike(*own, text, Imitation.SPACING, 1.0)
        parts = words_alone(title, self._registered.__contains__)
        found = chain(map(self._latin_in_title, phrases(parts)), map(self._han_in_title, filter(is_han, parts)))
        return next(filter(None, found), None)

    def find_at_start(self, title: str) -> LookAlike | None:
        """Find what the first word of a title imitates: there makers' names stand where no field names them.

        Of Chinese text the first characters are looked at, with the care of `find_in_title`.
        """
        first = start_of(title)
        if not first or self.is_named_at_start(title):
            return None
        if not is_han(first):
            return self._latin_in_title(first)
        found = (
            self._han_at(first, first[:length], 0) for length in reversed(self._han.lengths) if length <= len(first)
        )
        return next(filter(None, found), None)

    def is_named_at_start(self, title: str) -> bool:
        """Whether a title begins with a registered name."""
        first = folded(start_of(title))
        if not is_han(first):
            return first in self._registered
        return any(first[:length] in self._registered for length in self._han.lengths)

    def _latin_in_title(self, words: str) -> LookAlike | None:
        letters = folded(words)
        if letters in self._registered or self._is_ordinary(letters):
            return None
        likeness = self._latin.in_title(words)
        return self._look_alike(likeness, words) if likeness else None

    def _han_in_title(self, run: str) -> LookAlike | None:
        for piece in self._han.between_names(simplified(run)):
            for place, text in windows(piece, self._han.lengths):
                found = self._han_at(run, text, place)
                if found:
                    return found
        return None

    def _han_at(self, run: str, text: str, place: int) -> LookAlike | None:
        likeness = None if self._is_ordinary(text) else self._han.alike(text)
        if likeness is None:
            return None
        is_sure = len(text) > _FEWEST_HAN or (likeness.kind is Imitation.SHAPE and _stands_apart(run, text, place))
        return self._look_alike(likeness, text) if is_sure else None

    def _look_alike(self, likeness: Likeness, text: str) -> LookAlike:
        return LookAlike(*self._registered[likeness.name], text, likeness.kind, round(likeness.similarity, 3))

    def _likeness(self, name: str) -> Likeness | None:
        letters = folded(name)
        if self._is_ordinary(letters) and not _SIGN_FOR_A_LETTER.search(name):
            return None
        found = self._of_one_script(name, letters) or self._with_added_words(name)
        return found or self._of_parts(name)

    def _is_ordinary(self, letters: str) -> bool:
        return letters in self._known or letters in words()

    def _of_one_script(self, name: str, letters: str) -> Likeness | None:
        if is_han(letters):
            likenesses = (self._han.alike(letters), self._han.altered(letters)) if len(letters) >= _FEWEST_HAN else ()
            return max(filter(None, likenesses), key=lambda each: each.similarity, default=None)
        return self._han.with_numerals(letters) or self._latin.drawn_alike(name) or self._latin.spelt_alike(name)

    def _with_added_words(self, name: str) -> Likeness | None:
        for bare in bare_names(name):
            if bare in self._registered:
                return Likeness(bare, Imitation.ADDED_WORDS, 0.8)
            imitated = None if self._is_ordinary(bare) else self._of_one_script(bare, bare)
            if imitated:
                return imitated
        return None

    def _of_parts(self, name: str) -> Likeness | None:
        """Find what a part in one script imitates, in a name of two scripts."""
        parts = runs(name)
        if len(parts) != _TWO_SCRIPTS or is_han(parts[0]) == is_han(parts[1]):
            return None
        return next(self._of_each(part for part in parts if len(folded(part)) >= _FEWEST_HAN), None)

    def _of_each(self, parts: Iterable[str]) -> Iterator[Likeness]:
        for part in parts:
            letters = folded(part)
            if letters in self._registered or self._is_ordinary(letters):
                continue
            likeness = self._of_one_script(part, letters)
            if likeness:
                yield likeness


def _stands_apart(run: str, text: str, place: int) -> bool:
    """Whether a short piece of a run begins it and is no part of a word: 雷碧汽水, but not 花为媒."""
    return not place and len(run) != len(text) + 1 and simplified(run).startswith(text)


def _parts(name: str) -> list[str]:
    """Give the parts of a name of two scripts that stand for it alone."""
    parts = runs(name)
    han = "".join(part for part in parts if is_han(part))
    other = "".join(part for part in parts if not is_han(part))
    return [han, other] if len(han) >= _FEWEST_HAN and len(other) >= _FEWEST_LATIN else []
