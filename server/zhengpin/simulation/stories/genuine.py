"""Ordinary honest trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhengpin.simulation import names
from zhengpin.simulation.draft import Draft
from zhengpin.simulation.goods import Brand
from zhengpin.simulation.records import money
from zhengpin.simulation.scene import Scene


def _is_open(brand: Brand) -> bool:
    return not brand.gated


def _is_foreign(brand: Brand) -> bool:
    return brand.country != "CN"


def official_store(scene: Scene) -> Draft:
    """The brand's own store, a little dearer than the rest."""
    product = scene.shelves.any_product(scene.dice)
    return scene.draft(product, scene.people.owner(product.brand), 1.04)


def authorised_agent(scene: Scene) -> Draft:
    """An agent with the owner's letter."""
    product = scene.shelves.any_product(scene.dice)
    return scene.draft(product, scene.people.agent(product.brand, scene.one_of(scene.parameters.quarter.agents)))


def authorised_shop(scene: Scene) -> Draft:
    """A shop with an agent's letter."""
    product = scene.shelves.any_product(scene.dice)
    return scene.draft(product, scene.people.shop(product.brand, scene.one_of(scene.parameters.quarter.shops)))


def open_retail(scene: Scene) -> Draft:
    """Genuine goods that anyone may sell, of a retailer or of somebody who hides fakes among them."""
    product = scene.shelves.any_product(scene.dice, _is_open)
    return scene.draft(product, scene.quarter.open_sellers[scene.one_of(len(scene.quarter.open_sellers))], 0.98)


def parallel_import(scene: Scene) -> Draft:
    """Genuine goods of a foreign brand, brought in past its agents: no letter, but papers of the customs."""
    product = scene.shelves.any_product(scene.dice, _is_foreign)
    importer = scene.people.importer(scene.one_of(scene.parameters.quarter.importers))
    draft = scene.draft(product, importer, scene.parameters.prices.import_)
    draft.customs = f"{scene.one_of(10**9):09d}{scene.one_of(10**9):09d}"
    return draft


def own_brand_maker(scene: Scene) -> Draft:
    """A factory with its own brand, which nobody else sells."""
    number = scene.one_of(len(scene.shelves.own_brands))
    product = scene.shelves.product_of(scene.shelves.own_brands[number], scene.dice)
    draft = scene.draft(product, scene.people.maker(number), 0.9)
    draft.factory_id = draft.seller.supplier_id
    return draft


def new_factory(scene: Scene) -> Draft:
    """A factory without a history, with a brand that it has not registered yet."""
    number = scene.one_of((scene.parameters.quarter.newcomers + 1) // 2) * 2 + 1
    product = scene.shelves.any_product(scene.dice, _is_open)
    draft = scene.draft(product, scene.people.newcomer(number), 0.6)
    name = names.unregistered_name(scene.dice)
    draft.brand, draft.gtin, draft.letters = name, "", []
    draft.title = f"{name} {product.noun_zh} {product.model} {product.spec}"
    draft.description = f"{name} {product.noun_en}, {product.spec}. 源头工厂直供，支持验厂。"
    draft.factory_id = draft.seller.supplier_id
    draft.pictures = [f"{scene.path}/picture/{place}" for place in range(len(draft.pictures))]
    return draft


def flash_sale(scene: Scene) -> Draft:
    """A promotion of somebody authorised, for a day or two."""
    product = scene.shelves.any_product(scene.dice)
    owner, shop = scene.people.owner(product.brand), scene.people.shop(product.brand, 0)
    seller = owner if scene.dice.random() < 1 / 2 else shop
    draft = scene.draft(product, seller, scene.between(scene.parameters.prices.flash))
    draft.sale, draft.popularity = "PROMOTION", 3
    draft.was, draft.was_asked, draft.was_until = product.price, True, min(draft.age, 2 * scene.dice.random())
    return draft


def group_buy(scene: Scene) -> Draft:
    """The more buy together, the cheaper."""
    draft = open_retail(scene) if scene.dice.random() < 1 / 2 else authorised_shop(scene)
    share = scene.between(scene.parameters.prices.group)
    sizes = (2, 5, 10)[: 1 + scene.one_of(3)]
    draft.offer["groupTiers"] = [
        {"size": size, "price": money(round(draft.price * share ** (1 + place / 2)))}
        for place, size in enumerate(sizes)
    ]
    draft.popularity = 2
    return draft


def pre_order(scene: Scene) -> Draft:
    """Goods that are made once enough have been ordered."""
    product = scene.shelves.any_product(scene.dice)
    level = scene.between(scene.parameters.prices.pre_order)
    draft = scene.draft(product, scene.people.owner(product.brand), level)
    draft.sale, draft.age = "PRE_ORDER", scene.dice.uniform(0.2, 20)
    return draft


def subsidised(scene: Scene) -> Draft:
    """A campaign of the platform, which pays a part itself."""
    draft = open_retail(scene) if scene.dice.random() < 1 / 2 else authorised_agent(scene)
    draft.offer["platformSubsidy"] = money(round(draft.price * scene.between(scene.parameters.prices.subsidy)))
    draft.popularity = 2
    return draft


def multi_pack(scene: Scene) -> Draft:
    """Several at once, a little cheaper each."""
    draft = open_retail(scene) if scene.dice.random() < 1 / 2 else authorised_shop(scene)
    draft.units = 2 + scene.one_of(4)
    draft.price = round(draft.price * 0.95)
    draft.title = f"{draft.title} {draft.units}件装"
    return draft


def used_goods(scene: Scene) -> Draft:
    """Second-hand, and said so."""
    product = scene.shelves.any_product(scene.dice, _is_open)
    seller = scene.people.retailer(scene.one_of(scene.parameters.quarter.retailers))
    draft = scene.draft(product, seller, scene.dice.uniform(0.25, 0.6))
    draft.condition, draft.description = "USED", "个人闲置转让，使用过几个月，功能正常，成色如图。"
    draft.title, draft.popularity = f"二手 {draft.title}", 0.2
    draft.was, draft.cost_told = 0, False
    return draft


STORIES: Mapping[str, Callable[[Scene], Draft]] = {
    "official-store": official_store,
    "authorised-agent": authorised_agent,
    "authorised-shop": authorised_shop,
    "open-retail": open_retail,
    "parallel-import": parallel_import,
    "own-brand-maker": own_brand_maker,
    "new-factory": new_factory,
    "flash-sale": flash_sale,
    "group-buy": group_buy,
    "pre-order": pre_order,
    "subsidised": subsidised,
    "multi-pack": multi_pack,
    "used-goods": used_goods,
}
