"""Words that make one variant of a model another product, and words for packs: Chinese, English, Portuguese.

Latin words are lower case without accents.
"""

from __future__ import annotations

COLOURS = {
    "black": "preto preta pretos pretas negro negra black blk noir 黑色",
    "white": "branco branca brancos brancas blanco white 白色",
    "red": "vermelho vermelha rojo red 红色",
    "blue": "azul azuis blue 蓝色",
    "green": "verde verdes green 绿色",
    "cyan": "ciano cyan 青色",
    "magenta": "magenta 品红 洋红",
    "yellow": "amarelo amarela amarelos amarillo yellow 黄色",
    "grey": "cinza gris grey gray 灰色",
    "pink": "rosa pink 粉色 粉红",
    "purple": "roxo roxa lilas purple violet 紫色",
    "brown": "marrom brown 棕色 咖啡色",
    "orange": "laranja orange 橙色",
    "gold": "dourado dourada gold 金色",
    "silver": "prata prateado silver 银色",
    "colour": "color colour colors colours colorido colorida coloridos coloridas cores tricolor tricolores 彩色 三色",
}
"""Canonical colour: the words for it. "colour" is what prints or shows more than one."""

IN_COLOUR = frozenset({"cyan", "magenta", "yellow"})
"""The three inks that together are "colour"."""

EITHER = frozenset({"ou", "or", "或", "或者", "任选", "可选", "escolha", "choose", "variacao", "variacoes"})
"""The buyer chooses: the listing offers several products at once."""

MODEL_SUFFIXES = frozenset({"xl", "xxl", "pro", "plus", "max", "mini", "ultra", "lite", "se", "fe", "air"})
"""Words that belong to the model's code before them: 664 XL, 13 Pro Max."""

EDITIONS = frozenset(
    {"upgrade", "academic", "student", "trial", "demo", "tester", "sample", "amostra", "refill", "recarga", "travel",
     "remanufactured", "remanufaturado", "remanufaturada", "refilled", "recarregado", "recarregada", "recondicionado",
     "recondicionada", "empty", "vazio", "vazia", "vazios", "vencido", "vencida", "expired", "deluxe", "premium",
     "professional", "standard", "home", "starter", "bundle", "case", "capa", "xl", "xxl", "hd", "max", "mini", "kids",
     "infantil"}
)  # fmt: skip
"""Words of a title that make it another product than one without them."""
CHINESE_EDITIONS = ("试用", "小样", "替换装", "补充装", "旅行装", "升级版", "豪华版", "儿童", "加大", "空瓶", "翻新")

NO_BRAND = frozenset(
    {"original", "originais", "generico", "generica", "generic", "sembrand", "semmarca", "nobrand", "unbranded", "oem",
     "outro", "outra", "outros", "other", "others", "na", "none", "无", "无品牌", "其他", "其它", "通用", "国产"}
)  # fmt: skip
"""What stands in a brand field without being a brand."""

GLUE = frozenset(
    {"e", "y", "and", "de", "da", "do", "com", "with", "of", "cor", "tinta", "ink", "tri", "tipo", "mais", "un", "und",
     "kit", "the", "和", "色", "款"}
)  # fmt: skip
"""Words of a spec that tell no variant apart."""

PACK_WORDS = frozenset(
    {"kit", "kits", "lote", "combo", "conjunto", "pack", "packs", "set", "sets", "bundle", "duo", "trio", "par",
     "dupla",      "套装", "组合", "组合装", "礼盒装", "多支装", "多件装"}
)  # fmt: skip
"""Words that promise more than one unit without saying how many."""

UNIT_WORDS = "unidades|unidade|unids|unid|und|un|pecas|peca|pcs|pc|pieces|piece|packs|pack|pk|units|unit|ct|count"
UNIT_MEASURE_WORDS = "件|个|只|支|盒|瓶|包|袋|片|双|罐|条|枚|粒|块|卷|桶|箱"

_COUNTED_IN = {
    "ml": {"ml 毫升": 1.0, "l litro litros 升": 1000.0},
    "g": {"mg 毫克": 0.001, "g gr gramas 克": 1.0, "kg 千克 公斤": 1000.0},
    "gb": {"mb": 0.001, "gb": 1.0, "tb": 1000.0},
    "cm": {"mm 毫米": 0.1, "cm 厘米": 1.0},
    "inch": {"pol inch inches 英寸": 1.0},
    "mah": {"mah 毫安": 1.0},
}

MEASURES = {
    word: (counted_in, times)
    for counted_in, units in _COUNTED_IN.items()
    for words, times in units.items()
    for word in words.split()
}
"""Unit of measure: the unit it is counted in, and how many of those it is."""

GIFT_WORDS = frozenset({"brinde", "brindes", "gratis", "gift", "bonus", "free", "leve", "buy"})
GIFT_SIGNS = "赠送"
"""One of these words, or signs, stands in whatever the two expressions below mean."""

GIFT = r"\b(?:brindes?|gratis|gift|bonus|free)\b|赠|送"
"""Something else comes with it, so that the price is not that of the goods alone."""

MORE_FOR_LESS = r"买\s*[一二两三\d]\s*送|\bleve\s+\d+\s+pague\b|\bbuy\s+\d+\s+get\b"
