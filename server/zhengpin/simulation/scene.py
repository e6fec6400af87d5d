"""Where the story of one listing is told, and what an ordinary listing looks like there."""

from __future__ import annotations

from math import exp

from zhengpin.simulation.draft import Draft, Former, rates_of
from zhengpin.simulation.goods import Product
from zhengpin.simulation.parameters import Parameters
from zhengpin.simulation.pictures import copy_of, official_pictures
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.sellers import Seller

ORIGINS = {"CN": "中国", "DE": "德国", "FR": "法国", "RU": "俄罗斯", "JP": "日本", "IT": "意大利", "KR": "韩国"}
_OPENINGS = ("", "", "", "新款 ", "热卖 ", "官方质保 ", "现货 ", "高端 ")
_PRAISE = (
    "做工精细，用料扎实。",
    "日常使用省心，全家都适合。",
    "顺丰包邮，48小时内发货。",
    "七天无理由，售后有保障。",
    "品质稳定，回购率高。",
    "包装完好，适合自用或送礼。",
    "参数以页面为准，如有疑问请咨询客服。",
)
_GENUINE_WORDS = ("正品保证，支持专柜验货。", "品牌正品，假一赔十。", "官方渠道，正品保障。")


class Scene:
    """Where the story of one listing is told: a quarter, and dice of the listing's own."""

    def __init__(self, quarter: Quarter, path: str) -> None:
        self.quarter = quarter
        self.people = quarter.people
        self.shelves = quarter.shelves
        self.path = path
        self.dice = quarter.world.chance.random(path)

    @property
    def parameters(self) -> Parameters:
        """What the marketplace is made of."""
        return self.quarter.world.parameters

    def one_of(self, number: int) -> int:
        """Some number below this one."""
        return int(self.dice.random() * number)

    def between(self, span: tuple[float, float]) -> float:
        """Some share of a span."""
        return span[0] + (span[1] - span[0]) * self.dice.random()

    def draft(self, product: Product, seller: Seller, level: float = 1, spread: float | None = None) -> Draft:
        """An ordinary listing of a product by a seller, at this share of the usual price."""
        spread = self.parameters.prices.spread if spread is None else spread
        # Three fifths of the spread are the seller's own habit, four fifths are the listing's: together the whole.
        deviation = spread * (0.6 * seller.level + 0.8 * self.dice.gauss(0, 1))
        draft = Draft(
            quarter=self.quarter,
            path=self.path,
            dice=self.dice,
            product=product,
            seller=seller,
            price=max(round(product.price * level * exp(deviation) / 10) * 10, 90),
            rates=rates_of(self.parameters.trade),
            brand=product.brand.name,
            model=product.model,
            spec=product.spec,
            category=product.brand.category.name,
            origin=ORIGINS[product.brand.country] if self._happens(self.parameters.wording.origin_told) else "",
        )
        self._write(draft)
        self._show(draft)
        self._date(draft)
        return draft

    def taken(self, picture: str) -> str:
        """Somebody else's picture as this listing shows it: the same file, or a copy."""
        copied = self.by_itself(picture) < self.parameters.wording.pictures_copied
        return copy_of(picture, self.path) if copied else picture

    def by_itself(self, name: str) -> float:
        """A throw that changes no other."""
        return self.quarter.world.chance.fraction(f"{self.path}/{name}")

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share

    def _write(self, draft: Draft) -> None:
        wording, product = self.parameters.wording, draft.product
        draft.gtin = product.gtin if self._happens(wording.code_given) else ""
        draft.title = self.title(product, product.brand.alias, product.brand.name)
        praise = _PRAISE[self.one_of(len(_PRAISE))] + _PRAISE[self.one_of(len(_PRAISE))]
        genuine = _GENUINE_WORDS[self.one_of(len(_GENUINE_WORDS))] if self._happens(wording.says_genuine) else ""
        draft.description = f"{product.brand.name} {product.noun_en}, {product.spec}. {praise}{genuine}"

    def title(self, product: Product, alias: str, name: str) -> str:
        """A title in Chinese, in English, or in both."""
        opening = _OPENINGS[self.one_of(len(_OPENINGS))]
        forms = (
            f"{opening}{alias} {name} {product.noun_zh} {product.model} {product.spec}",
            f"{opening}{alias} {product.noun_zh} {product.spec} {product.model}",
            f"{opening}{name} {product.noun_zh} {product.model} {product.spec}",
            f"{name} {product.noun_en} {product.model} {product.spec}",
        )
        return forms[self.one_of(len(forms))]

    def _show(self, draft: Draft) -> None:
        wording, trusted = self.parameters.wording, bool(draft.seller.letter) or draft.seller.official
        share = wording.authorised_makers_pictures if trusted else wording.makers_pictures
        shown = "makers" if self._happens(share) else ""
        count = self.dice.randint(*wording.pictures)
        makers = self.dice.randint(1, 2) if shown else 0
        draft.pictures = [self.taken(picture) for picture in official_pictures(draft.product)[: min(makers, count)]]
        draft.pictures += [f"{self.path}/picture/{number}" for number in range(count - len(draft.pictures))]
        if draft.seller.letter and self._happens(wording.letter_named):
            draft.letters = [draft.seller.letter]

    def _date(self, draft: Draft) -> None:
        """A listing is younger than its shop, and an honest one is put right now and then."""
        draft.age = max(draft.seller.age * self.dice.random() ** 2, 0.2)
        if self._happens(self.parameters.wording.edited) and draft.age > 1:
            before = {"title": draft.title.replace(draft.product.spec, "").strip()}
            draft.former = Former(before, self.one_of(30), self.dice.uniform(0, min(draft.age, 60)))
        prices = self.parameters.prices
        if self._happens(prices.crossed_out):
            draft.was = round(draft.price * self.dice.uniform(1.08, 1.6) / 100) * 100
            draft.was_asked = not self._happens(prices.invented_crossed_out)
            draft.was_until = self.dice.uniform(0, min(draft.age, 28))
