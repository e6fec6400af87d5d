"""Chinese names that imitate a registered one by the shape or sound of their characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from zhengpin.detectors.lookalikes.characters import NEAR_SYLLABLE, drawn_like, near_readings, spoken_alike
from zhengpin.detectors.lookalikes.latin import Likeness
from zhengpin.domain.look_alike import Imitation

_SHAPE = 0.9
_OTHER = 0.5
_FOR_ONE_OTHER = 4
"""In characters: of a shorter name one that is neither drawn nor spoken alike makes another name."""
_FOR_ONE_MORE = 3
_FOR_SWAPPING = 3
_MEANING = (
    "爹妈爸娘婆爷公奶哥姐弟妹",
    "狼虎狗马牛羊鼠兔猫鸡鸭鹅龙凤象豹狮熊猴",
    "一二三四五六七八九十",
    "大小老新",
    "红黄蓝绿白黑金银紫",
    "太阳月星",
    "仁果子核",
)
"""Characters of one kind: one of them for another keeps a long name's ring, as in 老干爹."""
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")

_Place = tuple[int, int, str]
"""A name's length, a place in it, and a character or a syllable there."""


class HanNames:
    """Registered names in Chinese characters."""

    def __init__(self, names: Collection[str]) -> None:
        """Take in simplified names of two characters and more."""
        self._names = frozenset(names)
        self._drawn: defaultdict[_Place, set[str]] = defaultdict(set)
        self._heard: defaultdict[_Place, set[str]] = defaultdict(set)
        self._without_one: defaultdict[str, list[str]] = defaultdict(list)
        self._but_one: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for name in self._names:
            self._take_in(name)
        self._alike: dict[_Place, frozenset[str]] = {}
        self.lengths = sorted({len(name) for name in self._names})

    def _take_in(self, name: str) -> None:
        length = len(name)
        for place, character in enumerate(name):
            self._drawn[length, place, character].add(name)
            for syllable in near_readings(character):
                self._heard[length, place, syllable].add(name)
            if length >= _FOR_ONE_MORE:
                rest = name[:place] + name[place + 1 :]
                self._without_one[rest].append(name)
                self._but_one[place, rest].append(name)

    def alike(self, name: str) -> Likeness | None:
        """Find the name that this one is taken for when every character is drawn or spoken alike."""
        found = self._alike_at(len(name), 0, name[0])
        for place in range(1, len(name)):
            if not found:
                return None
            found &= self._alike_at(len(name), place, name[place])
        likenesses = [likeness for each in found if (likeness := _compared(name, each))]
        return max(likenesses, key=lambda each: (each.similarity, each.name), default=None)

    def altered(self, name: str) -> Likeness | None:
        """Find the name that this one has with one character more, less, another or two of them swapped."""
        return max(self._altered(name), key=lambda each: (each.similarity, each.name), default=None)

    def with_numerals(self, name: str) -> Likeness | None:
        """Find the name that this one has with digits for numerals: 3只松鼠."""
        written = name.translate(_NUMERALS)
        return Likeness(written, Imitation.DIGITS, 1.0) if written != name and written in self._names else None

    def between_names(self, run: str) -> list[str]:
        """Give what is left of a run of characters where registered names are taken out."""
        pieces, start, place = [], 0, 0
        while place < len(run):
            length = next((each for each in reversed(self.lengths) if run[place : place + each] in self._names), 0)
            if length:
                pieces.append(run[start:place])
                start = place + length
            place += length or 1
        return [piece for piece in (*pieces, run[start:]) if len(piece) > 1]

    def _alike_at(self, length: int, place: int, character: str) -> frozenset[str]:
        key = (length, place, character)
        known = self._alike.get(key)
        if known is None:
            drawn = [(length, place, each) for each in (character, *drawn_like(character))]
            heard = [(length, place, each) for each in near_readings(character)]
            sets = [self._drawn[each] for each in drawn if each in self._drawn]
            sets += [self._heard[each] for each in heard if each in self._heard]
            known = self._alike[key] = frozenset().union(*sets)
        return known

    def _altered(self, name: str) -> Iterator[Likeness]:
        length = len(name)
        for place in range(length - 1):
            swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
            if length >= _FOR_SWAPPING and swapped != name and swapped in self._names:
                yield Likeness(swapped, Imitation.TRANSPOSED, 1 - 1 / (2 * length))
        for place, character in enumerate(name):
            rest = name[:place] + name[place + 1 :]
            if rest in self._names and self._is_put_in(name, place):
                yield Likeness(rest, Imitation.LETTERS, 1 - _OTHER / len(rest))
            for other in self._but_one.get((place, rest), ()):
                if other != name and (length >= _FOR_ONE_OTHER or _means_alike(character, other[place])):
                    yield Likeness(other, Imitation.LETTERS, 1 - 1 / length)
        if length >= _FOR_ONE_MORE:
            for other in self._without_one.get(name, ()):
                yield Likeness(other, Imitation.LETTERS, 1 - 1 / len(other))

    @staticmethod
    def _is_put_in(name: str, place: int) -> bool:
        """Whether a character is doubled, or stands inside: one before or after the name is a word beside it."""
        doubled = name[place] in (name[place - 1 : place] + name[place + 1 : place + 2])
        return doubled or (0 < place < len(name) - 1 and len(name) > _FOR_ONE_MORE)


def _means_alike(one: str, other: str) -> bool:
    return any(one in kind and other in kind for kind in _MEANING)


def _compared(name: str, brand: str) -> Likeness | None:
    """Say how one name is drawn or spoken like another of as many characters; `None` if too little for so few."""
    differing = [(one, other) for one, other in zip(name, brand, strict=True) if one != other]
    if not differing:
        return None
    drawn = [other in drawn_like(one) for one, other in differing]
    sounds = [spoken_alike(one, other) for one, other in differing]
    if all(drawn):
        return Likeness(brand, Imitation.SHAPE, 1 - (1 - _SHAPE) * len(differing) / len(name))
    if len(name) == 2 and min(sounds) <= NEAR_SYLLABLE and len(differing) == 2:  # noqa: PLR2004
        return None
    lost = sum(1 - max(sound, _SHAPE * shape) for shape, sound in zip(drawn, sounds, strict=True))
    kind = Imitation.SOUND if any(sounds) else Imitation.SHAPE
    return Likeness(brand, kind, 1 - lost / len(name) - 0.001)
