"""Which of a million hashes lie within a few bits of one: multi-index hashing (Norouzi, Punjani and Fleet 2012).

A hash is cut into bands. Of two hashes that differ in at most eight bits, some band differs in at most as many bits as
`Band.flips` allows it: if each band differed in one more, together they would differ in nine (the general pigeonhole
principle, Qin et al. 2018). So the hashes that share one of these few values of a band are all that must be compared,
and none is missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zhengpin.detectors.images.phash import BITS, RADIUS

Hashes: TypeAlias = NDArray[np.uint64]
_STORED = np.dtype("<u8")
_NO_HASHES: Hashes = np.array([], np.uint64)


def packed(hashes: Collection[int]) -> bytes:
    """Hashes as bytes, eight each."""
    return np.fromiter(hashes, _STORED, len(hashes)).tobytes()


def unpacked(pages: Iterable[bytes], most: int) -> Hashes:
    """The different hashes that `packed` wrote, of all pages together; of more than `most`, any that are more."""
    found, waiting = _NO_HASHES, 0
    some: list[bytes] = []
    for page in pages:
        some.append(page)
        waiting += len(page) // _STORED.itemsize
        if waiting <= most:
            continue
        found, some, waiting = _with_pages(found, some), [], 0
        if found.size > most:
            return found
    return _with_pages(found, some)


def _with_pages(hashes: Hashes, pages: Iterable[bytes]) -> Hashes:
    return np.union1d(hashes, np.frombuffer(b"".join(pages), _STORED).astype(np.uint64))


class Band(NamedTuple):
    """One part of a hash."""

    shift: int
    width: int
    flips: int
    """How many of its bits may differ."""


def bands_for(radius: int, count: int) -> tuple[Band, ...]:
    """As many bands of nearly one width, with no more flips than are needed to miss nothing within the radius."""
    ends = [BITS * place // count for place in range(count + 1)]
    flips = [(radius + 1 - count + place) // count for place in range(count)]
    return tuple(Band(start, end - start, most) for (start, end), most in zip(pairwise(ends), flips, strict=True))


MANY_HASHES = 100_000
"""From here on there are four bands and not five: more values to look up, and fewer hashes under each."""
SCANNED = 1024
"""So many are compared one by one: quicker than to look them up."""
GROWTH = 16
"""How many times larger than the next part a part must be to stay as it is."""
ASKED_AT_ONCE = 128
"""A bound to memory, not to what may be asked."""


class HashIndex:
    """A set of hashes that never changes; with more it becomes another, which shares what it can with it."""

    def __init__(self, radius: int = RADIUS, parts: tuple[_Part, ...] = ()) -> None:
        """Start empty. `radius` is how many bits may differ: the fewer, the quicker."""
        self._radius = radius
        self._parts = parts

    def __len__(self) -> int:
        """How many different hashes it holds."""
        return sum(part.hashes.size for part in self._parts)

    def with_more(self, hashes: Hashes) -> HashIndex:
        """The same and these. Added one by one, each hash is laid out about `GROWTH` times for a growth of as many."""
        parts, fresh = list(self._parts), np.unique(hashes)
        for part in parts:
            fresh = fresh[~_among(part.hashes, fresh)]
        if not fresh.size:
            return self
        while parts and parts[-1].hashes.size < GROWTH * max(fresh.size, SCANNED / GROWTH):
            fresh = np.concatenate([parts.pop().hashes, fresh])
        return HashIndex(self._radius, (*parts, _part(np.sort(fresh), self._radius)))

    def held(self, asked: Collection[int]) -> frozenset[int]:
        """Those of the hashes that it holds themselves."""
        queries = np.fromiter(asked, np.uint64, len(asked))
        return frozenset(each for part in self._parts for each in queries[_among(part.hashes, queries)].tolist())

    def near(self, asked: Collection[int]) -> dict[int, frozenset[int]]:
        """The hashes within the radius of each that is asked for; those that have none are left out."""
        found: dict[int, set[int]] = {}
        queries = np.fromiter(asked, np.uint64, len(asked))
        for start in range(0, queries.size, ASKED_AT_ONCE):
            some = queries[start : start + ASKED_AT_ONCE]
            for part in self._parts:
                owners, hashes = part.near(some)
                for owner, each in zip(some[owners].tolist(), hashes.tolist(), strict=True):
                    found.setdefault(owner, set()).add(each)
        return {each: frozenset(hashes) for each, hashes in found.items()}


def _among(ordered: Hashes, queries: Hashes) -> NDArray[np.bool_]:
    """Which of the queries are among hashes in order."""
    places = np.minimum(np.searchsorted(ordered, queries), ordered.size - 1)
    return np.equal(ordered[places], queries)


Found: TypeAlias = tuple[NDArray[np.intp], Hashes]
"""The places of those that asked, and a hash near each."""


class _Scanned:
    """A few hashes, compared one by one."""

    def __init__(self, hashes: Hashes, radius: int) -> None:
        self.hashes = hashes
        self._radius = radius

    def near(self, queries: Hashes) -> Found:
        owners, places = np.nonzero(np.bitwise_count(queries[:, None] ^ self.hashes) <= self._radius)
        return owners, self.hashes[places]


class _Banded:
    """Hashes in the order of each of their bands, one band behind another."""

    def __init__(self, hashes: Hashes, radius: int) -> None:
        self.hashes = hashes
        self._radius = radius
        bands = bands_for(radius, 4 if hashes.size > MANY_HASHES else 5)
        self._ways = _ways(bands)
        values = [_values(hashes, band) for band in bands]
        self._shelved = np.concatenate([hashes[np.argsort(each, kind="stable")] for each in values])
        sizes = np.concatenate([np.bincount(each, minlength=_most_values(bands)) for each in values])
        self._sizes = sizes.astype(np.int32)
        self._starts = (np.cumsum(sizes) - sizes).astype(np.int32)

    def near(self, queries: Hashes) -> Found:
        owners, hashes = self._candidates(queries)
        close = np.flatnonzero(np.bitwise_count(hashes ^ queries[owners]) <= self._radius)
        return owners[close], hashes[close]

    def _candidates(self, queries: Hashes) -> Found:
        """The hashes of which a band differs from a query's in few enough bits, with the query's place."""
        shifts, masks, changes = self._ways
        wanted = (((queries[:, None] >> shifts) & masks) ^ changes).ravel().view(np.int64)
        sizes = self._sizes[wanted]
        held = np.flatnonzero(sizes)
        sizes = sizes[held]
        places = np.repeat(self._starts[wanted[held]] - (np.cumsum(sizes) - sizes), sizes)
        places += np.arange(places.size)
        return np.repeat(held // changes.size, sizes), self._shelved[places]


_Part: TypeAlias = _Scanned | _Banded


def _part(hashes: Hashes, radius: int) -> _Part:
    return (_Scanned if hashes.size <= SCANNED else _Banded)(hashes, radius)


def _values(hashes: Hashes, band: Band) -> NDArray[np.int64]:
    return ((hashes >> np.uint64(band.shift)) & np.uint64((1 << band.width) - 1)).astype(np.int64)


def _most_values(bands: tuple[Band, ...]) -> int:
    """How many values the widest band may have: each has as many places, so that a place is told by its bits."""
    return 1 << max(band.width for band in bands)


@cache
def _ways(bands: tuple[Band, ...]) -> tuple[Hashes, Hashes, Hashes]:
    """Every way in which a band may differ: how to come by its value, and which bits to change to come to a place.

    These are the bits that differ, and those of the band's number above them.
    """
    ways = [
        (band.shift, (1 << band.width) - 1, place * _most_values(bands) + sum(1 << bit for bit in bits))
        for place, band in enumerate(bands)
        for count in range(band.flips + 1)
        for bits in combinations(range(band.width), count)
    ]
    shifts, masks, changes = np.array(ways, dtype=np.uint64).T.copy()
    return shifts, masks, changes
