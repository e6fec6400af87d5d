"""Made-up names: each brand has its own over the whole marketplace, however many there are."""

from __future__ import annotations

from random import Random

_ONSETS = ("b", "br", "d", "dr", "f", "g", "gl", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "t", "tr", "v", "z")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "io")
_SYLLABLES = tuple(onset + nucleus for onset in _ONSETS for nucleus in _NUCLEI)
_ENDINGS = (
    "n",
    "r",
    "l",
    "s",
    "k",
    "x",
    "th",
    "nd",
    "sk",
    "rt",
    "m",
    "d",
    "ro",
    "va",
    "ne",
    "lo",
    "mi",
    "ta",
    "ce",
    "du",
)
_HAN = "露茉凯维沃贝嘉奥薇豪霖普塔斯西尔卡朵蕾雅妮琳莎娜菲黛梵绮诗曼萝莉芙荷卓瑞德诺博格雷森洛迪泰欧铂澜"
MOST_BRANDS = len(_SYLLABLES) ** 2 * len(_ENDINGS)
"""So many Latin names there are."""

_TOWNS = ("杭州", "义乌", "广州", "深圳", "泉州", "宁波", "苏州", "青岛", "成都", "武汉", "郑州", "上海", "东莞")
_SHOP_WORDS = ("优品", "甄选", "百货", "生活馆", "小铺", "旗帜", "严选", "好物", "仓", "商行", "专营", "集市")
_FORMS = ("商贸有限公司", "电子商务有限公司", "贸易有限公司", "实业有限公司", "网络科技有限公司")


def brand_name(number: int) -> str:
    """The Latin name of a brand: another one for each number below `MOST_BRANDS`."""
    rest, ending = divmod(number, len(_ENDINGS))
    second, first = divmod(rest, len(_SYLLABLES))
    return f"{_SYLLABLES[first]}{_SYLLABLES[second]}{_ENDINGS[ending]}".capitalize()


def chinese_name(number: int) -> str:
    """The Chinese name of a brand, of four characters that brands share: another one for each number."""
    size = len(_HAN)
    return "".join(_HAN[number // size**place % size] for place in range(4))


def unregistered_name(dice: Random) -> str:
    """The name of a brand that nobody has registered."""
    return f"Xin{dice.choice(_SYLLABLES)}{dice.choice(_SYLLABLES)}"


def similar_name(name: str, dice: Random) -> str:
    """A name that is heard like another, two letters or more away."""
    stem = name[:-1]
    return stem + dice.choice(("mia", "lia", "nova", "tta", "ssa", "essi", "ora"))


def similar_chinese_name(name: str, dice: Random) -> str:
    """A Chinese name with all but one of the characters."""
    return name[:-1] + dice.choice("丹妃娇倩伊玛丝朗臣顿")


def disguised(name: str, dice: Random, *, other_script: bool) -> str:
    """A brand's name with a letter of another script of the same shape, or with one letter doubled."""
    shapes = {"a": "а", "e": "е", "o": "о", "p": "р", "i": "і", "s": "ѕ"}
    places = [place for place, letter in enumerate(name) if place and letter in shapes]
    if other_script and places:
        place = dice.choice(places)
        return name[:place] + shapes[name[place]] + name[place + 1 :]
    place = dice.randrange(1, len(name))
    return name[:place] + name[place] + name[place:]


def firm(dice: Random) -> str:
    """The name of a trading firm."""
    return f"{dice.choice(_TOWNS)}{dice.choice(_HAN)}{dice.choice(_HAN)}{dice.choice(_FORMS)}"


def branch(firm_name: str, dice: Random) -> str:
    """The name of a firm's branch."""
    return f"{firm_name}{dice.choice(_TOWNS)}分公司"


def shop(dice: Random) -> str:
    """The name of a shop."""
    return f"{dice.choice(_HAN)}{dice.choice(_HAN)}{dice.choice(_SHOP_WORDS)}"


def address(dice: Random) -> str:
    """A depot's address."""
    road = f"{dice.choice(_HAN)}{dice.choice(_HAN)}路"
    return f"{dice.choice(_TOWNS)}市{road}{dice.randrange(1, 900)}号{dice.randrange(1, 30)}号库"
