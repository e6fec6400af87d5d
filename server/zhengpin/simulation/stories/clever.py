"""Fakes that are made with care: each looks like some honest trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhengpin.simulation.draft import Draft, Former, rates_of
from zhengpin.simulation.goods import Brand, Product
from zhengpin.simulation.pictures import official_pictures
from zhengpin.simulation.scene import Scene
from zhengpin.simulation.sellers import Seller


def _is_open(brand: Brand) -> bool:
    return not brand.gated


def _careful(scene: Scene) -> Seller:
    return scene.people.careful(scene.one_of(scene.quarter.careful_sellers("clever-price")))


def _fake(scene: Scene, product: Product, seller: Seller, level: float | None = None) -> Draft:
    """A fake at a price that honest sellers ask too."""
    prices, trade = scene.parameters.prices, scene.parameters.trade
    draft = scene.draft(product, seller, prices.clever if level is None else level, prices.clever_spread)
    draft.rates = rates_of(trade.clever)
    if scene.dice.random() < trade.clever.confirmed:
        draft.outcome = "FAKE"
    return draft


def clever_price(scene: Scene) -> Draft:
    """A little cheaper than the others, of a brand that anyone may sell."""
    return _fake(scene, scene.shelves.any_product(scene.dice, _is_open), _careful(scene))


def look_alike_brand(scene: Scene) -> Draft:
    """A name that is taken for a famous brand's, with pictures and words like that brand's."""
    famous = scene.shelves.product_of(scene.shelves.brands[1], scene.dice)
    product = scene.shelves.product_of(scene.shelves.imitation, scene.dice)
    level = scene.between(scene.parameters.prices.look_alike)
    seller = scene.people.imitator() if scene.dice.random() < 1 / 3 else _careful(scene)
    draft = _fake(scene, product, seller, level)
    draft.price = max(round(draft.price * famous.price / product.price / 10) * 10, 90)
    draft.was = 0
    if scene.by_itself("famous pictures") < 1 / 2:
        draft.pictures[0] = scene.taken(official_pictures(famous)[0])
    return draft


def forged_papers(scene: Scene) -> Draft:
    """A letter that the owner never signed."""
    number = scene.one_of(scene.quarter.careful_sellers("forged-papers"))
    product = scene.shelves.product_of(scene.people.forger_brand(number), scene.dice)
    return _fake(scene, product, scene.people.forger(number))


def hijacked_listing(scene: Scene) -> Draft:
    """An honest old listing with its sales and reviews, edited into other goods."""
    seller = scene.people.hijacker(scene.one_of(scene.quarter.careful_sellers("hijacked-listing")))
    draft = _fake(scene, scene.shelves.any_product(scene.dice, _is_open), seller)
    old = scene.shelves.any_product(scene.dice, _is_open)
    draft.age = max(draft.age, 90)
    before = {
        "title": scene.title(old, old.brand.alias, old.brand.name),
        "brand": old.brand.name,
        "gtin": old.gtin,
        "model": old.model,
        "spec": old.spec,
        "category": old.brand.category.name,
        "images": [f"{scene.path}/former picture/{number}" for number in range(2)],
    }
    draft.former = Former(before, round(scene.dice.lognormvariate(4.0, 0.9)), scene.dice.uniform(1, 70))
    return draft


def ring(scene: Scene) -> Draft:
    """One of many shops behind one factory, with pictures, papers and a depot in common."""
    number = scene.one_of(scene.people.rings)
    if scene.dice.random() < 1 / 3:
        seller = scene.people.ring_licensee(number)
        product = scene.shelves.product_of(scene.people.ring_brand(number), scene.dice)
    else:
        seller = scene.people.ring_shop(number, scene.one_of(scene.parameters.town.ring_shops))
        product = scene.shelves.any_product(scene.dice, _is_open)
    draft = _fake(scene, product, seller)
    if scene.dice.random() < 1 / 2:
        draft.pictures[-1] = scene.taken(f"{scene.people.town}/ring/{number}/picture/{scene.one_of(4)}")
    if scene.dice.random() < 1 / 4:
        draft.factory_id = scene.people.ring_factory(number).supplier_id
    return draft


STORIES: Mapping[str, Callable[[Scene], Draft]] = {
    "clever-price": clever_price,
    "look-alike-brand": look_alike_brand,
    "forged-papers": forged_papers,
    "hijacked-listing": hijacked_listing,
    "ring": ring,
}
