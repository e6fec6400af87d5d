"""Made-up brands and what they sell."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stdnum import ean


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of one brand."""

    gtin: str
    model: str
    spec: str
    title_zh: str
    title_en: str
    price: int
    """What it usually costs, in fen."""
    cost: int
    """What it costs to make, in fen."""


@dataclass(frozen=True, slots=True)
class House:
    """A brand with its goods."""

    brand_id: str
    name: str
    alias: str
    category: str
    gated: bool
    gtin_prefix: str
    goods: tuple[Goods, ...]


# Name, name in Chinese, category, gated; then each product's model, spec, title in Chinese and English, price in fen.
_HOUSES = """
Lumora 露茉拉 cosmetics gated
  L-30 | 30 ml | 修护精华液 | repair serum | 42900
  L-50 | 50 ml | 修护面霜 | repair cream | 35900
Kestwick 凯斯维克 shoes gated
  Runner 4 | 42 | 跑步鞋 | running shoes | 69900
  Court 2 | 41 | 板鞋 | court shoes | 52900
Tanvoro 天沃罗 electronics gated
  TB-20 | 20000 mAh | 充电宝 | power bank | 19900
  TE-3 | black | 无线耳机 | wireless earphones | 45900
Beringa 贝灵嘉 infant-food gated
  Stage 2 | 800 g | 婴儿奶粉 | infant formula | 28900
Orvelle 奥薇儿 cosmetics open
  OV-1 | 3.5 g | 口红 | lipstick | 12900
  OV-7 | 100 ml | 身体乳 | body lotion | 8900
Haolin 豪霖 kitchen open
  HL-24 | 24 cm | 不粘锅 | non-stick pan | 15900
  HL-5 | 5 pcs | 刀具套装 | knife set | 23900
Printas 普林塔斯 printing open
  P-64 | black | 墨盒 | ink cartridge | 8900
  P-64XL | black | 大容量墨盒 | XL ink cartridge | 15900
Sibirka 西比尔卡 food open
  SK-1 | 500 g | 俄罗斯巧克力 | Russian chocolate | 3900
  SK-2 | 1 kg | 蜂蜜 | honey | 6900
"""


def houses() -> tuple[House, ...]:
    """Every brand, always the same."""
    made: list[House] = []
    for line in _HOUSES.strip().splitlines():
        if line.startswith(" "):
            made[-1] = _with_goods(made[-1], line)
            continue
        name, alias, category, access = line.split()
        prefix = f"69{4200 + len(made) * 7:05d}"
        made.append(House(f"brand-{name.lower()}", name, alias, category, access == "gated", prefix, ()))
    return tuple(made)


def _with_goods(house: House, line: str) -> House:
    model, spec, title_zh, title_en, fen = (part.strip() for part in line.split("|"))
    gtin = _gtin(house.gtin_prefix, len(house.goods))
    goods = Goods(gtin, model, spec, title_zh, title_en, price=int(fen), cost=int(fen) * 45 // 100)
    return replace(house, goods=(*house.goods, goods))


def _gtin(prefix: str, number: int) -> str:
    body = f"{prefix}{number + 101:05d}"
    return body + ean.calc_check_digit(body)
