"""Honest trade that is easily taken for fraud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from zhengpin.simulation.draft import Draft, Former
from zhengpin.simulation.pictures import official_pictures
from zhengpin.simulation.scene import Scene
from zhengpin.simulation.stories.genuine import open_retail


def clearance(scene: Scene) -> Draft:
    """The end of a season: 30 % of the price, from an old shop, with a crossed-out price that was asked for long."""
    product = scene.shelves.any_product(scene.dice, lambda brand: not brand.gated)
    seller = scene.people.retailer(scene.one_of(scene.parameters.quarter.retailers))
    draft = scene.draft(product, seller, scene.between(scene.parameters.prices.clearance))
    draft.was, draft.was_asked, draft.was_until = product.price, True, min(draft.age, 9 * scene.dice.random())
    draft.popularity = 3
    draft.title = f"换季清仓 {draft.title}"
    return draft


def newcomers_introduction(scene: Scene) -> Draft:
    """A new shop that asks little until it is known."""
    number = scene.one_of((scene.parameters.quarter.newcomers + 1) // 2) * 2
    product = scene.shelves.any_product(scene.dice, lambda brand: not brand.gated)
    return scene.draft(product, scene.people.newcomer(number), scene.between(scene.parameters.prices.introduction))


def depot_shop(scene: Scene) -> Draft:
    """One of forty shops that rent shelves in the same depot and tell its address."""
    product = scene.shelves.any_product(scene.dice, lambda brand: not brand.gated)
    return scene.draft(product, scene.people.depot_shop(scene.one_of(scene.parameters.town.depot_shops)), 0.97)


def agency_shop(scene: Scene) -> Draft:
    """An agency that runs a store for the brand, with the brand's pictures."""
    product = scene.shelves.any_product(scene.dice)
    draft = scene.draft(product, scene.people.agency(product.brand))
    draft.pictures = official_pictures(product)
    return draft


def namesake(scene: Scene) -> Draft:
    """Goods of a registered brand that happens to be named like a famous one."""
    product = scene.shelves.product_of(scene.shelves.namesake, scene.dice)
    draft = scene.draft(product, scene.people.namesake_maker(), 0.8)
    draft.factory_id = draft.seller.supplier_id
    return draft


def new_edition(scene: Scene) -> Draft:
    """The maker renewed the goods: pictures, code and model changed after many had been sold."""
    draft = open_retail(scene)
    draft.age = max(draft.age, 60)
    before = {
        "title": draft.title.replace(draft.model, f"{draft.model[:2]}-{scene.one_of(9) + 1}"),
        "model": f"{draft.model[:2]}-{scene.one_of(9) + 1}",
        "images": [f"{scene.path}/former picture/{number}" for number in range(2)],
    }
    draft.former = Former(before, round(scene.dice.lognormvariate(3.9, 0.9)), scene.dice.uniform(1, 60))
    return draft


def group_letter(scene: Scene) -> Draft:
    """A head office or its branch, which work under one and the same letter."""
    number = scene.one_of(scene.parameters.quarter.branches)
    product = scene.shelves.product_of(scene.people.branch_brand(number), scene.dice)
    return scene.draft(product, scene.people.branch(number))


def compatible_part(scene: Scene) -> Draft:
    """Made by another to fit a brand's goods, and says so."""
    product = scene.shelves.any_product(scene.dice)
    seller = scene.people.retailer(scene.one_of(scene.parameters.quarter.retailers))
    draft = scene.draft(product, seller, scene.dice.uniform(0.25, 0.5))
    draft.brand, draft.gtin, draft.claim = "", "", "COMPATIBLE"
    draft.was, draft.cost_told = 0, False
    draft.title = f"通用配件 适用于 {product.brand.name} {product.model} 替换装"
    draft.description = f"第三方配件，适用于{product.brand.name} {product.model}，非品牌原厂。"
    draft.pictures = [f"{scene.path}/picture/{number}" for number in range(len(draft.pictures))]
    return draft


def maligned(scene: Scene) -> Draft:
    """Genuine goods whose seller a rival has bought complaints against."""
    draft = open_retail(scene)
    draft.rates = replace(draft.rates, fake_complaints=0.2)
    draft.popularity = 5
    return draft


STORIES: Mapping[str, Callable[[Scene], Draft]] = {
    "clearance": clearance,
    "newcomers-introduction": newcomers_introduction,
    "depot-shop": depot_shop,
    "agency-shop": agency_shop,
    "namesake": namesake,
    "new-edition": new_edition,
    "group-letter": group_letter,
    "compatible-part": compatible_part,
    "maligned": maligned,
}
