"""A lexicon's expressions, compiled, and the reading of one sentence with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon
from zhengpin.detectors.passage import sentence_around

_NEVER = "(?!)"
_REACH = 60
"""So many characters on either side of a cue its phrase may reach."""
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

    def first(self, places: Iterable[int], lines: str) -> Found | None:
        """Find the first sentence near one of the places, where its cues stand, in which it holds of the goods."""
        turned: set[str] = set()
        for stretch in _stretches(places, lines):
            if (said := self._said(lines, stretch, turned)) is not None:
                return Found(self.entry, stretch.sentence_start, stretch.sentence_end, said)
            if len(turned) >= _MOST_TURNED:
                return None
        return None

    def _said(self, lines: str, stretch: _Stretch, turned: set[str]) -> int | None:
        for match in self._says.finditer(lines, stretch.start, stretch.end):
            first = max(stretch.sentence_start, match.start() - _CLAUSE_REACH)
            last = min(stretch.sentence_end, match.end() + _CLAUSE_REACH)
            surroundings = lines[first:last]
            if surroundings in turned:
                continue
            if self._holds(surroundings, match.start() - first, match.end() - first):
                return match.start()
            turned.add(surroundings)
            if len(turned) >= _MOST_TURNED:
                return None
        return None

    def _holds(self, surroundings: str, start: int, end: int) -> bool:
        after = surroundings[end:]
        if self._not_before.match(after):
            return False
        clause = self._rules.own_clause(surroundings[:start])
        if self._not_after.search(clause) or self._rules.turn(clause, after):
            return False
        return not self._rules.of_others.search(surroundings)


class _Stretch(NamedTuple):
    """A part of a sentence in which a phrase may stand."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int


def _stretches(places: Iterable[int], lines: str) -> Iterator[_Stretch]:
    """Give what is within reach of the places, in their order: each part of a text once."""
    start = end = sentence_start = 0
    sentence_end = -1
    for place in places:
        if place < sentence_end and place - _REACH <= end:
            end = place + _REACH
            continue
        if end:
            yield _Stretch(start, min(end, sentence_end), sentence_start, sentence_end)
        if place >= sentence_end:
            sentence_start, sentence_end = sentence_around(lines, place)
        start, end = max(sentence_start, place - _REACH), place + _REACH
    if end:
        yield _Stretch(start, min(end, sentence_end), sentence_start, sentence_end)


def phrases_of(lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Compile a language."""
    rules = _Rules(lexicon.grammar)
    return tuple(Phrase(entry, rules) for entry in lexicon.entries)


def _places(cue: str, lines: str) -> Iterator[int]:
    place = lines.find(cue)
    while place >= 0:
        yield place
        place = lines.find(cue, place + len(cue))


def _is_whole(cue: str, place: int, lines: str) -> bool:
    if not cue.isalnum():
        return True
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
        self._words = frozenset(self._by_word)
        self._signs = tuple(cue for cue in self._by_word if not cue.isalnum())

    def found(self, words: frozenset[str], lines: str, *, in_title: bool) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods; `words` are those of `lines`."""
        present: dict[Phrase, list[int]] = {}
        cues = sorted(self._words & words) + [cue for cue in self._signs if cue in lines]
        for word in cues:
            places = [place for place in _places(word, lines) if _is_whole(word, place, lines)]
            for phrase in self._by_word[word]:
                present.setdefault(phrase, []).extend(places)
        for phrase, places in present.items():
            if (in_title or not phrase.entry.title_only) and (found := phrase.first(sorted(places), lines)):
                yield found


class FragmentCues:
    """Languages without spaces: an entry is tried only where the text has one of its fragments."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Keep the phrases in their order."""
        self._phrases = tuple(phrases)

    def found(self, lines: str, *, in_title: bool) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods."""
        for phrase in self._phrases:
            places = sorted(place for cue in phrase.entry.cues if cue in lines for place in _places(cue, lines))
            if places and (in_title or not phrase.entry.title_only) and (found := phrase.first(places, lines)):
                yield found
