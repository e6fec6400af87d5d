"""Chinese characters that are drawn or spoken alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from zhengpin.detectors.lookalikes.ordinary import lines_of

SAME_SOUND, SAME_SYLLABLE, NEAR_SYLLABLE = 1.0, 0.95, 0.85
_TONE = re.compile(r"\d")
_NEAR = tuple(
    (re.compile(pattern), near)
    for pattern, near in (
        (r"^zh", "z"),
        (r"^ch", "c"),
        (r"^sh", "s"),
        (r"^n(?=.)", "l"),
        (r"^h(?=u)", "f"),
        (r"^fu(?=[aeio])", "f"),
        (r"^r", "l"),
        (r"([aei])ng$", r"\1n"),
    )
)
"""What many speakers do not tell apart: zh and z, n and l, hu and f, -ng and -n."""


_SECOND = (
    "的di4 乐yue4 长zhang3 行hang2 重chong2 都du1 会kuai4 得dei3 地di4 大dai4 传zhuan4 单shan4 朝zhao1 和huo2"
    " 藏zang4 度duo2 角jue2 露lou4 薄bao2 石dan4 校jiao4 率shuai4 茄jia1 佛fo2 车ju1 柏bo2 娜na4 番pan1"
)
_SECOND_READINGS = {pair[0]: pair[1:] for pair in _SECOND.split()}
"""Of characters that are commonly read in two ways."""


@cache
def _shapes() -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    for line in lines_of("shapes.txt"):
        alike.setdefault(line[0], set()).update(line[1:])
    for character, others in list(alike.items()):
        for other in tuple(others):
            alike.setdefault(other, set()).add(character)
    return {character: frozenset(others) for character, others in alike.items()}


def drawn_like(character: str) -> frozenset[str]:
    """Give the characters that may be taken for this one by their shape."""
    return _shapes().get(character, frozenset())


@lru_cache(maxsize=50_000)
def readings(character: str) -> frozenset[str]:
    """Give how a character is mostly read, in pinyin with the tone's number; nothing for one that has no reading."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  its dictionaries take most of a second: not before they are needed

    found = pinyin(character, style=Style.TONE3, errors="ignore", neutral_tone_with_five=True)
    second = _SECOND_READINGS.get(character)
    return frozenset((*found[0], second) if second else found[0]) if found else frozenset()


@lru_cache(maxsize=50_000)
def near_readings(character: str) -> frozenset[str]:
    """Give how a character may be heard: syllables without tones, with what speakers confuse drawn together."""
    return frozenset(_heard(_TONE.sub("", reading)) for reading in readings(character))


def spoken_alike(character: str, other: str) -> float:
    """How alike two characters are spoken: 1 for one sound, less for another tone or a near syllable, else 0."""
    one, two = readings(character), readings(other)
    if not one.isdisjoint(two):
        return SAME_SOUND
    if not {_TONE.sub("", each) for each in one}.isdisjoint(_TONE.sub("", each) for each in two):
        return SAME_SYLLABLE
    return 0.0 if near_readings(character).isdisjoint(near_readings(other)) else NEAR_SYLLABLE


def _heard(syllable: str) -> str:
    for pattern, near in _NEAR:
        syllable = pattern.sub(near, syllable)
    return syllable
