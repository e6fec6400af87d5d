"""Every hash within eight bits is found, and no other, however many there are and however they came."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.images import hash_index
from zhengpin.detectors.images.hash_index import MANY_HASHES, SCANNED, Hashes, HashIndex, bands_for, packed, unpacked
from zhengpin.detectors.images.phash import BITS, RADIUS, distance, is_blank, phash_from_text, phash_to_text

HASHES = st.integers(0, 2**BITS - 1)
_CHANCE = np.random.default_rng(7)


def some_hashes(count: int) -> Hashes:
    return _CHANCE.integers(0, 2**BITS, count, dtype=np.uint64)


def flipped(phash: int, bits: Sequence[int]) -> int:
    return phash ^ sum(1 << bit for bit in bits)


SIZES = {"scanned": SCANNED - 10, "few": 5_000, "many": MANY_HASHES + 1}
INDEXES = {name: HashIndex().with_more(some_hashes(SIZES[name])) for name in ("scanned", "few")}


@pytest.mark.parametrize("name", INDEXES)
@given(
    asked=HASHES,
    bits=st.lists(st.lists(st.integers(0, BITS - 1), max_size=RADIUS + 2, unique=True), min_size=1, max_size=5),
)
def test_what_lies_within_eight_bits_is_found_and_nothing_else(name: str, asked: int, bits: list[list[int]]) -> None:
    planted = [flipped(asked, each) for each in bits]
    index = INDEXES[name].with_more(np.array(planted, dtype=np.uint64))
    everything = {hashed for part in index._parts for hashed in part.hashes.tolist()}
    near = frozenset(each for each in everything if distance(each, asked) <= RADIUS)
    assert index.near([asked]) == ({asked: near} if near else {})
    assert near >= {each for each, chosen in zip(planted, bits, strict=True) if len(chosen) <= RADIUS}


def test_among_a_great_many_the_near_ones_are_found_too() -> None:
    hashes = some_hashes(SIZES["many"])
    asked = some_hashes(66)
    bits = [_CHANCE.choice(BITS, place % (RADIUS + 3), replace=False).tolist() for place in range(asked.size)]
    planted = [flipped(each, chosen) for each, chosen in zip(asked.tolist(), bits, strict=True)]
    every = np.concatenate([hashes, np.array(planted, dtype=np.uint64)])
    found = HashIndex().with_more(every).near(asked.tolist())
    for each in asked.tolist():
        close = every[np.bitwise_count(every ^ np.uint64(each)) <= RADIUS].tolist()
        assert found.get(each, frozenset()) == frozenset(close)
    assert len(found) >= 54


@pytest.mark.parametrize("count", [4, 5])
@pytest.mark.parametrize("radius", [6, RADIUS])
def test_bands_cover_every_bit_once_and_leave_no_way_to_differ_within_the_radius(radius: int, count: int) -> None:
    bands = bands_for(radius, count)
    covered = [bit for band in bands for bit in range(band.shift, band.shift + band.width)]
    assert sorted(covered) == list(range(BITS))
    assert sum(band.flips + 1 for band in bands) == radius + 1


@pytest.mark.parametrize("size", [10, 2_000, MANY_HASHES + 1])
def test_an_index_of_a_smaller_radius_finds_what_lies_within_it(size: int) -> None:
    hashes = some_hashes(size)
    asked = hashes[:10].tolist()
    planted = [flipped(each, range(bits, 2 * bits)) for each in asked for bits in range(10)]
    index = HashIndex(6).with_more(np.concatenate([hashes, np.array(planted, dtype=np.uint64)]))
    expected = {each: frozenset(flipped(each, range(bits, 2 * bits)) for bits in range(7)) for each in asked}
    assert index.near(asked) == expected


def test_hashes_that_come_one_by_one_are_found_as_those_that_come_at_once() -> None:
    hashes = some_hashes(3 * SCANNED)
    at_once, one_by_one = HashIndex().with_more(hashes), HashIndex()
    for start in range(0, hashes.size, 7):
        one_by_one = one_by_one.with_more(hashes[start : start + 7])
    asked = hashes[::50].tolist()
    assert one_by_one.near(asked) == at_once.near(asked)
    assert len(one_by_one) == len(at_once) == hashes.size
    assert len(one_by_one._parts) <= 3


def test_an_index_stays_what_it_was_when_another_is_made_of_it() -> None:
    one, other = 2**32 - 1, 2**64 - 2**32
    before = HashIndex().with_more(np.array([one], dtype=np.uint64))
    after = before.with_more(np.array([other], dtype=np.uint64))
    assert before.near([one, other]) == {one: frozenset({one})}
    assert after.near([one, other]) == {one: frozenset({one}), other: frozenset({other})}
    assert after.with_more(np.array([], dtype=np.uint64)) is after


def test_an_empty_index_and_an_empty_question_find_nothing() -> None:
    assert HashIndex().near([5]) == {}
    assert INDEXES["few"].near([]) == {}


def test_more_than_are_asked_at_once_are_all_answered() -> None:
    hashes = some_hashes(hash_index.ASKED_AT_ONCE * 2 + 3)
    found = HashIndex().with_more(hashes).near(hashes.tolist())
    assert found.keys() == set(hashes.tolist())


@given(HASHES)
def test_a_hash_is_written_in_sixteen_digits_and_read_again(phash: int) -> None:
    text = phash_to_text(phash)
    assert len(text) == 16
    assert phash_from_text(text) == phash_from_text(f"0x{text.upper()}") == phash


@pytest.mark.parametrize("text", ["", "12", "g" * 16, "0" * 15, "0" * 17, " " + "0" * 16, "-" + "0" * 15, "０" * 16])
def test_a_text_that_is_no_hash_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(ValueError, match="is no perceptual hash: give its 64 bits as 16 hexadecimal digits"):
        phash_from_text(text)


def test_pictures_of_one_colour_are_told_by_their_hashes() -> None:
    assert is_blank(0)
    assert is_blank(2**64 - 1)
    assert is_blank(0xFF)
    assert not is_blank(0x1FF)
    assert not is_blank(2**32 - 1)


def test_a_hash_that_comes_again_is_held_once() -> None:
    hashes = some_hashes(20_000)
    index = HashIndex().with_more(hashes)
    again = index.with_more(np.append(hashes[:5], np.uint64(7)))
    assert (len(index), len(again)) == (20_000, 20_001)


@pytest.mark.parametrize(("most", "expected"), [(3, [1, 2, 3]), (4, [1, 2, 3])])
def test_hashes_that_were_packed_again_and_again_are_unpacked_once(most: int, expected: list[int]) -> None:
    pages = [packed([1, 2]), packed([2, 1]), packed([2, 3])] * 4
    assert unpacked(pages, most).tolist() == expected


def test_no_more_pages_are_read_than_tell_that_there_are_too_many() -> None:
    pages = iter([packed([1, 2]), packed([2, 3]), packed([4])])
    assert len(unpacked(pages, 2)) == 3
    assert list(pages) == [packed([4])]
