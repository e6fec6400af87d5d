"""Fakes that betray themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhengpin.simulation import names
from zhengpin.simulation.draft import Draft, rates_of
from zhengpin.simulation.goods import Brand, Product
from zhengpin.simulation.pictures import official_pictures
from zhengpin.simulation.scene import Scene
from zhengpin.simulation.sellers import Seller

_REPLICA_WORDS = ("高仿 1:1 复刻", "原单 尾单 专柜品质", "A货 顶级", "精仿 超A货", "1:1 replica", "工厂流出 剪标")
_RECONDITIONED_WORDS = ("工厂翻新，重新封装，成色如新。", "官方渠道翻新件，功能完好。")


def _fake(scene: Scene, product: Product, seller: Seller, span: tuple[float, float]) -> Draft:
    """A fake that is made without care."""
    draft = scene.draft(product, seller, scene.between(span))
    draft.rates = rates_of(scene.parameters.trade.obvious)
    draft.letters, draft.former = [], None
    if scene.dice.random() < scene.parameters.trade.obvious.confirmed:
        draft.outcome = "FAKE"
    if scene.dice.random() < 1 / 12:
        draft.listed = "WATCH"
    return draft


def _careless(scene: Scene) -> Seller:
    return scene.people.careless(scene.one_of(scene.quarter.careless_sellers()))


def _plain_fake(scene: Scene, allowed: Callable[[Brand], bool] | None = None) -> Draft:
    product = scene.shelves.any_product(scene.dice, allowed)
    return _fake(scene, product, _careless(scene), scene.parameters.prices.obvious)


def dirt_cheap(scene: Scene) -> Draft:
    """A fraction of the price."""
    product = scene.shelves.any_product(scene.dice)
    return _fake(scene, product, _careless(scene), scene.parameters.prices.dirt_cheap)


def without_letter(scene: Scene) -> Draft:
    """A brand that only authorised sellers may sell, and no letter."""
    product = scene.shelves.any_product(scene.dice, lambda brand: brand.gated)
    draft = _fake(scene, product, _careless(scene), scene.parameters.prices.without_letter)
    if scene.by_itself("official pictures") < 1 / 2:
        draft.pictures[0] = scene.taken(official_pictures(product)[0])
    return draft


def replica_words(scene: Scene) -> Draft:
    """The trade's own words for it."""
    draft = _plain_fake(scene)
    words = _REPLICA_WORDS[scene.one_of(len(_REPLICA_WORDS))]
    if scene.dice.random() < 2 / 3:
        draft.title = f"{draft.title} {words}"
    else:
        draft.description = f"{draft.description} {words}。"
    return draft


def refilled(scene: Scene) -> Draft:
    """Sold as the brand's own, refilled by its own text; reconditioned where the quarter has nothing to refill."""
    draft = _plain_fake(scene, lambda brand: bool(brand.category.refill_words))
    words = draft.product.brand.category.refill_words or _RECONDITIONED_WORDS
    draft.description = words[scene.one_of(len(words))]
    return draft


def impossible_code(scene: Scene) -> Draft:
    """A GTIN whose check digit is wrong."""
    draft = _plain_fake(scene)
    code = draft.product.gtin
    draft.gtin = code[:-1] + str((int(code[-1]) + 1 + scene.one_of(9)) % 10)
    return draft


def another_brands_code(scene: Scene) -> Draft:
    """The GTIN of another brand's cheaper goods."""
    draft = _plain_fake(scene)
    own = draft.product.brand
    draft.gtin = scene.shelves.any_product(scene.dice, lambda brand: brand.path != own.path).gtin
    return draft


def disguised_brand(scene: Scene) -> Draft:
    """A brand's name with a letter of another script, or with a letter too many."""
    draft = _plain_fake(scene)
    product, wording = draft.product, scene.parameters.wording
    other_script = scene.dice.random() < wording.disguised_in_other_script
    name = names.disguised(product.brand.name, scene.dice, other_script=other_script)
    draft.title = f"{name} {product.noun_zh} {product.model} {product.spec}"
    draft.brand, draft.gtin = "" if other_script else product.brand.name, ""
    return draft


def terminated_seller(scene: Scene) -> Draft:
    """What a seller still offers whom the marketplace has thrown out."""
    product = scene.shelves.any_product(scene.dice)
    draft = _fake(scene, product, scene.people.terminated(), scene.parameters.prices.obvious)
    draft.pictures = _pictures_of_the_company(scene)
    draft.listed = "DENY" if scene.dice.random() < 1 / 2 else ""
    return draft


def terminated_sellers_heir(scene: Scene) -> Draft:
    """The same company under another name, with its former pictures."""
    product = scene.shelves.any_product(scene.dice)
    draft = _fake(scene, product, scene.people.heir(), scene.parameters.prices.obvious)
    draft.pictures = [*_pictures_of_the_company(scene), f"{scene.path}/picture/0"]
    return draft


def _pictures_of_the_company(scene: Scene) -> list[str]:
    return [scene.taken(f"{scene.people.terminated().path}/picture/{number}") for number in range(2)]


def found_out(scene: Scene) -> Draft:
    """A test buy has shown what it is."""
    draft = _plain_fake(scene)
    draft.outcome = "FAKE"
    return draft


STORIES: Mapping[str, Callable[[Scene], Draft]] = {
    "dirt-cheap": dirt_cheap,
    "without-letter": without_letter,
    "replica-words": replica_words,
    "refilled": refilled,
    "impossible-code": impossible_code,
    "another-brands-code": another_brands_code,
    "disguised-brand": disguised_brand,
    "terminated-seller": terminated_seller,
    "terminated-sellers-heir": terminated_sellers_heir,
    "found-out": found_out,
}
