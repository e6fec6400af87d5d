"""The parts of an address in China, or of one written as in the west, such as Chinese addresses in pinyin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lookalikes.folding import folded, is_han, runs, simplified
from zhengpin.suppliers.rings.divisions import without_region
from zhengpin.suppliers.rings.words import lines_of, words_of

_HAN_PARTS: Final = re.compile(
    r"(?P<district>.{1,8}?(?:区|县|旗|市))?"
    r"(?P<town>.{1,8}?(?:街道|镇|乡))?"
    r"(?P<road>[^\d]{1,12}?(?:大道|大街|胡同|路|街|道|巷|弄))?"
    r"(?:[甲乙丙丁附]?(?P<number>\d+)号?)?"
    r"(?P<unit>.*)"
)
_HAN_ROADS: Final = (
    ("大道", "avenue"),
    ("大街", "street"),
    ("胡同", "lane"),
    ("路", "road"),
    ("街", "street"),
    ("道", "road"),
    ("巷", "lane"),
    ("弄", "lane"),
)
_ROAD_WORDS: Final = {word: line[0] for line in lines_of("roads.txt") for word in line}
_DISTRICT_WORDS: Final = frozenset(("district", "dist", "qu", "county", "xian", "bairro"))
_TOWN_WORDS: Final = frozenset(("town", "township", "zhen", "xiang", "subdistrict", "jiedao"))
_UNIT_WORDS: Final = words_of("units.txt")
_CITY_WORDS: Final = re.compile(r"(?:city|shi|province|sheng)$")
_NUMBER_WORDS: Final = frozenset(("no", "number", "nr", "n"))
_COUNTRY: Final = re.compile(r"^(?:中华人民共和国|中国)|[,，]?\s*(?:p\.?\s?r\.?\s*)?china\.?\s*$", re.IGNORECASE)
_PARTS: Final = ("region", "district", "town", "road", "number", "unit", "postcode")
_DIGITS: Final = re.compile(r"\d+")
_POSTCODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)|\b\d{5}-\d{3}\b|\b\d{4,5}\b(?=\W*$)")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts, folded; empty text where the address does not hold one."""

    region: str
    """The city, else the province, in pinyin or as it stands."""
    district: str
    town: str
    road: str
    """With the sort of road as one English word."""
    number: str
    unit: str
    """The numbers of building, floor and room, in their order."""
    postcode: str


@lru_cache(maxsize=50_000)
def address(text: str) -> Address:
    """Take an address apart."""
    plain = _COUNTRY.sub("", simplified(compatibility_form(text)).casefold().strip())
    if any(is_han(run) for run in runs(plain)):
        return _chinese(plain)
    return _western(plain)


def _chinese(text: str) -> Address:
    found = _POSTCODE.search(text)
    postcode = found.group() if found and len(found.group()) == len("310000") else ""
    region, rest = without_region(folded(text.replace(postcode, " ") if postcode else re.sub(r"-", "号", text)))
    match = _HAN_PARTS.fullmatch(rest)
    assert match is not None, "every part may be missing, and the last takes whatever is left"
    parts = match.groupdict(default="")
    unit = "-".join(_DIGITS.findall(parts["unit"]))
    return Address(
        region, parts["district"][:-1], _bare_town(parts["town"]), _road(parts["road"]), parts["number"], unit, postcode
    )


def _bare_town(town: str) -> str:
    return town.removesuffix("街道").removesuffix("镇").removesuffix("乡")


def _road(road: str) -> str:
    return next((road.removesuffix(sort) + word for sort, word in _HAN_ROADS if road.endswith(sort)), road)


def _western(text: str) -> Address:
    found = _POSTCODE.search(text)
    text = text[: found.start()] + text[found.end() :] if found else text
    parts = dict.fromkeys(_PARTS, "")
    parts["postcode"] = folded(found.group()) if found else ""
    for piece in re.split(r"[,;\n]", text):
        words = [folded(word) for word in runs(piece)]
        if words:
            _take_in(parts, words)
    return Address(**parts)


def _take_in(parts: dict[str, str], words: list[str]) -> None:
    """Let one piece between commas say what it is: by its own words, else the first one that is left is the region."""
    if _UNIT_WORDS.intersection(words) and not _ROAD_WORDS.keys() & set(words):
        parts["unit"] = "-".join(filter(None, (parts["unit"], *_DIGITS.findall(" ".join(words)))))
    elif _DISTRICT_WORDS.intersection(words[-1:]):
        parts["district"] = "".join(words[:-1])
    elif _TOWN_WORDS.intersection(words[-1:]) and not parts["town"]:
        parts["town"] = "".join(words[:-1])
    elif not parts["road"] and (_ROAD_WORDS.keys() & set(words) or any(word[0].isdigit() for word in words)):
        _take_in_road(parts, words)
    elif not parts["number"] and len(words) == 1 and words[0].isdigit():
        parts["number"] = words[0]
    elif not parts["region"]:
        parts["postcode"] = parts["postcode"] or "".join(word for word in words if word.isdigit())
        parts["region"] = _region("".join(word for word in words if not word.isdigit()))


def _region(name: str) -> str:
    bare = _CITY_WORDS.sub("", name)
    region, rest = without_region(bare)
    return region if region and not rest else bare


def _take_in_road(parts: dict[str, str], words: list[str]) -> None:
    numbers = [word for word in words if word[0].isdigit()]
    *units, parts["number"] = numbers or [""]
    parts["unit"] = "-".join(filter(None, (parts["unit"], *units)))
    skipped = {*numbers, *_NUMBER_WORDS, *_UNIT_WORDS}
    names = [word for word in words if word not in skipped]
    sort = next((_ROAD_WORDS[word] for word in reversed(names) if word in _ROAD_WORDS), "")
    parts["road"] = "".join(word for word in names if word not in _ROAD_WORDS or not sort) + sort
