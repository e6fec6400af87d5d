"""The search for a lexicon's phrases by their cues: only sentences that hold one are read.

A sentence says the same in every listing, and sellers write the same sentences again and again: each is read once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhengpin.detectors.lexicon.entry import Entry
from zhengpin.detectors.passage import Passage, sentence_around
from zhengpin.detectors.phrases import Phrase

_READINGS_KEPT = 16_384
_LONGEST_KEPT = 300
"""Characters: what is kept for a language takes some 16 MB at most, and then is forgotten all at once."""


class Found(NamedTuple):
    """An entry that holds of the goods: the sentence's start and end, and the phrase's place."""

    entry: Entry
    start: int
    end: int
    place: int


_UNREAD = -1


class _Readings:
    """What sentences say, as far as they were read."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Phrase, str], int | None] = {}

    def first(self, phrase: Phrase, cues: list[int], lines: str) -> Found | None:
        """Give the first sentence that says the phrase of the goods; `cues` are the places of its cues, in order."""
        end = -1
        for nth, cue in enumerate(cues):
            if cue < end:
                continue
            start, end = sentence_around(lines, cue)
            place = self._place_in(lines[start:end], phrase, start, cues[nth : bisect_left(cues, end)])
            if place is not None:
                return Found(phrase.entry, start, end, start + place)
        return None

    def _place_in(self, sentence: str, phrase: Phrase, start: int, cues: list[int]) -> int | None:
        key = (phrase, sentence)
        kept = self._kept.get(key, _UNREAD)
        if kept != _UNREAD:
            return kept
        place = phrase.place_in(sentence, [cue - start for cue in cues])
        if len(self._kept) >= _READINGS_KEPT:
            self._kept.clear()
        if len(sentence) <= _LONGEST_KEPT:
            self._kept[key] = place
        return place


class WordCues:
    """Languages that put spaces between words: an entry is tried only where the text has one of its words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases by word."""
        self._by_cue: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for cue in phrase.entry.cues:
                self._by_cue.setdefault(cue, []).append(phrase)
        self.words = frozenset(cue.encode() for cue in self._by_cue if cue.isalnum())
        self._signs = tuple(cue.encode() for cue in self._by_cue if not cue.isalnum())
        self._readings = _Readings()

    def found(self, words: Iterable[str], passage: Passage) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods; `words` are at least those of its words."""
        present: dict[Phrase, list[int]] = {}
        for cue in (*words, *passage.signs_among(self._signs)):
            phrases = [each for each in self._by_cue.get(cue, ()) if each.may_stand_in(passage.field)]
            places = _whole_places(cue, passage.latin) if phrases else []
            for phrase in phrases:
                present.setdefault(phrase, []).extend(places)
        for phrase, places in present.items():
            if found := self._readings.first(phrase, sorted(places), passage.latin):
                yield found


def _whole_places(cue: str, lines: str) -> list[int]:
    """Give the places of a cue that is a whole word, or a sign."""
    places: list[int] = []
    place = lines.find(cue)
    while place >= 0:
        if not cue.isalnum() or _is_whole(place, place + len(cue), lines):
            places.append(place)
        place = lines.find(cue, place + len(cue))
    return places


def _is_whole(start: int, end: int, lines: str) -> bool:
    return not (start and lines[start - 1].isalnum()) and not lines[end : end + 1].isalnum()


class FragmentCues:
    """Languages without spaces: an entry is tried only where the text has one of its fragments."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases by the first characters of their cues."""
        self._rank = {phrase: nth for nth, phrase in enumerate(phrases)}
        self._by_start: dict[str, list[Phrase]] = {}
        rests: dict[str, set[str]] = {}
        for phrase in self._rank:
            for cue in phrase.entry.cues:
                rests.setdefault(cue[0], set()).add(re.escape(cue[1:]))
            for first in dict.fromkeys(cue[0] for cue in phrase.entry.cues):
                self._by_start.setdefault(first, []).append(phrase)
        self._starts = re.compile("|".join(f"{re.escape(each)}(?={'|'.join(sorted(rests[each]))})" for each in rests))
        """The first character of any cue: one scan finds them all, or tells that there is none."""
        self._readings = _Readings()

    def found(self, passage: Passage) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods."""
        lines = passage.wide
        present: dict[Phrase, list[int]] = {}
        for start in self._starts.finditer(lines):
            for phrase in self._by_start[start[0]]:
                if lines.startswith(phrase.entry.cues, start.start()):
                    present.setdefault(phrase, []).append(start.start())
        for phrase in sorted(present, key=self._rank.__getitem__):
            if phrase.may_stand_in(passage.field) and (found := self._readings.first(phrase, present[phrase], lines)):
                yield found
