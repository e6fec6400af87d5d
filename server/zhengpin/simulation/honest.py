"""What honest people sell, some of it easily taken for fake: one function a story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from zhengpin.simulation.records import money, order_events, stamp
from zhengpin.simulation.scene import Scene, Tale, any_goods


def honest_market(scene: Scene) -> Tale:
    """Every product at its usual price: the official store, authorised agents, and retailers where all may sell."""
    for house in scene.houses:
        sellers = [scene.owners[house.brand_id], *scene.agents[house.brand_id]]
        sellers += [] if house.gated else scene.retailers
        for goods in house.goods:
            for trader in sellers:
                listing = scene.listing(trader, house, goods)
                events = [
                    event
                    for number in range(scene.random.randint(0, 6))
                    for event in order_events(listing, number, scene.now - timedelta(days=scene.random.randint(5, 25)))
                ]
                yield "genuine", [{"listing": listing}, *events]


def honest_multipack(scene: Scene) -> Tale:
    """Three at once, at three times the price."""
    house, goods = any_goods(scene, gated=False)
    offer = {"singlePrice": money(goods.price * 3 * 96 // 100)}
    listing = scene.listing(scene.retailers[0], house, goods, unitsPerPack=3, offer=offer)
    yield "genuine: multi-pack", [{"listing": listing | {"title": listing["title"] + " 3件装"}}]


def honest_group_buy(scene: Scene) -> Tale:
    """Cheaper the more buy together, as it should be."""
    house, goods = any_goods(scene, gated=False)
    tiers = [{"size": size, "price": money(goods.price * share // 100)} for size, share in ((2, 92), (5, 85))]
    yield (
        "genuine: group buy",
        [
            {
                "listing": scene.listing(
                    scene.retailers[1], house, goods, offer={"singlePrice": money(goods.price), "groupTiers": tiers}
                )
            }
        ],
    )


def honest_flash_sale(scene: Scene) -> Tale:
    """The brand's own store at a third of the price, for a day."""
    house, goods = any_goods(scene, gated=True)
    offer = {"singlePrice": money(goods.price * 33 // 100), "saleKind": "SALE_KIND_PROMOTION"}
    yield "genuine: flash sale", [{"listing": scene.listing(scene.owners[house.brand_id], house, goods, offer=offer)}]


def honest_subsidy(scene: Scene) -> Tale:
    """The platform pays a third: the buyer pays little, the seller gets all of it."""
    house, goods = any_goods(scene, gated=False)
    offer = {"singlePrice": money(goods.price), "platformSubsidy": money(goods.price // 3)}
    yield "genuine: subsidised", [{"listing": scene.listing(scene.retailers[2], house, goods, offer=offer)}]


def honest_used_goods(scene: Scene) -> Tale:
    """Second-hand, and said so."""
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(
        scene.retailers[3], house, goods, condition="CONDITION_USED", offer={"singlePrice": money(goods.price // 3)}
    )
    yield "genuine: used, and said so", [{"listing": listing | {"description": "个人闲置，使用过三个月。"}}]


def honest_importer(scene: Scene) -> Tale:
    """A parallel importer with customs papers, of a brand that anyone may sell."""
    house = next(each for each in scene.houses if each.category == "food")
    importer = scene.cast.trader("importer", age_days=500)
    listing = scene.listing(
        importer, house, house.goods[0], originPlace="Russia", customsDeclaration="CN-2026-0815-001"
    )
    yield "genuine: parallel import", [importer.record, {"listing": listing}]


def honest_new_factory(scene: Scene) -> Tale:
    """A factory without history and with a brand of its own that nobody has registered."""
    factory = scene.cast.trader("factory", age_days=12, reputation=0.5)
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(
        factory, house, goods, brand="Xinmiao", gtin="", title=f"Xinmiao {goods.title_zh} {goods.spec}"
    )
    yield "genuine: new factory", [factory.record, {"listing": listing}]


def honest_sublicence(scene: Scene) -> Tale:
    """Owner to agent to shop, each letter in force."""
    house, goods = any_goods(scene, gated=True)
    shop, agent = scene.cast.trader("retailer"), scene.agents[house.brand_id][0]
    letter = scene.cast.authorisation(house, agent, shop)
    yield "genuine: sublicensed", [shop.record, letter, {"listing": scene.listing(shop, house, goods)}]


def honest_goods_false_discount(scene: Scene) -> Tale:
    """Genuine goods, a crossed-out price that never was, and a group price that rises with the group."""
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(scene.retailers[7], house, goods)
    before = {
        "observationId": f"price-{listing['listingId']}-before",
        "listingId": listing["listingId"],
        "paid": money(goods.price * 92 // 100),
        "units": 1,
        "capturedAt": stamp(scene.now - timedelta(days=6)),
    }
    tiers = [{"size": size, "price": money(goods.price * share // 100)} for size, share in ((2, 90), (5, 95))]
    offer = {"singlePrice": money(goods.price), "wasPrice": money(goods.price * 2), "groupTiers": tiers}
    yield "genuine: inflated discount", [{"listing": listing | {"offer": offer}}, {"price": before}]


HONEST: tuple[Callable[[Scene], Tale], ...] = (
    honest_market,
    honest_multipack,
    honest_group_buy,
    honest_flash_sale,
    honest_subsidy,
    honest_used_goods,
    honest_importer,
    honest_new_factory,
    honest_sublicence,
    honest_goods_false_discount,
)
