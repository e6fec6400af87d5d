"""What a process remembers of a marketplace between screenings, for as long as nobody has changed it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Fact = TypeVar("Fact")

MOST_FACTS = 50_000
"""Facts of one kind that are remembered of a marketplace."""
MOST_WITHOUT = 200_000
"""Keys without a fact of a kind of which next to none has one: they take 0.1 kB each."""
MOST_MARKETPLACES = 32
"""Marketplaces of which a process remembers anything; of more, those that nobody asked for longest start anew."""


def _one(_fact: object) -> int:
    return 1


class Notes(Generic[Key, Fact]):
    """Facts of one kind, by key, as they were at one revision."""

    def __init__(self, revision: int, most: int = MOST_FACTS, weigh: Callable[[Fact], int] = _one) -> None:
        """Start empty. `weigh` tells how much of `most` a fact takes."""
        self.revision = revision
        self._facts: dict[Key, Fact] = {}
        self._without: set[Key] = set()
        """Keys that are known to have no fact."""
        self._most = most
        self._weigh = weigh
        self._weight = 0

    def get(self, key: Key) -> Fact | None:
        """What is remembered, if it is."""
        return self._facts.get(key)

    def add(self, key: Key, fact: Fact) -> None:
        """Remember one more, or another in its place."""
        self._facts[key] = fact
        self._weight += self._weigh(fact)  # one that is replaced counts until the next time that room is made
        if self._weight > self._most:
            self._make_room()

    def _make_room(self) -> None:
        """Keep at most half, of what was noted last. Whoever is looking things up goes on in what was before."""
        kept: list[tuple[Key, Fact]] = []
        room = self._most // 2
        for noted in reversed(list(self._facts.items())):
            room -= self._weigh(noted[1])
            if room < 0:
                break
            kept.append(noted)
        self._facts = dict(reversed(kept))
        self._weight = sum(self._weigh(fact) for _, fact in kept)

    def look_up(
        self, keys: Collection[Key], read: Callable[[Collection[Key]], Mapping[Key, Fact]], absent: Fact
    ) -> dict[Key, Fact]:
        """The fact of each key: remembered, or read together with the others that are not, or `absent`."""
        facts = self._facts
        unknown = {key for key in keys if key not in facts}
        if not unknown:
            return {key: facts[key] for key in keys}
        fresh = read(unknown)
        known = {key: fresh.get(key, absent) if key in unknown else facts[key] for key in keys}
        for key in unknown:
            self.add(key, known[key])
        return known

    def look_up_few(
        self, keys: set[Key] | frozenset[Key], read: Callable[[Collection[Key]], Mapping[Key, Fact]]
    ) -> dict[Key, Fact]:
        """The facts of those of the keys that have one, where next to none has: `read` gives no others.

        Of the rest only the key is remembered, so that to pass over hundreds of them takes one difference of sets.
        """
        asked = keys - self._without
        if not asked:
            return {}
        facts = self._facts
        unknown = asked.difference(facts)
        fresh = read(unknown) if unknown else {}
        for key, fact in fresh.items():
            self.add(key, fact)
        self.add_without(unknown.difference(fresh))
        return {**{key: facts[key] for key in asked - unknown}, **fresh}

    def add_without(self, keys: Collection[Key]) -> None:
        """Remember that there is no fact of these keys."""
        if len(self._without) + len(keys) > MOST_WITHOUT:
            self._without = set(islice(self._without, MOST_WITHOUT // 2))
        self._without.update(islice(keys, MOST_WITHOUT // 2))


class Lately(Generic[Key, Fact]):
    """Facts that may be a little old, for they are dear to read and change slowly."""

    def __init__(self, seconds: float, most: int) -> None:
        """Let a fact be as old as that; of more than `most`, those that were read first are read again."""
        self._seconds = seconds
        self._most = most
        self._facts: dict[Key, tuple[float, Fact]] = {}

    def get(self, key: Key, read: Callable[[], Fact]) -> Fact:
        """What is remembered, or what `read` gives; what is empty may come any moment, and isn't remembered."""
        now = time.monotonic()
        known = self._facts.get(key)
        if known is not None and now - known[0] < self._seconds:
            return known[1]
        fact = read()
        if fact:
            if len(self._facts) >= self._most:
                self._facts = dict(islice(list(self._facts.items()), self._most // 2, None))
            self._facts[key] = now, fact
        return fact


class Memory:
    """The notes of one marketplace. Safe to share between threads: what is noted never changes at its revision."""

    def __init__(self) -> None:
        """Start without any."""
        self._notes: dict[str, Notes[Any, Any]] = {}
        self._grown: dict[str, tuple[int, Any]] = {}
        self._kept: dict[str, Any] = {}

    def note_without(self, kind: str, keys: Collection[Any]) -> None:
        """Note that keys have no fact, at whatever revision the notes are; without notes, nothing is noted."""
        known = self._notes.get(kind)
        if known is not None:
            known.add_without(keys)

    def grown(self, kind: str, revision: int, start: Fact, grow: Callable[[Fact, int], Fact]) -> Fact:
        """What only ever grows, with all that it had at a revision; it may have more.

        `grow` adds to it what came after the revision that it is given.
        """
        reached: int
        known: Fact
        reached, known = self._grown.get(kind, (0, start))
        if reached < revision:
            known = grow(known, reached)
            self._grown[kind] = (revision, known)
        return known

    def kept(self, kind: str, make: Callable[[], Fact]) -> Fact:
        """What is made once, and looks after its revisions itself."""
        if kind not in self._kept:
            self._kept.setdefault(kind, make())
        kept: Fact = self._kept[kind]
        return kept

    def notes(
        self, kind: str, revision: int, most: int = MOST_FACTS, weigh: Callable[[Any], int] = _one
    ) -> Notes[Any, Any]:
        """The notes of a kind at a revision. Whoever still reads an older state gets empty ones of its own."""
        known = self._notes.get(kind)
        if known is not None and known.revision == revision:
            return known
        fresh: Notes[Any, Any] = Notes(revision, most, weigh)
        if known is None or known.revision < revision:
            self._notes[kind] = fresh
        return fresh


def memories(most: int = MOST_MARKETPLACES) -> Callable[[str], Memory]:
    """Give the memory of each marketplace, for those that were asked for last. Safe to share between threads.

    Two may be handed out at once for one marketplace, and one forgotten while it is in use: that costs a few reads.
    """
    return lru_cache(most)(lambda _marketplace: Memory())
