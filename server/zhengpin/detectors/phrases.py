"""A lexicon's expressions, compiled, and the reading of one sentence with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon
from zhengpin.detectors.passage import Passage, sentence_around

_NEVER = "(?!)"
_CLAUSE_REACH = 200
"""So many characters on either side of a phrase are read for what turns it around."""
_MOST_TURNED = 20
"""A phrase turned around in so many different surroundings is looked for no further: reading stays cheap."""


class Found(NamedTuple):
    """An entry that holds of the goods: the sentence's start and end, and the phrase's place."""

    entry: Entry
    start: int
    end: int
    place: int


class _Rules:
    """A grammar, compiled."""

    def __init__(self, grammar: Grammar) -> None:
        self._clause = re.compile(grammar.clause)
        self._before = re.compile(f"(?:{grammar.negation})|(?:{grammar.condition})")
        self._dismissal = re.compile(grammar.dismissal or _NEVER)
        self.of_others = re.compile(grammar.of_others)

    def own_clause(self, before: str) -> str:
        start = 0
        for match in self._clause.finditer(before):
            start = match.end()
        return before[start:]

    def turn(self, clause: str, after: str) -> bool:
        return bool(self._before.search(clause) or self._dismissal.match(after))


class Phrase:
    """One entry, compiled."""

    def __init__(self, entry: Entry, rules: _Rules) -> None:
        """Compile once; `rules` are the language's."""
        self.entry = entry
        self._rules = rules
        self._says = re.compile(entry.says)
        self._not_after = re.compile(f"(?:{entry.not_after or _NEVER})$")
        self._not_before = re.compile(entry.not_before or _NEVER)

    def may_stand_in(self, passage: Passage) -> bool:
        """Whether the passage is one in which the phrase means something."""
        return passage.field == "title" or not self.entry.title_only

    def first(self, places: Iterable[int], lines: str) -> Found | None:
        """Find the first sentence near one of the places, where its cues stand, in which it holds of the goods."""
        turned: set[tuple[str, int]] = set()
        for match, sentence_start, sentence_end in self._matches(places, lines):
            first = max(sentence_start, match.start() - _CLAUSE_REACH)
            surroundings, place = lines[first : min(sentence_end, match.end() + _CLAUSE_REACH)], match.start() - first
            if (surroundings, place) in turned:
                continue
            if _holds(self, surroundings, place, match.end() - first):
                return Found(self.entry, sentence_start, sentence_end, match.start())
            turned.add((surroundings, place))
            if len(turned) >= _MOST_TURNED:
                return None
        return None

    def _matches(self, places: Iterable[int], lines: str) -> Iterator[tuple[re.Match[str], int, int]]:
        for start, end, sentence_start, sentence_end in _stretches(places, self.entry.within, lines):
            for match in self._says.finditer(lines, start, end):
                yield match, sentence_start, sentence_end

    def holds(self, surroundings: str, start: int, end: int) -> bool:
        """Whether the phrase from start to end is said of the goods and not turned around by what surrounds it."""
        after = surroundings[end:]
        if self._not_before.match(after):
            return False
        clause = self._rules.own_clause(surroundings[:start])
        if self._not_after.search(clause) or self._rules.turn(clause, after):
            return False
        return not self._rules.of_others.search(surroundings)


@lru_cache(maxsize=4096)
def _holds(phrase: Phrase, surroundings: str, start: int, end: int) -> bool:
    """Ask the phrase, once for what sellers write again and again: at most 4,096 texts of some 450 characters."""
    return phrase.holds(surroundings, start, end)


def _stretches(places: Iterable[int], within: int, lines: str) -> Iterator[tuple[int, int, int, int]]:
    """Give each part of a sentence that is within reach of the places, in their order, and the sentence's own bounds.

    No part ends inside a word, which might then pass for another.
    """
    start = end = sentence_start = sentence_end = -1
    for place in places:
        if place >= sentence_end or place - within > end:
            if end > start:
                yield start, end, sentence_start, sentence_end
            if place >= sentence_end:
                sentence_start, sentence_end = sentence_around(lines, place)
            start = max(sentence_start, place - within)
        if place + within > end:
            end = lines.find(" ", place + within, sentence_end)
            end = sentence_end if end < 0 else end
    if end > start:
        yield start, end, sentence_start, sentence_end


def phrases_of(lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Compile a language."""
    rules = _Rules(lexicon.grammar)
    return tuple(Phrase(entry, rules) for entry in lexicon.entries)


def _places(cue: str, lines: str) -> list[int]:
    places: list[int] = []
    place = lines.find(cue)
    while place >= 0:
        places.append(place)
        place = lines.find(cue, place + len(cue))
    return places


def _whole_places(cue: str, lines: str) -> list[int]:
    """Give the places of a cue that is a whole word, or a sign."""
    places = _places(cue, lines)
    return [place for place in places if _is_whole(cue, place, lines)] if cue.isalnum() else places


def _is_whole(cue: str, place: int, lines: str) -> bool:
    end = place + len(cue)
    return not (place and lines[place - 1].isalnum()) and not (end < len(lines) and lines[end].isalnum())


class WordCues:
    """Languages that put spaces between words: an entry is tried only where the text has one of its words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases by word."""
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.entry.cues:
                self._by_word.setdefault(word, []).append(phrase)
        self.words = frozenset(cue for cue in self._by_word if cue.isalnum())
        self._signs = tuple(cue for cue in self._by_word if not cue.isalnum())

    def found(self, words: Iterable[str], passage: Passage) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods; `words` are at least those of its words."""
        present: dict[Phrase, list[int]] = {}
        for cue in (*words, *filter(passage.holds_sign, self._signs)):
            places = _whole_places(cue, passage.latin)
            for phrase in self._by_word.get(cue, ()):
                present.setdefault(phrase, []).extend(places)
        for phrase, places in present.items():
            if phrase.may_stand_in(passage) and (found := phrase.first(sorted(places), passage.latin)):
                yield found


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
        self._starts = re.compile(
            "|".join(f"{re.escape(first)}(?={'|'.join(sorted(rests[first]))})" for first in rests)
        )
        """The first character of any cue: one scan finds them all, or tells that there is none."""

    def found(self, passage: Passage) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods."""
        lines = passage.wide
        present: dict[Phrase, list[int]] = {}
        for match in self._starts.finditer(lines):
            for phrase in self._by_start[match[0]]:
                if lines.startswith(phrase.entry.cues, match.start()):
                    present.setdefault(phrase, []).append(match.start())
        for phrase in sorted(present, key=self._rank.__getitem__):
            if phrase.may_stand_in(passage) and (found := phrase.first(present[phrase], lines)):
                yield found
