"""Made-up brands and what they sell."""

from __future__ import annotations

from dataclasses import dataclass

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


_HOUSES = (
    ("Lumora", "露茉拉", "cosmetics", True, (("L-30", "30 ml", "修护精华液", "repair serum", 42900), ("L-50", "50 ml", "修护面霜", "repair cream", 35900))),
    ("Kestwick", "凯斯维克", "shoes", True, (("Runner 4", "42", "跑步鞋", "running shoes", 69900), ("Court 2", "41", "板鞋", "court shoes", 52900))),
    ("Tanvoro", "天沃罗", "electronics", True, (("TB-20", "20000 mAh", "充电宝", "power bank", 19900), ("TE-3", "black", "无线耳机", "wireless earphones", 45900))),
    ("Beringa", "贝灵嘉", "infant-food", True, (("Stage 2", "800 g", "婴儿奶粉", "infant formula", 28900),)),
    ("Orvelle", "奥薇儿", "cosmetics", False, (("OV-1", "3.5 g", "口红", "lipstick", 12900), ("OV-7", "100 ml", "身体乳", "body lotion", 8900))),
    ("Haolin", "豪霖", "kitchen", False, (("HL-24", "24 cm", "不粘锅", "non-stick pan", 15900), ("HL-5", "5 pcs", "刀具套装", "knife set", 23900))),
    ("Printas", "普林塔斯", "printing", False, (("P-64", "black", "墨盒", "ink cartridge", 8900), ("P-64XL", "black", "大容量墨盒", "XL ink cartridge", 15900))),
    ("Sibirka", "西比尔卡", "food", False, (("SK-1", "500 g", "俄罗斯巧克力", "Russian chocolate", 3900), ("SK-2", "1 kg", "蜂蜜", "honey", 6900))),
)  # fmt: skip


def houses() -> tuple[House, ...]:
    """Every brand, always the same."""
    return tuple(_house(place, *row) for place, row in enumerate(_HOUSES))


def _house(place: int, name: str, alias: str, category: str, gated: bool, rows: tuple[tuple[str, str, str, str, int], ...]) -> House:
    prefix = f"69{4200 + place * 7:05d}"
    goods = tuple(
        Goods(_gtin(prefix, number), model, spec, zh, en, price, cost=price * 45 // 100)
        for number, (model, spec, zh, en, price) in enumerate(rows)
    )
    return House(f"brand-{name.lower()}", name, alias, category, gated, prefix, goods)


def _gtin(prefix: str, number: int) -> str:
    body = f"{prefix}{number + 101:05d}"
    return body + ean.calc_check_digit(body)
